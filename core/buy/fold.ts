import { amountOf, minimumState, type Tally, tallyOf } from "../tally.ts";
import { allotOrders, type Share } from "./allot-orders.ts";
import { endOf } from "./closing.ts";
import { sameAmounts, wholeOf } from "./holding.ts";
import { type KeptChain, NO_CHAIN, toChain } from "./kept-chain.ts";
import {
  type Ledger,
  type Order,
  type Orders,
  type Outcome,
  type PricedOrder,
  takenOutcome,
  type Verdict,
} from "./ledger.ts";
import { momentKey } from "./moment.ts";
import { openOptions } from "./open-options.ts";
import { OrderBook } from "./order-book.ts";
import type { Reader } from "./reader.ts";
import type { Statement } from "./statement.ts";
import { takeChain, wouldChange } from "./take-chain.ts";
import { takeWords } from "./take-words.ts";
import type { BuyTerms, ItemTerms } from "./terms.ts";
import { isRecalled, toTimeline } from "./timeline.ts";
import { understand } from "./understand.ts";

/**
 * Everything that follows from what was said in a buy: orders, tally, chains, and what came of each statement. The
 * result does not depend on the order in which statements are given, nor on how often.
 *
 * @source message language, 3
 */
export function foldBuy(terms: BuyTerms, reader: Reader, statements: Iterable<Statement>): Ledger {
  const { orders, verdicts, chains } = fold(terms, reader, statements);
  const tally = tallyOf(
    terms,
    orders.flatMap(({ lines }) => lines),
  );
  const minimum = minimumState(terms.minimum, orders, tally);
  return { orders, verdicts, tally, chains, ...(minimum && { minimum }) };
}

/**
 * The orders of some persons from their own statements alone: the same as in the whole fold where nothing couples
 * people (`isCoupled`).
 */
export function foldOrders(terms: BuyTerms, reader: Reader, statementsOfThem: Iterable<Statement>): Orders {
  const { orders, verdicts } = fold(terms, reader, statementsOfThem);
  return { orders, verdicts };
}

/** Orders with what they cost by a tally. */
export function priceOrders(orders: readonly Order[], tally: Tally): PricedOrder[] {
  return orders.map((order) => ({ ...order, amount: amountOf(order.lines, tally) }));
}

function fold(terms: BuyTerms, reader: Reader, given: Iterable<Statement>): Orders & Pick<Ledger, "chains"> {
  const { items } = terms;
  const end = endOf(terms);
  const { happenings, late, statements } = toTimeline(given, end, reader.isChain);
  const book = new OrderBook(items);
  const chains = new Map<string, KeptChain>();
  const outcomes = new Map<Statement, Outcome>();
  for (const happening of happenings) {
    const { statement } = happening;
    book.meet(statement.person, statement.name);
    if (happening.type === "words") {
      outcomes.set(statement, takeWords(happening.versions, happening.moment, statement, book, reader, items));
      continue;
    }
    const kept = chains.get(statement.chat) ?? NO_CHAIN;
    const next = takeChain(happening, kept, book, reader, items);
    chains.set(statement.chat, next.kept);
    if (!happening.isVoid) outcomes.set(statement, joinOutcomes(outcomes.get(statement), next.outcome));
  }
  for (const statement of late) {
    const isLate = wouldMatter(statement, book, chains.get(statement.chat) ?? NO_CHAIN, reader, items);
    outcomes.set(statement, isLate ? { outcome: "late" } : { outcome: "nothing", kind: "none" });
  }

  const { orders, shares } = allotOrders(book, items);
  const verdicts = statements.map((statement): Verdict => {
    const { chat, id, person } = statement;
    const outcome = outcomes.get(statement) ?? {
      outcome: "nothing",
      kind: isRecalled(statement, end) ? "recalled" : "none",
    };
    return { chat, id, person, ...complete(outcome, shares.get(momentKey(statement)), book, items) };
  });
  return { orders, verdicts, chains };
}

/** An edited chain is judged by its last text; what its earlier texts changed stays changed by it. */
function joinOutcomes(former: Outcome | undefined, latest: Outcome): Outcome {
  const changes = former && "changes" in former ? former.changes : [];
  if (changes.length === 0) return latest;
  if ("changes" in latest) return { ...latest, changes: [...changes, ...latest.changes] };
  return takenOutcome(changes, []);
}

/** Whether what was said after the closing would have changed an order, or asked a question. */
function wouldMatter(
  statement: Statement,
  book: OrderBook,
  kept: KeptChain,
  reader: Reader,
  items: readonly ItemTerms[],
) {
  const text = statement.versions[0]?.text ?? "";
  const chain = reader.readChain(text, kept === NO_CHAIN ? undefined : toChain(kept));
  if (chain) return wouldChange(chain, kept, statement, book);
  const understood = understand(text, statement, book, reader, items);
  if (understood.type !== "orders") return understood.type === "refused";
  return understood.orders.some(({ before, after }) => !sameAmounts(wholeOf(before), wholeOf(after)));
}

/** Adds what only the end of the fold tells: what waits, and which options are still open. */
function complete(outcome: Outcome, share: Share | undefined, book: OrderBook, items: readonly ItemTerms[]): Outcome {
  if (!("optionMissing" in outcome)) return outcome;
  const open = (missing: number) =>
    outcome.changes.some(
      ({ person, for: whom = "", item }) =>
        item === missing && openOptions(book.holdingOf(person, whom), items).includes(item),
    );
  const waiting = share && share.booked < share.asked ? (share.booked === 0 ? "wholly" : "partly") : undefined;
  return { ...outcome, optionMissing: outcome.optionMissing.filter(open), ...(waiting && { waiting }) };
}
