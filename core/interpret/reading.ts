import type { Quantity } from "../quantity.ts";

/** What a message seems to say. @source message language, 1 */
export type Reading =
  | OrderReading
  | ChainReading
  | { readonly kind: "mine" | "tally" | "received" | "none" }
  | { readonly kind: "paid"; readonly amount?: string }
  | UnclearReading;

/** The sender orders, changes or cancels. No lines: a cancellation by somebody who has nothing. */
export interface OrderReading {
  readonly kind: "order";
  readonly lines: readonly LineReading[];
  /** For whom the whole order is, as written, when that is not the sender: "302", "王姐". */
  readonly for?: string;
}

/** A group chain (`#接龙`). @source message language, 1.6 */
export interface ChainReading {
  readonly kind: "chain";
  readonly title: string;
  readonly entries: readonly ChainEntry[];
  /** What this message changed of the chain as the bot last knew it; only where that was given. */
  readonly changes?: readonly ChainChange[];
}

/** An order was meant, but cannot be resolved: ask. */
export interface UnclearReading {
  readonly kind: "unclear";
  readonly reason: UnclearReason;
  /** Numbers of the items that may be meant. */
  readonly candidates?: readonly number[];
}

/** Where several apply, the first of this list. @source message language, 1.2 */
export const UNCLEAR_REASONS = ["unknown-item", "item", "unit", "quantity"] as const;
/** Why an order cannot be resolved. */
export type UnclearReason = (typeof UNCLEAR_REASONS)[number];

/** `add` changes the present quantity (negative to reduce, never below 0), `set` replaces it; `set` 0 cancels. */
export interface LineReading {
  /** The item's number in its buy, from 1. */
  readonly item: number;
  readonly op: "add" | "set";
  readonly quantity: Quantity;
  readonly option?: string;
  readonly note?: string;
  readonly for?: string;
}

/** One person's line of a chain. */
export interface ChainEntry {
  /** The number as printed. */
  readonly no?: number;
  readonly name: string;
  readonly lines: readonly LineReading[];
  readonly note?: string;
  /** The entry as written, where it cannot be read, wholly or in part; then `lines` is empty. */
  readonly text?: string;
  readonly cancelled?: true;
}

/** What a chain message changed about one entry. */
export interface ChainChange {
  readonly type: "added" | "edited" | "removed" | "moved";
  readonly name: string;
  readonly lines?: readonly LineReading[];
}
