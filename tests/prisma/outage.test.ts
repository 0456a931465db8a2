import type { Pool } from "pg";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "../../prisma/client.ts";
import { isOutage, isTimeout } from "../../prisma/outage.ts";
import { openPool } from "../../prisma/pool.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";

describe("what a database that is there says of work that takes too long", () => {
  let database: TestDatabase;
  let pool: Pool;
  beforeAll(async () => {
    database = await freshDatabase();
    pool = openPool(database.url, { log: pino({ level: "silent" }) });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const cases: { why: string; isOurs: boolean; act: () => Promise<unknown> }[] = [
    {
      why: "a statement of its own is ended",
      isOurs: true,
      act: () => alone("SET statement_timeout = 50", "SELECT pg_sleep(9)"),
    },
    {
      why: "a raw statement through Prisma is ended",
      isOurs: true,
      act: () =>
        createClient(pool).$transaction(async (tx) => {
          await tx.$executeRaw`SET LOCAL statement_timeout = 50`;
          await tx.$executeRaw`SELECT pg_sleep(9)`;
        }),
    },
    {
      why: "a transaction of Prisma's is ended",
      isOurs: true,
      act: () =>
        createClient(pool).$transaction(
          async (tx) => {
            await tx.$executeRaw`SELECT pg_sleep(0.3)`;
            await tx.$executeRaw`SELECT 1`;
          },
          { timeout: 50 },
        ),
    },
    {
      why: "a lock that somebody else has is not waited for any longer",
      isOurs: false,
      act: async () => {
        const holder = await pool.connect();
        try {
          await holder.query("BEGIN; LOCK TABLE statement");
          await alone("SET lock_timeout = 50", "SELECT count(*) FROM statement");
        } finally {
          await holder.query("ROLLBACK");
          holder.release();
        }
      },
    },
    { why: "no connection is to be had for it", isOurs: false, act: withoutConnection },
  ];
  for (const { why, isOurs, act } of cases) {
    test(`${why}: an outage that the work ${isOurs ? "may bring" : "does not bring"} about itself`, async () => {
      const fault = await act().catch((reason: unknown) => reason);

      expect(fault).toBeInstanceOf(Error);
      expect(isOutage(fault)).toBe(true);
      expect(isTimeout(fault)).toBe(isOurs);
    });
  }

  async function alone(setting: string, statement: string): Promise<void> {
    const client = await pool.connect();
    try {
      await client.query(setting);
      await client.query(statement);
    } finally {
      client.release(true);
    }
  }

  async function withoutConnection(): Promise<void> {
    const small = openPool(database.url, { max: 1, log: pino({ level: "silent" }) });
    const held = await small.connect();
    try {
      await createClient(small).$transaction(async () => undefined, { maxWait: 50 });
    } finally {
      held.release();
      await small.end();
    }
  }
});
