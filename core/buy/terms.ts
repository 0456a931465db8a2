import type { Money } from "../money.ts";
import type { Quantity } from "../quantity.ts";

/** What a buy offers and by which rules: as announced, and as the leader changed it since. */
export interface BuyTerms {
  readonly title: string;
  /** ISO 4217. */
  readonly currency: string;
  /** Numbered from 1 by position. */
  readonly items: readonly ItemTerms[];
  /** From when messages may count. */
  readonly openedAt: Date;
  /** Announced closing time: what was said at or before it counts. */
  readonly closesAt?: Date;
  /** When it was ended before that, by `/close` or `/cancel`. */
  readonly endedAt?: Date;
  readonly minimum?: Minimum;
}

/** One item of a buy, with its price and its limits. */
export interface ItemTerms {
  readonly name: string;
  readonly unit?: string;
  readonly aliases: readonly string[];
  readonly options: readonly string[];
  /** For one unit. Without one the item can be ordered, and costs nothing yet. */
  readonly price?: Money;
  /** What the supplier asks for one unit: for leaders' eyes only. */
  readonly cost?: Money;
  /** Units in one of the supplier's boxes. */
  readonly boxSize?: Quantity;
  /** All that may be booked. */
  readonly stock?: Quantity;
  /** The most that one person may have, booked and waiting together, over all options. */
  readonly perPerson?: Quantity;
  /** Rising by `from`; the price of the highest tier reached by the item's booked quantity holds for everybody. */
  readonly tiers: readonly Tier[];
}

/** A price from a quantity on. */
export interface Tier {
  readonly from: Quantity;
  readonly price: Money;
}

/** What must come together for the buy to go ahead. */
export type Minimum = { readonly quantity: Quantity } | { readonly people: number } | { readonly amount: Money };
