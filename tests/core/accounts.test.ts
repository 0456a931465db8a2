import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shareOut, sumOf } from "../../core/accounts.ts";

describe("an amount that is shared out", () => {
  const rows = [
    { amount: 2000, weights: [1, 1, 1], shares: [667, 667, 666], why: "what is left goes to the first" },
    { amount: -1000, weights: [1, 1, 1], shares: [-334, -333, -333], why: "so does a discount" },
    { amount: 1000, weights: [3, 1], shares: [750, 250], why: "by value" },
    { amount: 100, weights: [1, 2, 2], shares: [20, 40, 40], why: "nothing is left" },
    { amount: 10, weights: [0, 0], shares: [5, 5], why: "without weights equally" },
    { amount: 10, weights: [], shares: [], why: "nobody shares" },
  ];
  for (const { amount, weights, shares, why } of rows) {
    test(`${amount} by ${weights.join(":")} is ${shares.join(", ")} (${why})`, () => {
      expect(shareOut(amount, weights)).toEqual(shares);
    });
  }

  test("adds up exactly, and nobody's share is a unit away from their part", () => {
    const weights = fc.array(fc.nat(1_000_000_000), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), weights, (amount, given) => {
        const shares = shareOut(amount, given);

        expect(sumOf(shares.map((share) => ({ amount: share })))).toBe(amount);
        const whole = given.reduce((sum, weight) => sum + weight, 0);
        for (const [index, share] of shares.entries()) {
          const part = whole === 0 ? amount / given.length : (amount / whole) * given[index]!;
          expect(Math.abs(share - part)).toBeLessThan(1 + 1e-6);
        }
      }),
    );
  });
});
