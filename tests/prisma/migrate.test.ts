import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { packageRoot } from "../../bot/package-root.ts";
import { migrate } from "../../prisma/migrate.ts";
import { built, emptyDatabase, type TestDatabase, withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";

let folder: string;
let database: TestDatabase;
let logged: { msg: string; migration?: string }[];
const log = pino({}, { write: (line: string) => logged.push(JSON.parse(line)) });

beforeEach(async () => {
  logged = [];
  folder = await mkdtemp(join(tmpdir(), "plusone-migrations-"));
  database = await emptyDatabase();
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

function write(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "migration.sql"), sql);
}

const apply = () => migrate({ url: database.url, log, folder });

function query(sql: string): Promise<Record<string, unknown>[]> {
  return withClient(database.url, async (client) => (await client.query(sql)).rows);
}

const migrating = `SELECT pid FROM pg_stat_activity
  WHERE application_name = 'plusone migrate' AND query LIKE '%pg_sleep%' AND datname = current_database()`;

const migrateProgram = `
import { migrate } from ${JSON.stringify(pathToFileURL(join(packageRoot, "dist/prisma/migrate.js")))};
import { pino } from "pino";
const [url, folder] = process.argv.slice(1);
await migrate({ url, folder, log: pino({ level: "silent" }) });
`;

describe("migrations", () => {
  test("are applied in the order of their names, once, and entered as Prisma enters them", async () => {
    write("20260102000000_second", "ALTER TABLE buys ADD closed boolean;");
    write("20260101000000_first", "CREATE TABLE buys (id int); -- a semicolon; in a comment");

    expect(await apply()).toEqual(["20260101000000_first", "20260102000000_second"]);
    expect(await apply()).toEqual([]);

    const rows = await query(
      `SELECT migration_name, checksum, length(id) AS id, finished_at >= started_at AS finished, rolled_back_at, logs,
              applied_steps_count AS steps FROM _prisma_migrations ORDER BY started_at`,
    );
    const checksum = createHash("sha256").update("ALTER TABLE buys ADD closed boolean;").digest("hex");
    expect(rows[1]).toEqual({
      ...{ migration_name: "20260102000000_second", checksum, id: 36, finished: true },
      ...{ rolled_back_at: null, logs: null, steps: 1 },
    });
  });

  test("may hold functions whose bodies hold semicolons", async () => {
    write(
      "1_function",
      "CREATE FUNCTION two() RETURNS int AS $$ BEGIN RETURN 2; END; $$ LANGUAGE plpgsql; SELECT two();",
    );

    await apply();

    expect(await query("SELECT two()")).toEqual([{ two: 2 }]);
  });

  test("of several that start at once are applied once", async () => {
    write("1_first", "CREATE TABLE buys (id int); SELECT pg_sleep(0.2);");
    write("2_second", "INSERT INTO buys VALUES (1)");

    const applied = await Promise.all([apply(), apply(), apply(), apply()]);

    expect(applied.flat().sort()).toEqual(["1_first", "2_second"]);
    expect(await query("SELECT count(*)::int AS rows FROM buys")).toEqual([{ rows: 1 }]);
  });

  test("that fail are told with name and line, leave nothing, and are applied when mended", async () => {
    write("1_good", "CREATE TABLE buys (id int);");
    write("2_bad", "CREATE TABLE orders (id int);\nINSERT INTO order VALUES (1);");

    await expect(apply()).rejects.toMatchObject({
      code: "migration-failed",
      message: expect.stringMatching(/2_bad.*line 2.*order/),
    });
    expect(await query("SELECT to_regclass('buys') AS buys, to_regclass('orders') AS orders")).toEqual([
      { buys: "buys", orders: null },
    ]);

    write("2_bad", "CREATE TABLE orders (id int);");
    expect(await apply()).toEqual(["2_bad"]);
  });

  test("that end their transaction themselves are refused: half of one could stay", async () => {
    write("1_commits", "CREATE TABLE buys (id int); COMMIT; CREATE TABLE orders (id int);");

    await expect(apply()).rejects.toThrow(/1_commits ends its transaction by itself/);
  });

  test("edited afterwards give a warning and no more; other line ends are no edit", async () => {
    write("1_first", "CREATE TABLE buys (id int);\n-- end\n");
    write("2_second", "CREATE TABLE orders (id int);");
    await apply();
    write("1_first", "CREATE TABLE buys (id int);\r\n-- end\r\n");
    write("2_second", "CREATE TABLE orders (id bigint);");
    logged = [];

    expect(await apply()).toEqual([]);

    expect(logged).toMatchObject([{ level: 40, migration: "2_second" }]);
  });

  test("that Prisma began and did not finish stop the start, in words", async () => {
    write("1_first", "CREATE TABLE buys (id int);");
    await apply();
    write("2_second", "CREATE TABLE orders (id int);");
    await query("INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', '2_second')");

    await expect(apply()).rejects.toMatchObject({
      code: "migration-half-done",
      advice: expect.stringContaining("npx prisma migrate resolve --rolled-back 2_second"),
    });

    await query("UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = 'x'");
    expect(await apply()).toEqual(["2_second"]);
  });

  test("of a newer Plusone stop the start, in words", async () => {
    write("1_first", "CREATE TABLE buys (id int);");
    write("2_second", "CREATE TABLE orders (id int);");
    await apply();
    rmSync(join(folder, "2_second"), { recursive: true });

    await expect(apply()).rejects.toMatchObject({
      code: "database-newer",
      message: expect.stringContaining("2_second"),
    });
  });

  test("cut off in the middle leave nothing, and the next start finishes", async () => {
    write("1_first", "CREATE TABLE buys (id int); SELECT pg_sleep(60);");
    const cut = apply();
    const outcome = expect(cut).rejects.toThrow();
    await cutOff();
    await outcome;

    write("1_first", "CREATE TABLE buys (id int);");

    expect(await query("SELECT to_regclass('buys') AS buys")).toEqual([{ buys: null }]);
    expect(await apply()).toEqual(["1_first"]);
  });

  test("whose process is killed leave nothing, and the next start finishes without waiting for what was killed", async () => {
    await built();
    write("1_first", "CREATE TABLE buys (id int); SELECT pg_sleep(60);");
    const child = spawn(process.execPath, ["--input-type=module", "-e", migrateProgram, database.url, folder], {
      cwd: packageRoot,
      stdio: "inherit",
    });
    const ended = once(child, "exit");
    await eventually("the migration is running", async () => (await query(migrating)).length > 0);
    child.kill("SIGKILL");
    await ended;

    write("1_first", "CREATE TABLE buys (id int);");

    expect(await apply()).toEqual(["1_first"]);
  });

  async function cutOff(): Promise<void> {
    await eventually("the migration is running", async () => (await query(migrating)).length > 0);
    await query(`SELECT pg_terminate_backend(pid) FROM (${migrating}) AS found`);
  }
});

describe("a database that cannot be used is told in words, without its password", () => {
  const rows = [
    { what: "nobody listens", change: { port: "1" }, code: "database-unreachable" },
    { what: "no such machine", change: { hostname: "no-such-machine.invalid" }, code: "database-unreachable" },
    { what: "a wrong password", change: { password: "secret-guess" }, code: "database-refused" },
    { what: "no such database", change: { pathname: "/nothing" }, code: "database-refused" },
  ];
  for (const { what, change, code } of rows) {
    test(`${what}: ${code}`, async () => {
      const url = new URL(database.url);
      Object.assign(url, change);

      const fault = await migrate({ url: url.href, log, folder }).catch((error) => error);

      expect(fault.code).toBe(code);
      expect(fault.message).toContain(`${url.host}${url.pathname}`);
      expect(fault.message + fault.advice + JSON.stringify(logged)).not.toContain(url.password);
    });
  }

  test("also when it keeps text in an encoding that cannot hold every name", async () => {
    const latin = new URL(`${database.url}_latin`);
    const name = latin.pathname.slice(1);
    await query(`CREATE DATABASE ${name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);

    await expect(migrate({ url: latin.href, log, folder })).rejects.toMatchObject({ code: "database-encoding" });

    await query(`DROP DATABASE ${name} WITH (FORCE)`);
  });
});
