import { Pool, type PoolConfig } from "pg";
import type { Logger as Log } from "pino";

/** How a pool of connections is made. */
export interface PoolOptions {
  /** Connections at most. The embedded server takes 60 in all, BullMQ's among them. Default 10. */
  readonly max?: number;
  readonly log: Log;
}

/**
 * The one pool of a process: for prepared statements of our own on the path of a message, and under Prisma for all else
 * (`new PrismaPg(pool)`).
 *
 * Nothing waits for ever: 3 s for a connection; 8 s for a lock and 10 s for a statement, told by the server, so that who
 * waits for somebody else is known from who is slow; 12 s for any answer at all, because a server that hangs tells nothing.
 */
export function openPool(url: string, { max = 10, log }: PoolOptions): Pool {
  const settings: PoolConfig & { readonly pipeline: boolean } = {
    connectionString: url,
    max,
    application_name: "plusone",
    keepAlive: true,
    connectionTimeoutMillis: 3_000,
    idle_in_transaction_session_timeout: 60_000,
    lock_timeout: 8_000,
    statement_timeout: 10_000,
    query_timeout: 12_000,
    pipeline: true, // what is asked together is sent together: a question costs a way there and back
  };
  const pool = new Pool(settings);
  // A restart of PostgreSQL breaks the idle connections. The pool makes new ones; without a listener the process would end.
  // One that is just being closed may hear the server go down first, which is nobody's trouble.
  pool.on("error", (error: Error & { code?: string }) => {
    if (!pool.ending) log.warn({ code: error.code }, "an idle connection broke");
  });
  // The pool hears its idle connections only. One that breaks in somebody's hands, between two queries, would end the
  // process too; its next query tells them.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}
