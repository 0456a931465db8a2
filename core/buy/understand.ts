import type { LineReading, Reading } from "../interpret/reading.ts";
import { answerOption } from "./answer-option.ts";
import { applyLines, overLimit } from "./apply-lines.ts";
import { type Holding, toMine, wholeOf } from "./holding.ts";
import { isLeaderTalk } from "./leader-talk.ts";
import type { NothingKind, RefusalReason } from "./ledger.ts";
import type { OrderBook } from "./order-book.ts";
import type { Reader } from "./reader.ts";
import type { Statement } from "./statement.ts";
import type { ItemTerms } from "./terms.ts";
import { foldName, isOwnName } from "./whom.ts";

/** What plain words would do to the orders of their sender. */
export type Understood =
  | { readonly type: "orders"; readonly orders: readonly Proposal[] }
  | { readonly type: "refused"; readonly reason: RefusalReason; readonly candidates?: readonly number[] }
  | { readonly type: "nothing"; readonly kind: NothingKind };

/** An order as it would be. */
export interface Proposal {
  /** For whom as written; empty for the sender's own. */
  readonly whom: string;
  readonly before: Holding;
  readonly after: Holding;
  /** Items whose quantity was said anew, not changed. */
  readonly restated: ReadonlySet<number>;
}

/** Words that change what is there, so that they make no new order. */
const CHANGE = /改|换成|換成|\bmake (?:it|that)\b|\bchange\b|\binstead\b/i;

/** Reads plain words with the orders of their sender as they stand. */
export function understand(
  text: string,
  statement: Statement,
  book: OrderBook,
  reader: Reader,
  items: readonly ItemTerms[],
): Understood {
  const { person } = statement;
  const own = book.holdingOf(person, "");
  const readFor = (holding: Holding) => reader.read(text, { mine: toMine(holding), reply: statement.reply === true });
  const reading = readFor(own);
  if (statement.leader && isLeaderTalk(text, reading)) return { type: "nothing", kind: "none" };

  if (reading.kind === "order") {
    const wishes = wishesOf(reading, statement);
    const elsewhere = namedOther(text, wishes, person, book) ?? onlyOther(text, reading, person, book);
    if (elsewhere !== undefined) {
      const again = readFor(book.holdingOf(person, elsewhere));
      if (again.kind === "order") return propose([{ whom: elsewhere, lines: again.lines }], person, book, items);
    }
    // Words of change are about the order of the person that they name.
    const again = wishes.map(({ whom, lines }) => {
      if (whom === "") return { whom, lines };
      const other = readFor(book.holdingOf(person, whom));
      const same = other.kind === "order" && wishesOf(other, statement).find((wish) => isSame(wish.whom, whom));
      return same ? { whom, lines: same.lines } : { whom, lines };
    });
    return propose(again, person, book, items);
  }
  if (reading.kind === "chain") return { type: "nothing", kind: "chain" };
  if (reading.kind === "unclear" || reading.kind === "none") {
    const answer = answerTo(text, person, book, items);
    if (answer) return propose([answer], person, book, items);
  }
  if (reading.kind !== "unclear") return { type: "nothing", kind: reading.kind };

  for (const whom of book.othersOf(person)) {
    const other = readFor(book.holdingOf(person, whom));
    if (other.kind !== "order") continue;
    const wish = wishesOf(other, statement).find((one) => isSame(one.whom, whom));
    const lines = wish?.lines ?? (onlyOther(text, other, person, book) === whom ? other.lines : undefined);
    if (lines) return propose([{ whom, lines }], person, book, items);
  }
  const { reason, candidates } = reading;
  return { type: "refused", reason, ...(candidates && { candidates }) };
}

interface Wish {
  readonly whom: string;
  readonly lines: readonly LineReading[];
}

/** The lines by whom they are for; the sender's own name means the sender. Nothing where nothing would be set. */
function wishesOf(reading: Extract<Reading, { kind: "order" }>, { name }: Statement): Wish[] {
  const wishes = new Map<string, { whom: string; lines: LineReading[] }>();
  const put = (named: string | undefined, lines: readonly LineReading[]) => {
    const whom = named === undefined || isOwnName(named, name) ? "" : named;
    const wish = wishes.get(foldName(whom)) ?? { whom, lines: [] };
    wishes.set(foldName(whom), wish);
    wish.lines.push(...lines);
  };
  for (const line of reading.lines) put(line.for ?? reading.for, [line]);
  if (reading.lines.length === 0 && reading.for !== undefined) put(reading.for, []);
  return [...wishes.values()];
}

/** Words that name somebody whom the person has ordered for ("302的梨不要了") are about that order. */
function namedOther(text: string, wishes: readonly Wish[], person: string, book: OrderBook): string | undefined {
  if (wishes.some(({ whom }) => whom !== "")) return undefined;
  const plain = foldName(text);
  const named = book.othersOf(person).filter((whom) => foldName(whom).length >= 2 && plain.includes(foldName(whom)));
  return named.length === 1 ? named[0] : undefined;
}

/**
 * Somebody who ordered for one other person only and then takes away or changes means that order. Undefined where the
 * words make an order of their own.
 */
function onlyOther(
  text: string,
  reading: Extract<Reading, { kind: "order" }>,
  person: string,
  book: OrderBook,
): string | undefined {
  const others = book.othersOf(person);
  if (others.length !== 1 || wholeOf(book.holdingOf(person, "")).size > 0) return undefined;
  if (reading.lines.some((line) => line.for !== undefined) || reading.for !== undefined) return undefined;
  const takes = reading.lines.every(({ op, quantity }) => quantity < 0 || (op === "set" && quantity === 0));
  return takes || CHANGE.test(text) ? others[0] : undefined;
}

function isSame(one: string, other: string): boolean {
  return foldName(one) === foldName(other);
}

function answerTo(text: string, person: string, book: OrderBook, items: readonly ItemTerms[]): Wish | undefined {
  for (const whom of ["", ...book.othersOf(person)]) {
    const lines = answerOption(text, wholeOf(book.holdingOf(person, whom)), items);
    if (lines) return { whom, lines };
  }
  return undefined;
}

function propose(wishes: readonly Wish[], person: string, book: OrderBook, items: readonly ItemTerms[]): Understood {
  const orders = wishes.map(({ whom, lines }): Proposal => {
    const before = book.holdingOf(person, whom);
    const after = applyLines(before, lines);
    return { whom, before, after, restated: new Set(lines.filter(({ op }) => op === "set").map(({ item }) => item)) };
  });
  const over = orders.flatMap(({ before, after }) => overLimit(items, before, after));
  if (over.length > 0) return { type: "refused", reason: "limit", candidates: [...new Set(over)] };
  return { type: "orders", orders };
}
