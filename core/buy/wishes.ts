import type { LineReading, OrderReading } from "../interpret/reading.ts";
import { wholeOf } from "./holding.ts";
import type { OrderBook } from "./order-book.ts";
import type { Statement } from "./statement.ts";
import { foldName, isOwnName } from "./whom.ts";

/** Words that change what is there, so that they make no new order. */
const CHANGE = /改|换成|換成|\bmake (?:it|that)\b|\bchange\b|\binstead\b/i;

/** Words about oneself, whoever else is named. */
const OWN = /我(?:自己)?(?:也|再|还|還|就)*(?:要|来|來|加|订|訂)|[给給]我|\bfor me\b|\bmyself\b/i;

/** What one message wants for one person. */
export interface Wish {
  /** For whom as written; empty for the sender. */
  readonly whom: string;
  readonly lines: readonly LineReading[];
}

/** The lines by whom they are for; the sender's own name means the sender. Nothing where nothing would be set. */
export function wishesOf(reading: OrderReading, { name }: Statement): Wish[] {
  const isOwn = reading.for === undefined && reading.lines.every((line) => line.for === undefined);
  if (isOwn) return reading.lines.length > 0 ? [{ whom: "", lines: reading.lines }] : [];
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
export function namedOther(text: string, wishes: readonly Wish[], person: string, book: OrderBook): string | undefined {
  const others = book.othersOf(person);
  if (others.length === 0 || wishes.some(({ whom }) => whom !== "") || OWN.test(text)) return undefined;
  const plain = foldName(text);
  const named = others.filter((whom) => foldName(whom).length >= 2 && plain.includes(foldName(whom)));
  return named.length === 1 ? named[0] : undefined;
}

/**
 * Somebody who ordered for one other person only and then takes away or changes means that order. Undefined where the
 * words make an order of their own.
 */
export function onlyOther(text: string, reading: OrderReading, person: string, book: OrderBook): string | undefined {
  const others = book.othersOf(person);
  if (others.length !== 1 || wholeOf(book.holdingOf(person, "")).size > 0) return undefined;
  if (reading.lines.some((line) => line.for !== undefined) || reading.for !== undefined) return undefined;
  const takes = reading.lines.every(({ op, quantity }) => quantity < 0 || (op === "set" && quantity === 0));
  return takes || CHANGE.test(text) ? others[0] : undefined;
}
