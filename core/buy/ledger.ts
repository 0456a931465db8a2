import type { UnclearReason } from "../interpret/reading.ts";
import type { Money } from "../money.ts";
import type { Quantity } from "../quantity.ts";
import type { Counted, MinimumState, Tally } from "../tally.ts";
import type { KeptChain } from "./kept-chain.ts";

/** Everything that follows from what was said in a buy. */
export interface Ledger extends Orders {
  readonly tally: Tally;
  readonly minimum?: MinimumState;
  /** By chat: the chain as it should now be printed. */
  readonly chains: ReadonlyMap<string, KeptChain>;
}

/** Orders, and what came of each statement. */
export interface Orders {
  /** Those that came to something, the first that was begun first. */
  readonly orders: readonly Order[];
  /** One for each statement, in the order in which they were said. */
  readonly verdicts: readonly Verdict[];
}

/** All that one person has, for themselves or for one other. */
export interface Order {
  readonly person: string;
  /** For whom, as first written; undefined for the person's own. */
  readonly for?: string;
  /** By item, then by option in the order of asking. */
  readonly lines: readonly Line[];
}

/** An order with its price by the tally of its buy. */
export interface PricedOrder extends Order {
  readonly amount: Money;
}

/** One item, or one option of it, in an order. */
export interface Line extends Counted {
  readonly note?: string;
}

/** What came of a statement: enough to acknowledge it, or to ask. */
export type Verdict = {
  readonly chat: string;
  readonly id: string;
  readonly person: string;
} & Outcome;

/** What came of a statement. */
export type Outcome =
  | TakenOutcome
  | UnclearOutcome
  /** Said after the closing, and it would have changed an order or asked a question. For the leader to accept or not. */
  | { readonly outcome: "late" }
  /** It changed nothing; `kind` says what it was read as, `amount` how much was said to be paid, as written. */
  | { readonly outcome: "nothing"; readonly kind: NothingKind; readonly amount?: string };

/** It has changed orders. */
export interface TakenOutcome {
  /** Whether its lines are new, have another quantity, or are gone. */
  readonly outcome: "booked" | "changed" | "cancelled";
  readonly changes: readonly Change[];
  /** What of it waits for stock. Left out: nothing. */
  readonly waiting?: readonly Waiting[];
  /** Items that come in options and were ordered without one, still open: the person is to be asked which. */
  readonly optionMissing: readonly number[];
}

/** How much a statement asked for of something scarce, and how much of that is booked: less. */
export interface Waiting {
  readonly item: number;
  readonly option?: string;
  readonly asked: Quantity;
  readonly booked: Quantity;
}

/** An order was meant, but it cannot be taken: its person is asked. */
export interface UnclearOutcome {
  readonly outcome: "unclear";
  readonly reason: RefusalReason;
  /** Numbers of the items that may be meant, or of which there would be too many. */
  readonly candidates?: readonly number[];
  /** What was taken of it all the same: of a chain message the entries that its sender may change. */
  readonly changes: readonly Change[];
}

/** Why an order cannot be taken: it is unclear, too much for one person, or of somebody else's. */
export type RefusalReason = UnclearReason | "limit" | "not-yours";

/** What a statement was read as that changes no order. */
export type NothingKind = "mine" | "tally" | "paid" | "received" | "none" | "order" | "chain" | "recalled";

/** What a statement did to one line of an order, asked for in all: booked and waiting together. */
export interface Change {
  readonly person: string;
  readonly for?: string;
  readonly item: number;
  readonly option?: string;
  readonly before: number;
  readonly after: number;
}

/**
 * What changes come to, where there are any: an order that was nothing before is new, one of which nothing is left is
 * cancelled.
 */
export function takenOutcome(changes: readonly Change[], optionMissing: readonly number[]): TakenOutcome {
  const isLess = changes.every(({ after }) => after === 0);
  const isNew = changes.every(({ before }) => before === 0);
  return { outcome: isLess ? "cancelled" : isNew ? "booked" : "changed", changes, optionMissing };
}
