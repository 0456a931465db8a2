import { foldName } from "./buy/whom.ts";
import type { Quantity } from "./quantity.ts";

/** A buy that is over, as far as the next one can learn from it. */
export interface PastBuy {
  /** The minimum was reached, or there was none. */
  readonly isHeld: boolean;
  /** Who had something booked. */
  readonly people: readonly string[];
  readonly items: readonly PastItem[];
  /** Messages about orders after the end. */
  readonly late: number;
  /** Lines of which less came. */
  readonly short: number;
  /** People who did not collect. */
  readonly missed: number;
}

/** An item of a former buy, with what came of it. */
export interface PastItem {
  readonly name: string;
  readonly unit?: string;
  readonly booked: Quantity;
  /** How many had it. */
  readonly people: number;
}

/** What a community's last buys say together. */
export interface Review {
  readonly buys: number;
  /** Buys whose minimum was missed. */
  readonly failed: number;
  readonly people: number;
  /** People who ordered in more than one of the buys. */
  readonly repeating: number;
  readonly late: number;
  readonly short: number;
  readonly missed: number;
  /** Those that most people wanted first. */
  readonly items: readonly ReviewItem[];
}

/** An item of a former buy, with what the next one can learn from it. */
export interface ReviewItem extends PastItem {
  /** In how many buys it was offered. */
  readonly buys: number;
  /** What is to be expected of the next buy: the median of what was booked in the last buys that offered it. */
  readonly usual: Quantity;
}

/** Buys that a forecast looks back on: tastes and seasons change. */
const LOOKING_BACK = 5;

/**
 * What former buys say: who came back, what went wrong, what was wanted, and what to expect.
 *
 * @param buys  the newest first
 */
export function reviewOf(buys: readonly PastBuy[]): Review {
  const times = new Map<string, number>();
  for (const person of buys.flatMap(({ people }) => [...new Set(people)])) {
    times.set(person, (times.get(person) ?? 0) + 1);
  }
  const sum = (count: (buy: PastBuy) => number) => buys.reduce((all, buy) => all + count(buy), 0);
  return {
    buys: buys.length,
    failed: sum(({ isHeld }) => (isHeld ? 0 : 1)),
    people: times.size,
    repeating: [...times.values()].filter((count) => count > 1).length,
    late: sum(({ late }) => late),
    short: sum(({ short }) => short),
    missed: sum(({ missed }) => missed),
    items: itemsOf(buys),
  };
}

/** The same of one item, by its name; undefined where no buy offered it. */
export function usualOf({ items }: Review, name: string, unit: string | undefined): ReviewItem | undefined {
  return items.find((item) => keyOf(item) === keyOf({ name, unit }));
}

function itemsOf(buys: readonly PastBuy[]): ReviewItem[] {
  const offered = new Map<string, PastItem[]>();
  for (const item of buys.flatMap(({ items }) => items)) {
    offered.set(keyOf(item), [...(offered.get(keyOf(item)) ?? []), item]);
  }
  return [...offered.values()]
    .map((same): ReviewItem => {
      const { name, unit } = same[0]!;
      return {
        ...{ name, ...(unit !== undefined && { unit }), buys: same.length },
        booked: same.reduce((all, { booked }) => all + booked, 0),
        people: same.reduce((all, { people }) => all + people, 0),
        usual: median(same.slice(0, LOOKING_BACK).map(({ booked }) => booked)),
      };
    })
    .sort((one, other) => other.people - one.people || other.booked - one.booked || (one.name < other.name ? -1 : 1));
}

/** One thing by one name and unit is the same thing in another buy. */
function keyOf({ name, unit }: { readonly name: string; readonly unit?: string | undefined }): string {
  return JSON.stringify([foldName(name), foldName(unit ?? "")]);
}

/** Of an even number the mean of the two in the middle, rounded down to a thousandth. */
function median(amounts: readonly Quantity[]): Quantity {
  const sorted = amounts.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return Math.floor(((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2);
}
