import type { Money } from "../money.ts";
import type { Quantity } from "../quantity.ts";

/** An item of the open buy, as far as reading needs it. */
export interface CatalogItem {
  readonly name: string;
  /** What one of it is sold by: "斤", "kg", "盒", "box" …; without one it is sold by the piece. */
  readonly unit?: string;
  readonly aliases?: readonly string[];
  /** Sizes, flavours. */
  readonly options?: readonly string[];
  /** In minor units of the buy's currency. */
  readonly price?: Money;
}

/** The order that a message would change: item number → quantity, or → option → quantity. */
export type Mine = Readonly<Record<number, Quantity | Readonly<Record<string, Quantity>>>>;
