import type { Money } from "./money.ts";

/** A change of what somebody has to pay other than by ordering. Entries are only ever added. */
export interface Entry {
  /** Whose account. Nobody's for a change of price, which everybody's lines follow. */
  readonly person?: string;
  readonly item?: number;
  readonly kind: EntryKind;
  /** Negative is less to pay. */
  readonly amount: Money;
  /** In words. */
  readonly reason: string;
  /** The complaint that it answers. */
  readonly problem?: string;
  /** Who decided it. */
  readonly author: string;
  readonly at: Date;
}

/** What an entry is for. */
export type EntryKind = "price" | "refund" | "delivery" | "discount" | "correction" | "carried" | "commission";

/** What entries come to. */
export function sumOf(entries: Iterable<Pick<Entry, "amount">>): Money {
  let sum = 0;
  for (const { amount } of entries) sum += amount;
  return sum;
}

/** Entries that change what somebody pays for goods; the others are no part of what goods can give back. */
const OF_GOODS: ReadonlySet<EntryKind> = new Set(["refund", "correction", "discount"]);

/**
 * What can still go back for a line of an order: what it costs, less what went back for it before, and never more than
 * is left of what its item costs that person, or of all that they have.
 *
 * @param line      what they get of the line costs this
 * @param item      what they have booked of the item costs this
 * @param goods     what they have booked of everything costs this
 * @param entries   theirs
 * @param problems  complaints about this very line
 */
export function refundableOf(
  { line, item, goods }: { readonly line: Money; readonly item: Money; readonly goods: Money },
  no: number,
  entries: readonly Entry[],
  problems: ReadonlySet<string>,
): Money {
  const changes = entries.filter(({ kind }) => OF_GOODS.has(kind));
  const unnamed = sumOf(changes.filter((entry) => entry.item === undefined));
  // What a leader took back without a word of the item is there again.
  const takenBack = Math.max(0, unnamed);
  const ofItem = sumOf(changes.filter((entry) => entry.item === no));
  const ofLine = sumOf(changes.filter(({ problem }) => problem !== undefined && problems.has(problem)));
  return Math.max(0, Math.min(line, line + ofLine + takenBack, item + ofItem + takenBack, goods + sumOf(changes)));
}

/**
 * What of money that was paid too much may be kept for a later buy: never more than was really paid, in money or out of
 * what was kept before.
 *
 * @param paid  marked by leaders
 */
export function keepableOf({
  over,
  paid,
  entries,
}: {
  readonly over: Money;
  readonly paid: Money;
  readonly entries: readonly Entry[];
}): Money {
  return Math.max(0, Math.min(over, paid - sumOf(entries.filter(({ kind }) => kind === "carried"))));
}

/**
 * Shares an amount out by weights, exactly: each gets the whole minor units of their part, and what is left goes, one
 * unit each, to the largest remainders, the first first.
 *
 * @param weights  non-negative integers; where all are 0 they count as equal
 */
export function shareOut(amount: Money, weights: readonly number[]): Money[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (whole === 0)
    return weights.length === 0
      ? []
      : shareOut(
          amount,
          weights.map(() => 1),
        );
  const size = BigInt(Math.abs(amount));
  const parts = weights.map((weight, index) => {
    const exact = size * BigInt(weight);
    return { index, units: Number(exact / BigInt(whole)), rest: Number(exact % BigInt(whole)) };
  });
  let left = Math.abs(amount) - parts.reduce((sum, { units }) => sum + units, 0);
  for (const part of [...parts].sort((one, other) => other.rest - one.rest || one.index - other.index)) {
    if (left <= 0) break;
    part.units += 1;
    left -= 1;
  }
  return parts.map(({ units }) => (amount < 0 ? 0 - units : units));
}

/**
 * Takes what people have kept off what they have to pay, as far as it goes: the first of their dues first, never more
 * than is due, and nothing twice.
 *
 * @param balances  by owner
 * @returns         for each due, in its order, what is taken off
 */
export function takeOff(
  balances: ReadonlyMap<string, Money>,
  dues: readonly { readonly owner: string; readonly due: Money }[],
): Money[] {
  const left = new Map(balances);
  return dues.map(({ owner, due }) => {
    const amount = Math.max(0, Math.min(left.get(owner) ?? 0, due));
    left.set(owner, (left.get(owner) ?? 0) - amount);
    return amount;
  });
}
