import { randomBytes, randomUUID } from "node:crypto";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Alarm } from "../../bot/ports.ts";
import { createAlarm } from "../../jobs/alarm.ts";
import { emptyDatabase, type TestDatabase, withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";

const clock = { now: () => new Date(), newId: () => randomUUID() };
const log = pino({ level: "silent" });

let database: TestDatabase;
let running: Alarm[];
beforeEach(async () => {
  database = await emptyDatabase();
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((alarm) => alarm.stop()));
  await database.drop();
});

/** A process that starts on the database; how often it has looked. */
async function aProcess(databaseUrl = database.url) {
  const alarm = createAlarm({ databaseUrl, log, clock, pace: { beatEvery: 300, firstRetry: 50 } });
  running.push(alarm);
  let looks = 0;
  await alarm.start(async () => {
    looks += 1;
  });
  return { alarm, looks: () => looks, ring: () => alarm.ringAt(new Date(Date.now() + 100)) };
}

test("processes that start at once on an empty database make the tables once", async () => {
  const processes = await Promise.all([aProcess(), aProcess(), aProcess(), aProcess()]);

  for (const { alarm } of processes)
    await expect.poll(() => alarm.health()).toEqual({ ok: true, backend: "postgresql" });
});

test("a user who may no longer make schemas can go on with the tables that are there", async () => {
  const modest = `plusone_test_modest_${randomBytes(4).toString("hex")}`; // roles are the whole server's
  const first = await aProcess();
  await first.alarm.stop();
  await withClient(database.url, async (client) => {
    await client.query(`CREATE ROLE ${modest} LOGIN PASSWORD 'modest'`);
    await client.query(`GRANT USAGE ON SCHEMA bullmq TO ${modest}`);
    await client.query(`GRANT ALL ON ALL TABLES IN SCHEMA bullmq TO ${modest}`);
    await client.query(`GRANT ALL ON ALL SEQUENCES IN SCHEMA bullmq TO ${modest}`);
  });
  const url = new URL(database.url);
  url.username = modest;
  url.password = "modest";
  try {
    const { alarm, looks, ring } = await aProcess(url.href);
    ring();

    await eventually("it rings", () => looks() > 0);
    await alarm.stop();
  } finally {
    await withClient(database.url, async (client) => {
      await client.query(`DROP OWNED BY ${modest}`);
      await client.query(`DROP ROLE ${modest}`);
    });
  }
});

test("the queue's tables are made again when somebody has dropped them", async () => {
  const { alarm, looks, ring } = await aProcess();
  await eventually("they are dropped, and not in a deadlock with who uses them", () =>
    withClient(database.url, (client) => client.query("DROP SCHEMA bullmq CASCADE")).catch(
      (fault: { code?: string }) => {
        if (fault.code !== "40P01") throw fault;
      },
    ),
  );

  await eventually("it notices", async () => !(await alarm.health()).ok);
  await eventually("it works again", async () => (await alarm.health()).ok);
  ring();

  await eventually("it rings", () => looks() > 0);
});

test("settings in the database's address are kept", async () => {
  const url = new URL(database.url);
  url.searchParams.set("options", "-c lock_timeout=12345");
  const { looks, ring } = await aProcess(url.href);
  ring();

  await eventually("it rings", () => looks() > 0);
});

test("the queue takes three connections of the server's at most", async () => {
  const { looks, ring } = await aProcess();
  ring();
  await eventually("it rings", () => looks() > 0);

  const { rows } = await withClient(database.url, (client) =>
    client.query(
      "SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = current_database() AND pid <> pg_backend_pid()",
    ),
  );
  expect(rows.length).toBeLessThanOrEqual(3);
});
