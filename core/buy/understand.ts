import type { OrderReading, Reading } from "../interpret/reading.ts";
import { answerOption } from "./answer-option.ts";
import { applyLines, overLimit } from "./apply-lines.ts";
import { type Holding, toMine, wholeOf } from "./holding.ts";
import { isLeaderTalk } from "./leader-talk.ts";
import type { NothingKind, RefusalReason } from "./ledger.ts";
import type { OrderBook } from "./order-book.ts";
import type { Reader } from "./reader.ts";
import type { Statement } from "./statement.ts";
import type { ItemTerms } from "./terms.ts";
import { foldName } from "./whom.ts";
import { namedOther, onlyOther, type Wish, wishesOf } from "./wishes.ts";

/** What plain words would do to the orders of their sender. */
export type Understood =
  | { readonly type: "orders"; readonly orders: readonly Proposal[] }
  | { readonly type: "refused"; readonly reason: RefusalReason; readonly candidates?: readonly number[] }
  | { readonly type: "nothing"; readonly kind: NothingKind; readonly amount?: string };

/** An order as it would be. */
interface Proposal {
  /** For whom as written; empty for the sender's own. */
  readonly whom: string;
  readonly before: Holding;
  readonly after: Holding;
  /** Items whose quantity was said anew, not changed. */
  readonly restated: ReadonlySet<number>;
}

/** Reads plain words with the orders of their sender as they stand. */
export function understand(
  text: string,
  statement: Statement,
  book: OrderBook,
  reader: Reader,
  items: readonly ItemTerms[],
): Understood {
  const { person } = statement;
  const answer = answerTo(text, person, book, items);
  if (answer) return propose([answer], person, book, items);

  const readFor = (whom: string) =>
    reader.read(text, { mine: toMine(book.holdingOf(person, whom)), reply: statement.reply === true });
  const reading = readFor("");
  if (statement.leader && isLeaderTalk(text, reading)) return { type: "nothing", kind: "none" };
  switch (reading.kind) {
    case "order":
      return propose(meant(text, reading, statement, book, readFor), person, book, items);
    case "unclear": {
      const wish = meantForOther(text, statement, book, readFor);
      if (wish) return propose([wish], person, book, items);
      const { reason, candidates } = reading;
      return { type: "refused", reason, ...(candidates && { candidates }) };
    }
    case "paid":
      return { type: "nothing", ...reading };
    default:
      return { type: "nothing", kind: reading.kind };
  }
}

type ReadFor = (whom: string) => Reading;

/** What an order means, each part of it read with the order of the person whom it is for. */
function meant(text: string, reading: OrderReading, statement: Statement, book: OrderBook, readFor: ReadFor): Wish[] {
  const wishes = wishesOf(reading, statement);
  const elsewhere =
    namedOther(text, wishes, statement.person, book) ?? onlyOther(text, reading, statement.person, book);
  if (elsewhere !== undefined) {
    const again = readFor(elsewhere);
    if (again.kind === "order") return [{ whom: elsewhere, lines: again.lines }];
  }
  return wishes.map((wish) => {
    const again = wish.whom === "" ? reading : readFor(wish.whom);
    const same = again.kind === "order" && wishesOf(again, statement).find(({ whom }) => isSame(whom, wish.whom));
    return same ? { whom: wish.whom, lines: same.lines } : wish;
  });
}

/** Words that only make sense for somebody whom the sender has ordered for. */
function meantForOther(text: string, statement: Statement, book: OrderBook, readFor: ReadFor): Wish | undefined {
  for (const whom of book.othersOf(statement.person)) {
    const reading = readFor(whom);
    if (reading.kind !== "order") continue;
    const wishes = wishesOf(reading, statement);
    const wish = wishes.find((one) => isSame(one.whom, whom));
    if (wish) return { whom, lines: wish.lines };
    // Without anything of their own, words that need an order to change mean the only one that they have made.
    const isOnly =
      book.othersOf(statement.person).length === 1 && book.holdingOf(statement.person, "").parts.size === 0;
    const isForNobodyElse = wishes.every((one) => one.whom === "");
    if (isForNobodyElse && (isOnly || namedOther(text, wishes, statement.person, book) === whom)) {
      return { whom, lines: reading.lines };
    }
  }
  return undefined;
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

function isSame(one: string, other: string): boolean {
  return foldName(one) === foldName(other);
}
