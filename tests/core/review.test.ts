import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PastBuy, reviewOf, usualOf } from "../../core/review.ts";

const past = (more: Partial<PastBuy> = {}): PastBuy => ({
  ...{ isHeld: true, people: [], items: [], late: 0, short: 0, missed: 0 },
  ...more,
});
const apples = (kilos: number, people = 1) => ({ name: "Apples", unit: "kg", booked: kilos * 1000, people });

describe("what former buys say", () => {
  test("who came back is counted once, however often", () => {
    const review = reviewOf([
      past({ people: ["ada", "ben"] }),
      past({ people: ["ada", "cy"] }),
      past({ people: ["ada"] }),
    ]);

    expect([review.buys, review.people, review.repeating]).toEqual([3, 3, 1]);
  });

  test("what went wrong is summed", () => {
    const review = reviewOf([past({ isHeld: false, late: 1 }), past({ late: 2, short: 3, missed: 4 })]);

    expect([review.failed, review.late, review.short, review.missed]).toEqual([1, 3, 3, 4]);
  });

  const rows = [
    { booked: [38], usual: 38, why: "one buy is all there is to go by" },
    { booked: [30, 40], usual: 35, why: "of two it is the middle" },
    { booked: [30, 40, 500], usual: 40, why: "one feast does not change what is usual" },
    { booked: [0, 40, 40], usual: 40, why: "nor does one buy that nobody wanted" },
    { booked: [10, 10, 10, 10, 10, 90, 90, 90, 90, 90, 90], usual: 10, why: "only the last five count" },
  ];
  for (const { booked, usual, why } of rows) {
    test(`${booked.join(", ")} kg: about ${usual} kg next time (${why})`, () => {
      const review = reviewOf(booked.map((kilos) => past({ items: [apples(kilos)] })));

      expect(usualOf(review, "apples", "kg")).toMatchObject({ usual: usual * 1000, buys: booked.length });
    });
  }

  test("the same name in another unit is another thing; case and blanks are not", () => {
    const review = reviewOf([
      past({ items: [apples(4)] }),
      past({
        items: [
          { ...apples(6), name: " apples" },
          { ...apples(9), unit: "box" },
        ],
      }),
    ]);

    expect(review.items.map(({ unit, booked }) => [unit, booked])).toEqual([
      ["kg", 10_000],
      ["box", 9_000],
    ]);
    expect(usualOf(review, "Pears", "kg")).toBeUndefined();
  });

  test("what most people wanted comes first", () => {
    const items = [apples(50, 2), { name: "Pears", booked: 9_000, people: 7 }];

    expect(reviewOf([past({ items })]).items.map(({ name }) => name)).toEqual(["Pears", "Apples"]);
  });

  test("nothing is nothing, and what is usual lies between the least and the most of late", () => {
    expect(reviewOf([])).toMatchObject({ buys: 0, people: 0, items: [] });
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 12 }), (booked) => {
        const { usual } = usualOf(reviewOf(booked.map((kilos) => past({ items: [apples(kilos)] }))), "Apples", "kg")!;
        const late = booked.slice(0, 5).map((kilos) => kilos * 1000);

        expect(usual).toBeGreaterThanOrEqual(Math.min(...late));
        expect(usual).toBeLessThanOrEqual(Math.max(...late));
      }),
    );
  });
});
