import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pauseFor } from "node:timers/promises";
import { createPostgresBackend, createRedisBackend, type PgPool, Queue, runMigrations, Worker } from "bullmq";
import { Redis } from "ioredis";
import { Pool } from "pg";
import { afterAll, beforeAll, test } from "vitest";
import { createLog } from "../../bot/log.ts";
import { KEY_PREFIX, SCHEMA } from "../../jobs/queues.ts";
import { type Embedded, startEmbedded } from "../../prisma/embedded/index.ts";
import { migrate } from "../../prisma/migrate.ts";
import { eventually } from "../support/eventually.ts";
import { startRedis } from "../support/needs.ts";
import { withClient, withDatabase } from "../support/shared-database.ts";
import { startPlusone } from "./ledger/bench-chat.ts";

/** Buys that close in the same second, each in a chat and a community of its own, with an order. */
const BUYS = 10_000;

const ROUNDS = 3;

const log = createLog({ level: "silent" });

/** As Plusone runs it: what is committed has reached the disk. */
let server: Embedded;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "plusone-bench-"));
  server = await startEmbedded({ folder, log });
}, 60_000);
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Closings one by one, each at a second of its own. */
const SINGLE = 40;

test("10,000 closings due at once, beside BullMQ alone", async () => {
  const redis = await startRedis();
  const rounds: { name: string; ms: number }[][] = [];
  const late: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const own = [];
    for (const redisUrl of [undefined, redis.url]) {
      const { lateMs } = await closings(redisUrl);
      const backend = redisUrl ? "Redis" : "PostgreSQL";
      own.push({ name: `Plusone on ${backend}`, ms: lateMs.at(-1)! });
      late.push(`${backend}: late p50 ${at(lateMs, 0.5)} ms, p99 ${at(lateMs, 0.99)} ms, all done ${at(lateMs, 1)} ms`);
    }
    own.push({ name: "BullMQ alone on PostgreSQL", ms: await emptyJobs(undefined) });
    own.push({ name: "BullMQ alone on Redis", ms: await emptyJobs(redis.url) });
    rounds.push(own);
  }
  await redis.stop();

  const ratio = (mine: number, theirs: number) =>
    median(rounds.map((round) => round[mine]!.ms / round[theirs]!.ms)).toFixed(2);
  report(`${BUYS} closings due at once, until the last is committed`, [
    ...rounds[0]!.map(({ name }, index) => `${name}: ${median(rounds.map((round) => round[index]!.ms)).toFixed(0)} ms`),
    ...late,
    `on PostgreSQL: ${ratio(0, 2)} × BullMQ alone there (bar 0.5)`,
    `on Redis: ${ratio(1, 3)} × BullMQ alone there (bar 2)`,
  ]);
});

test("a single closing", async () => {
  const redis = await startRedis();
  const lines: string[] = [];
  for (const redisUrl of [undefined, redis.url]) {
    const lateMs = await oneByOne(redisUrl);
    lines.push(
      `${redisUrl ? "Redis" : "PostgreSQL"}: late p50 ${at(lateMs, 0.5)} ms, p99 ${at(lateMs, 0.99)} ms (bar 250)`,
    );
  }
  await redis.stop();
  report("Lateness of a single closing after its grace", lines);
});

/** Lateness of each closing's transaction, ascending. */
async function closings(redisUrl: string | undefined): Promise<{ lateMs: number[] }> {
  const { url, plusone, drop } = await opened(redisUrl);
  const dueAt = new Date(Date.now() + 15_000);
  const closesAt = Array.from({ length: BUYS }, () => dueAt);
  await fill(url, closesAt);
  if (Date.now() > +dueAt) throw new Error("the machine took too long to prepare");
  const lateMs = await latenesses(url, closesAt, 40);
  await plusone.stop();
  await drop();
  return { lateMs };
}

async function oneByOne(redisUrl: string | undefined): Promise<number[]> {
  const { url, plusone, drop } = await opened(redisUrl);
  const first = Date.now() + 8_000; // after the next sweep: rows that nobody told the process of are found by that
  const closesAt = Array.from({ length: SINGLE }, (_, index) => new Date(first + index * 700));
  await fill(url, closesAt);
  const lateMs = await latenesses(url, closesAt, 1);
  await plusone.stop();
  await drop();
  return lateMs;
}

async function freshDatabase() {
  const name = `bench_${randomUUID().replaceAll("-", "")}`;
  await withClient(server.url, (client) => client.query(`CREATE DATABASE ${name}`));
  const url = withDatabase(server.url, name);
  await migrate({ url, log });
  await withClient(url, (client) => runMigrations(client, SCHEMA));
  const drop = () => withClient(server.url, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
  return { url, drop };
}

async function opened(redisUrl: string | undefined) {
  const database = await freshDatabase();
  const plusone = await startPlusone(database.url, redisUrl);
  return { url: database.url, plusone, drop: () => database.drop() };
}

/** Buys with an order each, its statement folded already, closing at these times. */
async function fill(url: string, closesAt: readonly Date[]): Promise<void> {
  await withClient(url, async (client) => {
    const ids = closesAt.map(() => [randomUUID(), randomUUID(), randomUUID(), randomUUID()]);
    const rows = [0, 1, 2, 3].map((index) => ids.map((each) => each[index]!));
    await client.query("SET statement_timeout = 0");
    await client.query(
      `CREATE TEMP TABLE b AS SELECT *, row_number() OVER () AS n
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[]) AS b(community, chat, buy, person, due)`,
      [...rows, closesAt.map((at) => at.toISOString())],
    );
    for (const sql of [
      `INSERT INTO community (id, name, zone, language, currency, "lastBuyNo") SELECT community, 'c', 'Asia/Shanghai', 'en', 'CNY', 1 FROM b`,
      `INSERT INTO chat ("communityId", id, platform, kind) SELECT community, chat, 'bench', 'group' FROM b`,
      `INSERT INTO address (platform, "externalId", "communityId", "chatId") SELECT 'bench', 'x' || n, community, chat FROM b`,
      `INSERT INTO person ("communityId", id, name) SELECT community, person, 'Ada' FROM b`,
      `INSERT INTO buy ("communityId", id, no, status, title, text, currency, language, "leaderId", "draftedAt", "openedAt", "closesAt")
       SELECT community, buy, 1, 'open', 'Apples', '', 'CNY', 'en', person, now() - interval '1 hour', now() - interval '1 hour', due FROM b`,
      `INSERT INTO item ("communityId", "buyId", no, name, unit, price, aliases, options) SELECT community, buy, 1, 'Apples', 'kg', 500, '{}', '{}' FROM b`,
      `INSERT INTO buy_chat ("communityId", "buyId", "chatId") SELECT community, buy, chat FROM b`,
      `INSERT INTO tally ("communityId", "buyId", "itemNo", booked) SELECT community, buy, 1, 2000 FROM b`,
      `INSERT INTO statement ("communityId", "buyId", "chatId", "messageId", position, "personId", name, "saidAt", text)
       SELECT community, buy, chat, 'm1', 1, person, 'Ada', now() - interval '1 minute', '+2 apples' FROM b`,
      `INSERT INTO line ("communityId", "buyId", "personId", "itemNo", quantity) SELECT community, buy, person, 1, 2000 FROM b`,
      `INSERT INTO timer ("communityId", id, "buyId", kind, "dueAt") SELECT community, gen_random_uuid(), buy, 'close', due FROM b`,
      `ANALYZE`,
    ]) {
      await client.query(sql);
    }
  });
}

/** How long after their timers the closings' transactions ended: counted from outside, so what is told is committed. */
async function latenesses(url: string, dueAt: readonly Date[], everyMs: number): Promise<number[]> {
  return withClient(url, async (client) => {
    const seen: number[] = [];
    await eventually(
      `${dueAt.length} closings are committed`,
      async () => {
        await pauseFor(everyMs);
        const { rows } = await client.query<{ done: number; at: Date }>(
          `SELECT count(*)::int AS done, clock_timestamp() AS at FROM timer WHERE kind = 'close' AND state = 'done'`,
        );
        const [{ done, at } = { done: 0, at: new Date() }] = rows;
        while (seen.length < done) seen.push(+at - +dueAt[seen.length]!);
        return done === dueAt.length;
      },
      120_000,
    );
    return seen.sort((a, b) => a - b);
  });
}

/** BullMQ alone: as many delayed jobs due at once, a handler that does nothing, until the last is done. */
async function emptyJobs(redisUrl: string | undefined): Promise<number> {
  const database = redisUrl ? undefined : await freshDatabase();
  const pool = database && new Pool({ connectionString: database.url, max: 10, options: `-c search_path=${SCHEMA}` });
  const connection = redisUrl ? new Redis(redisUrl, { maxRetriesPerRequest: null }) : undefined;
  const name = `empty-${randomUUID()}`;
  const options = { prefix: KEY_PREFIX };
  const queue = pool
    ? new Queue(name, { ...options, connection: pool as unknown as PgPool }, createPostgresBackend)
    : new Queue(name, { ...options, connection: connection! }, createRedisBackend);
  const dueAt = Date.now() + 15_000;
  const jobs = Array.from({ length: BUYS }, (_, index) => ({
    name: "empty",
    data: {},
    opts: { jobId: `e.${index}`, delay: dueAt - Date.now(), timestamp: Date.now(), removeOnComplete: true },
  }));
  for (let index = 0; index < BUYS; index += 1_000) {
    const batch = jobs.slice(index, index + 1_000);
    await queue.addBulk(
      batch.map((job) => ({ ...job, opts: { ...job.opts, timestamp: Date.now(), delay: dueAt - Date.now() } })),
    );
  }
  if (Date.now() > dueAt) throw new Error("the machine took too long to prepare");
  let count = 0;
  let tellDone: (ms: number) => void = () => undefined;
  const done = new Promise<number>((resolve) => {
    tellDone = resolve;
  });
  const run = async () => {
    count += 1;
    if (count === BUYS) tellDone(Date.now() - dueAt);
  };
  const worker = pool
    ? new Worker(
        name,
        run,
        { ...options, connection: pool as unknown as PgPool, concurrency: 64 },
        createPostgresBackend,
      )
    : new Worker(name, run, { ...options, connection: connection!, concurrency: 64 }, createRedisBackend);
  worker.on("error", () => undefined);
  const ms = await done;
  await worker.close();
  await queue.close();
  connection?.disconnect();
  await pool?.end().catch(() => undefined); // closed by the queue
  await database?.drop();
  return ms;
}

function at(sorted: readonly number[], part: number): string {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!.toFixed(0);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function report(title: string, lines: readonly string[]): void {
  const machine = `${availableParallelism()} cores, Node ${process.versions.node}`;
  process.stdout.write(`\n${title} (${machine}; median of ${ROUNDS} rounds)\n  ${lines.join("\n  ")}\n`);
}
