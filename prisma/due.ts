import type { Due } from "../bot/store.ts";
import type { Sql } from "./ledger-tx.ts";

/** All that may be due, in one question: it is asked every few seconds by a process that has nothing to do. */
const DUE = `
  SELECT EXISTS (SELECT 1 FROM timer WHERE state = 'pending' AND "dueAt" <= now() AND kind = 'close') AS closings,
         EXISTS (SELECT 1 FROM timer WHERE state = 'pending' AND "dueAt" <= now() AND kind <> 'close') AS timers,
         EXISTS (SELECT 1 FROM outgoing WHERE state = 'pending' AND "dueAt" <= now() AND platform = ANY($1::text[])) AS outgoing,
         EXISTS (SELECT 1 FROM outgoing WHERE state = 'sending' AND "leaseUntil" < now()) AS lost,
         extract(epoch FROM least(
           (SELECT min("dueAt") FROM timer WHERE state = 'pending' AND "dueAt" > now()),
           (SELECT min("dueAt") FROM outgoing WHERE state = 'pending' AND "dueAt" > now() AND platform = ANY($1::text[])),
           (SELECT min("leaseUntil") FROM outgoing WHERE state = 'sending' AND "leaseUntil" > now())
         ) - now())::float8 * 1000 AS "nextInMs"`;

/** What there is to do now, by the database's clock, and in how long there will be more. */
export async function lookForDue(sql: Sql, platforms: readonly string[]): Promise<Due> {
  const [row] = (await sql("due", DUE, [platforms])) as (Omit<Due, "nextInMs"> & { nextInMs: number | null })[];
  const { nextInMs, ...due } = row!;
  return { ...due, ...(nextInMs !== null && { nextInMs }) };
}
