import { goodOf, type Holding, wholeOf } from "./holding.ts";
import type { ItemTerms } from "./terms.ts";

/** The items of an order that come in options and are held without one: the person is to be asked which. */
export function openOptions(holding: Holding, items: readonly ItemTerms[]): number[] {
  const whole = wholeOf(holding);
  const open: number[] = [];
  for (const [index, { options }] of items.entries()) {
    if (options.length > 0 && whole.has(goodOf(index + 1))) open.push(index + 1);
  }
  return open;
}

/** Items of which an order has more without an option than before. */
export function newlyOpenOptions(before: Holding, after: Holding, items: readonly ItemTerms[]): number[] {
  if (items.every(({ options }) => options.length === 0)) return [];
  const [had, has] = [wholeOf(before), wholeOf(after)];
  return openOptions(after, items).filter((item) => has.get(goodOf(item))! > (had.get(goodOf(item)) ?? 0));
}
