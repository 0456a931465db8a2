import type { Quantity } from "./quantity.ts";

/** Whether a weight is so far from what was ordered that it was rather mistyped: less than half, or more than twice. */
export function isFar(ordered: Quantity, weighed: Quantity): boolean {
  return weighed * 2 < ordered || weighed > ordered * 2;
}
