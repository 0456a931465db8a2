import type { Mine } from "../interpret/context.ts";
import type { Quantity } from "../quantity.ts";
import { mineOf } from "./mine.ts";

/** An item, or one option of it. */
export type Good = `${number} ${string}`;

/** Names an item, or one option of it. */
export function goodOf(item: number, option = ""): Good {
  return `${item} ${option}`;
}

/** The number of the item. */
export function itemOf(good: Good): number {
  return Number.parseInt(good, 10);
}

/** The option; empty without one. */
export function optionOf(good: Good): string {
  return good.slice(good.indexOf(" ") + 1);
}

/** Quantities above 0, in the order in which they were first asked for. */
export type Amounts = ReadonlyMap<Good, Quantity>;

/**
 * All that one order asks for, booked or not. It has parts: what was said in plain words, and each entry of a chain; a
 * later edit of an entry acts on its part, everything else on the whole.
 */
export interface Holding {
  readonly parts: ReadonlyMap<string, Amounts>;
  readonly notes: ReadonlyMap<Good, string>;
}

/** The part that was said in plain words. */
const PLAIN = "";

/** An order for nothing. */
export const NOTHING: Holding = { parts: new Map(), notes: new Map() };

/** The sum of an order's parts. */
export function wholeOf(holding: Holding): Amounts {
  if (holding.parts.size === 1) return holding.parts.values().next().value ?? new Map();
  const whole = new Map<Good, Quantity>();
  for (const part of holding.parts.values()) {
    for (const [good, quantity] of part) whole.set(good, (whole.get(good) ?? 0) + quantity);
  }
  return whole;
}

/** What an order asks of an item over all its options. */
export function totalOf(amounts: Amounts, item: number): Quantity {
  let total = 0;
  for (const [good, quantity] of amounts) if (itemOf(good) === item) total += quantity;
  return total;
}

/** Whether two orders ask for the same. */
export function sameAmounts(one: Amounts, other: Amounts): boolean {
  return one.size === other.size && [...one].every(([good, quantity]) => other.get(good) === quantity);
}

/** The order as reading wants it. */
export function toMine(holding: Holding): Mine {
  const lines = [...wholeOf(holding)].map(([good, quantity]) => ({
    item: itemOf(good),
    option: optionOf(good),
    quantity,
    waitlisted: 0,
  }));
  return mineOf(lines);
}

/**
 * Moves the whole of an order to `targets` (goods that are not named stay as they are).
 *
 * @param restated  goods whose quantity was said anew: where an entry of a chain is all there is, it is the entry's
 */
export function moveTo(holding: Holding, targets: Amounts, restated: ReadonlySet<Good>): Holding {
  const parts = new Map([...holding.parts].map(([name, amounts]) => [name, new Map(amounts)]));
  const plain = parts.get(PLAIN) ?? new Map<Good, Quantity>();
  const whole = wholeOf(holding);
  for (const [good, target] of targets) {
    let missing = target - (whole.get(good) ?? 0);
    if (missing > 0) {
      const holders = [...parts.values()].filter((amounts) => amounts.has(good));
      const part = restated.has(good) && holders.length === 1 ? holders[0]! : plain;
      part.set(good, (part.get(good) ?? 0) + missing);
      continue;
    }
    // What was said in plain words goes first, so that an entry of a chain keeps meaning what it says.
    const rest = [...parts].filter(([name]) => name !== PLAIN).map(([, amounts]) => amounts);
    for (const amounts of [plain, ...rest.reverse()]) {
      const taken = Math.min(-missing, amounts.get(good) ?? 0);
      setAmount(amounts, good, (amounts.get(good) ?? 0) - taken);
      missing += taken;
    }
  }
  return keepHeld({ parts: new Map(parts).set(PLAIN, plain), notes: holding.notes });
}

/** Replaces one part of an order. */
export function replacePart(holding: Holding, name: string, amounts: Amounts): Holding {
  return keepHeld({ parts: new Map(holding.parts).set(name, amounts), notes: holding.notes });
}

/** Makes what was said in plain words an entry's part, where a leader lists just that; the whole stays as it is. */
export function adoptPart(holding: Holding, name: string, amounts: Amounts): Holding {
  const plain = new Map(holding.parts.get(PLAIN));
  if (amounts.size === 0 || [...amounts].some(([good, quantity]) => (plain.get(good) ?? 0) < quantity)) return holding;
  for (const [good, quantity] of amounts) setAmount(plain, good, plain.get(good)! - quantity);
  return keepHeld({ parts: new Map(holding.parts).set(PLAIN, plain).set(name, amounts), notes: holding.notes });
}

/** Drops parts and notes that stand for nothing. */
function keepHeld({ parts, notes }: Holding): Holding {
  const held: Holding = { parts: new Map([...parts].filter(([, amounts]) => amounts.size > 0)), notes };
  if (notes.size === 0) return held;
  const whole = wholeOf(held);
  return { parts: held.parts, notes: new Map([...notes].filter(([good]) => whole.has(good))) };
}

function setAmount(amounts: Map<Good, Quantity>, good: Good, quantity: Quantity): void {
  if (quantity > 0) amounts.set(good, quantity);
  else amounts.delete(good);
}
