import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createClient } from "../../prisma/client.ts";
import { openPool } from "../../prisma/pool.ts";
import { freshDatabase, type TestDatabase, withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";

let database: TestDatabase;
let logged: string;
const log = pino({}, { write: (line: string) => (logged += line) });

beforeEach(async () => {
  logged = "";
  database = await freshDatabase();
});
afterEach(() => database.drop());

test("one pool serves prepared statements and Prisma", async () => {
  const pool = openPool(database.url, { max: 1, log });
  const prisma = createClient(pool);

  const own = await pool.query<{ pid: number }>({ name: "who", text: "SELECT pg_backend_pid() AS pid" });
  const prismas = await prisma.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
  await prisma.$disconnect();
  const after = await pool.query("SELECT 1 AS one");
  await pool.end();

  expect(prismas).toEqual(own.rows);
  expect(after.rows).toEqual([{ one: 1 }]);
});

test("a broken connection is logged without the password, and the next query gets a new one", async () => {
  const pool = openPool(database.url, { log });
  await pool.query("SELECT 1");

  const cut =
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'plusone' AND datname = current_database()";
  await withClient(database.url, (client) => client.query(cut));
  await eventually("the pool has noticed", () => logged.includes("broke"));
  const { rows } = await pool.query("SELECT 1 AS one");
  await pool.end();

  expect(rows).toEqual([{ one: 1 }]);
  expect(logged).not.toContain(new URL(database.url).password);
});

test("does not wait for ever: not for a connection, nor for a server that takes it and says nothing", async () => {
  const busy = openPool(database.url, { max: 1, log });
  const holder = await busy.connect();
  const silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  const unanswered = openPool(`postgresql://plusone:x@127.0.0.1:${port}/plusone`, { log });

  const waiting = [busy, unanswered].map((pool) => expect(pool.query("SELECT 1")).rejects.toThrow(/timeout/));

  await Promise.all(waiting);
  holder.release();
  await Promise.all([busy.end(), unanswered.end()]);
  silent.close();
});
