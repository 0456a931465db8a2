import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startEmbedded } from "../../../prisma/embedded/index.ts";
import { openPool } from "../../../prisma/pool.ts";
import { copyDataFolder, withClient } from "../../support/database.ts";
import { beginEmbeddedProcess, embeddedProcess, isRoot } from "../../support/embedded-process.ts";
import { eventually } from "../../support/eventually.ts";
import { childrenOf, isAlive, parentOf } from "../../support/processes.ts";

let home: string;
let folder: string;
const log = pino({ level: "silent" });

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "plusone-deaths-"));
  folder = join(home, "data");
});
afterEach(() => rm(home, { recursive: true, force: true }));

const pidFile = () => join(folder, "postgres", "postmaster.pid");
const serverLog = () => readFileSync(join(folder, "postgres.log"), "utf8");

describe("when our process dies, PostgreSQL stops in order", () => {
  beforeEach(() => copyDataFolder(folder));

  for (const signal of ["SIGKILL", "SIGTERM", "SIGHUP"] as const) {
    test(`by ${signal}`, async () => {
      const { said, end } = await embeddedProcess(folder);

      await end(signal);
      await eventually("the server has ended", () => !isAlive(said.pid));

      expect(existsSync(pidFile())).toBe(false);
      expect(serverLog()).toContain("database system is shut down");
    });
  }

  test("and a new start, a moment after the kill, waits for that and finds everything", async () => {
    const { said, end } = await embeddedProcess(folder);
    await withClient(said.url!, (client) => client.query("CREATE TABLE kept AS SELECT 1 AS n"));

    await end("SIGKILL");
    const database = await startEmbedded({ folder, log });
    const { rows } = await withClient(database.url, (client) => client.query("SELECT n FROM kept"));
    await database.stop();

    expect(rows).toEqual([{ n: 1 }]);
  });

  test("after Ctrl-C the application still has its database while it drains", async () => {
    const { child, next, end } = await embeddedProcess(folder);

    process.kill(-child.pid!, "SIGINT"); // a terminal tells the whole process group
    const answer = await next();

    expect(answer).toEqual({ drained: [{ one: 1 }] });
    expect(await end()).toBe(0);
    expect(existsSync(pidFile())).toBe(false);
  });

  test("also when it dies while the database is being made: the next start makes it anew", async () => {
    await rm(folder, { recursive: true });
    const { end } = await beginEmbeddedProcess(folder);
    await eventually("initdb is at work", () => existsSync(folder) && begunClusters().length > 0);

    await end("SIGKILL");
    expect(existsSync(join(folder, "postgres", "PG_VERSION"))).toBe(false);
    const database = await startEmbedded({ folder, log });
    await withClient(database.url, (client) => client.query("SELECT 1"));
    await database.stop();

    expect(begunClusters()).toEqual([]);
  });

  function begunClusters(): string[] {
    return readdirSync(folder).filter((name) => name.startsWith("postgres.new-"));
  }
});

describe("when PostgreSQL dies while we live, it is started again", () => {
  beforeEach(() => copyDataFolder(folder));

  test("on the same port, with all that was committed, and the pool goes on", async () => {
    const database = await startEmbedded({ folder, log });
    const pool = openPool(database.url, { log });
    await pool.query("CREATE TABLE kept AS SELECT 1 AS n");
    const { pid, url } = database;

    process.kill(pid, "SIGKILL");
    await eventually("there is a new server", () => database.pid !== pid);
    const { rows } = await pool.query("SELECT n FROM kept");
    await pool.end();
    await database.stop();

    expect(rows).toEqual([{ n: 1 }]);
    expect(database.url).toBe(url);
  });

  test("also when only the leash between us was killed", async () => {
    const database = await startEmbedded({ folder, log });
    const { pid } = database;

    process.kill(parentOf(pid), "SIGKILL");
    await eventually("there is a new server", () => database.pid !== pid);
    const alive = isAlive(pid);
    await withClient(database.url, (client) => client.query("SELECT 1"));
    await database.stop();

    expect(alive).toBe(false);
    expect(existsSync(pidFile())).toBe(false);
  });

  test("and stopping at that very moment leaves nothing behind", async () => {
    const database = await startEmbedded({ folder, log });

    process.kill(database.pid, "SIGKILL");
    await database.stop();

    await eventually("nothing runs there", () => !isAlive(database.pid));
  });
});

describe("after the whole machine stopped, a pid file is left", () => {
  beforeEach(() => copyDataFolder(folder));

  async function crash(): Promise<number> {
    const { said, child } = await embeddedProcess(folder);
    const leash = parentOf(said.pid!);
    // All of it stands still first, or some would tidy up after others.
    const ours = [child.pid!, leash, ...childrenOf(leash)];
    for (const pid of ours) process.kill(pid, "SIGSTOP");
    const everything = [...ours, ...childrenOf(said.pid!)];
    for (const pid of everything) process.kill(pid, "SIGKILL");
    await eventually("all are dead", () => !everything.some(isAlive));
    return said.pid!;
  }

  test("which holds up no start", async () => {
    await crash();
    expect(existsSync(pidFile())).toBe(true);

    const database = await startEmbedded({ folder, log });
    await withClient(database.url, (client) => client.query("SELECT 1"));
    await database.stop();
  });

  test("even if its number belongs to another program by now, which is left alone", async () => {
    const deadPid = await crash();
    const { uid, gid } = statSync(join(folder, "postgres"));
    const bystander = spawn("sleep", ["60"], isRoot ? { uid, gid } : {}); // of PostgreSQL's user, or it would not care
    const exited = once(bystander, "exit");
    writeFileSync(pidFile(), readFileSync(pidFile(), "utf8").replace(String(deadPid), String(bystander.pid)));

    const database = await startEmbedded({ folder, log });
    await withClient(database.url, (client) => client.query("SELECT 1"));
    await database.stop();
    const survived = isAlive(bystander.pid);
    bystander.kill();
    await exited;

    expect(survived).toBe(true);
  });
});

test("a second process is refused while the first runs, and taken when it has been killed", async () => {
  await copyDataFolder(folder);
  const first = await embeddedProcess(folder);

  const second = await embeddedProcess(folder);
  await second.end("SIGKILL");
  await first.end("SIGKILL");
  const third = await embeddedProcess(folder);
  await third.end("SIGINT");

  expect(second.said).toMatchObject({ code: "folder-in-use" });
  expect(second.said.message).toContain(`process ${first.child.pid}`);
  expect(third.said).toMatchObject({ url: first.said.url });
});

describe("whatever the environment says", () => {
  const environments = [
    { LANG: "zh_CN.UTF-8", LC_CTYPE: "nonsense", PGDATA: "/nowhere", PGPORT: "1", TZ: "Nowhere/Land" },
    { LC_ALL: "de_DE.ISO-8859-1", LANGUAGE: "de", PGCLIENTENCODING: "SQL_ASCII" },
  ];
  for (const env of environments) {
    test(`${JSON.stringify(env)}: text is UTF-8 and sorts alike`, async () => {
      const { said, end } = await embeddedProcess(folder, { env });

      const { rows } = await withClient(said.url!, (client) =>
        client.query(`SELECT length('番茄🍅') AS signs, upper('é') AS upper, current_setting('server_encoding') AS encoding,
          (SELECT string_agg(word, ' ' ORDER BY word) FROM unnest('{b,Z,é,a,番}'::text[]) AS word) AS sorted`),
      );
      await end("SIGINT");

      expect(rows).toEqual([{ signs: 3, upper: "É", encoding: "UTF8", sorted: "Z a b é 番" }]);
    });
  }
});

describe("an ordinary user", () => {
  test("runs it as itself", async () => {
    mkdirSync(folder);
    if (isRoot) execFileSync("chown", ["nobody", folder]);

    const { said, end } = await embeddedProcess(folder, { ordinaryUser: true });
    await withClient(said.url!, (client) => client.query("SELECT 1"));

    expect(await end("SIGINT")).toBe(0);
    expect(statSync(join(folder, "postgres")).uid).toBe(statSync(folder).uid);
  });

  test("is told in words when the folder is not theirs to write", async () => {
    mkdirSync(folder, { mode: 0o555 });

    const { said } = await embeddedProcess(folder, { ordinaryUser: true });

    expect(said).toMatchObject({ code: "folder-unwritable" });
    expect(said.message).toContain(folder);
    expect(said.advice).toContain("PLUSONE_DATA");
  });
});
