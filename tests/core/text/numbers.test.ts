import { describe, expect, test } from "vitest";
import { fold } from "../../../core/text/fold.ts";
import { readInteger, readNumber } from "../../../core/text/numerals.ts";
import { isOneSlip } from "../../../core/text/slip.ts";
import { stem } from "../../../core/text/stem.ts";
import { convert, convertSum, readUnit, sameUnit, unitOf } from "../../../core/text/units.ts";

describe("numbers", () => {
  const rows: readonly (readonly [string, number, string?])[] = [
    ["2", 2000],
    ["2.5", 2500],
    ["1,200", 1_200_000],
    ["½", 500],
    ["1½", 1500],
    ["1 1/2", 1500],
    ["3/4", 750],
    ["1/3", 333, "precise"],
    ["2.1234", 2123, "precise"],
    ["十", 10_000],
    ["十二", 12_000],
    ["二十五", 25_000],
    ["廿五", 25_000],
    ["一百零五", 105_000],
    ["一百二", 120_000],
    ["两千", 2_000_000],
    ["壹拾贰", 12_000],
    ["半", 500],
    ["两三", 2000, "range"],
    ["十几", 10_000, "vague"],
    ["twenty-five", 25_000],
    ["one and a half", 1500],
    ["half a dozen", 6000],
    ["a couple", 2000],
    ["two hundred", 200_000],
    ["some", 0, "vague"],
  ];
  for (const [text, value, fault] of rows) {
    test(`${text} is ${value} thousandths${fault ? `, ${fault}` : ""}`, () => {
      const read = readNumber(fold(text).text, 0);

      expect(read?.value).toBe(value);
      expect(read?.fault).toBe(fault);
      expect(read?.end).toBe(fold(text).text.length);
    });
  }

  test("begins nowhere else", () => {
    for (const text of ["apple", "果", "", "百合", "onetwo", "-2"]) expect(readNumber(text, 0)).toBeUndefined();
  });
});

describe("a text that is a whole number", () => {
  const rows: readonly (readonly [text: string, number: number | undefined, why: string])[] = [
    ["08", 8, "digits"],
    ["廿五", 25, "numerals"],
    ["零五", 5, "as minutes are said"],
    ["一百二", 120, "hundred twenty"],
    ["三五", undefined, "three or five"],
    ["五三", undefined, "no number"],
    ["十几", undefined, "some ten"],
    ["2.5", undefined, "no whole one"],
    ["半", undefined, "no whole one"],
    ["two", undefined, "a word"],
    ["二十斤", undefined, "more than a number"],
    ["", undefined, "nothing"],
  ];
  for (const [text, number, why] of rows) {
    test(`${text} is ${number}: ${why}`, () => {
      expect(readInteger(text)).toBe(number);
    });
  }
});

describe("units", () => {
  const rows: readonly (readonly [number, string, string, number])[] = [
    [1000, "kg", "斤", 2000],
    [1000, "斤", "kg", 500],
    [1000, "两", "斤", 100],
    [1000, "台斤", "斤", 1200],
    [1000, "lb", "kg", 454],
    [1000, "oz", "g", 28_350],
    [500_000, "ml", "l", 500],
  ];
  for (const [quantity, from, to, result] of rows) {
    test(`${quantity} thousandths of a ${from} are ${result} of a ${to}`, () => {
      expect(convert(quantity, unitOf(from), unitOf(to))).toBe(result);
    });
  }

  test("are added up before they are rounded", () => {
    expect(
      convertSum(
        [
          [2000, unitOf("lb")],
          [8000, unitOf("oz")],
        ],
        unitOf("kg"),
      ),
    ).toBe(1134);
  });

  test("of mass and volume do not convert", () => {
    expect(convert(1000, unitOf("kg"), unitOf("l"))).toBeUndefined();
    expect(convert(1000, unitOf("盒"), unitOf("kg"))).toBeUndefined();
  });

  test("are the same across languages, where a word may stand for them", () => {
    expect(sameUnit(unitOf("box"), unitOf("盒"))).toBe(true);
    expect(sameUnit(unitOf("box"), unitOf("箱"))).toBe(true);
    expect(sameUnit(unitOf("盒"), unitOf("箱"))).toBe(false);
    expect(sameUnit(unitOf("bottles"), unitOf("瓶"))).toBe(true);
    expect(sameUnit(unitOf("logs"), unitOf("log"))).toBe(true);
  });

  test("are whole words in latin script, and end with the text", () => {
    expect(readUnit("boxes", 0)?.end).toBe(5);
    expect(readUnit("boxer", 0)).toBeUndefined();
    expect(readUnit("2斤", 1)).toMatchObject({ end: 2 });
  });
});

describe("words", () => {
  test("are one in singular and plural", () => {
    for (const [one, many] of [
      ["apple", "apples"],
      ["box", "boxes"],
      ["cherry", "cherries"],
      ["cookie", "cookies"],
      ["tomato", "tomatoes"],
      ["loaf", "loaves"],
      ["olive", "olives"],
      ["peach", "peaches"],
      ["glass", "glasses"],
    ] as const) {
      expect(stem(many)).toBe(stem(one));
    }
  });

  test("are one slip apart, or not", () => {
    for (const [a, b] of [
      ["yogurt", "yoghurt"],
      ["manog", "mango"],
      ["mengo", "mango"],
      ["mangoo", "mango"],
    ] as const)
      expect(isOneSlip(a, b)).toBe(true);
    for (const [a, b] of [
      ["mango", "mango"],
      ["mnago", "mange"],
      ["man", "mango"],
      ["melon", "lemon"],
    ] as const)
      expect(isOneSlip(a, b)).toBe(false);
  });
});
