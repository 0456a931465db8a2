import { amountOf, minimumState, type Tally, tallyOf } from "../tally.ts";
import { type Allotment, allotOrders } from "./allot-orders.ts";
import { endOf } from "./closing.ts";
import { Folding } from "./folding.ts";
import type { Ledger, Order, Orders, Outcome, PricedOrder, Verdict, Waiting } from "./ledger.ts";
import { momentKey } from "./moment.ts";
import { openOptions } from "./open-options.ts";
import type { OrderBook } from "./order-book.ts";
import type { Reader } from "./reader.ts";
import { resumeFolding } from "./resume.ts";
import type { Statement } from "./statement.ts";
import type { BuyTerms, ItemTerms } from "./terms.ts";
import { isRecalled, type Timeline, toTimeline } from "./timeline.ts";

/**
 * Everything that follows from what was said in a buy: orders, tally, chains, and what came of each statement. The
 * result does not depend on the order in which statements are given, nor on how often.
 *
 * @source message language, 3
 */
export function foldBuy(terms: BuyTerms, reader: Reader, statements: Iterable<Statement>): Ledger {
  const { items } = terms;
  const timeline = toTimeline(statements, endOf(terms), reader.isChain);
  const folding = resumeFolding(items, reader, timeline.happenings);
  const allotment = allotOrders(folding.book, items);
  const { orders } = allotment;
  const lines = orders.flatMap((order) => order.lines);
  const tally = tallyOf(terms, lines);
  const minimum = minimumState(terms.minimum, orders, tally);
  const verdicts = verdictsOf(timeline, folding, allotment, terms);
  return { orders, verdicts, tally, chains: folding.chains(), ...(minimum && { minimum }) };
}

/**
 * The orders of some persons from their own statements alone: the same as in the whole fold where nothing couples
 * people (`isCoupled`).
 */
export function foldOrders(terms: BuyTerms, reader: Reader, statementsOfThem: Iterable<Statement>): Orders {
  const { items } = terms;
  const timeline = toTimeline(statementsOfThem, endOf(terms), reader.isChain);
  const folding = new Folding(items, reader);
  for (const happening of timeline.happenings) folding.take(happening);
  const allotment = allotOrders(folding.book, items);
  return { orders: allotment.orders, verdicts: verdictsOf(timeline, folding, allotment, terms) };
}

/** Orders with what they cost by a tally. */
export function priceOrders(orders: readonly Order[], tally: Tally): PricedOrder[] {
  return orders.map((order) => ({ ...order, amount: amountOf(order.lines, tally) }));
}

function verdictsOf(
  { statements, late }: Timeline,
  folding: Folding,
  { waiting }: Allotment,
  terms: BuyTerms,
): readonly Verdict[] {
  const isLate = new Set(late.filter((statement) => folding.wouldMatter(statement)));
  return statements.map((statement): Verdict => {
    const { chat, id, person } = statement;
    const silence = { outcome: "nothing", kind: isRecalled(statement, endOf(terms)) ? "recalled" : "none" } as const;
    const outcome = isLate.has(statement) ? ({ outcome: "late" } as const) : (folding.outcomeOf(statement) ?? silence);
    return { chat, id, person, ...complete(outcome, waiting.get(momentKey(statement)), folding.book, terms.items) };
  });
}

/** Adds what only the end of the fold tells: what waits, and which options are still open. */
function complete(
  outcome: Outcome,
  waiting: readonly Waiting[] | undefined,
  book: OrderBook,
  items: readonly ItemTerms[],
): Outcome {
  if (!("optionMissing" in outcome)) return outcome;
  const open = (missing: number) =>
    outcome.changes.some(
      ({ person, for: whom = "", item }) =>
        item === missing && openOptions(book.holdingOf(person, whom), items).includes(item),
    );
  return { ...outcome, optionMissing: outcome.optionMissing.filter(open), ...(waiting && { waiting }) };
}
