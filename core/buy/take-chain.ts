import type { Chain, Entry } from "../chain/chain.ts";
import type { Quantity } from "../quantity.ts";
import { overLimit } from "./apply-lines.ts";
import { type Author, compareToKept, meaningOf, type Step } from "./compare-to-kept.ts";
import { continueChain, type Force } from "./continue-chain.ts";
import {
  type Amounts,
  adoptPart,
  type Good,
  goodOf,
  type Holding,
  replacePart,
  sameAmounts,
  wholeOf,
} from "./holding.ts";
import { type KeptChain, type KeptEntry, NO_CHAIN, toChain } from "./kept-chain.ts";
import { type Outcome, takenOutcome } from "./ledger.ts";
import { newlyOpenOptions } from "./open-options.ts";
import type { OrderBook } from "./order-book.ts";
import type { Reader } from "./reader.ts";
import { isPasted, type Statement } from "./statement.ts";
import type { ItemTerms } from "./terms.ts";
import type { Happening } from "./timeline.ts";
import { foldName } from "./whom.ts";

/**
 * Takes a chain message into the kept chain of its chat and into the orders of those whose entries it changes. Entries
 * that are not the sender's to change stay as they are; the rest of the message counts.
 *
 * @source message language, 3 (chains)
 */
export function takeChain(
  { statement, moment, text, isVoid }: Extract<Happening, { type: "chain" }>,
  kept: KeptChain,
  book: OrderBook,
  reader: Reader,
  items: readonly ItemTerms[],
): { kept: KeptChain; outcome: Outcome } {
  const message = reader.readChain(text, kept === NO_CHAIN ? undefined : toChain(kept));
  if (!message) return { kept, outcome: { outcome: "nothing", kind: "none" } };

  const id = `${statement.chat} ${statement.id} ${moment.at}`;
  const author = authorOf(statement, book);
  const comparison = compareToKept(message, kept, author);
  const isNew = comparison.keptOf.every((place) => place === undefined);
  if (isNew && !isPasted(statement) && isAboutOtherThings(message, reader)) {
    return { kept, outcome: { outcome: "nothing", kind: "none" } };
  }
  const go = (force: Force) => continueChain(kept, message, comparison, author, id, force);
  if (isVoid) return { kept: go("void"), outcome: { outcome: "nothing", kind: "recalled" } };

  const taken = go("taken");
  const orders = ordersAfter(kept, taken, book, statement.person);
  const over = orders.flatMap(({ before, after }) => overLimit(items, before, after));
  if (over.length > 0) {
    const candidates = [...new Set(over)];
    return { kept: go("refused"), outcome: { outcome: "unclear", reason: "limit", candidates, changes: [] } };
  }
  const optionMissing = [...new Set(orders.flatMap(({ before, after }) => newlyOpenOptions(before, after, items)))];
  const changes = orders.flatMap(({ person, whom, after }) => book.change(person, whom, after, moment));
  const reason = refusalOf(comparison.steps, message);
  if (reason) return { kept: taken, outcome: { outcome: "unclear", reason, changes } };
  if (changes.length === 0) return { kept: taken, outcome: { outcome: "nothing", kind: "chain" } };
  return { kept: taken, outcome: takenOutcome(changes, optionMissing) };
}

/** A chain of which nothing can be read, and whose title names no item: a dinner, a poll. */
function isAboutOtherThings({ title, entries }: Chain, reader: Reader): boolean {
  return entries.length > 0 && entries.every(({ text }) => text !== undefined) && !reader.namesItem(title);
}

/** Whether a chain that comes after the closing would have changed an order, or been refused. */
export function wouldChange(
  message: Chain,
  kept: KeptChain,
  statement: Statement,
  book: OrderBook,
  reader: Reader,
): boolean {
  const author = authorOf(statement, book);
  const comparison = compareToKept(message, kept, author);
  const isNew = comparison.keptOf.every((place) => place === undefined);
  if (isNew && isAboutOtherThings(message, reader)) return false;
  if (refusalOf(comparison.steps, message)) return true;
  const next = continueChain(kept, message, comparison, author, "late", "taken");
  const orders = ordersAfter(kept, next, book, statement.person);
  return orders.some(({ before, after }) => !sameAmounts(wholeOf(before), wholeOf(after)));
}

/** Who posts a chain. Leaders list what others have ordered. */
function authorOf(statement: Statement, book: OrderBook): Author {
  const { person, name, leader = false } = statement;
  if (isPasted(statement)) return { person, name, leader: false, alone: true };
  return { person, name, leader, ...(leader && { personNamed: (other) => book.personNamed(other, person) }) };
}

function refusalOf(steps: readonly Step[], message: Chain): "not-yours" | "item" | undefined {
  if (steps.some((step) => "allowed" in step && !step.allowed)) return "not-yours";
  const isUnread = steps.some(
    (step) => step.type !== "removed" && isMine(step) && message.entries[step.at]!.text !== undefined,
  );
  return isUnread ? "item" : undefined;
}

function isMine(step: Step): boolean {
  return !("allowed" in step) || step.allowed;
}

interface ChangedOrder {
  readonly person: string;
  readonly whom: string;
  readonly before: Holding;
  readonly after: Holding;
}

/** The orders whose entries differ between two states of the chain. */
function ordersAfter(kept: KeptChain, next: KeptChain, book: OrderBook, by: string): ChangedOrder[] {
  const former = new Map(kept.entries.map((entry) => [entry.id, entry]));
  const changed = new Map<string, ChangedOrder>();
  for (const entry of next.entries) {
    const before = former.get(entry.id);
    if (before ? isUnchanged(before, entry) : entry.removed || entry.entry.text !== undefined) continue;
    const [person, whom] = [entry.owner, entry.for ?? ""];
    const key = `${person}\n${foldName(whom)}`;
    const now = book.holdingOf(person, whom);
    const order = changed.get(key) ?? { person, whom, before: now, after: now };
    changed.set(key, { ...order, after: withEntry(order.after, entry, by, before === undefined) });
  }
  return [...changed.values()];
}

function isUnchanged(before: KeptEntry, after: KeptEntry): boolean {
  const saysTheSame = before.entry === after.entry || meaningOf(before.entry) === meaningOf(after.entry);
  return saysTheSame && before.removed === after.removed;
}

/** An order with what an entry says now. A leader who lists what somebody has by now changes nothing of it. */
function withEntry(holding: Holding, { id, entry, owner, removed, listed }: KeptEntry, by: string, isNew: boolean) {
  const amounts = removed ? NONE : amountsOf(entry);
  if (isNew && listed) return adoptPart(holding, id, amounts);
  if (owner !== by && sameAmounts(amounts, wholeOf(holding))) {
    return { parts: new Map([[id, amounts]]), notes: holding.notes };
  }
  return withNotes(replacePart(holding, id, amounts), entry);
}

const NONE: Amounts = new Map();

/** What an entry orders. The same item and option twice adds up. */
function amountsOf({ lines }: Entry): Amounts {
  const amounts = new Map<Good, Quantity>();
  for (const { item, option, quantity } of lines) {
    const good = goodOf(item, option);
    if (quantity > 0) amounts.set(good, (amounts.get(good) ?? 0) + quantity);
  }
  return amounts;
}

function withNotes(holding: Holding, { lines, note }: Entry): Holding {
  const whole = wholeOf(holding);
  const notes = new Map(holding.notes);
  for (const line of lines) {
    const words = line.note ?? note;
    if (words !== undefined && whole.has(goodOf(line.item, line.option)))
      notes.set(goodOf(line.item, line.option), words);
  }
  return notes.size === 0 ? holding : { parts: holding.parts, notes };
}
