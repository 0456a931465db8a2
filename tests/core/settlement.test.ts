import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Entry, EntryKind } from "../../core/accounts.ts";
import type { ItemTerms } from "../../core/buy/terms.ts";
import type { PaymentWord } from "../../core/payments.ts";
import { settle } from "../../core/settlement.ts";

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

function line(person: string, item: number, quantity: number) {
  return { person, item, quantity, waitlisted: 0 };
}

function entry(person: string | undefined, kind: EntryKind, amount: number): Entry {
  const [reason, author, at] = ["because", "lin", new Date("2026-11-28T10:00:00Z")];
  return { ...(person !== undefined && { person }), kind, amount, reason, author, at };
}

describe("a settlement", () => {
  test("tells for each what they had, what else changes it, what is paid and what is open", () => {
    const lines = [line("ada", 1, 2_000), line("ada", 2, 500), line("ben", 1, 1_000)];
    const entries = [entry("ada", "refund", -100), entry("ben", "delivery", 200), entry(undefined, "price", 50)];
    const paid = new Map<string, PaymentWord[]>([
      ["ada", [{ kind: "mark", amount: 1_000 }]],
      ["ben", [{ kind: "claim" }]],
    ]);

    const settlement = settle(terms, lines, entries, paid);

    expect(settlement.accounts).toMatchObject([
      { person: "ada", goods: 913, due: 813, paid: 1_000, open: 0, over: 187, claimed: false },
      { person: "ben", goods: 350, due: 550, paid: 0, open: 550, over: 0, claimed: true },
    ]);
    expect(settlement.items).toEqual([
      { item: 1, booked: 3_000, amount: 1_050 },
      { item: 2, booked: 500, amount: 213 },
    ]);
    expect(settlement.entries).toEqual([
      { kind: "refund", amount: -100 },
      { kind: "delivery", amount: 200 },
    ]);
    expect(settlement).toMatchObject({ goods: 1_263, due: 1_363, paid: 1_000, open: 550, over: 187 });
  });

  test("takes the price of the tier that is reached, for everybody", () => {
    const settlement = settle(terms, [line("ada", 2, 9_000), line("ben", 2, 1_000)], [], new Map());

    expect(settlement.accounts.map(({ due }) => due)).toEqual([3_600, 400]);
  });

  test("a mark without an amount is all that is due; with nothing due it is nothing", () => {
    const paid = new Map<string, PaymentWord[]>([["ada", [{ kind: "mark" }]]]);

    expect(settle(terms, [line("ada", 1, 1_500)], [], paid)).toMatchObject({ paid: 525, open: 0, over: 0 });
    expect(settle(terms, [line("ada", 1, 1_000)], [entry("ada", "refund", -400)], paid)).toMatchObject({
      ...{ due: -50, paid: 0, open: 0, over: 50 },
    });
  });

  const person = fc.constantFrom("ada", "ben", "cy");
  const anyLine = fc
    .tuple(person, fc.constantFrom(1, 2), fc.nat(30_000))
    .map(([who, item, size]) => line(who, item, size));
  const anyEntry = fc
    .tuple(
      person,
      fc.constantFrom<EntryKind>("refund", "delivery", "discount"),
      fc.integer({ min: -5_000, max: 5_000 }),
    )
    .map(([who, kind, amount]) => entry(who, kind, amount));
  const anyWord = fc.record<PaymentWord>({ kind: fc.constantFrom("claim", "mark"), amount: fc.nat(20_000) });

  test("items, people and payments come to the same, whatever was ordered, given back and paid", () => {
    fc.assert(
      fc.property(
        fc.array(anyLine, { maxLength: 20 }),
        fc.array(anyEntry, { maxLength: 10 }),
        fc.dictionary(person, fc.array(anyWord, { maxLength: 3 })),
        (lines, entries, words) => {
          const settlement = settle(terms, lines, entries, new Map(Object.entries(words)));
          const known = new Set(settlement.accounts.map((account) => account.person));
          const marks = Object.entries(words)
            .filter(([who]) => known.has(who))
            .flatMap(([, said]) => said.filter(({ kind }) => kind === "mark"));

          expect(settlement.items.reduce((sum, { amount }) => sum + amount, 0)).toBe(settlement.goods);
          expect(settlement.paid).toBe(marks.reduce((sum, { amount = 0 }) => sum + amount, 0));
          expect(settlement.paid + settlement.open - settlement.over).toBe(settlement.due);
        },
      ),
    );
  });
});
