import { describe, expect, test } from "vitest";
import { amountOf, kindOf, numbersOf, ofKind } from "../../../../adapters/web/board/fields.ts";

describe("a quantity in a form", () => {
  const rows = [
    { text: "1.24", quantity: 1240, why: "as it is written" },
    { text: " 1,24 ", quantity: 1240, why: "many phones have a comma and no point" },
    { text: "１．２", quantity: 1200, why: "Chinese keyboards have wide digits" },
    { text: "0", quantity: 0, why: "somebody may get nothing" },
    { text: "1.2345", quantity: undefined, why: "finer than thousandths" },
    { text: "1,234.5", quantity: undefined, why: "which of the two is the point" },
    { text: "1234567", quantity: undefined, why: "a slip of the thumb" },
    { text: "-1", quantity: undefined, why: "less than nothing" },
    { text: "1kg", quantity: undefined, why: "the unit is the item's" },
    { text: "1e3", quantity: undefined, why: "no number as people write them" },
  ];
  for (const { text, quantity, why } of rows) {
    test(`“${text}” is ${quantity ?? "refused"}: ${why}`, () => {
      const read = numbersOf({ "weight:a": text, other: "x" }, "weight");

      expect(read).toEqual(quantity === undefined ? { unread: text } : { numbers: new Map([["a", quantity]]) });
    });
  }

  test("is left out where its field is empty, and keeps whatever its name says", () => {
    const fields = { "gets:": " ", "gets:b": "", 'gets:["x","",1,""]': "2", "weight:c": "3" };

    expect(numbersOf(fields, "gets")).toEqual({ numbers: new Map([['["x","",1,""]', 2000]]) });
  });
});

test("an amount is more than nothing, in whole minor units, and no more than a payment may be", () => {
  const read = (text: string, currency = "EUR") => amountOf(text, currency);

  expect(["12.5", "12,50", "0", "0.001", "1,234", "10000001", "-1", "ten"].map((text) => read(text))).toEqual([
    ...[1250, 1250, undefined, undefined, undefined, undefined, undefined, undefined],
  ]);
  expect([read("9000000", "VND"), read("1.5", "JPY"), read("1.5", "KWD")]).toEqual([9_000_000, undefined, 1500]);
});

test("a field's name leads back to the item and the option that it was made of", () => {
  for (const kind of [
    { item: 1, option: "" },
    { item: 12, option: "large: 3\nor so" },
  ]) {
    expect(ofKind(kindOf(kind))).toEqual(kind);
  }
  expect(["", "x:", "-1:", "1", "12345:"].map(ofKind)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});
