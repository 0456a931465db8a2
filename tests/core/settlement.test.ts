import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Entry, EntryKind } from "../../core/accounts.ts";
import type { ItemTerms } from "../../core/buy/terms.ts";
import type { PaymentWord } from "../../core/payments.ts";
import { type SettledLine, settle } from "../../core/settlement.ts";

const apples: ItemTerms = { name: "Apples", unit: "kg", aliases: [], options: [], price: 350, tiers: [] };
const pears: ItemTerms = {
  name: "Pears",
  unit: "kg",
  aliases: [],
  options: [],
  price: 425,
  tiers: [{ from: 10_000, price: 400 }],
};
const terms = { items: [apples, pears] };

function line(person: string, item: number, quantity: number, received?: number): SettledLine {
  return { person, item, quantity, waitlisted: 0, ...(received !== undefined && { received }) };
}

function entry(person: string | undefined, kind: EntryKind, amount: number, item?: number): Entry {
  const [reason, author, at] = ["because", "lin", new Date("2026-11-28T10:00:00Z")];
  return { ...(person !== undefined && { person }), ...(item && { item }), kind, amount, reason, author, at };
}

describe("a settlement", () => {
  test("tells for each what they had, what else changes it, what is paid and what is open", () => {
    const lines = [line("ada", 1, 2_000), line("ada", 2, 500), line("ben", 1, 1_000)];
    const entries = [entry("ada", "refund", -100), entry("ben", "delivery", 200), entry(undefined, "price", 50)];
    const paidBy = new Map<string, PaymentWord[]>([
      ["ada", [{ kind: "mark", amount: 1_000 }]],
      ["ben", [{ kind: "claim", amount: 550 }]],
    ]);

    const settlement = settle({ terms, lines, entries, paidBy });

    expect(settlement.accounts).toMatchObject([
      { person: "ada", goods: 913, refunded: 100, due: 813, paid: 1_000, open: 0, over: 187, saysPaid: false },
      { person: "ben", goods: 350, refunded: 0, due: 550, paid: 0, claimed: 550, open: 550, over: 0, saysPaid: true },
    ]);
    expect(settlement.items).toEqual([
      { item: 1, booked: 3_000, received: 3_000, amount: 1_050, refunded: 77 },
      { item: 2, booked: 500, received: 500, amount: 213, refunded: 23 },
    ]);
    expect(settlement.entries).toEqual([
      { kind: "refund", amount: -100 },
      { kind: "delivery", amount: 200 },
    ]);
    expect(settlement).toMatchObject({ goods: 1_263, due: 1_363, paid: 1_000, claimed: 550, open: 550, over: 187 });
  });

  test("takes the price of the tier that is reached, for everybody", () => {
    const lines = [line("ada", 2, 9_000), line("ben", 2, 1_000)];
    const settlement = settle({ terms, lines, entries: [], paidBy: new Map() });

    expect(settlement.accounts.map(({ due }) => due)).toEqual([3_600, 400]);
  });

  test("a mark without an amount is all that is due; with nothing due it is nothing", () => {
    const paidBy = new Map<string, PaymentWord[]>([["ada", [{ kind: "mark" }]]]);
    const refund = [entry("ada", "refund", -400)];

    expect(settle({ terms, lines: [line("ada", 1, 1_500)], entries: [], paidBy })).toMatchObject({
      ...{ paid: 525, open: 0, over: 0 },
    });
    expect(settle({ terms, lines: [line("ada", 1, 1_000)], entries: refund, paidBy })).toMatchObject({
      ...{ due: -50, paid: 0, open: 0, over: 50 },
    });
  });

  test("shows where the money comes from and where it goes, with what is kept from one buy to another", () => {
    const lines = [line("ada", 1, 2_000), line("ben", 2, 1_000)];
    const entries = [
      ...[entry("ada", "carried", -50), entry("ben", "carried", 30), entry("ada", "delivery", 100)],
      ...[entry("ben", "delivery", 100), entry("ada", "refund", -175, 1), entry("ben", "discount", -25)],
    ];
    const costed = { items: [{ ...apples, cost: 250 }, pears] };
    const supplied = [
      { item: 1, quantity: 3_000 },
      { item: 2, quantity: 1_000 },
    ];
    const paidBy = new Map<string, PaymentWord[]>([["ada", [{ kind: "mark", amount: 600 }]]]);

    const settlement = settle({ terms: costed, lines, entries, paidBy, supplied, commission: { percent: 1_000 } });

    expect(settlement.book).toEqual({
      in: [
        { name: "paid", amount: 600 },
        { name: "open", amount: 530 },
        { name: "over", amount: -25 },
        { name: "brought", amount: 50 },
      ],
      out: [
        { name: "supplier", amount: 750 },
        { name: "delivery", amount: 200 },
        { name: "commission", amount: 96 },
        { name: "kept", amount: 30 },
        { name: "left", amount: 79 },
      ],
      sum: 1_155,
    });
    expect(settlement.costUnknown).toEqual([2]);
    expect(settlement.commission).toEqual({ booked: 113, reversed: 17, earned: 96 });
    expect(settlement.items).toMatchObject([{ cost: 750, commission: 53 }, { commission: 43 }]);
  });

  test("tells what each got of what they ordered", () => {
    const { accounts, items } = settle({ terms, lines: [line("ada", 1, 2_000, 500)], entries: [], paidBy: new Map() });

    expect(accounts[0]!.lines).toMatchObject([{ item: 1, quantity: 2_000, received: 500, amount: 700 }]);
    expect(items).toMatchObject([{ booked: 2_000, received: 500 }]);
  });
});

describe("whatever was ordered, given back, shared and paid", () => {
  const person = fc.constantFrom("ada", "ben", "cy");
  const anyLine = fc
    .tuple(person, fc.constantFrom(1, 2), fc.nat(30_000))
    .map(([who, item, size]) => line(who, item, size));
  const kind = fc.constantFrom<EntryKind>("refund", "delivery", "discount", "carried", "correction");
  const anyEntry = fc
    .tuple(person, kind, fc.integer({ min: -5_000, max: 5_000 }), fc.constantFrom(undefined, 1, 2))
    .map(([who, what, amount, item]) => entry(who, what, amount, item));
  const anyWord = fc.record<PaymentWord>({ kind: fc.constantFrom("claim", "mark"), amount: fc.nat(20_000) });
  const rule = fc.oneof(
    fc.record({ percent: fc.nat(100_00) }),
    fc.record({ each: fc.nat(500) }),
    fc.constant(undefined),
  );
  const anyFacts = fc.record({
    terms: fc.nat(600).map((cost) => ({ items: [{ ...apples, cost }, pears] })),
    lines: fc.array(anyLine, { maxLength: 20 }),
    entries: fc.array(anyEntry, { maxLength: 10 }),
    paidBy: fc.dictionary(person, fc.array(anyWord, { maxLength: 3 })).map((words) => new Map(Object.entries(words))),
    supplied: fc.array(fc.record({ item: fc.constantFrom(1, 2), quantity: fc.nat(90_000) }), { maxLength: 4 }),
    commission: rule,
  });
  const sum = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + amount, 0);

  test("items, people and payments come to the same, and money in is money out", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const settlement = settle(facts);
        const known = new Set(settlement.accounts.map((account) => account.person));
        const marks = [...facts.paidBy]
          .filter(([who]) => known.has(who))
          .flatMap(([, said]) => said.filter(({ kind: word }) => word === "mark"));

        expect(sum(settlement.items.map(({ amount }) => amount))).toBe(settlement.goods);
        expect(sum(settlement.accounts.flatMap(({ lines }) => lines.map(({ amount }) => amount)))).toBe(
          settlement.goods,
        );
        expect(settlement.paid).toBe(sum(marks.map(({ amount = 0 }) => amount)));
        expect(settlement.paid + settlement.open - settlement.over).toBe(settlement.due);
        expect(sum(settlement.book.in.map(({ amount }) => amount))).toBe(settlement.book.sum);
        expect(sum(settlement.book.out.map(({ amount }) => amount))).toBe(settlement.book.sum);
        expect(sum(settlement.items.map(({ commission = 0 }) => commission))).toBe(settlement.commission?.earned ?? 0);
      }),
    );
  });

  test("a refund takes its part of the commission back, a refund of everything all of it, and undoing it nothing", () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(100), ({ lines, commission = { percent: 500 } }, percent) => {
        const facts = { terms, lines, paidBy: new Map(), commission };
        const whole = settle({ ...facts, entries: [] });
        const back = (part: number) =>
          whole.accounts.flatMap(({ person: who, lines: own }) =>
            own.map(({ item, amount }) => entry(who, "refund", -Math.floor((amount * part) / 100), item)),
          );
        const earned = (entries: Entry[]) => settle({ ...facts, entries }).commission!.earned;

        expect(earned(back(percent))).toBeLessThanOrEqual(whole.commission!.booked);
        expect(earned(back(100))).toBe(0);
        const undone = back(percent).map((each) => ({ ...each, amount: -each.amount }));
        expect(earned([...back(percent), ...undone])).toBe(whole.commission!.booked);
      }),
    );
  });
});
