import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { envExample, settingsTable } from "../bot/config.ts";
import { packageRoot } from "../bot/package-root.ts";

const read = (path: string) => readFileSync(join(packageRoot, path), "utf8");

describe("who may import whom", () => {
  const rows = [
    { file: "core/planted.ts", source: `export { en } from "../bot/replies/en.ts";`, why: "core imports only itself" },
    { file: "core/planted.ts", source: `export { readFileSync } from "node:fs";`, why: "core has no outside" },
    {
      file: "bot/planted.ts",
      source: `export { PrismaStore } from "../prisma/store.ts";`,
      why: "bot knows no database",
    },
    { file: "bot/planted.ts", source: `export { createAlarm } from "../jobs/alarm.ts";`, why: "bot knows no queue" },
    {
      file: "adapters/planted.ts",
      source: `export { PrismaStore } from "../prisma/store.ts";`,
      why: "adapters know no database",
    },
    {
      file: "jobs/planted.ts",
      source: `export { createTelegram } from "../adapters/telegram/index.ts";`,
      why: "jobs know no platform",
    },
    {
      file: "prisma/planted.ts",
      source: `export { createAlarm } from "../jobs/alarm.ts";`,
      why: "prisma knows no queue",
    },
    {
      file: "adapters/planted.ts",
      source: `export { start } from "../bot/main.ts";`,
      why: "only bot/main.ts knows everyone",
    },
    {
      file: "prisma/planted.ts",
      source: `export { build } from "../bot/main/build.ts";`,
      why: "nobody but it looks into its folder",
    },
  ];
  for (const { file, source, why } of rows) {
    test(`${source} in ${dirname(file)} is refused (${why})`, () => {
      const outcome = lintPlanted(file, source);

      expect(outcome.status).not.toBe(0);
      expect(outcome.text).toContain("noRestrictedImports");
    });
  }

  test("an import cycle is refused", () => {
    const outcome = lintPlanted("core/planted.ts", `export { b } from "./planted-too.ts";\nexport const a = 1;`, {
      "core/planted-too.ts": `export { a } from "./planted.ts";\nexport const b = 2;`,
    });

    expect(outcome.status).not.toBe(0);
    expect(outcome.text).toContain("noImportCycles");
  });

  test("what is allowed passes, so the checker is not merely cross", () => {
    const outcome = lintPlanted("jobs/planted.ts", `export { commandOf } from "../bot/commands.ts";`);

    expect(outcome.text).not.toContain("noRestrictedImports");
    expect(outcome.status).toBe(0);
  });
});

describe("core is pure", () => {
  const files = readdirSync(join(packageRoot, "core"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );

  test("it is looked at at all", () => expect(files.length).toBeGreaterThan(20));

  test("it never asks the clock or chance", () => {
    const impure = files.filter((name) =>
      /new Date\(\s*\)|Date\.now|Math\.random|performance\.now|crypto\./.test(
        withoutComments(read(join("core", name))),
      ),
    );

    expect(impure).toEqual([]);
  });

  test("the platform does not even compile there", () => {
    const config = JSON.parse(read("core/tsconfig.json")) as { compilerOptions: { lib: string[]; types: string[] } };

    expect(config.compilerOptions.lib).toEqual(["ES2023"]);
    expect(config.compilerOptions.types).toEqual([]);
  });
});

describe("what is said in two places is the same", () => {
  test(".env.example is what the settings say", () => expect(read(".env.example")).toBe(envExample()));

  test("so is the README's table", () => expect(read("README.md")).toContain(settingsTable()));
});

describe("the top level", () => {
  test("holds the six folders and what tools and hosts look for there", () => {
    const tracked = execFileSync("git", ["ls-files"], { cwd: packageRoot, encoding: "utf8" });
    const top = new Set(
      tracked
        .split("\n")
        .filter(Boolean)
        .map((path) => path.split("/")[0]!),
    );

    expect([...top].sort()).toEqual(
      [
        ".ci",
        ".env.example",
        ".gitignore",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "README.md",
        "adapters",
        "biome.json",
        "bot",
        "core",
        "jobs",
        "knip.json",
        "package-lock.json",
        "package.json",
        "prisma",
        "tests",
        "tsconfig.json",
        "vitest.config.ts",
      ].sort(),
    );
  });

  for (const folder of ["bot", "core", "adapters", "jobs", "prisma", "tests"]) {
    test(`${folder}/ introduces itself`, () => expect(read(`${folder}/README.md`).length).toBeGreaterThan(300));
  }
});

/** Lints a file in a copy of the tree's shape, where the rules and the imported files are. */
function lintPlanted(file: string, source: string, more: Readonly<Record<string, string>> = {}) {
  const folder = join(packageRoot, "dist", "planted", String(process.pid));
  rmSync(folder, { recursive: true, force: true });
  const config = JSON.parse(read("biome.json")) as Record<string, unknown>;
  const files = {
    "biome.json": JSON.stringify({ ...config, root: true, vcs: { enabled: false }, files: { includes: ["**"] } }),
    "bot/commands.ts": "export const commandOf = 1;\n",
    [file]: `${source}\n`,
    ...Object.fromEntries(Object.entries(more).map(([name, text]) => [name, `${text}\n`])),
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  try {
    const biome = join(packageRoot, "node_modules", ".bin", "biome");
    const { status, stdout, stderr } = spawnSync(biome, ["lint", "--error-on-warnings", "."], {
      cwd: folder,
      encoding: "utf8",
    });
    return { status, text: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
}
