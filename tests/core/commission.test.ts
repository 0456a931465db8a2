import { describe, expect, test } from "vitest";
import { type Commission, commissionOf } from "../../core/commission.ts";

describe("the leader's share of an item", () => {
  const rows: { rule: Commission; booked: number; amount: number; refunded: number; shares: object; why: string }[] = [
    {
      rule: { percent: 500 },
      booked: 3000,
      amount: 1050,
      refunded: 0,
      shares: { booked: 53, earned: 53 },
      why: "52.5 is rounded up",
    },
    {
      rule: { percent: 500 },
      booked: 3000,
      amount: 1050,
      refunded: 350,
      shares: { booked: 53, earned: 35 },
      why: "a third came back",
    },
    {
      rule: { percent: 500 },
      booked: 3000,
      amount: 1050,
      refunded: 2000,
      shares: { booked: 53, earned: 0 },
      why: "more came back",
    },
    {
      rule: { each: 50 },
      booked: 4000,
      amount: 1000,
      refunded: 250,
      shares: { booked: 200, earned: 150 },
      why: "one of four pieces",
    },
    {
      rule: { each: 50 },
      booked: 2500,
      amount: 0,
      refunded: 0,
      shares: { booked: 125, earned: 125 },
      why: "what costs nothing counts by the piece",
    },
    { rule: { percent: 0 }, booked: 2500, amount: 900, refunded: 0, shares: { booked: 0, earned: 0 }, why: "no share" },
  ];
  for (const { rule, booked, amount, refunded, shares, why } of rows) {
    test(`${JSON.stringify(rule)} of ${amount}, ${refunded} back: ${JSON.stringify(shares)} (${why})`, () => {
      expect(commissionOf(rule, booked, amount, refunded)).toEqual(shares);
    });
  }
});
