import { wholeOf } from "./holding.ts";
import { type Outcome, takenOutcome } from "./ledger.ts";
import type { Moment } from "./moment.ts";
import { newlyOpenOptions } from "./open-options.ts";
import type { OrderBook } from "./order-book.ts";
import type { Reader } from "./reader.ts";
import type { Statement, Version } from "./statement.ts";
import type { ItemTerms } from "./terms.ts";
import { type Understood, understand } from "./understand.ts";

/**
 * Takes plain words into the orders of their sender: all of it or nothing. The last text counts; what it asks more than
 * the text before counts, where stock is short, from its edit.
 *
 * @source message language, 3 (people and messages)
 */
export function takeWords(
  versions: readonly Version[],
  moment: Moment,
  statement: Statement,
  book: OrderBook,
  reader: Reader,
  items: readonly ItemTerms[],
): Outcome {
  const { person } = statement;
  const isScarce = items.some(({ stock }) => stock !== undefined);
  // Only where stock is short does it matter what an earlier text asked for.
  const counting = isScarce ? versions : versions.slice(-1);
  const read = counting.map(({ text }) => understand(text, statement, book, reader, items));
  if (isScarce) claimInTurn(read, counting, moment, person, book);

  const last = read.at(-1)!;
  if (last.type === "nothing") {
    const { kind, amount } = last;
    return { outcome: "nothing", kind, ...(amount !== undefined && { amount }) };
  }
  if (last.type === "refused") {
    const { reason, candidates } = last;
    return { outcome: "unclear", reason, ...(candidates && { candidates }), changes: [] };
  }
  const optionMissing = last.orders.flatMap(({ before, after }) => newlyOpenOptions(before, after, items));
  const changes = last.orders.flatMap(({ whom, after }) => book.change(person, whom, after, moment));
  return changes.length === 0 ? { outcome: "nothing", kind: "order" } : takenOutcome(changes, optionMissing);
}

/** Claims stock for each text in turn: the first at its own time, what an edit asks more at the time of the edit. */
function claimInTurn(
  read: readonly Understood[],
  versions: readonly Version[],
  moment: Moment,
  person: string,
  book: OrderBook,
): void {
  const whoms = new Set(read.flatMap((one) => (one.type === "orders" ? one.orders.map(({ whom }) => whom) : [])));
  for (const whom of whoms) {
    const before = wholeOf(book.holdingOf(person, whom));
    for (const [index, one] of read.entries()) {
      const order = one.type === "orders" ? one.orders.find((proposal) => proposal.whom === whom) : undefined;
      const now = index === 0 ? moment : { ...moment, at: Math.max(moment.at, versions[index]!.at.getTime()) };
      book.claim(person, whom, order ? wholeOf(order.after) : before, now, index === 0 ? order?.restated : undefined);
    }
  }
}
