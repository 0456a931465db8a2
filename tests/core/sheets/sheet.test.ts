import { describe, expect, test } from "vitest";
import { decimalOf, safeText, widthsOf } from "../../../core/sheets/sheet.ts";

describe("a text in a cell", () => {
  const rows = [
    { text: "Lin 302", cell: "Lin 302", why: "is what it was" },
    { text: "=1+1", cell: "'=1+1", why: "is no formula" },
    { text: "+2 apples", cell: "'+2 apples", why: "nor is an order" },
    { text: "-5", cell: "'-5", why: "nor what looks like a number" },
    { text: "@SUM(A1)", cell: "'@SUM(A1)", why: "nor what only old spreadsheets know" },
    { text: "＝1＋1", cell: "'＝1＋1", why: "nor in full width" },
    { text: "＋2苹果", cell: "'＋2苹果", why: "nor in full width" },
    { text: "－1", cell: "'－1", why: "nor in full width" },
    { text: "＠SUM", cell: "'＠SUM", why: "nor in full width" },
    { text: "\t=1+1", cell: "'\t=1+1", why: "a tab is passed over by some" },
    { text: "\rx", cell: "'\rx", why: "so is a carriage return" },
    { text: "  =1+1", cell: "'  =1+1", why: "so are blanks" },
    { text: "\u200b=1+1", cell: "'\u200b=1+1", why: "so is what has no width" },
    { text: "2+2", cell: "2+2", why: "a sign inside does nothing" },
    { text: "a\u0007b", cell: "ab", why: "XML has no bell" },
    { text: "a\ud800", cell: "a", why: "half a character is none" },
    { text: "🌸小美", cell: "🌸小美", why: "an emoji is a whole one" },
    { text: "", cell: "", why: "nothing stays nothing" },
  ];
  for (const { text, cell, why } of rows) {
    test(`${JSON.stringify(text)} is ${JSON.stringify(cell)} (${why})`, () => expect(safeText(text)).toBe(cell));
  }
});

describe("a number in a cell", () => {
  const rows = [
    { cell: { money: 1_050, currency: "CNY" }, decimal: "10.50", why: "money has the digits of its currency" },
    { cell: { money: -5, currency: "SGD" }, decimal: "-0.05", why: "also below nothing" },
    { cell: { money: 1_050, currency: "JPY" }, decimal: "1050", why: "yen have none" },
    { cell: { quantity: 1_500 }, decimal: "1.5", why: "quantities have those that they need" },
    { cell: { count: 12 }, decimal: "12", why: "counts have none" },
  ];
  for (const { cell, decimal, why } of rows) {
    test(`${JSON.stringify(cell)} is ${decimal} (${why})`, () => expect(decimalOf(cell)).toBe(decimal));
  }
});

describe("a column", () => {
  test("is as wide as what stands in it, Chinese counting twice, and never too wide to look at", () => {
    const sheet = {
      name: "Orders",
      columns: ["No.", "商品", "Item", "Note"],
      rows: [
        [{ count: 1 }, "红富士苹果", "Apples of the garden", "x".repeat(400)],
        [{ count: 2 }, "梨", "Pears\nof a tree", undefined],
      ],
      totals: [[undefined, "合计", { money: 123_456_789_012, currency: "CNY" }]],
    };

    expect(widthsOf(sheet)).toEqual([6, 12, 22, 48]);
  });
});
