import type { BuyTerms } from "./buy/terms.ts";
import { lineAmount, type Money } from "./money.ts";
import type { Quantity } from "./quantity.ts";
import type { Tally } from "./tally.ts";

/** What is ordered from the supplier of one item, or of one option of it. */
export interface PurchaseLine {
  readonly item: number;
  /** Empty without one. */
  readonly option: string;
  /** What people have booked, rounded up to whole boxes where it is sold in them. */
  readonly quantity: Quantity;
  readonly boxes?: number;
  /** So much more than people have booked. */
  readonly over: Quantity;
  /** What the supplier asks, where that is known. */
  readonly cost?: Money;
}

/** What a buy needs from its supplier: whole boxes of each option, since a box holds one of them. */
export function purchaseOf(terms: Pick<BuyTerms, "items">, tally: Tally): PurchaseLine[] {
  return tally.items.flatMap(({ item, options }) => {
    const { boxSize, cost } = terms.items[item - 1]!;
    return options
      .filter(({ booked }) => booked > 0)
      .map(({ option, booked }): PurchaseLine => {
        const boxes = boxSize && Math.ceil(booked / boxSize);
        const quantity = boxes && boxSize ? boxes * boxSize : booked;
        return {
          ...{ item, option, quantity, over: quantity - booked },
          ...(boxes && { boxes }),
          ...(cost !== undefined && { cost: lineAmount(cost, quantity) }),
        };
      });
  });
}

/** What became of a line between two revisions. */
export interface PurchaseChange {
  readonly item: number;
  readonly option: string;
  readonly before: Quantity;
  readonly after: Quantity;
}

/** Lines that have another quantity, are new, or are gone. */
export function purchaseChanges(
  before: readonly Pick<PurchaseLine, "item" | "option" | "quantity">[],
  after: readonly Pick<PurchaseLine, "item" | "option" | "quantity">[],
): PurchaseChange[] {
  const keyOf = ({ item, option }: Pick<PurchaseLine, "item" | "option">) => `${item}:${option}`;
  const was = new Map(before.map((line) => [keyOf(line), line]));
  const is = new Map(after.map((line) => [keyOf(line), line]));
  return [...new Map([...was, ...is]).values()]
    .map((line) => ({
      ...{ item: line.item, option: line.option },
      before: was.get(keyOf(line))?.quantity ?? 0,
      after: is.get(keyOf(line))?.quantity ?? 0,
    }))
    .filter((change) => change.before !== change.after);
}
