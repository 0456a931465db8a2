import type { LineReading, Reading } from "../interpret/reading.ts";
import { partStruck, withoutCancelWord } from "./cancelled.ts";
import type { Entry } from "./chain.ts";
import { findName } from "./find-name.ts";
import { type Price, withoutMoney } from "./ignored.ts";
import type { ItemNames } from "./item-names.ts";
import type { ReadLines } from "./read-order.ts";

/** What reading an entry needs to know of the buy. */
export interface EntryContext {
  /** The order in a fragment, everything `set`. */
  readonly readLines: ReadLines;
  /** Lines that the bot has written, as they were meant. */
  readonly readWritten: (text: string) => Reading | undefined;
  readonly items: ItemNames;
  /** Whether 块 is a unit here, and no money. */
  readonly soldByBlock: boolean;
}

/** An entry, and what only the whole chain can decide about it. */
export interface EntryReading {
  readonly entry: Entry;
  /** A name and nothing else: one of the only item, if the chain is about it. */
  readonly nameAlone: boolean;
  /** Whether a quantity is written. */
  readonly counted: boolean;
  /** Whether it gives a price or an amount, as a line of a menu does. */
  readonly price: Price | undefined;
}

/**
 * Reads one entry: a name, which may stand at either end, and an order.
 *
 * @param lines  what stands behind the number, and the unnumbered lines below it
 */
export function readEntry(no: number, lines: readonly string[], context: EntryContext): EntryReading {
  const words = lines.join("\n").trim();
  const written = context.readWritten(words);
  if (written?.kind === "order" && written.for !== undefined) {
    const entry = { no, words, name: written.for, lines: toSet(written.lines) };
    return { entry, nameAlone: false, counted: true, price: undefined };
  }
  const { standing, struck } = partStruck(words);
  const { text, price } = withoutMoney(standing.replace(/[ \t\u00a0\u3000]+/g, " ").trim(), context.soldByBlock);
  const cancelled = withoutCancelWord(text.trim());
  const found = findName(tidy(cancelled?.text ?? text), context.items, context.readLines);
  const done = (entry: Omit<Entry, "no" | "words">, more: Partial<EntryReading> = {}): EntryReading => ({
    entry: { no, words, ...entry },
    nameAlone: false,
    counted: false,
    price,
    ...more,
  });

  if (/^[\p{P}\p{S}\s]*$/u.test(standing) && struck !== "") {
    return done({ name: findName(tidy(struck), context.items, context.readLines).name, lines: [], cancelled: true });
  }
  if (cancelled) {
    const kept = cancelled.attached ? withoutLast(found.lines, found.lastIsBare) : undefined;
    return kept ? done({ name: found.name, lines: kept }, { counted: true }) : done(cancelledEntry(found.name, struck));
  }
  const note = found.note === undefined ? {} : { note: found.note };
  if (found.lines) return done({ name: found.name, lines: toSet(found.lines), ...note }, { counted: found.counted });
  if (found.alone && struck !== "") return done(cancelledEntry(found.name, struck));
  if (found.alone && found.name !== "") return done({ name: found.name, lines: [], ...note }, { nameAlone: true });
  return done({ name: found.name, lines: [], text: words });
}

function cancelledEntry(name: string, struck: string): Omit<Entry, "no" | "words"> {
  return { name: name === "" ? struck : name, lines: [], cancelled: true };
}

/** 苹果2 梨不要了: the last item alone is cancelled. */
function withoutLast(lines: readonly LineReading[] | undefined, lastIsBare: boolean): LineReading[] | undefined {
  return lines && lines.length > 1 && lastIsBare ? toSet(lines.slice(0, -1)) : undefined;
}

/** A chain states what everybody has; nothing in it adds. */
function toSet(lines: readonly LineReading[]): LineReading[] {
  return lines.map((line) => ({ ...line, op: "set" }));
}

/** Blanks and signs that were left where something was taken out. */
function tidy(text: string): string {
  return text
    .replace(/ {2,}/g, " ")
    .replace(/^[\s,，、;；:：=＝·]{1,40}/, "")
    .replace(/[\s,，、;；:：=＝·。]{1,40}$/, "");
}
