import { amountOf, minimumState, type Tally, tallyOf } from "../tally.ts";
import { type Allotted, allot } from "./claims.ts";
import { endOf } from "./closing.ts";
import { compareToKept } from "./compare-to-kept.ts";
import { type Good, itemOf, optionOf, sameAmounts, wholeOf } from "./holding.ts";
import { type KeptChain, NO_CHAIN, toChain } from "./kept-chain.ts";
import type { Change, Ledger, Line, Order, Orders, Outcome, PricedOrder, Verdict } from "./ledger.ts";
import { momentKey } from "./moment.ts";
import { OrderBook, type OrderRecord, withoutOption } from "./order-book.ts";
import type { Reader } from "./reader.ts";
import type { Statement } from "./statement.ts";
import { takeChain } from "./take-chain.ts";
import { takeWords } from "./take-words.ts";
import type { BuyTerms, ItemTerms } from "./terms.ts";
import { isRecalled, momentOf, toTimeline } from "./timeline.ts";
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
  const isChain = (text: string) => reader.readChain(text, undefined) !== undefined;
  const { happenings, late, statements } = toTimeline(given, end, isChain);
  const book = new OrderBook(items);
  const chains = new Map<string, KeptChain>();
  const outcomes = new Map<Statement, Outcome>();
  for (const happening of happenings) {
    const { statement } = happening;
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

  const shares = allotAll(book, items);
  const orders = [...book.all()].map((record) => toOrder(record, shares.get(record))).filter((o) => o.lines.length > 0);
  const waiting = waitingOf([...shares.values()].flat());
  const verdicts = statements.map((statement): Verdict => {
    const { chat, id, person } = statement;
    const outcome = outcomes.get(statement) ?? {
      outcome: "nothing",
      kind: isRecalled(statement, end) ? "recalled" : "none",
    };
    return { chat, id, person, ...complete(outcome, waiting.get(momentKey(momentOf(statement))), book, items) };
  });
  return { orders, verdicts, chains };
}

/** An edited chain is judged by its last text; what its earlier texts changed stays changed by it. */
function joinOutcomes(former: Outcome | undefined, latest: Outcome): Outcome {
  const changes = former && "changes" in former ? former.changes : [];
  if (changes.length === 0) return latest;
  if ("changes" in latest) return { ...latest, changes: [...changes, ...latest.changes] };
  return { outcome: outcomeOf(changes), changes, optionMissing: [] };
}

function outcomeOf(changes: readonly Change[]) {
  if (changes.every(({ after }) => after === 0)) return "cancelled";
  return changes.every(({ before }) => before === 0) ? "booked" : "changed";
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
  if (chain) {
    const author = { person: statement.person, name: statement.name, leader: statement.leader === true };
    return compareToKept(chain, kept, author).steps.length > 0;
  }
  const understood = understand(text, statement, book, reader, items);
  if (understood.type !== "orders") return understood.type === "refused";
  return understood.orders.some(({ before, after }) => !sameAmounts(wholeOf(before), wholeOf(after)));
}

type Shares = ReadonlyMap<OrderRecord, readonly Allotted[]>;

/** Gives what is scarce to those who asked first. */
function allotAll(book: OrderBook, items: readonly ItemTerms[]): Shares {
  const shares = new Map<OrderRecord, Allotted[]>();
  for (const [index, { stock }] of items.entries()) {
    if (stock === undefined) continue;
    const claims = [...book.all()].flatMap((record) =>
      (record.claims.get(index + 1) ?? []).map((claim) => ({ ...claim, record })),
    );
    for (const { record, ...claim } of allot(stock, claims)) shares.set(record, [...(shares.get(record) ?? []), claim]);
  }
  return shares;
}

function toOrder({ person, whom, holding }: OrderRecord, shares: readonly Allotted[] | undefined): Order {
  const booked = new Map<Good, number>();
  for (const share of shares ?? []) booked.set(share.good, (booked.get(share.good) ?? 0) + share.booked);
  const lines = [...wholeOf(holding)].map(([good, asked]): Line => {
    const quantity = booked.get(good) ?? asked;
    const [option, note] = [optionOf(good), holding.notes.get(good)];
    return {
      item: itemOf(good),
      ...(option !== "" && { option }),
      quantity,
      waitlisted: asked - quantity,
      ...(note !== undefined && { note }),
    };
  });
  return { person, ...(whom !== "" && { for: whom }), lines: lines.sort((one, other) => one.item - other.item) };
}

/** By statement: how much of what it asked for is booked, and how much it asked for. */
function waitingOf(shares: readonly Allotted[]): Map<string, { booked: number; asked: number }> {
  const sums = new Map<string, { booked: number; asked: number }>();
  for (const { since, booked, quantity } of shares) {
    const sum = sums.get(momentKey(since)) ?? { booked: 0, asked: 0 };
    sums.set(momentKey(since), { booked: sum.booked + booked, asked: sum.asked + quantity });
  }
  return sums;
}

/** Adds what only the end of the fold tells: what waits, and which options are still open. */
function complete(
  outcome: Outcome,
  waits: { booked: number; asked: number } | undefined,
  book: OrderBook,
  items: readonly ItemTerms[],
): Outcome {
  if (!("optionMissing" in outcome)) return outcome;
  const open = (missing: number) =>
    outcome.changes.some(
      ({ person, for: whom = "", item }) =>
        item === missing && withoutOption(book.holdingOf(person, whom), items).includes(item),
    );
  const waiting = waits && waits.booked < waits.asked ? (waits.booked === 0 ? "wholly" : "partly") : undefined;
  return { ...outcome, optionMissing: outcome.optionMissing.filter(open), ...(waiting && { waiting }) };
}
