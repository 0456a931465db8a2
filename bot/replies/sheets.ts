import { type EntryKind, sumOf } from "../../core/accounts.ts";
import type { Door } from "../../core/door.ts";
import { lineAmount, type Money } from "../../core/money.ts";
import { matrixOf } from "../../core/packing.ts";
import type { PurchaseLine } from "../../core/purchase.ts";
import type { Quantity } from "../../core/quantity.ts";
import type { Cell, Sheet } from "../../core/sheets/sheet.ts";
import { sum } from "../../core/sum.ts";
import { tallyOf } from "../../core/tally.ts";
import type { BuyFacts } from "../actions/buy-facts.ts";
import type { Buy } from "../store.ts";
import type { Words } from "./words.ts";

/** What a copy of a buy consists of, in this order. */
export const SHEETS = ["orders", "items", "bags", "purchase", "settlement"] as const;

/** A table of a spreadsheet. */
export type SheetName = (typeof SHEETS)[number];

/** One sheet of a buy's copy. */
export function sheetOf(name: SheetName, facts: BuyFacts, words: Words): Sheet {
  switch (name) {
    case "orders":
      return orderSheet(facts, words);
    case "items":
      return itemSheet(facts, words);
    case "bags":
      return bagSheet(facts, words);
    case "purchase":
      return purchaseSheet(facts.buy, facts.purchase, words, { withCosts: true });
    case "settlement":
      return settlementSheet(facts, words);
    default:
      return name satisfies never;
  }
}

/** A row a line: who ordered what, what they get of it, and what it costs. */
function orderSheet({ buy, people, lines }: BuyFacts, words: Words): Sheet {
  const { sheets } = words;
  const c = sheets.columns;
  const numbers = numbersOf(people);
  const { items } = tallyOf(buy.terms, lines);
  const rows = lines.map((line): Cell[] => {
    const { unit } = buy.terms.items[line.item - 1] ?? {};
    const price = items[line.item - 1]?.price;
    return [
      ...[{ count: numbers.get(line.person)! }, people.get(line.person)!.name, line.for],
      ...[itemName(buy, line.item), line.option, unit],
      ...[amount(line.quantity), amount(line.gets), line.waitlisted > 0 ? amount(line.waitlisted) : undefined],
      ...[money(price, buy), money(lineAmount(price ?? 0, line.quantity), buy), line.note],
    ];
  });
  return {
    name: sheets.names.orders,
    columns: [
      ...[c.no, c.person, c.for, c.item, c.option, c.unit],
      ...[c.quantity, c.handed, c.waiting, c.price, c.amount, c.note],
    ],
    rows,
  };
}

/**
 * A row for each item and option: what is booked, what came, what people get, what it comes to. What has gone back and what
 * the supplier is paid is known by item, and stands at the first of its options.
 */
function itemSheet({ buy, lines, arrived, settlement }: BuyFacts, words: Words): Sheet {
  const { sheets } = words;
  const c = sheets.columns;
  const rows = tallyOf(buy.terms, lines).items.flatMap(({ item, options, price }) =>
    options.map(({ option, booked, waitlisted }, index): Cell[] => {
      const came = arrived.find((each) => each.item === item && each.option === option)?.counted;
      const own = lines.filter((line) => line.item === item && line.option === option);
      const settled = index === 0 ? settlement.items.find((each) => each.item === item) : undefined;
      return [
        ...[itemName(buy, item), option, buy.terms.items[item - 1]?.unit, amount(booked)],
        ...[waitlisted > 0 ? amount(waitlisted) : undefined, came === undefined ? undefined : amount(came)],
        ...[amount(sum(own.map((line) => line.gets))), money(price, buy)],
        money(sum(own.map((line) => lineAmount(price ?? 0, line.quantity))), buy),
        ...[money(settled?.refunded, buy), money(settled?.cost, buy)],
      ];
    }),
  );
  const none = undefined;
  const refunded = sum(settlement.items.map((each) => each.refunded));
  const cost = sum(settlement.items.map((each) => each.cost ?? 0));
  return {
    name: sheets.names.items,
    columns: [
      ...[c.item, c.option, c.unit, c.quantity, c.waiting, c.arrived],
      ...[c.handed, c.price, c.amount, c.refunded, c.costs],
    ],
    rows,
    totals: [
      [
        ...[sheets.total, none, none, none, none, none, none, none],
        ...[settlement.goods, refunded, cost].map((each) => money(each, buy)),
      ],
    ],
  };
}

/** A row for each bag in walking order, a column for each item: what goes where. */
function bagSheet({ buy, people, bags }: BuyFacts, words: Words): Sheet {
  const { sheets } = words;
  const c = sheets.columns;
  const numbers = numbersOf(people);
  const matrix = matrixOf(bags.map(({ lines }) => ({ name: "", lines })));
  const rows = bags.map(({ person, for: whom, door, lines }, index): Cell[] => [
    ...[doorText(door), { count: numbers.get(person)! }, people.get(person)!.name, whom],
    ...matrix.rows[index]!.cells.map((quantity) => (quantity === 0 ? undefined : amount(quantity))),
    lines.flatMap(({ note }) => note ?? []).join(words.comma),
    people.get(person)!.hasCollected ? "✓" : undefined,
  ]);
  const totals = matrix.columns.map(({ total }) => amount(total));
  return {
    name: sheets.names.bags,
    columns: [
      ...[c.door, c.no, c.person, c.for],
      ...matrix.columns.map(({ item, option }) => {
        const { unit } = buy.terms.items[item - 1] ?? {};
        return itemName(buy, item) + (option && ` (${option})`) + (unit ? ` [${unit}]` : "");
      }),
      ...[c.note, c.collected],
    ],
    rows,
    totals: [[sheets.total, undefined, undefined, undefined, ...totals]],
  };
}

/**
 * A row for each item and option that is ordered from the supplier, in their boxes.
 *
 * @param withCosts  what the supplier asks, for leaders' eyes, and what is more than people have booked
 */
export function purchaseSheet(
  buy: Buy,
  lines: readonly PurchaseLine[],
  words: Words,
  { withCosts }: { readonly withCosts: boolean },
): Sheet {
  const { sheets } = words;
  const c = sheets.columns;
  const rows = lines.map(({ item, option, quantity, boxes, over, cost }): Cell[] => {
    const terms = buy.terms.items[item - 1];
    return [
      ...[itemName(buy, item), option, amount(quantity), terms?.unit],
      ...[
        boxes === undefined ? undefined : { count: boxes },
        terms?.boxSize === undefined ? undefined : amount(terms.boxSize),
      ],
      ...(withCosts ? [over > 0 ? amount(over) : undefined, money(terms?.cost, buy), money(cost, buy)] : []),
    ];
  });
  const none = undefined;
  const known = lines.flatMap(({ cost }) => cost ?? []);
  return {
    name: sheets.names.purchase,
    columns: [
      ...[c.item, c.option, c.quantity, c.unit, c.boxes, c.boxSize],
      ...(withCosts ? [c.surplus, c.cost, c.costs] : []),
    ],
    rows,
    ...(withCosts &&
      known.length > 0 && {
        totals: [[sheets.total, none, none, none, none, none, none, none, money(sum(known), buy)]],
      }),
  };
}

/**
 * A row for each person: goods and what else changes what they owe, what is paid, what is open. Below, that it all agrees,
 * and where the money comes from and where it goes.
 */
function settlementSheet({ buy, people, settlement }: BuyFacts, words: Words): Sheet {
  const { sheets, pay } = words;
  const c = sheets.columns;
  const numbers = numbersOf(people);
  const { accounts, entries, goods, due, paid, open, over, claimed, book } = settlement;
  const kinds = entries.map(({ kind }) => kind);
  const ofKind = (account: (typeof accounts)[number], kind: EntryKind): Money =>
    sumOf(account.entries.filter((entry) => entry.kind === kind));
  const rows = accounts.map((account): Cell[] => [
    ...[{ count: numbers.get(account.person)! }, people.get(account.person)!.name, money(account.goods, buy)],
    ...kinds.map((kind) => money(ofKind(account, kind), buy)),
    ...[account.due, account.paid, account.open, account.over, account.claimed].map((each) => money(each, buy)),
  ]);
  const totals: Cell[] = [
    ...[sheets.total, undefined, money(goods, buy)],
    ...entries.map((entry) => money(entry.amount, buy)),
    ...[due, paid, open, over, claimed].map((each) => money(each, buy)),
  ];
  const inDue = (label: string, of: Money): Cell[] => [
    ...[label, undefined, undefined, ...kinds.map(() => undefined)],
    money(of, buy),
  ];
  return {
    name: sheets.names.settlement,
    columns: [
      ...[c.no, c.person, c.goods, ...kinds.map((kind) => words.entryKinds[kind])],
      ...[c.due, c.paid, c.open, c.over, c.claimed],
    ],
    rows,
    totals: [
      totals,
      inDue(sheets.proof, paid + open - over),
      ...book.in.map((line) => inDue(`${pay.moneyIn}${words.colon}${pay.in[line.name]}`, line.amount)),
      ...book.out.map((line) => inDue(`${pay.moneyOut}${words.colon}${pay.out[line.name]}`, line.amount)),
      inDue(sheets.balance, sum(book.in.map((line) => line.amount)) - sum(book.out.map((line) => line.amount))),
    ],
  };
}

/** By which a person is found again in the other sheets, also where names are masked. */
function numbersOf(people: BuyFacts["people"]): ReadonlyMap<string, number> {
  return new Map([...people.keys()].map((person, index) => [person, index + 1]));
}

/** "3-2-501": building, entrance, and room or floor. */
function doorText(door: Door | undefined): string | undefined {
  if (!door) return undefined;
  const { building, entrance, floor, room } = door;
  const last = room !== undefined && (floor === undefined || room.length > 2) ? room : join(floor, room);
  return join(building, entrance, last);
}

function join(...parts: readonly (string | number | undefined)[]): string | undefined {
  return parts.filter((part) => part !== undefined && part !== "").join("-") || undefined;
}

function itemName(buy: Buy, item: number): string {
  return buy.terms.items[item - 1]?.name ?? `#${item}`;
}

const amount = (quantity: Quantity) => ({ quantity });

function money(sum: Money | undefined, buy: Buy): Cell {
  return sum === undefined ? undefined : { money: sum, currency: buy.terms.currency };
}
