import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shareOut, sumOf, takeOff } from "../../core/accounts.ts";

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

describe("what people have kept", () => {
  const rows = [
    { kept: 250, dues: [1000], taken: [250], why: "all of it" },
    { kept: 250, dues: [100], taken: [100], why: "no more than is due" },
    { kept: 250, dues: [100, 400], taken: [100, 150], why: "the rest goes to the next" },
    { kept: 250, dues: [-50, 0, 300], taken: [0, 0, 250], why: "nothing where nothing is due" },
    { kept: 0, dues: [100], taken: [0], why: "nothing was kept" },
  ];
  for (const { kept, dues, taken, why } of rows) {
    test(`${kept} for ${dues.join(", ")}: ${taken.join(", ")} (${why})`, () => {
      const asked = dues.map((due) => ({ owner: "ada", due }));

      expect(takeOff(new Map([["ada", kept]]), asked)).toEqual(taken);
    });
  }

  test("is used once at most, and as far as it can be, whoever has to pay what", () => {
    const owner = fc.constantFrom("ada", "ben", "cy");
    const due = fc.record({ owner, due: fc.integer({ min: -500, max: 5_000 }) });
    fc.assert(
      fc.property(fc.dictionary(owner, fc.nat(3_000)), fc.array(due, { maxLength: 12 }), (balances, dues) => {
        const taken = takeOff(new Map(Object.entries(balances)), dues);

        for (const [index, each] of dues.entries()) {
          expect(taken[index]).toBeGreaterThanOrEqual(0);
          expect(taken[index]).toBeLessThanOrEqual(Math.max(0, each.due));
        }
        for (const [who, kept] of Object.entries(balances)) {
          const own = dues.flatMap((each, index) => (each.owner === who ? [{ ...each, taken: taken[index]! }] : []));
          const wanted = own.reduce((sum, each) => sum + Math.max(0, each.due), 0);
          expect(own.reduce((sum, each) => sum + each.taken, 0)).toBe(Math.min(kept, wanted));
        }
      }),
    );
  });
});
