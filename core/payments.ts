import type { Money } from "./money.ts";

/** A word about money that has changed hands: a resident's own claim, or a leader's mark. */
export interface PaymentWord {
  readonly kind: "claim" | "mark";
  /** Undefined: all that is due. */
  readonly amount?: Money;
}

/** How a person stands: what a leader has marked, what they say themselves, and what neither covers. */
export interface Standing {
  readonly due: Money;
  /** Due and not marked by a leader. */
  readonly unmarked: Money;
  /** Due and neither marked nor claimed: what they may be reminded of. */
  readonly open: Money;
}

/** Never below nothing: what was paid too much is a matter of the settlement. */
export function standingOf(due: Money, words: readonly PaymentWord[]): Standing {
  const sum = (kinds: readonly PaymentWord["kind"][]) =>
    words.filter(({ kind }) => kinds.includes(kind)).reduce((paid, { amount }) => paid + (amount ?? due), 0);
  const unmarked = Math.max(0, due - sum(["mark"]));
  // A mark for what was claimed is not a second payment: the larger of the two covers.
  const open = Math.max(0, due - Math.max(sum(["mark"]), sum(["claim"])));
  return { due: Math.max(0, due), unmarked, open };
}
