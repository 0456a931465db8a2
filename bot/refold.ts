import { foldBuy } from "../core/buy/fold.ts";
import type { Ledger } from "../core/buy/ledger.ts";
import type { ReaderOf } from "./catalogs.ts";
import { lineChanges, linesOfOrders } from "./line-changes.ts";
import type { Buy, ChangeTx } from "./store.ts";
import { queueNotices } from "./waiting-list.ts";

/**
 * Folds a buy as a whole by its present terms, brings lines and tallies in step with it, and tells those who have moved
 * on the waiting list. The buy is locked alone.
 *
 * @param causes  what it follows from (messages, a command), for the notices' sake
 */
export async function refold(
  tx: ChangeTx["ledger"],
  buy: Buy,
  readerOf: ReaderOf,
  causes: readonly string[],
): Promise<Ledger> {
  const statements = await tx.statementsOfBuy(buy.community, buy.id);
  const ledger = foldBuy(buy.terms, readerOf(buy), statements);
  const before = await tx.linesOfBuy(buy.community, buy.id);
  const after = linesOfOrders(ledger.orders);
  await tx.saveLines(lineChanges(buy, before, after));
  await tx.addNotices(queueNotices(buy, statements, before, after, causes));
  return ledger;
}
