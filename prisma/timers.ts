import type { Buy, DueTimer, Taken, Taking, Timer } from "../bot/store.ts";
import { columns, type Sql, type SqlLedgerTx } from "./ledger-tx.ts";
import { type CommunityRow, OWN_COMMUNITY, toCommunity } from "./people.ts";

const COLUMNS = `"communityId" AS community, id, kind, ref, "buyId" AS buy, "dueAt", attempts`;

/** Due timers, oldest first: closings or all others. */
export async function dueTimers(
  sql: Sql,
  which: "closings" | "others",
  most: number,
  lock = "",
): Promise<readonly Timer[]> {
  const rows = await sql(
    `due-${which}${lock && "-locked"}`,
    `SELECT ${COLUMNS} FROM timer
      WHERE state = 'pending' AND "dueAt" <= now() AND kind ${which === "closings" ? "=" : "<>"} 'close'
      ORDER BY "dueAt" LIMIT $1 ${lock}`,
    [most],
  );
  return rows as Timer[];
}

/**
 * Claims timers with their buys locked, and does the work. Of many, those that somebody else has are left: who holds
 * timers waits for no buy, and who waits for a buy holds no timer, so nobody locks anybody out.
 */
export async function takeTimers(
  sql: Sql,
  ledger: SqlLedgerTx,
  which: "closings" | "others",
  taking: Taking,
  work: (due: readonly DueTimer[]) => Promise<void>,
): Promise<Taken> {
  const isOne = "one" in taking;
  const due = isOne ? [taking.one] : await dueTimers(sql, which, taking.most, "FOR UPDATE SKIP LOCKED");
  const keys = due.flatMap(({ community, buy }) => (buy === null ? [] : [{ community, buy }]));
  const buys = new Map((await ledger.lockBuysById(keys, isOne)).map((buy) => [buy.id, buy]));
  const free = due.filter(({ buy }) => buy === null || buys.has(buy));
  const taken = await claimTimers(sql, free, buys);
  if (taken.length > 0) await work(taken);
  return { taken, busy: isOne ? [] : due.filter((timer) => !free.includes(timer)) };
}

/**
 * Claims those that are still pending and due, by the database's clock. They are looked up by their keys alone: by their
 * state all that will be due some day would be read, for each batch again.
 */
async function claimTimers(
  sql: Sql,
  timers: readonly Timer[],
  buys: ReadonlyMap<string, Buy>,
): Promise<readonly DueTimer[]> {
  if (timers.length === 0) return [];
  const rows = (await sql(
    "claim-timers",
    `UPDATE timer t SET state = 'done', "doneAt" = now()
       FROM unnest($1::uuid[], $2::uuid[]) AS k(community, id) JOIN community m ON m.id = k.community
      WHERE t."communityId" = k.community AND t.id = k.id AND t.state::text = 'pending' AND t."dueAt" <= clock_timestamp()
     RETURNING t.id AS timer, ${OWN_COMMUNITY}`,
    columns(timers, { community: "id", id: "id" }),
  )) as (CommunityRow & { readonly timer: string })[];
  const claimed = new Map(rows.map((row) => [row.timer, row]));
  return timers.flatMap((timer) => {
    const row = claimed.get(timer.id);
    if (!row) return [];
    return [{ timer, buy: timer.buy === null ? undefined : buys.get(timer.buy), community: toCommunity(row) }];
  });
}
