import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isCoupled } from "../../../core/buy/coupled.ts";
import { foldBuy, foldOrders, priceOrders } from "../../../core/buy/fold.ts";
import type { Ledger } from "../../../core/buy/ledger.ts";
import type { Statement } from "../../../core/buy/statement.ts";
import type { BuyTerms } from "../../../core/buy/terms.ts";
import { lineAmount } from "../../../core/money.ts";
import { ONE } from "../../../core/quantity.ts";
import { tallyOf } from "../../../core/tally.ts";
import { buy, item, moment, plainReader } from "./plain-reader.ts";

const people = fc.constantFrom("ann", "bob", "cy");
const amount = fc.integer({ min: 0, max: 4 });
const words = fc.oneof(
  fc
    .tuple(fc.constantFrom("a", "b", "a大", "a小"), fc.constantFrom("+", "-", "="), amount)
    .map((parts) => parts.join("")),
  fc
    .tuple(fc.constantFrom("mum", "ann"), fc.constantFrom("a+1", "a=2", "b-1"))
    .map(([whom, word]) => `for ${whom}: ${word}`),
  fc.constantFrom("cancel", "?", "hello", "大", "a+1 b+1"),
);
const entry = fc.tuple(
  fc.constantFrom("ann", "bob", "cy", "mum"),
  fc.constantFrom("a1", "a2", "b1", "a1 b2", "x", "?"),
);
const chain = fc
  .uniqueArray(entry, { maxLength: 4, selector: ([name]) => name })
  .map((entries) => ["#T", ...entries.map(([name, order], index) => `${index + 1}. ${name} ${order}`)].join("\n"));
const second = fc.integer({ min: 0, max: 60 });

interface Draft {
  readonly person: string;
  readonly at: number;
  readonly text: string;
  readonly edits: readonly (readonly [number, string])[];
  readonly recall: number | undefined;
  readonly leader: boolean;
}

function drafts(text: fc.Arbitrary<string>): fc.Arbitrary<Draft[]> {
  const edit = fc.tuple(fc.integer({ min: 0, max: 20 }), text);
  return fc.array(
    fc.record({
      person: people,
      at: second,
      text,
      edits: fc.array(edit, { maxLength: 2 }),
      recall: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined, freq: 6 }),
      leader: fc.boolean(),
    }),
    { maxLength: 12 },
  );
}

function toStatements(given: readonly Draft[]): Statement[] {
  return given.map(({ person, at, text, edits, recall, leader }, index) => {
    const sorted = [...edits].sort(([one], [other]) => one - other);
    return {
      chat: index % 5 === 0 ? "g2" : "g1",
      id: String(index),
      position: index % 3,
      person,
      name: person,
      saidAt: moment(at),
      versions: [
        { text, at: moment(at) },
        ...sorted.map(([later, edited]) => ({ text: edited, at: moment(at + later) })),
      ],
      ...(recall !== undefined && { recalledAt: moment(at + recall) }),
      leader,
    };
  });
}

const anything = drafts(fc.oneof({ weight: 3, arbitrary: words }, { weight: 1, arbitrary: chain })).map(toStatements);
const plainWords = drafts(words).map(toStatements);

const limit = fc.option(
  amount.map((units) => units * ONE),
  { nil: undefined },
);
const tiers = fc.constantFrom(
  [],
  [
    { from: 3 * ONE, price: 150 },
    { from: 6 * ONE, price: 125 },
  ],
);
const anyTerms: fc.Arbitrary<BuyTerms> = fc
  .record({
    stock: limit,
    perPerson: limit,
    tiers,
    closes: fc.option(fc.integer({ min: 0, max: 80 }), { nil: undefined }),
  })
  .map(({ stock, perPerson, tiers: steps, closes }) =>
    buy(
      [
        item("a", {
          options: ["大", "小"],
          tiers: steps,
          price: 333,
          ...(stock !== undefined && { stock }),
          ...(perPerson !== undefined && { perPerson }),
        }),
        item("b"),
      ],
      closes === undefined ? {} : { closesAt: moment(closes) },
    ),
  );
const freeTerms = anyTerms.map((terms) => ({
  ...terms,
  items: terms.items.map(({ stock: _, ...rest }) => rest),
}));

function fold(terms: BuyTerms, statements: readonly Statement[]): Ledger {
  return foldBuy(terms, plainReader(terms.items), statements);
}

function lines({ orders }: Pick<Ledger, "orders">) {
  return orders.flatMap((order) => order.lines);
}

describe("laws of the ledger", () => {
  test("any order and repetition of deliveries gives the same ledger", () => {
    const shuffled = anything.chain((statements) =>
      fc.tuple(
        fc.constant(statements),
        fc.shuffledSubarray([...statements, ...statements], { minLength: 2 * statements.length }),
      ),
    );
    fc.assert(
      fc.property(anyTerms, shuffled, (terms, [statements, delivered]) => {
        expect(fold(terms, delivered)).toEqual(fold(terms, statements));
      }),
      { numRuns: 150 },
    );
  });

  test("folding step by step, in whatever steps, is folding at once", () => {
    const steps = anything.chain((statements) =>
      fc.tuple(fc.constant(statements), fc.array(fc.shuffledSubarray(statements), { maxLength: 4 })),
    );
    fc.assert(
      fc.property(anyTerms, anyTerms, steps, (terms, others, [statements, parts]) => {
        const reader = plainReader(terms.items);
        for (const [index, part] of parts.entries()) foldBuy(index % 3 === 2 ? others : terms, reader, part);
        for (let said = 0; said < statements.length; said += 3) foldBuy(terms, reader, statements.slice(0, said));

        expect(foldBuy(terms, reader, statements)).toEqual(fold(terms, statements));
      }),
      { numRuns: 150 },
    );
  });

  test("no more is booked than there is", () => {
    fc.assert(
      fc.property(anyTerms, anything, (terms, statements) => {
        const { tally } = fold(terms, statements);

        for (const { item: no, booked, waitlisted } of tally.items) {
          const { stock } = terms.items[no - 1]!;
          if (stock === undefined) expect(waitlisted).toBe(0);
          else expect(booked).toBeLessThanOrEqual(stock);
          if (stock !== undefined && waitlisted > 0) expect(booked).toBe(stock);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("nobody has more than one person may, and nothing is below zero", () => {
    fc.assert(
      fc.property(anyTerms, anything, (terms, statements) => {
        for (const order of fold(terms, statements).orders) {
          for (const [index, { perPerson }] of terms.items.entries()) {
            const own = order.lines.filter((line) => line.item === index + 1);
            for (const line of own) expect(Math.min(line.quantity, line.waitlisted)).toBeGreaterThanOrEqual(0);
            const asked = own.reduce((sum, line) => sum + line.quantity + line.waitlisted, 0);
            if (perPerson !== undefined) expect(asked).toBeLessThanOrEqual(perPerson);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test("the tally is the sum of the lines, and moves by their differences", () => {
    fc.assert(
      fc.property(anyTerms, anything, anything, (terms, some, others) => {
        const [before, ledger] = [fold(terms, some), fold(terms, others)];
        const negative = lines(before).map((line) => ({
          ...line,
          quantity: -line.quantity,
          waitlisted: -line.waitlisted,
        }));

        expect(ledger.tally).toEqual(tallyOf(terms, lines(ledger)));
        expect(tallyOf(terms, [...lines(before), ...negative, ...lines(ledger)])).toEqual(ledger.tally);
      }),
    );
  });

  test("amounts sum exactly: each line rounded once, at the price that holds for everybody", () => {
    fc.assert(
      fc.property(anyTerms, anything, (terms, statements) => {
        const ledger = fold(terms, statements);
        const total = priceOrders(ledger.orders, ledger.tally).reduce((sum, order) => sum + order.amount, 0);

        const each = lines(ledger).map((line) =>
          lineAmount(ledger.tally.items[line.item - 1]!.price ?? 0, line.quantity),
        );
        expect(total).toBe(each.reduce((sum, one) => sum + one, 0));
        expect(Number.isSafeInteger(total)).toBe(true);
      }),
    );
  });

  test("the orders of some are those of the whole fold, where nothing couples people", () => {
    fc.assert(
      fc.property(freeTerms, plainWords, fc.subarray(["ann", "bob", "cy"]), (terms, statements, some) => {
        expect(isCoupled(terms)).toBe(false);
        const whole = fold(terms, statements);
        const theirs = statements.filter(({ person }) => some.includes(person));

        const apart = foldOrders(terms, plainReader(terms.items), theirs);

        expect(apart.orders).toEqual(whole.orders.filter(({ person }) => some.includes(person)));
        expect(apart.verdicts).toEqual(whole.verdicts.filter(({ person }) => some.includes(person)));
      }),
      { numRuns: 150 },
    );
  });

  test("edited and then taken back is taken back", () => {
    fc.assert(
      fc.property(anyTerms, plainWords, fc.nat(), (terms, statements, which) => {
        const { closesAt: _, ...always } = terms;
        const at = statements.length === 0 ? -1 : which % statements.length;
        const recalled = statements.map((one, index) => (index === at ? { ...one, recalledAt: moment(200) } : one));
        const without = statements.filter((_statement, index) => index !== at);

        expect(fold(always, recalled).orders).toEqual(fold(always, without).orders);
      }),
      { numRuns: 150 },
    );
  });

  test("an edit to the same text changes nothing", () => {
    fc.assert(
      fc.property(anyTerms, anything, fc.nat(), (terms, statements, which) => {
        const at = statements.length === 0 ? -1 : which % statements.length;
        const edited = statements.map((one, index) =>
          index === at
            ? { ...one, versions: [...one.versions, { text: one.versions.at(-1)!.text, at: moment(150) }] }
            : one,
        );

        expect(fold(terms, edited)).toEqual(fold(terms, statements));
      }),
      { numRuns: 150 },
    );
  });

  test("every statement gets one verdict", () => {
    fc.assert(
      fc.property(anyTerms, anything, (terms, statements) => {
        const ids = fold(terms, statements).verdicts.map(({ chat, id }) => `${chat} ${id}`);

        expect([...ids].sort()).toEqual(statements.map(({ chat, id }) => `${chat} ${id}`).sort());
      }),
    );
  });
});
