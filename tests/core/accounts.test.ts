import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Entry, keepableOf, refundableOf, shareOut, sumOf, takeOff } from "../../core/accounts.ts";

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

describe("what can still go back for a line", () => {
  const entry = (kind: Entry["kind"], amount: number, more: Partial<Entry> = {}): Entry => ({
    ...{ kind, amount, reason: "", author: "lin", at: new Date(0), ...more },
  });
  const own = { item: 1, problem: "p1" };
  const rows = [
    { line: 800, item: 800, goods: 1100, entries: [], left: 800, why: "what it costs" },
    { line: 800, item: 800, goods: 1100, entries: [entry("refund", -800, own)], left: 0, why: "once" },
    { line: 800, item: 800, goods: 1100, entries: [entry("refund", -300, own)], left: 500, why: "the rest of it" },
    {
      ...{ line: 400, item: 800, goods: 1100, left: 400, why: "another line of the item went back, not this one" },
      entries: [entry("refund", -400, { item: 1, problem: "p9" })],
    },
    { line: 400, item: 500, goods: 500, entries: [entry("refund", -100, { item: 1 })], left: 400, why: "a shortage" },
    {
      line: 800,
      item: 800,
      goods: 800,
      entries: [entry("refund", -600)],
      left: 200,
      why: "a refund of no item counts",
    },
    {
      ...{ line: 800, item: 800, goods: 800, left: 800, why: "taken back by the leader, it can go back again" },
      entries: [entry("refund", -800, own), entry("refund", 800)],
    },
    {
      ...{ line: 800, item: 800, goods: 800, left: 800, why: "delivery and money from another buy are no goods" },
      entries: [entry("delivery", 300), entry("carried", -500)],
    },
  ];
  for (const { line, item, goods, entries, left, why } of rows) {
    test(`${line} of ${goods}, ${entries.map(({ kind, amount }) => `${kind} ${amount}`)}: ${left} (${why})`, () => {
      expect(refundableOf({ line, item, goods }, 1, entries, new Set(["p1", "p2"]))).toBe(left);
    });
  }

  test("is never more than the line costs, whatever was booked, and the refunds of it never add up to more", () => {
    const some = fc.record({ amount: fc.integer({ min: -900, max: 0 }), wanted: fc.nat(2_000) });
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(1_000), fc.array(some, { maxLength: 8 }), (line, rest, tries) => {
        const entries: Entry[] = [];
        for (const { amount, wanted } of tries) {
          const left = refundableOf({ line, item: line, goods: line + rest }, 1, entries, new Set(["p1"]));
          expect(left).toBeLessThanOrEqual(line);
          entries.push(entry("refund", 0 - Math.min(wanted, left), own), entry("discount", amount));
        }
        expect(0 - sumOf(entries.filter(({ problem }) => problem))).toBeLessThanOrEqual(line);
      }),
    );
  });
});

describe("what may be kept for a later buy", () => {
  const carried = (amount: number): Entry => {
    return { kind: "carried", amount, reason: "", author: "ada", at: new Date(0) };
  };
  const rows = [
    { over: 800, paid: 0, entries: [], may: 0, why: "nothing was paid" },
    { over: 800, paid: 500, entries: [], may: 500, why: "only what was paid" },
    { over: 100, paid: 900, entries: [], may: 100, why: "only what was too much" },
    { over: 300, paid: 0, entries: [carried(-500)], may: 300, why: "it was brought from an earlier buy" },
    { over: 800, paid: 800, entries: [carried(500)], may: 300, why: "some is kept already" },
  ];
  for (const { over, paid, entries, may, why } of rows) {
    test(`${over} too much, ${paid} paid: ${may} (${why})`, () => {
      expect(keepableOf({ over, paid, entries })).toBe(may);
    });
  }
});
