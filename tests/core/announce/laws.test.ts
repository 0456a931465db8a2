import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { announce, MAX_ANNOUNCEMENT } from "../../../core/announce/announce.ts";
import { readTime } from "../../../core/time/read-time.ts";
import { anyText } from "../../support/any-text.ts";

const at = { now: new Date("2026-11-21T10:00:00+08:00"), zone: "Asia/Shanghai" };

/** Words from which posts are made, and what breaks readers. */
const pieces = [
  "苹果",
  "5元/斤",
  "$3.50/kg",
  "一箱68",
  "今晚12点",
  "周五晚8点截单",
  "满20份4.5元",
  "12箱起团",
  "限50份",
  "每人限2份",
  "口味：",
  "原味/抹茶",
  "2 for $5",
  "order by",
  "8pm tmr",
  "collect Sat 10-12",
  "max 2 per person",
  "min 30 boxes to go ahead",
  "\n",
  "，",
  " ",
  "。",
  "(",
  ")",
  "1.",
  "①",
  "25号",
  "10/9",
  "🍎",
  "1️⃣",
  "\ud800",
  "\u202e",
  "e\u0301\u0301\u0301",
  "9999999999",
  "3.14159",
  "::",
  "----",
  "２０：００",
  "半",
  "点",
  "元",
  "per",
  "$",
];
const post = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(""));

describe("reading an announcement", () => {
  test("never fails, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(post, anyText({ maxLength: 300 }), fc.string({ unit: "grapheme" })), (text) => {
        const draft = announce(text, at);

        expect(Array.isArray(draft.items)).toBe(true);
        expect(draft.problems.some(({ field }) => field === "items")).toBe(draft.items.length === 0);
      }),
    );
  });

  test("gives whole numbers only", () => {
    fc.assert(
      fc.property(post, (text) => {
        for (const { price, stock, perPerson, tiers = [] } of announce(text, at).items) {
          const numbers = [price, stock, perPerson, ...tiers.flatMap((tier) => [tier.from, tier.price])];

          expect(numbers.every((number) => number === undefined || Number.isSafeInteger(number))).toBe(true);
        }
      }),
    );
  });

  test("does not depend on width or script", () => {
    const wide = (text: string) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
    const plain = "苹果 5元/斤,限50斤,每人限2斤,12斤起团,周五晚8点截单";

    const { title: _title, items, ...rest } = announce(plain, at);
    const { title: _wideTitle, items: wideItems, ...wideRest } = announce(wide(plain).replace("斤起團", "斤起团"), at);

    expect(wideRest).toEqual(rest);
    expect(wideItems).toEqual(items);
  });

  test("of more than 20,000 characters is declined", () => {
    const { problems } = announce("苹果 5元/斤\n".repeat(MAX_ANNOUNCEMENT / 8 + 1), at);

    expect(problems).toEqual([{ field: "items", code: "text-too-long" }]);
  });

  test("keeps the order of the lines", () => {
    const goods = ["苹果", "香梨", "橙子", "葡萄", "西瓜"];
    fc.assert(
      fc.property(fc.shuffledSubarray(goods, { minLength: 2 }), (names) => {
        const text = [
          "水果接龙",
          ...names.map((name, index) => `${index + 1}. ${name} ${index + 3}元/斤`),
          "今晚9点截单",
        ].join("\n");

        expect(announce(text, at).items.map(({ name, price }) => [name, price])).toEqual(
          names.map((name, index) => [name, (index + 3) * 100]),
        );
      }),
    );
  });
});

describe("reading a time", () => {
  test("never fails, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(post, anyText()), (text) => {
        const read = readTime(text, at);

        expect("problem" in read || Number.isFinite(read.at.getTime())).toBe(true);
      }),
    );
  });

  test("gives the same instant on any machine, whatever zone it runs in", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date("2000-01-01"), max: new Date("2099-01-01"), noInvalidDate: true }), (now) => {
        const read = readTime("2小时后", { now, zone: "Europe/London" });

        expect("at" in read && read.at.getTime() - now.getTime()).toBe(7_200_000);
      }),
    );
  });
});
