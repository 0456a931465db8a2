import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  type PgPool,
  Queue,
  Worker,
} from "bullmq";
import { Redis } from "ioredis";
import { Pool, type QueryResultRow } from "pg";
import { pino } from "pino";
import { KEY_PREFIX, queues, SCHEMA } from "../../jobs/queues.ts";
import { type Embedded, startEmbedded } from "../../prisma/embedded/index.ts";
import { eventually } from "../support/eventually.ts";
import { startRedis } from "../support/needs.ts";

/** A server that holds the queue, and what can happen to it. */
export interface QueueServer {
  /** For `createAlarm`. */
  readonly where: { readonly databaseUrl: string } | { readonly redisUrl: string };
  /** Ends it; Redis is killed, so what it held is gone. */
  down(): Promise<void>;
  /** Starts it again at the same place. */
  up(): Promise<void>;
  /** kill -9, and up again. */
  crash(): Promise<void>;
  /** Stops it in its tracks: connections stand, nothing answers; `thaw` lets it go on. */
  freeze(): Promise<void>;
  thaw(): void;
  /** Throws away every job. */
  empty(): Promise<void>;
  /** Ends every connection to it but one's own; how many there were. */
  cutConnections(): Promise<number>;
  /** As somebody else who has to do with the same queue. */
  asOther<T>(work: (queue: Queue) => Promise<T>): Promise<T>;
  /** As somebody else who takes a job and dies before it is done. */
  dieWithJob(): Promise<void>;
  close(): Promise<void>;
}

export interface RedisQueueServer extends QueueServer {
  readonly where: { readonly redisUrl: string };
}

/** PostgreSQL, as the embedded shape of Plusone runs it. */
export async function postgresServer(): Promise<QueueServer> {
  const folder = await mkdtemp(join(tmpdir(), "plusone-jobs-"));
  const log = pino({ level: "silent" });
  const start = () => startEmbedded({ folder, log, settings: { fsync: "off" } });
  let server: Embedded | undefined = await start();
  const databaseUrl = server.url;

  let frozen: number[] = [];

  async function sql<Row extends QueryResultRow>(text: string): Promise<Row[]> {
    const pool = new Pool({ connectionString: databaseUrl, max: 1 });
    try {
      return (await pool.query<Row>(text)).rows;
    } finally {
      await pool.end();
    }
  }

  function thaw(): void {
    for (const pid of frozen.splice(0)) process.kill(pid, "SIGCONT");
  }

  async function down(): Promise<void> {
    thaw();
    await server?.stop();
    server = undefined;
  }

  return {
    where: { databaseUrl },
    down,
    async up() {
      server ??= await start();
    },
    async crash() {
      const before = server!.pid;
      process.kill(before, "SIGKILL");
      await eventually("PostgreSQL runs again", () => server!.pid !== before);
    },
    async freeze() {
      const rows = await sql<{ pid: number }>("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()");
      frozen = [server!.pid, ...rows.map(({ pid }) => pid)];
      for (const pid of frozen) process.kill(pid, "SIGSTOP");
    },
    thaw,
    async empty() {
      await sql(`TRUNCATE ${SCHEMA}.job CASCADE`);
    },
    async cutConnections() {
      const others = "datname IS NOT NULL AND pid <> pg_backend_pid()";
      return (await sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`)).length;
    },
    ...others(() => {
      const pool = new Pool({ connectionString: databaseUrl, max: 3, options: `-c search_path=${SCHEMA}` });
      // A pg.Pool is what BullMQ takes; its own picture of one only lacks pg's overloads.
      return { factory: createPostgresBackend, connection: pool as unknown as PgPool, end: () => pool.end() };
    }),
    async close() {
      await down();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Redis that keeps nothing on disk. */
export async function redisServer(settings: Readonly<Record<string, string>> = {}): Promise<RedisQueueServer> {
  const server = await startRedis(settings);
  let running = true;
  let frozen: number | undefined;

  async function asked<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(server.url);
    try {
      return await work(redis);
    } finally {
      redis.disconnect();
    }
  }

  async function down(): Promise<void> {
    await server.kill();
    running = false;
  }

  async function up(): Promise<void> {
    if (!running) await server.restart();
    running = true;
  }

  return {
    where: { redisUrl: server.url },
    down,
    up,
    async crash() {
      await down();
      await up();
    },
    async freeze() {
      frozen = Number(/^process_id:(\d+)/m.exec(await asked((redis) => redis.info("server")))?.[1]);
      process.kill(frozen, "SIGSTOP");
    },
    thaw() {
      if (frozen) process.kill(frozen, "SIGCONT");
      frozen = undefined;
    },
    async empty() {
      await asked((redis) => redis.flushall());
    },
    cutConnections: async () => Number(await asked((redis) => redis.call("CLIENT", "KILL", "TYPE", "normal"))),
    ...others(() => {
      const connection = new Redis(server.url, { maxRetriesPerRequest: null });
      return { factory: createRedisBackend, connection, end: async () => connection.disconnect() };
    }),
    close: () => server.stop(),
  };
}

interface Connections<B extends IQueueBackend, C> {
  readonly factory: BackendFactory<B, C>;
  readonly connection: C;
  end(): Promise<void>;
}

function others<B extends IQueueBackend, C>(
  connect: () => Connections<B, C>,
): Pick<QueueServer, "asOther" | "dieWithJob"> {
  const { name } = queues.alarms;
  return {
    async asOther(work) {
      const { connection, factory, end } = connect();
      const queue = new Queue(name, { connection, prefix: KEY_PREFIX }, factory);
      queue.on("error", () => undefined); // calls reject as well
      try {
        return await work(queue as unknown as Queue); // which backend is behind it is no matter to the tests
      } finally {
        await queue.close();
        await end();
      }
    },
    async dieWithJob() {
      const { connection, factory, end } = connect();
      const worker = new Worker(name, null, { connection, prefix: KEY_PREFIX, lockDuration: 200 }, factory);
      const job = await worker.getNextJob("token", { block: false });
      if (!job) throw new Error("there was no job to take");
      await worker.close(true);
      await end();
    },
  };
}
