import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readerOf } from "../../../core/buy/reader.ts";
import { interpret, prepareCatalog } from "../../../core/interpret/interpret.ts";

const ITEMS = [
  { name: "苹果", aliases: ["apples"] },
  { name: "梨", options: ["大", "小"] },
];

const rows: readonly { text: string; isAlike: boolean; why: string }[] = [
  { text: "苹果+2", isAlike: true, why: "two more, whatever one has" },
  { text: "苹果2，大梨1", isAlike: true, why: "so much, whatever one has" },
  { text: "how much are the apples?", isAlike: true, why: "a question" },
  { text: "少一个", isAlike: false, why: "of the only line" },
  { text: "取消", isAlike: false, why: "all that one has" },
  { text: "苹果换成梨", isAlike: false, why: "as many as one has" },
  { text: "no apples", isAlike: false, why: "nothing from who has none" },
  { text: "苹果", isAlike: false, why: "no more for who has some" },
];

describe("what a reader remembers", () => {
  for (const { text, isAlike, why } of rows) {
    test(`${text} is read ${isAlike ? "once for all" : "for each order"}: ${why}`, () => {
      const reader = readerOf(ITEMS);

      const one = reader.read(text, { mine: { 1: 1000 }, reply: true });
      const other = reader.read(text, { mine: { 2: { 大: 3000 } }, reply: true });

      expect(one === other).toBe(isAlike);
    });
  }

  test("is what it would read anew", () => {
    const catalog = prepareCatalog(ITEMS);
    const mine = fc.constantFrom(
      {},
      { 1: 1000 },
      { 1: 2000, 2: { 大: 1000 } },
      { 2: { 大: 1000, 小: 2000 } },
      { 7: 1000 },
    );
    const said = fc.record({ text: fc.constantFrom(...rows.map(({ text }) => text)), mine, reply: fc.boolean() });
    fc.assert(
      fc.property(fc.array(said, { maxLength: 12 }), (all) => {
        const reader = readerOf(ITEMS);

        for (const { text, ...context } of all)
          expect(reader.read(text, context)).toEqual(interpret(text, { catalog, ...context }));
      }),
      { numRuns: 50 },
    );
  });
});
