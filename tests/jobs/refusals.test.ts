import { randomBytes, randomUUID } from "node:crypto";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAlarm } from "../../jobs/alarm.ts";
import { emptyDatabase, type TestDatabase, withClient } from "../support/database.ts";
import { describeWith } from "../support/needs.ts";
import { type RedisQueueServer, redisServer } from "./queue-server.ts";

const clock = { now: () => new Date(), newId: () => randomUUID() };

let told: string[];
beforeEach(() => {
  told = [];
});

/** What somebody reads who starts Plusone on such a queue, and what `plusone doctor` says of it. */
async function startOn(where: { redisUrl: string } | { databaseUrl: string }) {
  const log = pino({ level: "trace" }, { write: (line) => told.push(line) });
  const alarm = createAlarm({ ...where, log, clock });
  try {
    const { detail } = await alarm.health();
    const fault = await alarm
      .start(async () => {})
      .then(
        () => undefined,
        (error: unknown) => error,
      );
    return { fault, detail };
  } finally {
    await alarm.stop();
  }
}

describeWith("redis", "Redis is refused at the start, in words", () => {
  let server: RedisQueueServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function start(settings: Readonly<Record<string, string>>, change: (url: URL) => void = () => {}) {
    server = await redisServer(settings);
    const url = new URL(server.where.redisUrl);
    change(url);
    return startOn({ redisUrl: url.href });
  }

  for (const policy of ["allkeys-lru", "volatile-ttl"]) {
    test(`when it may throw alarms away (${policy})`, async () => {
      const { fault, detail } = await start({ "maxmemory-policy": policy });

      expect(fault).toMatchObject({ code: "redis-evicts", message: expect.stringContaining(policy) });
      expect(fault).toMatchObject({ advice: expect.stringContaining("maxmemory-policy noeviction") });
      expect(detail).toContain(policy);
    });
  }

  test("when it does not know our password, which is told to nobody", async () => {
    const { fault, detail } = await start({}, (url) => {
      url.username = "plusone";
      url.password = "open-sesame";
    });

    expect(fault).toMatchObject({ code: "queue-login-refused", advice: expect.stringContaining("REDIS_URL") });
    expect(detail).toContain("REDIS_URL");
    expect(told.join()).not.toContain("open-sesame");
  });

  test("when it has no such database", async () => {
    const { fault } = await start({ databases: "1" }, (url) => {
      url.pathname = "/7";
    });

    expect(fault).toMatchObject({ code: "queue-login-refused" });
  });
});

describe("PostgreSQL is refused at the start, in words", () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await emptyDatabase();
  });
  afterEach(async () => {
    await database.drop();
  });

  test("when it does not know our password, which is told to nobody", async () => {
    const url = new URL(database.url);
    url.password = "open-sesame";

    const { fault, detail } = await startOn({ databaseUrl: url.href });

    expect(fault).toMatchObject({ code: "queue-login-refused", advice: expect.stringContaining("DATABASE_URL") });
    expect(detail).toContain("DATABASE_URL");
    expect(told.join()).not.toContain("open-sesame");
  });

  test("when it has no such database", async () => {
    const url = new URL(database.url);
    url.pathname = "/nowhere";

    expect((await startOn({ databaseUrl: url.href })).fault).toMatchObject({ code: "queue-login-refused" });
  });

  test("when we may not make the queue's tables", async () => {
    const user = `plusone_test_guest_${randomBytes(4).toString("hex")}`;
    const url = new URL(database.url);
    url.username = user;
    url.password = "guest";
    await withClient(database.url, (client) => client.query(`CREATE ROLE ${user} LOGIN PASSWORD 'guest'`));
    try {
      const { fault } = await startOn({ databaseUrl: url.href });

      expect(fault).toMatchObject({ code: "queue-schema-refused", advice: expect.stringContaining("GRANT CREATE") });
    } finally {
      await withClient(database.url, (client) => client.query(`DROP ROLE ${user}`));
    }
  });

  test("when its address is none, without repeating the password in it", async () => {
    const { fault } = await startOn({ databaseUrl: "plusone:open-sesame@localhost:5432/plusone" });

    expect(fault).toMatchObject({ code: "queue-url-unreadable" });
    expect(told.join()).not.toContain("open-sesame");
  });
});
