import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import type { Lease } from "../bot/ports.ts";

/** How often a process that waits asks again, and how often one that holds makes sure of it. */
const ASK_MS = 1_000;

/**
 * Waits until something is this process's alone. It is held by an advisory lock of a connection of its own, so that
 * PostgreSQL gives it to the next when this process dies, whatever it dies of.
 *
 * @param what    names it, the same in all processes of a database
 * @param signal  ends the waiting
 * @param isTaken  told whenever somebody else has it
 * @returns undefined where the waiting was ended
 */
export async function holdAlone(
  url: string,
  what: string,
  signal: AbortSignal,
  isTaken: () => void = () => {},
): Promise<Lease | undefined> {
  while (!signal.aborted) {
    const lease = await take(url, what, isTaken).catch(() => undefined); // the database is away: then nobody has it
    if (lease) return lease;
    await wait(ASK_MS, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

async function take(url: string, what: string, isTaken: () => void): Promise<Lease | undefined> {
  const client = new Client({
    connectionString: url,
    application_name: "plusone-hold",
    keepAlive: true,
    connectionTimeoutMillis: 3_000,
    query_timeout: 5_000,
  });
  const lost = new AbortController();
  const lose = () => lost.abort();
  client.on("error", lose);
  client.on("end", lose);
  await client.connect();
  try {
    const { rows } = await client.query<{ held: boolean }>(
      "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held",
      [`plusone:${what}`],
    );
    if (!rows[0]?.held) {
      isTaken();
      await client.end();
      return undefined;
    }
  } catch (fault) {
    await client.end().catch(() => undefined);
    throw fault;
  }
  // A connection that hangs tells nothing, and the server may have given the lock away by then.
  const asking = setInterval(() => client.query("SELECT 1").catch(lose), 10 * ASK_MS);
  lost.signal.addEventListener("abort", () => clearInterval(asking), { once: true });
  return {
    lost: lost.signal,
    async release() {
      clearInterval(asking);
      await client.end().catch(() => undefined);
    },
  };
}
