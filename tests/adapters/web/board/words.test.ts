import { describe, expect, test } from "vitest";
import { boardWordsOf } from "../../../../adapters/web/board/words.ts";
import type { Language } from "../../../../bot/store.ts";

const LANGUAGES: readonly Language[] = ["en", "zh-hans", "zh-hant"];
const holesOf = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
const holes = (language: Language) =>
  Object.fromEntries(Object.entries(boardWordsOf(language)).map(([key, text]) => [key, holesOf(text)]));

describe("the board's own words", () => {
  for (const language of LANGUAGES) {
    test(`${language} has all of them, with the facts that English puts in`, () => {
      expect(holes(language)).toEqual(holes("en"));
      expect(Object.values(boardWordsOf(language)).filter((text) => text.trim() === "")).toEqual([]);
    });
  }

  test("simplified and traditional words are not mixed up", () => {
    expect(Object.values(boardWordsOf("zh-hans")).join("")).not.toMatch(/[團開單實時訊說這個會員們連線編輯貨檔帳]/u);
    expect(Object.values(boardWordsOf("zh-hant")).join("")).not.toMatch(/[团开单实时说这个会员们连线编辑货档账]/u);
  });
});
