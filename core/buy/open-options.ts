import { goodOf, type Holding, wholeOf } from "./holding.ts";
import type { ItemTerms } from "./terms.ts";

/** The items of an order that come in options and are held without one: the person is to be asked which. */
export function openOptions(holding: Holding, items: readonly ItemTerms[]): number[] {
  const whole = wholeOf(holding);
  return items.flatMap(({ options }, index) => (options.length > 0 && whole.has(goodOf(index + 1)) ? [index + 1] : []));
}

/** Items of which an order has more without an option than before. */
export function newlyOpenOptions(before: Holding, after: Holding, items: readonly ItemTerms[]): number[] {
  const [had, has] = [wholeOf(before), wholeOf(after)];
  return openOptions(after, items).filter((item) => has.get(goodOf(item))! > (had.get(goodOf(item)) ?? 0));
}
