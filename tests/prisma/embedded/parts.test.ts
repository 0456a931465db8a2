import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chooseAccount } from "../../../prisma/embedded/account.ts";
import { findBinaries, linkLibraries } from "../../../prisma/embedded/binaries.ts";
import { portsFor } from "../../../prisma/embedded/port.ts";
import { serverFault } from "../../../prisma/embedded/reasons.ts";
import { boundLog, openLog, readFrom } from "../../../prisma/embedded/server-log.ts";
import { copyDataFolder } from "../../support/database.ts";
import { embeddedProcess, idOf, isRoot } from "../../support/embedded-process.ts";

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "plusone-parts-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe("PostgreSQL's programs", () => {
  test("are missing in words on a platform that has none", async () => {
    await expect(findBinaries("linux-riscv64")).rejects.toMatchObject({
      code: "embedded-platform",
      advice: expect.stringContaining("DATABASE_URL"),
    });
  });

  test("are missing in words when npm was told to leave them out", async () => {
    const notHere = process.platform === "win32" ? "linux-x64" : "win32-x64";

    await expect(findBinaries(notHere)).rejects.toMatchObject({
      code: "embedded-missing",
      advice: expect.stringContaining("--omit=optional"),
    });
  });

  test("find their libraries although npm made no links (--ignore-scripts)", async () => {
    const native = await packageWithoutLinks();
    chmodSync(home, 0o755);
    await copyDataFolder(join(home, "data"));

    const { said, end } = await embeddedProcess(join(home, "data"), { native });
    await end("SIGINT");

    expect(said).toMatchObject({ url: expect.stringContaining("127.0.0.1") });
    expect(lstatSync(join(native, "lib", firstLink(native))).isSymbolicLink()).toBe(true);
  });

  test("find them also when the package cannot be written to: the links go into the data folder", async () => {
    const native = await packageWithoutLinks();
    const folder = join(home, "data");
    mkdirSync(folder);
    chmodSync(home, 0o755);
    chmodSync(join(native, "lib"), 0o555);
    if (isRoot) execFileSync("chown", ["nobody", folder]);

    const { said, end } = await embeddedProcess(folder, { native, ordinaryUser: true });
    await end("SIGINT");
    chmodSync(join(native, "lib"), 0o755);

    expect(said).toMatchObject({ url: expect.stringContaining("127.0.0.1") });
    expect(existsSync(join(native, "lib", firstLink(native)))).toBe(false);
    expect(existsSync(join(folder, "lib", firstLink(native)))).toBe(true);
  });

  test("that lack a library are told in words", async () => {
    const native = await packageWithoutLinks();
    rmSync(join(native, "pg-symlinks.json"));

    const { said } = await embeddedProcess(join(home, "data"), { native });

    expect(said).toMatchObject({ code: "library-missing", advice: expect.stringContaining("npm ci") });
  });

  test("are left as they are when all links are there", async () => {
    const found = await findBinaries();

    expect(linkLibraries(found, join(home, "lib"))).toBe(found);
    expect(existsSync(join(home, "lib"))).toBe(false);
  });

  async function packageWithoutLinks(): Promise<string> {
    const { postgres } = await findBinaries();
    const native = join(home, "package", "native");
    mkdirSync(dirname(native));
    execFileSync("cp", ["-r", join(dirname(postgres), ".."), native]);
    execFileSync("find", [join(native, "lib"), "-type", "l", "-delete"]);
    return native;
  }

  function firstLink(native: string): string {
    const [link]: { target: string }[] = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8"));
    return link!.target.replace("native/lib/", "");
  }
});

// Each user can only try their own half.
if (isRoot) describe("as root, PostgreSQL runs as nobody", asRoot);
else describe("an ordinary user", asOrdinaryUser);

describe("what PostgreSQL prints when it gives up is said in words", () => {
  const rows = [
    { printed: 'FATAL:  could not write lock file "postmaster.pid": No space left on device', code: "disk-full" },
    { printed: "initdb: error: could not create directory: No space left on device", code: "disk-full" },
    { printed: 'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', code: "port-taken" },
    { printed: 'FATAL:  lock file "postmaster.pid" already exists', code: "folder-in-use" },
    { printed: "FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use", code: "still-ending" },
    { printed: "FATAL:  could not map anonymous shared memory: Cannot allocate memory", code: "memory-short" },
    { printed: "PANIC:  could not locate a valid checkpoint record at 0/1", code: "damaged" },
    { printed: 'FATAL:  could not access directory "postgres": Permission denied', code: "folder-unwritable" },
    { printed: "something nobody has seen yet", code: "embedded-failed" },
  ];
  for (const { printed, code } of rows) {
    test(`${printed}: ${code}`, () => {
      const fault = serverFault(printed, "/data");

      expect(fault.code).toBe(code);
      expect(fault.advice).not.toBe("");
    });
  }

  test("and what has no words yet is shown as it is", () => {
    expect(serverFault("something nobody has seen yet", "/data").advice).toContain("nobody has seen yet");
  });
});

describe("PostgreSQL's log is bounded", () => {
  const path = () => join(home, "postgres.log");

  test("while it is written: the last part stays, in another file", () => {
    writeFileSync(path(), `${"x".repeat(5_000_000)}\nthe last line\n`);

    boundLog(path());

    expect(statSync(path()).size).toBe(0);
    expect(readFileSync(`${path()}.old`, "utf8")).toMatch(/the last line\n$/);
    expect(statSync(`${path()}.old`).size).toBeLessThan(1_000_000);
  });

  test("and at a start: the old one is put aside", () => {
    writeFileSync(path(), "x".repeat(5_000_001));

    expect(openLog(path()).start).toBe(0);
    expect(statSync(`${path()}.old`).size).toBe(5_000_001);
  });

  test("and otherwise left alone", () => {
    writeFileSync(path(), "one line\n");

    boundLog(path());

    expect(readFrom(path(), openLog(path()).start - 9)).toBe("one line\n");
  });
});

test("a folder's ports are always the same, all different, and below those that systems hand out", () => {
  const ports = [...portsFor("/srv/plusone")];

  expect(ports).toEqual([...portsFor("/srv/plusone")]);
  expect(new Set(ports).size).toBe(ports.length);
  expect(ports.every((port) => port > 1_024 && port < 32_768)).toBe(true);
});

function asRoot(): void {
  const folder = () => join(home, "data");

  test("with no rights beyond that where everybody may pass, and the folder opens to it no further", () => {
    mkdirSync(folder(), { mode: 0o700 });
    chmodSync(home, 0o755);

    const { spawn, prefix } = chooseAccount(folder(), join(folder(), "postgres"), []);

    expect({ spawn, prefix }).toEqual({ spawn: { uid: idOf("-u"), gid: idOf("-g") }, prefix: [] });
    expect(statSync(folder()).mode & 0o777).toBe(0o710);
  });

  test("with the right to pass, and to read only, below a folder of root's", () => {
    mkdirSync(folder(), { mode: 0o700 });

    const { spawn, prefix } = chooseAccount(folder(), join(folder(), "postgres"), []);

    expect(spawn).toEqual({});
    expect(prefix.join(" ")).toMatch(/setpriv --reuid=\d+ --regid=\d+ --clear-groups .*dac_read_search/);
    expect(statSync(folder()).mode & 0o777).toBe(0o700);
  });

  test("or as whoever owns the database already", () => {
    mkdirSync(join(folder(), "postgres"), { recursive: true });
    execFileSync("chown", ["12345:23456", join(folder(), "postgres")]);

    const { owner } = chooseAccount(folder(), join(folder(), "postgres"), []);

    expect(owner).toEqual({ uid: 12345, gid: 23456 });
  });
}

function asOrdinaryUser(): void {
  test("runs it as itself", () => {
    expect(chooseAccount(home, join(home, "postgres"), [])).toEqual({ prefix: [], spawn: {} });
  });
}
