import type { LineReading } from "../interpret/reading.ts";
import type { Quantity } from "../quantity.ts";
import {
  type Amounts,
  type Good,
  goodOf,
  type Holding,
  itemOf,
  moveTo,
  optionOf,
  totalOf,
  wholeOf,
} from "./holding.ts";
import type { ItemTerms } from "./terms.ts";

/**
 * Applies the lines of one message to an order. All quantities are those before the message: `add` changes them, never
 * below 0, and `set` replaces them, of its option only where it names one.
 *
 * @source message language, 1 and 3
 */
export function applyLines(holding: Holding, lines: readonly LineReading[]): Holding {
  const before = wholeOf(holding);
  const targets = new Map<Good, Quantity>();
  const named = new Set(lines.map(({ item, option }) => goodOf(item, option)));
  for (const line of lines) {
    if (line.op === "set") set(line, before, targets, named);
    else add(line, before, targets);
  }
  const restated = new Set(lines.filter(({ op }) => op === "set").map(({ item, option }) => goodOf(item, option)));
  return withNotes(moveTo(holding, targets, restated), lines);
}

function set({ item, option, quantity }: LineReading, before: Amounts, targets: Map<Good, Quantity>, named: Set<Good>) {
  const good = goodOf(item, option);
  const held = goodsOf(before, item);
  if (option === undefined) {
    const others = held.filter((other) => other === good || !named.has(other));
    // Whoever has one option and says a new number means that option.
    const only = others.length === 1 && quantity > 0 ? others[0]! : good;
    for (const other of others) targets.set(other, 0);
    targets.set(only, quantity);
    return;
  }
  targets.set(good, quantity);
  // Naming the option of what was ordered without one says which it is, not that it is wanted on top.
  const open = goodOf(item);
  if (named.has(open) || !before.has(open)) return;
  const more = Math.max(0, quantity - (before.get(good) ?? 0));
  targets.set(open, Math.max(0, (targets.get(open) ?? before.get(open)!) - more));
}

function add({ item, option, quantity }: LineReading, before: Amounts, targets: Map<Good, Quantity>) {
  const now = (good: Good) => targets.get(good) ?? before.get(good) ?? 0;
  const good = goodOf(item, option);
  if (quantity >= 0 || option !== undefined) {
    targets.set(good, Math.max(0, now(good) + quantity));
    return;
  }
  // Less of the item, whichever option: first what has none, then what was asked for last.
  let less = -quantity;
  const options = goodsOf(before, item).filter((other) => optionOf(other) !== "");
  for (const other of [good, ...options.reverse()]) {
    const taken = Math.min(less, now(other));
    targets.set(other, now(other) - taken);
    less -= taken;
  }
}

function goodsOf(amounts: Amounts, item: number): Good[] {
  return [...amounts.keys()].filter((good) => itemOf(good) === item);
}

/** A new quantity with a note replaces the note; more of it with a note adds to the note. */
function withNotes(holding: Holding, lines: readonly LineReading[]): Holding {
  if (!lines.some(({ note }) => note !== undefined)) return holding;
  const whole = wholeOf(holding);
  const notes = new Map(holding.notes);
  for (const { item, option, op, note } of lines) {
    if (note === undefined) continue;
    const good = whole.has(goodOf(item, option)) ? goodOf(item, option) : goodsOf(whole, item)[0];
    if (!good) continue;
    const former = notes.get(good);
    notes.set(good, op === "set" || former === undefined || former === note ? note : `${former}; ${note}`);
  }
  return { parts: holding.parts, notes };
}

/** Items of which an order would have more than one person may, and more than it had before. */
export function overLimit(items: readonly ItemTerms[], before: Holding, after: Holding): number[] {
  if (items.every(({ perPerson }) => perPerson === undefined)) return [];
  const [had, has] = [wholeOf(before), wholeOf(after)];
  const numbers = items.map((_, index) => index + 1);
  return numbers.filter((item) => {
    const limit = items[item - 1]!.perPerson;
    return limit !== undefined && totalOf(has, item) > limit && totalOf(has, item) > totalOf(had, item);
  });
}
