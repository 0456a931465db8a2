import type { BuyTerms } from "./terms.ts";

/** Whether every item has a stock and all of it is booked. */
export function isSoldOut({ items }: Pick<BuyTerms, "items">, booked: readonly number[]): boolean {
  return items.length > 0 && items.every(({ stock }, index) => stock !== undefined && (booked[index] ?? 0) >= stock);
}
