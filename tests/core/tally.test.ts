import { describe, expect, test } from "vitest";
import { ONE } from "../../core/quantity.ts";
import { amountOf, minimumState, priceOf, tallyOf } from "../../core/tally.ts";
import { buy, item } from "./buy/plain-reader.ts";

const line = (no: number, units: number, waiting = 0, option?: string) => ({
  item: no,
  quantity: units * ONE,
  waitlisted: waiting * ONE,
  ...(option !== undefined && { option }),
});

describe("the price that holds for everybody", () => {
  const tiers = [
    { from: 20 * ONE, price: 400 },
    { from: 8 * ONE, price: 450 },
  ];
  const rows = [
    { booked: 0, price: 500, why: "nobody yet" },
    { booked: 7.999, price: 500, why: "a little short" },
    { booked: 8, price: 450, why: "the step itself is in" },
    { booked: 19, price: 450, why: "between two steps" },
    { booked: 20, price: 400, why: "the highest step reached" },
  ];
  for (const { booked, price, why } of rows) {
    test(`with ${booked} booked is ${price}: ${why}`, () => {
      expect(priceOf({ price: 500, tiers }, booked * ONE)).toBe(price);
    });
  }
});

describe("a tally", () => {
  const terms = buy([item("a", { options: ["大", "小"], tiers: [{ from: 10 * ONE, price: 150 }] }), item("b")]);

  test("counts by item and option, options in the order of the announcement", () => {
    const { items } = tallyOf(terms, [line(1, 2, 0, "小"), line(1, 1), line(1, 3, 1, "大"), line(1, 1, 0, "小")]);

    expect(items[0]).toEqual({
      item: 1,
      booked: 7 * ONE,
      waitlisted: ONE,
      options: [
        { option: "大", booked: 3 * ONE, waitlisted: ONE },
        { option: "小", booked: 3 * ONE, waitlisted: 0 },
        { option: "", booked: ONE, waitlisted: 0 },
      ],
      price: 200,
      next: { price: 150, from: 10 * ONE, lacks: 3 * ONE },
    });
    expect(items[1]).toEqual({ item: 2, booked: 0, waitlisted: 0, options: [], price: 200 });
  });

  test("tells of the next price only where there is enough for it", () => {
    const tiers = [
      { from: 10 * ONE, price: 150 },
      { from: 20 * ONE, price: 125 },
    ];
    const nextOf = (stock: number, booked: number) =>
      tallyOf(buy([item("a", { price: 200, tiers, stock: stock * ONE })]), [line(1, booked)]).items[0]?.next?.from;

    expect([nextOf(20, 5), nextOf(10, 5), nextOf(9, 5), nextOf(20, 12), nextOf(19, 12)]).toEqual([
      ...[10 * ONE, 10 * ONE, undefined, 20 * ONE, undefined],
    ]);
  });

  test("moves by differences of lines", () => {
    const moved = tallyOf(terms, [line(1, 2), line(1, -2), line(1, 5)]);

    expect(moved).toEqual(tallyOf(terms, [line(1, 5)]));
  });

  test("lets what waits cost nothing, and what has no price neither", () => {
    const { price: _, ...unpriced } = item("c");
    const open = buy([item("a", { price: 333 }), unpriced]);
    const lines = [{ item: 1, quantity: 1500, waitlisted: ONE }, line(2, 3)];

    expect(amountOf(lines, tallyOf(open, lines))).toBe(500); // 499.5 rounded half up
  });
});

describe("a minimum", () => {
  const terms = buy([item("a"), item("b")]);
  const orders = [
    { person: "ann", lines: [line(1, 2), line(2, 1, 3)] },
    { person: "ann", lines: [line(1, 1)] },
    { person: "bob", lines: [line(1, 0, 2)] },
  ];
  const rows = [
    { minimum: { quantity: 4 * ONE }, have: 4 * ONE, isReached: true, why: "over all items, without what waits" },
    { minimum: { quantity: 5 * ONE }, have: 4 * ONE, isReached: false, why: "one short" },
    { minimum: { people: 1 }, have: 1, isReached: true, why: "who is ordered for counts with the orderer" },
    { minimum: { people: 2 }, have: 1, isReached: false, why: "who only waits does not count" },
    { minimum: { amount: 800 }, have: 800, isReached: true, why: "what is booked costs" },
    { minimum: { amount: 801 }, have: 800, isReached: false, why: "a cent short" },
  ];
  for (const { minimum, have, isReached, why } of rows) {
    test(`of ${JSON.stringify(minimum)} ${isReached ? "is" : "is not"} reached: ${why}`, () => {
      const tally = tallyOf(
        terms,
        orders.flatMap(({ lines }) => lines),
      );

      expect(minimumState(minimum, orders, tally)).toMatchObject({ have, isReached });
    });
  }
});
