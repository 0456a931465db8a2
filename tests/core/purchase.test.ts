import { describe, expect, test } from "vitest";
import type { ItemTerms } from "../../core/buy/terms.ts";
import { purchaseChanges, purchaseOf } from "../../core/purchase.ts";
import { tallyOf } from "../../core/tally.ts";

function item(more: Partial<ItemTerms>): ItemTerms {
  return { name: "Apples", aliases: [], options: [], tiers: [], ...more };
}

function bought(terms: ItemTerms, ...booked: readonly (readonly [option: string, quantity: number])[]) {
  const items = [terms];
  const lines = booked.map(([option, quantity]) => ({ item: 1, option, quantity: quantity * 1000, waitlisted: 5000 }));
  return purchaseOf({ items }, tallyOf({ items }, lines));
}

describe("what is ordered from the supplier", () => {
  test("is what people have booked, and nothing that only waits", () => {
    expect(bought(item({}), ["", 7], ["", 2])).toEqual([{ item: 1, option: "", quantity: 9000, over: 0 }]);
  });

  test("is rounded up to whole boxes, with what is over", () => {
    expect(bought(item({ boxSize: 12_000 }), ["", 25])).toEqual([
      { item: 1, option: "", quantity: 36_000, boxes: 3, over: 11_000 },
    ]);
    expect(bought(item({ boxSize: 12_000 }), ["", 24])).toMatchObject([{ boxes: 2, over: 0 }]);
  });

  test("fills boxes of each option apart", () => {
    expect(bought(item({ boxSize: 10_000, options: ["red", "green"] }), ["green", 4], ["red", 11])).toMatchObject([
      { option: "red", boxes: 2, over: 9000 },
      { option: "green", boxes: 1, over: 6000 },
    ]);
  });

  test("costs what is bought, not what is booked", () => {
    expect(bought(item({ boxSize: 12_000, cost: 250 }), ["", 5])).toMatchObject([{ cost: 3000 }]);
    expect(bought(item({ cost: 333 }), ["", 1.5])).toMatchObject([{ cost: 500 }]);
  });

  test("of nothing booked is nothing", () => {
    expect(bought(item({}))).toEqual([]);
  });
});

test("a revision tells what is more, less, new and gone", () => {
  const line = (no: number, option: string, quantity: number) => ({ item: no, option, quantity });
  const before = [line(1, "", 5), line(2, "red", 3), line(3, "", 1)];
  const after = [line(1, "", 6), line(2, "red", 3), line(2, "green", 2)];

  expect(purchaseChanges(before, after)).toEqual([
    { item: 1, option: "", before: 5, after: 6 },
    { item: 3, option: "", before: 1, after: 0 },
    { item: 2, option: "green", before: 0, after: 2 },
  ]);
  expect(purchaseChanges(after, after)).toEqual([]);
});
