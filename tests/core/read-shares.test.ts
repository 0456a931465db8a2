import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nameAtStart, readShares, shortNames } from "../../core/read-shares.ts";

const ITEMS = [
  { item: 1, names: ["Apples", "苹果"], options: [], unit: "kg" },
  { item: 2, names: ["Dumplings"], options: ["pork", "leek"] },
  { item: 3, names: ["三文鱼"], options: [], unit: "斤" },
];
const line = (item: number, name: string, option = "") => ({ item, option, names: [name] });
const LINES = [
  line(1, "Lin"),
  line(1, "王姐"),
  line(1, "Ada 502"),
  line(1, "Ada 301"),
  line(2, "Lin", "pork"),
  line(2, "Lin", "leek"),
  line(3, "王姐"),
];

describe("who gets how much of what", () => {
  const rows = [
    { text: "apples Lin 2, 王姐 1", read: ["1 Lin 2000", "1 王姐 1000"], why: "the item holds for those that follow" },
    { text: "苹果王姐1、Lin 0.5", read: ["1 王姐 1000", "1 Lin 500"], why: "Chinese needs no blanks" },
    { text: "apples: Ada 502 1.5kg", read: ["1 Ada 502 1500"], why: "a number may belong to the name" },
    { text: "Apples Lin 800g", read: ["1 Lin 800"], why: "grams of an item sold by the kilo" },
    { text: "三文鱼 王姐 620克", read: ["3 王姐 1240"], why: "grams of an item sold by the half kilo" },
    { text: "dumplings pork Lin 3", read: ["2 Lin 3000"], why: "the option tells the line" },
    { text: "dumplings (leek) lin 3 pcs", read: ["2 Lin 3000"], why: "pieces of what is sold by the piece" },
    { text: "apples lin 2\n三文鱼 王姐 1", read: ["1 Lin 2000", "3 王姐 1000"], why: "another item follows" },
    { text: "apples Lin 0", read: ["1 Lin 0"], why: "nothing is a share too" },
  ];
  for (const { text, read, why } of rows) {
    test(`${JSON.stringify(text)} (${why})`, () => {
      const result = readShares(text, ITEMS, LINES);

      expect(result).toMatchObject({ ok: true });
      expect(
        result.ok && result.shares.map((each) => `${each.line.item} ${each.line.names[0]} ${each.quantity}`),
      ).toEqual(read);
    });
  }

  const doubts = [
    { text: "Lin 2", doubt: "item", part: "Lin 2", why: "there are several items" },
    { text: "apples Zoe 2", doubt: "person", part: "apples Zoe 2", why: "she has none" },
    { text: "apples Lin 2, Ada 1", doubt: "persons", part: "Ada 1", why: "two are called so" },
    { text: "dumplings Lin 3", doubt: "persons", part: "dumplings Lin 3", why: "she has two kinds of them" },
    { text: "apples Lin", doubt: "number", part: "apples Lin", why: "no number" },
    { text: "apples Lin 2 boxes", doubt: "unit", part: "apples Lin 2 boxes", why: "kilos do not come in boxes" },
    { text: "dumplings pork Lin 1kg", doubt: "unit", part: "dumplings pork Lin 1kg", why: "pieces have no weight" },
    { text: "apples Lin 1, Lin 2", doubt: "twice", part: "Lin 2", why: "which of the two?" },
    { text: "", doubt: "number", part: "", why: "nothing was said" },
  ];
  for (const { text, doubt, part, why } of doubts) {
    test(`${JSON.stringify(text)} is not taken: ${doubt} (${why})`, () => {
      expect(readShares(text, ITEMS, LINES)).toEqual({ ok: false, doubt, part });
    });
  }

  test("needs no item where there is only one", () => {
    expect(readShares("Lin 2", ITEMS.slice(0, 1), LINES)).toMatchObject({ ok: true, shares: [{ quantity: 2000 }] });
  });

  test("a name is shortened to either script, and to how that ends", () => {
    expect(shortNames("Fuji apples 红富士苹果 10kg")).toEqual([
      ...["红富士苹果", "富士苹果", "士苹果", "苹果"],
      ...["Fuji apples", "apples", "kg"],
    ]);
    expect(shortNames("梨")).toEqual([]);
  });

  test("any words are read or refused", () => {
    fc.assert(fc.property(fc.string(), (text) => void readShares(text, ITEMS, LINES)));
  });

  test("of two names the longer one counts, and of two alike none", () => {
    const among = [{ name: "Ada" }, { name: "Ada 502" }, { name: "Bo", no: 1 }, { name: "bo", no: 2 }];

    expect(nameAtStart("Ada 502 two were bad", among)).toMatchObject({ name: "Ada 502", rest: "two were bad" });
    expect(nameAtStart("Adam 5", among)).toBeUndefined();
    expect(nameAtStart("Bo 5", among)).toBeUndefined();
  });
});
