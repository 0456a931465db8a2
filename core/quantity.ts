/** A quantity in thousandths of the item's unit: an integer, so that sums are exact. 1.5 斤 is 1500. */
export type Quantity = number;

/** One whole unit. */
export const ONE: Quantity = 1000;

/** The most sale units that one line may ask for. @source message language, 1.1 */
export const MAX_QUANTITY: Quantity = 999 * ONE;

/** `1500` → `"1.5"`, as people write it: no trailing zeros. */
export function formatQuantity(quantity: Quantity): string {
  const sign = quantity < 0 ? "-" : "";
  const size = Math.abs(quantity);
  const fraction = String(size % ONE)
    .padStart(3, "0")
    .replace(/0+$/, "");
  return sign + Math.trunc(size / ONE) + (fraction && `.${fraction}`);
}

/** `"1.5"` → 1500; undefined where the text is no plain decimal or finer than thousandths. */
export function parseQuantity(text: string): Quantity | undefined {
  const match = /^(\d{1,9})(?:\.(\d{1,3}))?$/.exec(text);
  return match ? Number(match[1]) * ONE + Number((match[2] ?? "").padEnd(3, "0")) : undefined;
}
