import { describe, expect, test } from "vitest";
import { partStruck, withoutCancelWord } from "../../../core/chain/cancelled.ts";
import { endOfFlat } from "../../../core/chain/flats.ts";
import { withoutMoney } from "../../../core/chain/ignored.ts";
import { endOfMarker } from "../../../core/chain/marker.ts";
import { readNumber } from "../../../core/chain/numbering.ts";

describe("the marker of a chain", () => {
  const rows: readonly [text: string, rest: string | undefined, why: string][] = [
    ["#接龙\n苹果", "\n苹果", "as WeChat prints it"],
    ["＃接龙\n苹果", "\n苹果", "full width"],
    ["#接龍 年糕", "年糕", "traditional, title behind it"],
    ["#Group Note\nPantry", "\nPantry", "as WeChat prints it in English"],
    ["#group note: Pantry", " Pantry", "typed"],
    ["\u200b #接龙苹果", "苹果", "nothing needs to follow the sign"],
    ["接龙：苹果", "苹果", "a colon sets it off"],
    ["接龍 苹果", "苹果", "a blank sets it off"],
    ["接龙\n苹果", "\n苹果", "a line break sets it off"],
    ["接龙开始了", undefined, "talk about a chain"],
    ["大家接龙\n1. 小王", undefined, "not at the beginning"],
    ["#Group Notebook", undefined, "another word"],
    ["接龙", undefined, "nothing follows"],
  ];
  for (const [text, rest, why] of rows) {
    test(`${JSON.stringify(text)} (${why})`, () => {
      const end = endOfMarker(text);

      expect(end === undefined ? undefined : text.slice(end)).toBe(rest);
    });
  }
});

describe("the number of a line", () => {
  const rows: readonly [line: string, no: number | undefined, body: string, why: string][] = [
    ["1. 小王 2", 1, "小王 2", "point"],
    ["12．小王", 12, "小王", "full-width point"],
    ["１．小王", 1, "小王", "full-width digit"],
    ["3、小王", 3, "小王", "enumeration comma"],
    ["4) Sam", 4, "Sam", "bracket"],
    ["5）小王", 5, "小王", "full-width bracket"],
    ["(6) Sam", 6, "Sam", "both brackets"],
    ["（7）小王", 7, "小王", "both, full width"],
    ["⑧小王", 8, "小王", "circled"],
    ["⑫ 小王", 12, "小王", "circled, above ten"],
    ["㉑小王", 21, "小王", "circled, above twenty"],
    ["9️⃣小王", 9, "小王", "keycap"],
    ["1️⃣0️⃣ 小王", 10, "小王", "two keycaps"],
    ["🔟小王", 10, "小王", "the keycap ten"],
    ["  2. ", 2, "", "blank entry"],
    ["2.", 2, "", "blank entry without a space"],
    ["3。小王", 3, "小王", "full stop by slip"],
    ["100. 小王", 100, "小王", "a long chain"],
    ["2元/根", undefined, "", "a price"],
    ["小王 1. 2", undefined, "", "not at the beginning"],
    ["2026.11.20", undefined, "", "a year"],
    ["5斤装", undefined, "", "a size"],
  ];
  for (const [line, no, body, why] of rows) {
    test(`${JSON.stringify(line)} (${why})`, () => {
      const number = readNumber(line);

      expect(number?.no).toBe(no);
      expect(number?.body ?? "").toBe(body);
    });
  }

  for (const line of ["2.5元/斤", "11.30到", "1.502 2斤", "12:30截单"]) {
    test(`${line}: a digit at once behind the sign leaves it to the neighbours`, () => {
      expect(readNumber(line)?.tight).toBe(true);
    });
  }
});

describe("a flat before a name", () => {
  const rows: readonly [text: string, flat: string][] = [
    ["18-602 米米", "18-602"],
    ["2-1-502 鸡翅", "2-1-502"],
    ["4-205老高", "4-205"],
    ["1404殷老师", "1404"],
    ["904", "904"],
    ["7幢小贾", "7幢"],
    ["3栋502 苹果", "3栋502"],
    ["3号楼2单元501小王", "3号楼2单元501"],
    ["10樓D座 +1", "10樓D座"],
    ["902房 牛腩2", "902房"],
    ["4单元 6根", "4单元"],
    ["A座1203 小王", "A座1203"],
    ["A1203小王", "A1203"],
    ["12A +2", "12A"],
    ["#08-123 Tan", "#08-123"],
    ["Blk 9 #08-123 Tan", "Blk 9 #08-123"],
    ["Flat 3B 2 granola", "Flat 3B"],
    ["Unit 5 apples", "Unit 5"],
    ["三栋五单元 2", "三栋五单元"],
    ["12号302 苹果", "12号302"],
    ["小王 苹果", ""],
    ["2份 小王", ""],
    ["100斤 小王", ""],
    ["500g apples", ""],
    ["2 apples", ""],
    ["3个", ""],
  ];
  for (const [text, flat] of rows) {
    test(`${text}: ${flat || "none"}`, () => {
      expect(text.slice(0, endOfFlat(text))).toBe(flat);
    });
  }
});

describe("what an entry says beside its order", () => {
  const rows: readonly [words: string, left: string, price: string | undefined, why: string][] = [
    ["小王 苹果2 已付", "小王 苹果2", undefined, "payment mark"],
    ["小王 苹果2 ✅", "小王 苹果2", undefined, "tick"],
    ["小王 苹果2 已转20元", "小王 苹果2", undefined, "what was paid"],
    ["小王 苹果2（已付款）", "小王 苹果2", undefined, "in brackets"],
    ["小王 苹果2 共20元", "小王 苹果2", undefined, "a sum"],
    ["小王 苹果2=20元", "小王 苹果2", undefined, "a sum by sign"],
    ["Sam 2 granola paid $22", "Sam 2 granola", undefined, "paid in English"],
    ["Sam 2 granola (paid)", "Sam 2 granola", undefined, "paid in brackets"],
    ["小王 13800138000 苹果2", "小王 苹果2", undefined, "mobile number"],
    ["小王 138-0013-8000 苹果2", "小王 苹果2", undefined, "mobile number in groups"],
    ["小王 2个 138****8000", "小王 2个", undefined, "mobile number with stars"],
    ["胖虎 牛腩两斤 92已付", "胖虎 牛腩两斤", undefined, "what was paid, before the word"],
    ["胖虎 2 已付", "胖虎 2", undefined, "what was ordered, before the word"],
    ["Tan 9123 4567 2 granola", "Tan 2 granola", undefined, "Singapore number"],
    ["Tan +65 9123 4567 2 granola", "Tan 2 granola", undefined, "with the country"],
    ["小王 手机尾号8888 苹果2", "小王 苹果2", undefined, "the last four digits"],
    ["小王 电话：13800138000 苹果2", "小王 苹果2", undefined, "with a label"],
    ["牛腩 46/斤", "牛腩", "of-unit", "a price"],
    ["牛腩 46元一斤", "牛腩", "of-unit", "a price in words"],
    ["Granola $11 each", "Granola", "of-unit", "a price in English"],
    ["小王 苹果2 20元", "小王 苹果2", "amount", "an amount that nothing explains"],
    ["18-602 米米 肉饼1", "18-602 米米 肉饼1", undefined, "nothing of the kind"],
    ["1404殷老师 2个", "1404殷老师 2个", undefined, "a flat is no telephone"],
    ["元元 苹果2", "元元 苹果2", undefined, "a name like money"],
  ];
  for (const [words, left, price, why] of rows) {
    test(`${words} (${why})`, () => {
      const cleaned = withoutMoney(words, false);

      expect(cleaned.text.replace(/\s+/g, " ").trim()).toBe(left);
      expect(cleaned.price).toBe(price);
    });
  }

  test("豆腐2块 is tofu where something is sold by the 块", () => {
    expect(withoutMoney("小王 豆腐2块", true)).toEqual({ text: "小王 豆腐2块" });
  });
});

describe("what was cancelled", () => {
  const words: readonly [text: string, left: string | undefined, why: string][] = [
    ["裴叔 鸡翅2 取消", "裴叔 鸡翅2", "at the end"],
    ["裴叔 鸡翅2（取消）", "裴叔 鸡翅2", "in brackets"],
    ["【已取消】裴叔 鸡翅2", "裴叔 鸡翅2", "in front"],
    ["裴叔 退", "裴叔", "without an order"],
    ["裴叔 鸡翅2 不要了", "裴叔 鸡翅2", "not wanted"],
    ["裴叔 鸡翅2 唔要啦", "裴叔 鸡翅2", "not wanted, in Cantonese"],
    ["Sam 2 granola cancelled", "Sam 2 granola", "in English"],
    ["Sam - cancel pls", "Sam", "politely"],
    ["裴叔 鸡翅2 不要辣", undefined, "a note"],
    ["裴叔 鸡翅2", undefined, "nothing of the kind"],
    ["要要 鸡翅2", undefined, "a name"],
  ];
  for (const [text, left, why] of words) {
    test(`${text} (${why})`, () => {
      expect(withoutCancelWord(text)?.text.trim()).toBe(left);
    });
  }

  test("~~struck~~ and s̶t̶r̶u̶c̶k̶ words are parted from those that stand", () => {
    expect(partStruck("~~902房 牛腩2~~")).toEqual({ standing: " ", struck: "902房 牛腩2" });
    expect(partStruck("小王 ~~牛腩2~~ 牛腩3").standing).toBe("小王   牛腩3");
    expect(partStruck("小王 2\u0336个\u0336").struck).toBe("2个");
  });
});
