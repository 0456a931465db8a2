import type { Money } from "./money.ts";

/** A word about money that has changed hands: a resident's own claim, or a leader's mark. */
export interface PaymentWord {
  readonly kind: "claim" | "mark";
  /** Less than nothing: given back. Undefined: all that is due, of what had no price when it was said. */
  readonly amount?: Money;
  /** For whom of those on the account it was paid; left out: not told. */
  readonly for?: string;
}

/** The most that one payment may be, in minor units. */
export const MOST_PAYMENT: Money = 1_000_000_000;

/** How a person stands: what a leader has marked, what they say themselves, and what neither covers. */
export interface Standing {
  readonly due: Money;
  /** Marked by leaders. */
  readonly paid: Money;
  /** Said by themselves. */
  readonly claimed: Money;
  /** Due and not marked by a leader. */
  readonly unmarked: Money;
  /** Due and neither marked nor claimed: what they may be reminded of. */
  readonly open: Money;
  /** Marked beyond what is due: to be given back, or kept for another time. */
  readonly over: Money;
}

/** @param due  less than nothing: money goes back, even of somebody who has not paid */
export function standingOf(due: Money, words: readonly PaymentWord[]): Standing {
  const wanted = Math.max(0, due);
  const [paid, claimed] = [sumOf("mark", wanted, words), sumOf("claim", wanted, words)];
  return {
    ...{ due: wanted, paid, claimed },
    unmarked: Math.max(0, due - paid),
    // A mark for what was claimed is not a second payment: the larger of the two covers.
    open: Math.max(0, due - Math.max(paid, claimed)),
    over: Math.max(0, paid - due),
  };
}

/**
 * What a word without an amount says: that the rest has been paid. It is written down as that amount, since what is due
 * may change later: after a refund there is something to give back, after a share of the delivery something is open again.
 */
export function restOf(kind: PaymentWord["kind"], { due, paid, claimed }: Standing): Money {
  return Math.max(0, due - (kind === "mark" ? paid : claimed));
}

function sumOf(kind: PaymentWord["kind"], due: Money, words: readonly PaymentWord[]): Money {
  return words.reduce((sum, word) => sum + (word.kind === kind ? (word.amount ?? due) : 0), 0);
}
