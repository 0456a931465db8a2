import { Socket } from "node:net";
import {
  assertSchemaCompatibility,
  createPostgresBackend,
  LATEST_SCHEMA_VERSION,
  type PgPool,
  Queue,
  runMigrations,
  SchemaMigrationRequiredError,
  SchemaVersionMismatchError,
  UnsupportedPostgresVersionError,
} from "bullmq";
import { Client, type ClientConfig, Pool } from "pg";
import { PlusoneError } from "../bot/fault.ts";
import { settlesWithin } from "./limit.ts";
import { type Link, type LinkEvents, type Looking, openLink } from "./link.ts";
import { KEY_PREFIX, type Pace, queues, SCHEMA } from "./queues.ts";

/** One connection listens for jobs and is never free, two do the rest. */
const POOL_SIZE = 3;
/** No query of the queue takes longer; a server that hangs is noticed by this and by the watchdog. */
const QUERY_TIMEOUT_MS = 5_000;
/** For a server that hangs by now. */
const GOODBYE_MS = 400;
/** Making the tables waits for other processes that are at it, and is 170 KB of SQL the first time. */
const MIGRATION_TIMEOUT_MS = 30_000;

/** BullMQ on the PostgreSQL that holds everything else: its own schema, its own small pool. */
export async function openPostgres(databaseUrl: string, events: LinkEvents, pace: Pace): Promise<Link> {
  const settings = connectionTo(databaseUrl, pace);
  if (await asking(settings, QUERY_TIMEOUT_MS, needsMigration)) {
    await asking(settings, MIGRATION_TIMEOUT_MS, (client) => runMigrations(client, SCHEMA)); // processes take turns
  }

  const sockets = new Set<Socket>();
  const pool = new Pool({
    ...settings,
    max: POOL_SIZE,
    query_timeout: QUERY_TIMEOUT_MS,
    idleTimeoutMillis: 6 * pace.beatEvery, // or each beat would begin with a new connection
    stream: () => tracked(sockets),
  });
  // An 'error' that nobody hears ends the process, and the pool itself listens to its idle clients only.
  pool.on("error", events.trouble);
  pool.on("connect", (client) => client.on("error", events.trouble));

  async function cut(): Promise<void> {
    if (await settlesWithin(GOODBYE_MS, pool.end())) return;
    for (const socket of sockets) socket.destroy();
  }

  // BullMQ takes a pg.Pool; its own picture of one only lacks pg's overloads.
  const connection = pool as unknown as PgPool;
  return openLink({ factory: createPostgresBackend, connection, cut }, events, pace);
}

/** The queue alone, to be looked at: one connection, made when it is asked for something. */
export async function lookAtPostgres(databaseUrl: string, pace: Pace): Promise<Looking> {
  const settings = connectionTo(databaseUrl, pace);
  if (await asking(settings, QUERY_TIMEOUT_MS, needsMigration)) throw new Error("The queue has not been made yet.");
  // Bull Board asks many things at once, and they wait for the one connection.
  const limits = { max: 1, connectionTimeoutMillis: QUERY_TIMEOUT_MS, query_timeout: QUERY_TIMEOUT_MS };
  const pool = new Pool({ ...settings, ...limits });
  pool.on("error", () => undefined); // the next look makes another connection
  const connection = pool as unknown as PgPool;
  const queue = new Queue(queues.alarms.name, { connection, prefix: KEY_PREFIX }, createPostgresBackend);
  const close = async () => {
    await settlesWithin(pace.close, queue.close());
    await settlesWithin(GOODBYE_MS, pool.end());
  };
  return { queue: queue as unknown as Queue, close }; // BullMQ's default type is the one on Redis
}

/** @throws PlusoneError when PostgreSQL refuses us; any other error when it does not answer */
export async function pingPostgres(databaseUrl: string, pace: Pace): Promise<void> {
  await asking(connectionTo(databaseUrl, pace), QUERY_TIMEOUT_MS, needsMigration);
}

/** Asks on a connection of its own, so that a server that is down or will not have us is known before BullMQ meets it. */
async function asking<T>(settings: ClientConfig, limitMs: number, ask: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ ...settings, query_timeout: limitMs });
  client.on("error", () => undefined); // also rejects the query that is under way
  try {
    await client.connect();
    return await ask(client);
  } catch (error) {
    throw refusal(error) ?? error;
  } finally {
    await settlesWithin(GOODBYE_MS, client.end());
  }
}

/** Asked before migrating: making a schema, even one that exists, takes a right that the user may no longer have. */
async function needsMigration(client: Client): Promise<boolean> {
  try {
    return (await assertSchemaCompatibility(client, SCHEMA)) < LATEST_SCHEMA_VERSION;
  } catch (error) {
    if (error instanceof SchemaMigrationRequiredError) return true;
    throw error;
  }
}

function connectionTo(databaseUrl: string, pace: Pace): ClientConfig {
  return {
    connectionString: withSearchPath(databaseUrl),
    application_name: "plusone-queue",
    connectionTimeoutMillis: pace.connect,
    keepAlive: true,
  };
}

/** BullMQ's functions are found by the search path only. `options` in the URL would win over one beside it. */
function withSearchPath(databaseUrl: string): string {
  if (!/^postgres(ql)?:/.test(databaseUrl) || !URL.canParse(databaseUrl)) {
    // The parser's own error would hold the password.
    throw new PlusoneError({
      code: "queue-url-unreadable",
      message: "The address of the database cannot be read.",
      advice: "Write DATABASE_URL as postgresql://user:password@host:5432/database.",
    });
  }
  const url = new URL(databaseUrl);
  const options = url.searchParams.get("options");
  url.searchParams.set("options", [options, `-c search_path=${SCHEMA}`].filter(Boolean).join(" "));
  return url.href;
}

function tracked(sockets: Set<Socket>): Socket {
  const socket = new Socket();
  sockets.add(socket);
  socket.once("close", () => sockets.delete(socket));
  return socket;
}

/** The server has answered and will not have us: trying again helps nobody until a person has changed something. */
function refusal(cause: unknown): PlusoneError | undefined {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (code.startsWith("28") || code === "3D000") {
    return new PlusoneError({
      code: "queue-login-refused",
      message: "PostgreSQL does not let the job queue in.",
      advice: "Check user, password and database name in DATABASE_URL.",
      cause,
    });
  }
  if (code === "42501") {
    return new PlusoneError({
      code: "queue-schema-refused",
      message: `PostgreSQL does not let this user make the schema "${SCHEMA}" for the job queue.`,
      advice: "Allow it once with: GRANT CREATE ON DATABASE <database> TO <user>.",
      cause,
    });
  }
  if (cause instanceof UnsupportedPostgresVersionError) {
    return new PlusoneError({
      code: "queue-database-too-old",
      message: `PostgreSQL ${cause.serverVersion} is too old for the job queue.`,
      advice: `Use PostgreSQL ${cause.minimumVersion} or newer.`,
      cause,
    });
  }
  if (cause instanceof SchemaVersionMismatchError) {
    return new PlusoneError({
      code: "queue-newer-schema",
      message: `The tables in schema "${SCHEMA}" were made by a newer BullMQ.`,
      advice: "Run the newest Plusone that has worked on this database.",
      cause,
    });
  }
  return undefined;
}
