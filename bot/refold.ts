import { foldBuy } from "../core/buy/fold.ts";
import type { Ledger } from "../core/buy/ledger.ts";
import type { Statement } from "../core/buy/statement.ts";
import type { ReaderOf } from "./catalogs.ts";
import { lineChanges, linesOfOrders } from "./line-changes.ts";
import type { Buy, LedgerTx, Line, LineChanges, Notice } from "./store.ts";
import { queueNotices } from "./waiting-list.ts";

/**
 * Folds a buy as a whole by its present terms, brings lines and tallies in step with it, and tells those who have moved
 * on the waiting list. The buy is locked alone.
 *
 * @param causes  what it follows from (messages, a command), for the notices' sake
 */
export async function refold(
  tx: Pick<LedgerTx, "statementsOfBuy" | "linesOfBuy" | "saveLines" | "addNotices">,
  buy: Buy,
  readerOf: ReaderOf,
  causes: readonly string[],
): Promise<Ledger> {
  const statements = await tx.statementsOfBuy(buy.community, buy.id);
  const before = await tx.linesOfBuy(buy.community, buy.id);
  const { ledger, changes, notices } = fold(buy, readerOf, statements, before, causes);
  await tx.saveLines(changes);
  await tx.addNotices(notices);
  return ledger;
}

/** The same without writing: what a buy's statements make of it, what must be written for that, and who is told. */
export function fold(
  buy: Buy,
  readerOf: ReaderOf,
  statements: readonly Statement[],
  before: readonly Line[],
  causes: readonly string[],
): { readonly ledger: Ledger; readonly changes: LineChanges; readonly notices: readonly Notice[] } {
  const ledger = foldBuy(buy.terms, readerOf(buy), statements);
  const after = linesOfOrders(ledger.orders);
  return {
    ledger,
    changes: lineChanges(buy, before, after),
    notices: queueNotices(buy, statements, before, after, causes),
  };
}
