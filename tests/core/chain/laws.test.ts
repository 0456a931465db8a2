import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contextOf } from "../../../core/chain/context.ts";
import { looksLikeChain } from "../../../core/chain/looks-like-chain.ts";
import { parseWith } from "../../../core/chain/parse-chain.ts";
import { parseChain, readChain } from "../../../core/chain/read-chain.ts";
import { renderChain } from "../../../core/chain/render-chain.ts";
import { prepareCatalog } from "../../../core/interpret/catalog.ts";
import { anyText } from "../../support/any-text.ts";

const fruit = prepareCatalog([
  { name: "苹果", unit: "斤" },
  { name: "Pears", unit: "kg" },
]);
const pomelo = prepareCatalog([{ name: "柚子", unit: "个" }]);
const catalogs = fc.constantFrom(fruit, pomelo);

const words = [
  "#接龙",
  "＃接龍",
  "#Group Note",
  "接龙：",
  "例 ",
  "例如",
  "eg ",
  "格式：",
  "\n",
  "\n",
  "\n",
  "\n\n",
  "\n1. ",
  "\n2. ",
  "\n3、",
  "\n1) ",
  "\n①",
  "\n２．",
  "\n1.",
  "\n7.",
  " ",
  " ",
  " ",
  "小王",
  "小李",
  "张三",
  "904",
  "3栋502",
  "18-602",
  "Sam",
  "Old Mr Chia",
  "🐳阿鲸",
  "苹果",
  "pears",
  "柚子",
  "2",
  "3斤",
  "两斤半",
  "+1",
  "x2",
  "一个",
  "1kg",
  "，",
  "：",
  "-",
  "~~",
  "取消",
  "不要了",
  "退",
  "已付",
  "✅",
  "5元/斤",
  "¥12",
  "12元",
  "13800138000",
  "（要大的）",
  "备注：",
  "11.30到",
  "2.5元/斤",
  "?",
  "。",
  "#",
  "\u200b",
  "\ufe0f",
  "\ud83d",
]; // prettier-ignore
const chatter = fc.array(
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: fc.string() }),
  {
    maxLength: 60,
  },
);
const texts = chatter.map((parts) => parts.join(""));

describe("laws of reading chains", () => {
  test("what the bot prints reads as what it was printed from", () => {
    fc.assert(
      fc.property(texts, catalogs, (text, catalog) => {
        const chain = parseChain(text, catalog);

        expect(parseChain(renderChain(chain), catalog)).toEqual(chain);
      }),
      { numRuns: 2000 },
    );
  });

  test("a chain posted again unchanged changes nothing", () => {
    fc.assert(
      fc.property(texts, catalogs, fc.array(texts, { maxLength: 3 }), (text, catalog, earlier) => {
        const marked = `#接龙\n${text}`;

        expect(readChain(marked, catalog, marked, earlier)).toMatchObject({ kind: "chain", changes: [] });
      }),
    );
  });

  test("a chain printed by the bot and posted again changes nothing", () => {
    fc.assert(
      fc.property(texts, catalogs, (text, catalog) => {
        const printed = renderChain(parseChain(text, catalog));

        expect(readChain(printed, catalog, printed)).toMatchObject({ kind: "chain", changes: [] });
        expect(looksLikeChain(printed, catalog)).toBe(true);
      }),
    );
  });

  test("no text makes it throw", () => {
    const any = fc.oneof(anyText({ maxLength: 300 }), texts);
    fc.assert(
      fc.property(any, any, any, catalogs, (text, chain, earlier, catalog) => {
        expect(typeof looksLikeChain(text, catalog, chain)).toBe("boolean");
        expect(["chain", "none"]).toContain(readChain(text, catalog, chain, [earlier]).kind);
      }),
      { numRuns: 500 },
    );
  });

  test("a text that is too long is not parsed", () => {
    const long = `#接龙\n1. 小王 苹果2\n${"长".repeat(65_536)}`;

    expect(readChain(long, fruit)).toEqual({ kind: "chain", title: "", entries: [] });
    expect(looksLikeChain(long.slice(4), fruit)).toBe(false);
  });

  test("the steps of reading grow with the length, and no faster", () => {
    const pieces = fc.tuple(fc.constantFrom(...words), fc.constantFrom(...words), fc.constantFrom(...words));
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 400 }), (piece, times) => {
        const text = `#接龙\n1. ${piece.join("").repeat(times)}`;
        const context = contextOf(fruit);
        let steps = 0;
        const counting = (fragment: string) => {
          steps += fragment.length;
          return context.readLines(fragment);
        };
        parseWith(text, { ...context, readLines: counting });

        expect(steps).toBeLessThanOrEqual(100 * text.length);
      }),
      { numRuns: 200 },
    );
  });

  test("a chain of 100 entries costs at most 100 entries", () => {
    const context = contextOf(fruit);
    const stepsOf = (entries: number) => {
      let steps = 0;
      const counting = (fragment: string) => {
        steps += fragment.length;
        return context.readLines(fragment);
      };
      const lines = Array.from(
        { length: entries },
        (_, index) => `${index + 1}. 3-${101 + index}小王 苹果${1 + (index % 9)}斤`,
      );
      parseWith(`#接龙\n苹果\n\n${lines.join("\n")}`, { ...context, readLines: counting });
      return steps;
    };

    expect(stepsOf(100)).toBeLessThanOrEqual(100 * stepsOf(1));
    expect(stepsOf(100)).toBeGreaterThan(0);
  });
});
