import { describe, expect, test } from "vitest";
import { promotions, setbacks } from "../../../core/buy/promotions.ts";

describe("who is told that they moved up", () => {
  const line = (quantity: number, waitlisted: number) => ({ person: "ann", item: 1, quantity, waitlisted });
  const rows = [
    { before: [line(1, 2)], after: [line(2, 1)], more: [1], why: "one unit came free" },
    { before: [line(0, 2)], after: [line(2, 0)], more: [2], why: "all of it" },
    { before: [line(1, 2)], after: [line(1, 1)], more: [], why: "they gave back what waited" },
    { before: [line(1, 2)], after: [line(2, 2)], more: [1], why: "one came free while they asked for one more" },
    { before: [line(1, 2)], after: [line(1, 3)], more: [], why: "they asked for more" },
    { before: [line(1, 0)], after: [line(2, 0)], more: [], why: "nothing of theirs waited" },
    { before: [], after: [line(2, 0)], more: [], why: "a new order" },
    { before: [line(1, 2)], after: [], more: [], why: "they cancelled" },
    {
      before: [line(0, 1)],
      after: [{ ...line(1, 0), for: "mum" }],
      more: [],
      why: "the order for somebody else is another one",
    },
  ];
  for (const { before, after, more, why } of rows) {
    test(`${JSON.stringify(before)} → ${JSON.stringify(after)}: ${why}`, () => {
      expect(promotions(before, after).map((one) => one.more)).toEqual(more);
    });
  }
});

describe("who is told that they wait again", () => {
  const line = (quantity: number, waitlisted: number) => ({ person: "ann", item: 1, quantity, waitlisted });
  const rows = [
    { before: [line(2, 0)], after: [line(0, 2)], told: 1, why: "an earlier order came to light" },
    { before: [line(2, 1)], after: [line(1, 2)], told: 1, why: "there is one less" },
    { before: [line(2, 0)], after: [line(1, 0)], told: 0, why: "they gave one back" },
    { before: [line(2, 1)], after: [line(2, 2)], told: 0, why: "they asked for more" },
    { before: [line(0, 2)], after: [line(0, 3)], told: 0, why: "they had nothing" },
    { before: [], after: [line(0, 3)], told: 0, why: "a new order" },
  ];
  for (const { before, after, told, why } of rows) {
    test(`${JSON.stringify(before)} → ${JSON.stringify(after)}: ${told} (${why})`, () => {
      expect(setbacks(before, after)).toHaveLength(told);
    });
  }
});
