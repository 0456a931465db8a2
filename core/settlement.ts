import { type Entry, type EntryKind, sumOf } from "./accounts.ts";
import type { BuyTerms } from "./buy/terms.ts";
import { lineAmount, type Money } from "./money.ts";
import { type PaymentWord, standingOf } from "./payments.ts";
import type { Quantity } from "./quantity.ts";
import { type Counted, tallyOf } from "./tally.ts";

/** What a buy comes to in the end: for each person, for each item, and in all. */
export interface Settlement {
  /** Everybody with something booked or an entry, in the order of the lines. */
  readonly accounts: readonly Account[];
  /** Items of which something is booked. */
  readonly items: readonly { readonly item: number; readonly booked: Quantity; readonly amount: Money }[];
  /** What entries of each kind come to, those that there are. */
  readonly entries: readonly { readonly kind: EntryKind; readonly amount: Money }[];
  readonly goods: Money;
  /** Goods and entries: what is to be paid in all. Less than nothing: to be given back. */
  readonly due: Money;
  /** Marked as paid by leaders. */
  readonly paid: Money;
  /** Due and not marked, over all who owe. */
  readonly open: Money;
  /** Marked beyond what is due, over all who are to get something back. */
  readonly over: Money;
}

/** How one person stands. */
export interface Account {
  readonly person: string;
  readonly goods: Money;
  readonly entries: readonly Entry[];
  readonly due: Money;
  /** Marked as paid by leaders. */
  readonly paid: Money;
  readonly open: Money;
  readonly over: Money;
  /** What is open is said to be paid. */
  readonly claimed: boolean;
}

/**
 * Settles a buy. The sums agree by construction and are compared all the same: items = people, and due = paid + open −
 * over.
 *
 * @param entries  those of persons; a change of price is in the lines already
 * @param paidBy   by person: what was said about their payments
 */
export function settle(
  terms: Pick<BuyTerms, "items">,
  lines: readonly (Counted & { readonly person: string })[],
  entries: readonly Entry[],
  paidBy: ReadonlyMap<string, readonly PaymentWord[]>,
): Settlement {
  const tally = tallyOf(terms, lines);
  const amountOf = ({ item, quantity }: Counted) => lineAmount(tally.items[item - 1]?.price ?? 0, quantity);
  const people = new Set([...lines, ...entries].flatMap(({ person }) => (person === undefined ? [] : [person])));
  const accounts = [...people].map((person) => {
    const own = entries.filter((entry) => entry.person === person);
    const goods = sum(lines.filter((line) => line.person === person).map(amountOf));
    return accountOf(person, goods, own, paidBy.get(person) ?? []);
  });
  const items = tally.items
    .filter(({ booked }) => booked > 0)
    .map(({ item, booked }) => ({
      item,
      booked,
      amount: sum(lines.filter((line) => line.item === item).map(amountOf)),
    }));
  const personal = entries.filter(({ person }) => person !== undefined);
  const kinds = [...new Set(personal.map(({ kind }) => kind))];
  const settlement = {
    ...{ accounts, items },
    entries: kinds.map((kind) => ({ kind, amount: sumOf(personal.filter((entry) => entry.kind === kind)) })),
    goods: sum(accounts.map(({ goods }) => goods)),
    due: sum(accounts.map(({ due }) => due)),
    paid: sum(accounts.map(({ paid }) => paid)),
    open: sum(accounts.map(({ open }) => open)),
    over: sum(accounts.map(({ over }) => over)),
  };
  check(settlement);
  return settlement;
}

function accountOf(person: string, goods: Money, entries: readonly Entry[], words: readonly PaymentWord[]): Account {
  const due = goods + sumOf(entries);
  const marks = words.filter(({ kind }) => kind === "mark");
  const paid = sum(marks.map(({ amount }) => amount ?? Math.max(0, due)));
  const open = Math.max(0, due - paid);
  const claimed = open > 0 && standingOf(due, words).open === 0;
  return { person, goods, entries, due, paid, open, over: Math.max(0, paid - due), claimed };
}

function check({ items, entries, goods, due, paid, open, over }: Settlement): void {
  if (sum(items.map(({ amount }) => amount)) !== goods) throw new Error("Items and people of a settlement differ.");
  if (goods + sumOf(entries) !== due) throw new Error("Goods and entries of a settlement are not what is due.");
  if (paid + open - over !== due) throw new Error("Payments of a settlement are not what is due.");
}

function sum(amounts: readonly Money[]): Money {
  return amounts.reduce((all, amount) => all + amount, 0);
}
