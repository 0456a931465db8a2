import { afterEach, beforeEach, expect, test } from "vitest";
import type { Lease } from "../../bot/ports.ts";
import { holdAlone } from "../../prisma/hold.ts";
import { freshDatabase, type TestDatabase, withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";

let database: TestDatabase;
const never = new AbortController().signal;

beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(() => database.drop());

test("who holds it holds it alone; the next gets it when it is released", async () => {
  const first = await holdAlone(database.url, "wechat", never);
  let second: Lease | undefined;
  const waiting = holdAlone(database.url, "wechat", never).then((lease) => {
    second = lease;
  });
  const other = await holdAlone(database.url, "something else", never);
  expect(second).toBeUndefined();

  await first?.release();
  await waiting;

  expect(second?.lost.aborted).toBe(false);
  await Promise.all([second?.release(), other?.release()]);
});

test("a holder whose connection breaks knows that it may no longer hold, and the next gets it", async () => {
  const first = await holdAlone(database.url, "wechat", never);

  await withClient(database.url, (client) =>
    client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'plusone-hold' AND datname = current_database()`,
    ),
  );

  await eventually("the holder knows", () => first?.lost.aborted);
  const second = await holdAlone(database.url, "wechat", never);
  expect(second?.lost.aborted).toBe(false);
  await Promise.all([first?.release(), second?.release()]);
});

test("the waiting can be ended", async () => {
  const first = await holdAlone(database.url, "wechat", never);
  const enough = new AbortController();

  const waiting = holdAlone(database.url, "wechat", enough.signal);
  enough.abort();

  expect(await waiting).toBeUndefined();
  await first?.release();
});
