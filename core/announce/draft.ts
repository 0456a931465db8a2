import type { Minimum, Tier } from "../buy/terms.ts";
import type { Money } from "../money.ts";
import type { Quantity } from "../quantity.ts";

/** An announcement as read, not yet confirmed by the leader. @source message language, 2 */
export interface BuyDraft {
  readonly title: string;
  /** ISO 4217; absent where neither the text nor the zone tells. */
  readonly currency?: string;
  readonly items: readonly DraftItem[];
  readonly closesAt?: Date;
  readonly pickup?: DraftPickup;
  readonly minimum?: Minimum;
  /** What is missing or cannot be right. Empty: the buy can be opened as it is. */
  readonly problems: readonly DraftProblem[];
}

/** One thing that is sold, as far as the text says. */
export interface DraftItem {
  readonly name: string;
  /** In minor units of the draft's currency. */
  readonly price?: Money;
  /** What the price is for, as written: "斤", "kg", "3斤", "2 pcs". */
  readonly unit?: string;
  /** Sizes, flavours. */
  readonly options: readonly string[];
  readonly stock?: Quantity;
  /** The most that one person (or household) may order. */
  readonly perPerson?: Quantity;
  /** From which quantity on, over everybody, which price holds for all. */
  readonly tiers?: readonly Tier[];
}

/** Where and when the goods can be fetched. */
export interface DraftPickup {
  readonly from?: Date;
  readonly until?: Date;
  /** As written, with the day where it has no hour. */
  readonly place?: string;
}

/** What may be limited, or priced by quantity, for one item of several. */
export type LimitField = "stock" | "perPerson" | "tiers";

/** What a leader must say better, with the facts that belong to it; the words for it are made elsewhere. */
export type DraftProblem =
  | { readonly field: "items"; readonly code: "no-item" | "text-too-long" }
  | { readonly field: "price"; readonly code: "no-price" | "price-unclear"; readonly item: string }
  | { readonly field: "price"; readonly code: "second-price"; readonly item: string; readonly text: string }
  | { readonly field: "currency"; readonly code: "currency-unknown" }
  | { readonly field: "closesAt"; readonly code: "closing-past" | "closing-after-pickup"; readonly closesAt: Date }
  | {
      readonly field: "closesAt" | "pickup";
      readonly code: "no-such-hour" | "no-such-day" | "weekday-differs";
      readonly text: string;
    }
  /** Several items, and it does not say which of them it limits. */
  | { readonly field: LimitField; readonly code: "which-item"; readonly text: string };
