import { type Entry, type EntryKind, shareOut, sumOf } from "./accounts.ts";
import type { BuyTerms } from "./buy/terms.ts";
import { type Commission, commissionOf } from "./commission.ts";
import { lineAmount, type Money } from "./money.ts";
import { type PaymentWord, standingOf } from "./payments.ts";
import type { Quantity } from "./quantity.ts";
import { sum } from "./sum.ts";
import { type Counted, tallyOf } from "./tally.ts";

/** What a settlement is made of. */
export interface SettlementFacts {
  readonly terms: Pick<BuyTerms, "items">;
  /** Everybody's lines, as booked. */
  readonly lines: readonly SettledLine[];
  /** A change of price is in the lines already; of entries those count that are somebody's. */
  readonly entries: readonly Entry[];
  /** By person: what was said about their payments. */
  readonly paidBy: ReadonlyMap<string, readonly PaymentWord[]>;
  /** What the supplier is paid for: what came, or what was ordered where that was not counted. */
  readonly supplied?: readonly Supplied[];
  readonly commission?: Commission | undefined;
}

/** A line of somebody's order, and how much of it they got. */
export interface SettledLine extends Counted {
  readonly person: string;
  /** For whom, as written; left out or empty for themselves. */
  readonly for?: string;
  /** Left out: all that is booked. */
  readonly received?: Quantity;
}

/** How much of an item came from the supplier. */
export interface Supplied {
  readonly item: number;
  readonly quantity: Quantity;
}

/** What a buy comes to in the end: for each person, for each item, and in all. */
export interface Settlement {
  /** Everybody with something booked or an entry, in the order of the lines. */
  readonly accounts: readonly Account[];
  /** Items of which something is booked. */
  readonly items: readonly SettledItem[];
  /** What entries of each kind come to, those that there are. An entry of nothing only tells why. */
  readonly entries: readonly { readonly kind: EntryKind; readonly amount: Money }[];
  readonly goods: Money;
  /** Goods and entries: what is to be paid in all. Less than nothing: to be given back. */
  readonly due: Money;
  /** Marked as paid by leaders. */
  readonly paid: Money;
  /** Said to be paid by people themselves: never added to what is marked. */
  readonly claimed: Money;
  /** Due and not marked, over all who owe. */
  readonly open: Money;
  /** Marked beyond what is due, over all who are to get something back. */
  readonly over: Money;
  /** The leader's share, where there is one: of what was booked, what refunds took of it, and what is left. */
  readonly commission?: { readonly booked: Money; readonly reversed: Money; readonly earned: Money };
  /** Items that the supplier is paid for at a cost that nobody has told. */
  readonly costUnknown: readonly number[];
  /** Where the money comes from and where it goes: both sides come to the same. */
  readonly book: {
    readonly in: readonly BookLine<MoneyIn>[];
    readonly out: readonly BookLine<MoneyOut>[];
    readonly sum: Money;
  };
}

/** One line of money in or out. */
export interface BookLine<Name> {
  readonly name: Name;
  readonly amount: Money;
}

/** Marked as paid; still to come; to go back (below nothing); what people had kept from earlier buys. */
export type MoneyIn = "paid" | "open" | "over" | "brought";

/** The supplier; who carried it; the leader's share; what people keep for later buys; what is left (below nothing: missing). */
export type MoneyOut = "supplier" | "delivery" | "commission" | "kept" | "left";

/** An item of a settled buy. */
export interface SettledItem {
  readonly item: number;
  readonly booked: Quantity;
  readonly received: Quantity;
  /** What the booked quantity costs people. */
  readonly amount: Money;
  /** What has gone back of that. */
  readonly refunded: Money;
  /** What the supplier is paid for it, where that is known. */
  readonly cost?: Money;
  /** The leader's share, after refunds. */
  readonly commission?: Money;
}

/** How one person stands. */
export interface Account {
  readonly person: string;
  readonly lines: readonly (SettledLine & { readonly received: Quantity; readonly amount: Money })[];
  readonly goods: Money;
  readonly entries: readonly Entry[];
  /** What has gone back to them: of the entries, refunds alone, above nothing. */
  readonly refunded: Money;
  readonly due: Money;
  /** Marked as paid by leaders. */
  readonly paid: Money;
  /** Said to be paid by themselves. */
  readonly claimed: Money;
  readonly open: Money;
  readonly over: Money;
  /** What is open is said to be paid. */
  readonly saysPaid: boolean;
}

/**
 * Settles a buy. The sums agree by construction and are compared all the same, from both sides: items = people, due =
 * paid + open − over, and money in = money out.
 */
export function settle({ terms, lines, entries, paidBy, supplied = [], commission }: SettlementFacts): Settlement {
  const tally = tallyOf(terms, lines);
  const priced = lines.map((line) => ({
    ...line,
    received: line.received ?? line.quantity,
    amount: lineAmount(tally.items[line.item - 1]?.price ?? 0, line.quantity),
  }));
  const personal = entries.filter(({ person }) => person !== undefined);
  const people = [...new Set([...lines, ...personal].map(({ person }) => person!))];
  const accounts = people.map((person) =>
    accountOf(
      person,
      priced.filter((line) => line.person === person),
      personal.filter((entry) => entry.person === person),
      paidBy.get(person) ?? [],
    ),
  );
  const refunds = refundsOf(accounts);
  const items = tally.items
    .filter(({ booked }) => booked > 0)
    .map(({ item, booked }): SettledItem => {
      const own = priced.filter((line) => line.item === item);
      const amount = sum(own.map((line) => line.amount));
      const refunded = refunds.get(item) ?? 0;
      const cost = costOf(terms, supplied, item);
      return {
        ...{ item, booked, received: sum(own.map((line) => line.received)), amount, refunded },
        ...(cost !== undefined && { cost }),
        ...(commission && { commission: commissionOf(commission, booked, amount, refunded).earned }),
      };
    });
  const kinds = [...new Set(personal.flatMap(({ kind, amount }) => (amount === 0 ? [] : [kind])))];
  const all = (amountOf: (account: Account) => Money) => sum(accounts.map(amountOf));
  const sums = {
    entries: kinds.map((kind) => ({ kind, amount: sumOf(personal.filter((entry) => entry.kind === kind)) })),
    goods: all(({ goods }) => goods),
    due: all(({ due }) => due),
    paid: all(({ paid }) => paid),
    claimed: all(({ claimed }) => claimed),
    open: all(({ open }) => open),
    over: all(({ over }) => over),
  };
  const settlement: Settlement = {
    ...{ accounts, items, ...sums, book: bookOf(sums, items, personal, supplied, terms) },
    costUnknown: [...new Set(supplied.flatMap(({ item, quantity }) => (quantity > 0 ? [item] : [])))].filter(
      (item) => costOf(terms, supplied, item) === undefined,
    ),
    ...(commission && { commission: shareOf(commission, items) }),
  };
  check(settlement);
  return settlement;
}

function accountOf(
  person: string,
  lines: Account["lines"],
  entries: readonly Entry[],
  words: readonly PaymentWord[],
): Account {
  const goods = sum(lines.map(({ amount }) => amount));
  const due = goods + sumOf(entries);
  const { paid, claimed, unmarked, open, over } = standingOf(due, words);
  const refunded = 0 - sumOf(entries.filter(({ kind }) => kind === "refund"));
  return {
    ...{ person, lines, goods, entries, refunded, due, paid, claimed, open: unmarked, over },
    saysPaid: unmarked > 0 && open === 0,
  };
}

/** By item: what has gone back of it. A refund that names none is one of all that the person has, by value. */
function refundsOf(accounts: readonly Account[]): ReadonlyMap<number, Money> {
  const refunds = new Map<number, Money>();
  const add = (item: number, amount: Money) => refunds.set(item, (refunds.get(item) ?? 0) + amount);
  for (const { lines, entries } of accounts) {
    for (const { kind, item, amount } of entries) {
      if (kind !== "refund") continue;
      if (item !== undefined) add(item, 0 - amount);
      else {
        const shares = shareOut(
          0 - amount,
          lines.map((line) => line.amount),
        );
        for (const [index, line] of lines.entries()) add(line.item, shares[index]!);
      }
    }
  }
  return refunds;
}

function costOf({ items }: Pick<BuyTerms, "items">, supplied: readonly Supplied[], no: number): Money | undefined {
  const own = supplied.filter(({ item, quantity }) => item === no && quantity > 0);
  const cost = items[no - 1]?.cost;
  return own.length === 0 || cost === undefined
    ? undefined
    : sum(own.map(({ quantity }) => lineAmount(cost, quantity)));
}

function shareOf(rule: Commission, items: readonly SettledItem[]): NonNullable<Settlement["commission"]> {
  const booked = sum(items.map((item) => commissionOf(rule, item.booked, item.amount, 0).booked));
  const earned = sum(items.map((item) => item.commission ?? 0));
  return { booked, reversed: booked - earned, earned };
}

/** The two sides are added up from different ends: people on the one, items and entries on the other. */
function bookOf(
  { paid, open, over }: Pick<Settlement, "paid" | "open" | "over">,
  items: readonly SettledItem[],
  entries: readonly Entry[],
  supplied: readonly Supplied[],
  terms: Pick<BuyTerms, "items">,
): Settlement["book"] {
  const of = (fits: (entry: Entry) => boolean) => sumOf(entries.filter(fits));
  const goods = sum(items.map(({ amount }) => amount));
  const paidFor = [...new Set(supplied.map(({ item }) => item))];
  const supplier = sum(paidFor.map((item) => costOf(terms, supplied, item) ?? 0));
  const earned = sum(items.map(({ commission = 0 }) => commission));
  const others = of(({ kind }) => kind !== "delivery" && kind !== "carried");
  const lines = {
    in: [
      { name: "paid", amount: paid },
      { name: "open", amount: open },
      { name: "over", amount: 0 - over },
      { name: "brought", amount: 0 - of(({ kind, amount }) => kind === "carried" && amount < 0) },
    ],
    out: [
      { name: "supplier", amount: supplier },
      { name: "delivery", amount: of(({ kind }) => kind === "delivery") },
      { name: "commission", amount: earned },
      { name: "kept", amount: of(({ kind, amount }) => kind === "carried" && amount > 0) },
      { name: "left", amount: goods + others - supplier - earned },
    ],
  } as const;
  return { ...lines, sum: sum(lines.out.map(({ amount }) => amount)) };
}

function check({ items, entries, goods, due, paid, open, over, book }: Settlement): void {
  if (sum(items.map(({ amount }) => amount)) !== goods) throw new Error("Items and people of a settlement differ.");
  if (goods + sumOf(entries) !== due) throw new Error("Goods and entries of a settlement are not what is due.");
  if (paid + open - over !== due) throw new Error("Payments of a settlement are not what is due.");
  if (sum(book.in.map(({ amount }) => amount)) !== book.sum)
    throw new Error("Money in and out of a settlement differ.");
}
