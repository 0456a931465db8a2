import type { Money } from "./money.ts";
import { lineAmount, partOf } from "./money.ts";
import type { Quantity } from "./quantity.ts";

/** What of a buy is the leader's own. */
export type Commission =
  /** Hundredths of a percent of what the goods cost: 5 % is 500. */
  | { readonly percent: number }
  /** For each unit, whatever it is. */
  | { readonly each: Money };

/** A leader's share of an item: of what was booked, and what is left of it after refunds. Each is rounded half up once. */
export interface CommissionOf {
  readonly booked: Money;
  readonly earned: Money;
}

/** A percentage of everything is the most. */
export const MOST_PERCENT = 100_00;

/**
 * The leader's share of one item. What goes back to people takes its part of the share with it.
 *
 * @param amount    what the booked quantity costs
 * @param refunded  what has gone back of that
 */
export function commissionOf(rule: Commission, booked: Quantity, amount: Money, refunded: Money): CommissionOf {
  const left = Math.max(0, amount - refunded);
  if ("percent" in rule) {
    return { booked: partOf(amount, rule.percent, MOST_PERCENT), earned: partOf(left, rule.percent, MOST_PERCENT) };
  }
  const all = lineAmount(rule.each, booked);
  return { booked: all, earned: amount === 0 ? all : partOf(all, left, amount) };
}
