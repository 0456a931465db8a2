import type { BuyTerms, ItemTerms, Minimum } from "./buy/terms.ts";
import { lineAmount, type Money } from "./money.ts";
import type { Quantity } from "./quantity.ts";

/** What a tally is made of: one item, or one option of it, in somebody's order. */
export interface Counted {
  readonly item: number;
  readonly option?: string;
  readonly quantity: Quantity;
  /** Asked for on top of what is booked. */
  readonly waitlisted: Quantity;
}

/** What a buy comes to. Follows from lines alone, so it can be kept by their differences. */
export interface Tally {
  /** In the order of the items. */
  readonly items: readonly ItemTally[];
}

/** What all have of one item. */
export interface ItemTally {
  readonly item: number;
  readonly booked: Quantity;
  readonly waitlisted: Quantity;
  readonly options: readonly OptionTally[];
  /** For one unit, by the highest tier reached; undefined where the item has no price. */
  readonly price?: Money;
  /** The next price, and how much is missing to it. */
  readonly next?: { readonly price: Money; readonly from: Quantity; readonly lacks: Quantity };
}

/** What all have of one option of it. */
export interface OptionTally {
  /** Empty for what was ordered without naming one. */
  readonly option: string;
  readonly booked: Quantity;
  readonly waitlisted: Quantity;
}

/** Adds up lines by item and option. Lines of negative quantities take away: a tally moves by differences of lines. */
export function tallyOf(terms: Pick<BuyTerms, "items">, lines: Iterable<Counted>): Tally {
  const sums = terms.items.map(() => new Map<string, { booked: Quantity; waitlisted: Quantity }>());
  for (const { item, option = "", quantity, waitlisted } of lines) {
    const sum = sums[item - 1];
    if (!sum) continue; // of an item that the leader has taken out
    const now = sum.get(option) ?? { booked: 0, waitlisted: 0 };
    sum.set(option, { booked: now.booked + quantity, waitlisted: now.waitlisted + waitlisted });
  }
  return { items: terms.items.map((item, index) => tallyItem(item, index + 1, sums[index]!)) };
}

function tallyItem(
  terms: ItemTerms,
  item: number,
  sums: ReadonlyMap<string, { booked: Quantity; waitlisted: Quantity }>,
) {
  const rank = (option: string) => (option === "" ? terms.options.length : terms.options.indexOf(option));
  const options = [...sums]
    .map(([option, sum]) => ({ option, ...sum }))
    .filter(({ booked, waitlisted }) => booked !== 0 || waitlisted !== 0)
    .sort((one, other) => rank(one.option) - rank(other.option));
  const booked = options.reduce((sum, option) => sum + option.booked, 0);
  const waitlisted = options.reduce((sum, option) => sum + option.waitlisted, 0);
  const price = priceOf(terms, booked);
  const next = nextTier(terms, booked);
  return { item, booked, waitlisted, options, ...(price !== undefined && { price }), ...(next && { next }) };
}

/**
 * The price that holds for everybody: that of the highest tier which the booked quantity reaches, `from` included.
 *
 * @source message language, 3 (price)
 */
export function priceOf({ price, tiers }: Pick<ItemTerms, "price" | "tiers">, booked: Quantity): Money | undefined {
  let reached: { from: Quantity; price: Money } | undefined;
  for (const tier of tiers) if (tier.from <= booked && tier.from >= (reached?.from ?? 0)) reached = tier;
  return reached?.price ?? price;
}

/** More than there is to be had is never booked, so a price from there on is nothing to hope for. */
function nextTier({ tiers, stock = Number.POSITIVE_INFINITY }: ItemTerms, booked: Quantity): ItemTally["next"] {
  let next: { from: Quantity; price: Money } | undefined;
  for (const tier of tiers) {
    if (tier.from > booked && tier.from <= stock && tier.from < (next?.from ?? Number.POSITIVE_INFINITY)) next = tier;
  }
  return next && { price: next.price, from: next.from, lacks: next.from - booked };
}

/** What an order costs: its lines, each rounded half up. What waits costs nothing; what has no price neither. */
export function amountOf(lines: Iterable<Counted>, tally: Tally): Money {
  let amount = 0;
  for (const { item, quantity } of lines) amount += lineAmount(tally.items[item - 1]?.price ?? 0, quantity);
  return amount;
}

/** How far a buy is from going ahead. */
export interface MinimumState {
  readonly kind: "quantity" | "people" | "amount";
  /** In thousandths, persons, or minor units. */
  readonly wanted: number;
  readonly have: number;
  readonly isReached: boolean;
}

/**
 * Compares what is booked with what must come together.
 *
 * @param orders  all orders, each with its person: several orders of one person (for others) count as one person
 * @source        message language, 3 (price)
 */
export function minimumState(
  minimum: Minimum | undefined,
  orders: Iterable<{ readonly person: string; readonly lines: readonly Counted[] }>,
  tally: Tally,
): MinimumState | undefined {
  const people = new Set<string>();
  let amount = 0;
  for (const { person, lines } of orders) {
    if (lines.some(({ quantity }) => quantity > 0)) people.add(person);
    amount += amountOf(lines, tally);
  }
  return minimum && compare(minimum, tally, people.size, amount);
}

/**
 * The same while orders come in, from sums alone. An amount is what the sums come to: where quantities are fractions it
 * may differ by the rounding of the lines, so the closing counts those (`minimumState`).
 *
 * @param people  how many have something booked
 */
export function minimumSoFar(minimum: Minimum | undefined, tally: Tally, people: number): MinimumState | undefined {
  const amount = tally.items.reduce((sum, { price = 0, booked }) => sum + lineAmount(price, booked), 0);
  return minimum && compare(minimum, tally, people, amount);
}

function compare(minimum: Minimum, tally: Tally, people: number, amount: Money): MinimumState {
  const state = (kind: MinimumState["kind"], wanted: number, have: number) => ({
    ...{ kind, wanted, have },
    isReached: have >= wanted,
  });
  if ("people" in minimum) return state("people", minimum.people, people);
  if ("amount" in minimum) return state("amount", minimum.amount, amount);
  const booked = tally.items.reduce((sum, item) => sum + item.booked, 0);
  return state("quantity", minimum.quantity, booked);
}
