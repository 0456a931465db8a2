import { eventually } from "./eventually.ts";
import { wake } from "./scenario.ts";
import { withClient } from "./shared-database.ts";

/** Makes the pending timers of a kind due now: as if their time had come. How many there were. */
export function bringForward(url: string, kind: string, ref?: string): Promise<number> {
  return change(
    url,
    `UPDATE timer SET "dueAt" = now() WHERE state = 'pending' AND kind = $1 AND ($2::text IS NULL OR ref = $2)`,
    [kind, ref],
  );
}

/** The same for one that only the reminder of the supplier sets, some hours after the closing: first that, then this. */
export async function bringForwardLater(url: string, kind: string, ref?: string): Promise<number> {
  await bringForward(url, "supplier");
  return eventually(`${kind} is set`, () => bringForward(url, kind, ref));
}

/** Makes the timers of a kind due that were done or cancelled: as if they came once more, and late. How many there were. */
export function comesAgain(url: string, kind: string): Promise<number> {
  return change(url, `UPDATE timer SET state = 'pending', "dueAt" = now() WHERE state <> 'pending' AND kind = $1`, [
    kind,
  ]);
}

/** Moves the closing time of the open buys, so that a real closing is near without a test having to hurry before it. */
export async function closesIn(url: string, ms: number): Promise<void> {
  const at = new Date(Date.now() + ms);
  await change(
    url,
    `WITH moved AS (UPDATE buy SET "closesAt" = $1 WHERE status = 'open' RETURNING "communityId", id)
     UPDATE timer t SET "dueAt" = $1 FROM moved m
      WHERE t."communityId" = m."communityId" AND t."buyId" = m.id AND t.kind = 'close' AND t.state = 'pending'`,
    [at],
  );
}

/** Chats tell time in seconds: what is said in the second of a closing was in time, and what is said in the next is late. */
export function nextSecond(): Date {
  return new Date(Date.now() + 1_000);
}

/** Changes rows, and has them looked at. How many there were. */
async function change(url: string, sql: string, values: readonly unknown[]): Promise<number> {
  const { rowCount } = await withClient(url, (client) => client.query(sql, [...values]));
  wake(url);
  return rowCount ?? 0;
}

/** Everything was posted and said so long ago. */
export async function minutesPass(url: string, minutes: number): Promise<void> {
  await withClient(url, async (client) => {
    const ago = `interval '${minutes} minutes'`;
    await client.query(`UPDATE outgoing SET "createdAt" = "createdAt" - ${ago}`);
    await client.query(`UPDATE statement SET "saidAt" = "saidAt" - ${ago}`);
    await client.query(`UPDATE buy SET "openedAt" = "openedAt" - ${ago}`);
    await client.query(`UPDATE timer SET "dueAt" = "dueAt" - ${ago} WHERE kind = 'repost' AND state = 'pending'`);
  });
  wake(url);
}

/** Timers of a kind, oldest first. */
export async function timersOf(
  url: string,
  kind: string,
  ref?: string,
): Promise<{ state: string; ref: string; dueAt: Date }[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query(
      `SELECT state, ref, "dueAt" FROM timer WHERE kind = $1 AND ($2::text IS NULL OR ref = $2) ORDER BY "dueAt"`,
      [kind, ref ?? null],
    );
    return rows;
  });
}
