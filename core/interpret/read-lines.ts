import type { LineReading } from "./reading.ts";

/** What a stretch of a fragment was read as. */
export interface PartReading {
  readonly role: "item" | "quantity" | "unit" | "option" | "note" | "word" | "money" | "phone" | "unread";
  /** In the fragment as given. */
  readonly start: number;
  readonly end: number;
}

/** A fragment such as "苹果2斤 梨3" or "2 apples, 1 pear (ripe)", read as lines that all `set`. */
export interface LinesReading {
  readonly lines: readonly LineReading[];
  /** The whole fragment in its order, without gaps but for blanks. */
  readonly parts: readonly PartReading[];
  /** Why an order was seen that cannot be taken: then `lines` is empty. */
  readonly fault?: "unknown-item" | "item" | "unit" | "quantity";
}
