import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startEmbedded } from "../../../prisma/embedded/index.ts";
import { copyDataFolder, withClient } from "../../support/database.ts";

let home: string;
let folder: string;
let logged: string;
const log = pino({}, { write: (line: string) => (logged += line) });

beforeEach(async () => {
  logged = "";
  home = await mkdtemp(join(tmpdir(), "plusone-embedded-")); // 0700: as root, a folder that PostgreSQL's user may not enter
  folder = join(home, "data");
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe("the embedded PostgreSQL", () => {
  test("keeps what was written, and its address", async () => {
    await copyDataFolder(folder);
    const first = await startEmbedded({ folder, log });
    await withClient(first.url, (client) => client.query("CREATE TABLE kept AS SELECT 'bǎoliú' AS word"));
    await first.stop();

    const second = await startEmbedded({ folder, log });
    const { rows } = await withClient(second.url, (client) => client.query("SELECT word FROM kept"));
    await second.stop();

    expect(rows).toEqual([{ word: "bǎoliú" }]);
    expect(second.url).toBe(first.url);
  });

  test("promises what a database with money in it must", async () => {
    await copyDataFolder(folder);
    const database = await startEmbedded({ folder, log });

    const { rows } = await withClient(database.url, (client) =>
      client.query(`SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages,
        current_setting('synchronous_commit') AS commits, current_setting('data_checksums') AS checksums,
        current_setting('listen_addresses') AS listens, current_setting('server_encoding') AS encoding,
        current_setting('password_encryption') AS passwords, current_setting('max_connections')::int AS connections`),
    );
    await database.stop();

    expect(rows).toEqual([
      {
        ...{ fsync: "on", pages: "on", commits: "on", checksums: "on", listens: "127.0.0.1", encoding: "UTF8" },
        ...{ passwords: "scram-sha-256", connections: 60 },
      },
    ]);
  });

  test("lets nobody in without the password, which only its owner can read, and which is never logged", async () => {
    await copyDataFolder(folder);
    const database = await startEmbedded({ folder, log });
    const passwordPath = join(folder, "postgres-password");
    const password = readFileSync(passwordPath, "utf8").trim();

    await expect(withClient(database.url.replace(password, "guessed"), async () => undefined)).rejects.toThrow(
      /password/,
    );
    await expect(withClient(database.url.replace(`:${password}`, ""), async () => undefined)).rejects.toThrow(
      /password/,
    );
    await database.stop();

    expect(statSync(passwordPath).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "postgres")).mode & 0o777).toBe(0o700);
    expect(statSync(folder).mode & 0o007).toBe(0);
    expect(logged + readFileSync(join(folder, "postgres.log"), "utf8")).not.toContain(password);
  });

  test("gets a new password when the file is lost", async () => {
    await copyDataFolder(folder);
    const passwordPath = join(folder, "postgres-password");
    const lost = readFileSync(passwordPath, "utf8");
    rmSync(passwordPath);

    const database = await startEmbedded({ folder, log });
    await withClient(database.url, (client) => client.query("SELECT 1"));
    await database.stop();

    expect(readFileSync(passwordPath, "utf8")).not.toBe(lost);
  });

  test("takes another port when its own is taken", async () => {
    await copyDataFolder(folder);
    const database = await startEmbedded({ folder, log });
    await database.stop();
    const intruder = createServer().listen(database.port, "127.0.0.1");
    await once(intruder, "listening");

    const moved = await startEmbedded({ folder, log });
    await withClient(moved.url, (client) => client.query("SELECT 1"));
    await moved.stop();
    intruder.close();

    expect(moved.port).not.toBe(database.port);
    expect(moved.port).toBeLessThan(32_768);
  });

  test("writes no text of a failing statement into its log", async () => {
    await copyDataFolder(folder);
    const database = await startEmbedded({ folder, log });

    const failing = withClient(database.url, (client) => client.query("SELECT '#14-302 李'::int AS door"));
    await expect(failing).rejects.toThrow(/#14-302/);
    await database.stop();

    expect(readFileSync(join(folder, "postgres.log"), "utf8")).not.toMatch(/#14-302|李|SELECT/);
  });

  test("can be stopped twice", async () => {
    await copyDataFolder(folder);
    const database = await startEmbedded({ folder, log });

    await Promise.all([database.stop(), database.stop()]);

    expect(existsSync(join(folder, "postgres", "postmaster.pid"))).toBe(false);
  });
});

describe("a folder that will not do is refused in words", () => {
  async function refusal(): Promise<{ code: string; message: string; advice: string }> {
    const database = await startEmbedded({ folder, log }).catch((fault) => fault);
    if ("stop" in database) await database.stop();
    return { code: database.code, message: database.message, advice: database.advice };
  }

  test("in use: a second start, while the first goes on", async () => {
    await copyDataFolder(folder);
    const first = await startEmbedded({ folder, log });

    const { code, message, advice } = await refusal();
    await withClient(first.url, (client) => client.query("SELECT 1"));
    await first.stop();

    expect(code).toBe("folder-in-use");
    expect(message).toContain(`process ${process.pid}`);
    expect(advice).toContain("PLUSONE_DATA");
  });

  test("written by PostgreSQL 17", async () => {
    await copyDataFolder(folder);
    writeFileSync(join(folder, "postgres", "PG_VERSION"), "17\n");

    const { code, message, advice } = await refusal();

    expect(code).toBe("other-version");
    expect(message).toMatch(/PostgreSQL 17.*18/);
    expect(advice).toContain("export");
  });

  test("not a folder", async () => {
    writeFileSync(folder, "");

    const { code, message } = await refusal();

    expect(code).toBe("folder-unwritable");
    expect(message).toContain("not a folder");
  });

  test("holding somebody else's files where the database would be", async () => {
    mkdirSync(join(folder, "postgres"), { recursive: true });
    writeFileSync(join(folder, "postgres", "letters.txt"), "");

    expect((await refusal()).code).toBe("folder-foreign");
    expect(existsSync(join(folder, "postgres", "letters.txt"))).toBe(true);
  });

  test("with a database that has lost its control file", async () => {
    await copyDataFolder(folder);
    rmSync(join(folder, "postgres", "global", "pg_control"));

    const { code, advice } = await refusal();

    expect(code).toBe("damaged");
    expect(advice).toContain("backup");
  });

  test("and is free again after a refusal", async () => {
    await copyDataFolder(folder);
    const version = join(folder, "postgres", "PG_VERSION");
    const right = readFileSync(version);
    writeFileSync(version, "17\n");
    expect((await refusal()).code).toBe("other-version");
    writeFileSync(version, right);

    const database = await startEmbedded({ folder, log });
    await withClient(database.url, (client) => client.query("SELECT 1"));
    await database.stop();
  });
});

test("a folder may have any name", async () => {
  folder = join(home, `团购 'data' "$HOME" ${"x".repeat(150)}`);
  await copyDataFolder(folder);

  const database = await startEmbedded({ folder, log });
  await withClient(database.url, (client) => client.query("SELECT 1"));
  await database.stop();
});

test("a folder that lies open is used as it is, and its database is closed to others all the same", async () => {
  mkdirSync(folder);
  chmodSync(home, 0o755);
  chmodSync(folder, 0o755);

  const database = await startEmbedded({ folder, log });
  await withClient(database.url, (client) => client.query("SELECT 1"));
  await database.stop();

  expect(statSync(folder).mode & 0o777).toBe(0o755);
  expect(statSync(join(folder, "postgres")).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, "postgres.log")).mode & 0o777).toBe(0o600);
});
