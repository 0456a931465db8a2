import { describe, expect, test } from "vitest";
import type { PageLanguage } from "../../../adapters/web/page/wire.ts";
import { LANGUAGES, pickLanguage, sayIn } from "../../../adapters/web/page/words.ts";

const languages = Object.keys(LANGUAGES) as PageLanguage[];
const english = LANGUAGES.en.words;
const holesOf = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe("the page's own words", () => {
  for (const language of languages) {
    const { words } = LANGUAGES[language];

    test(`${language} has the keys of every language, each with words`, () => {
      expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort());
      expect(Object.values(words).filter((text) => text.trim() === "")).toEqual([]);
    });

    test(`${language} puts in the facts that English puts in`, () => {
      const holes = Object.entries(words).map(([key, text]) => [key, holesOf(text)]);

      expect(Object.fromEntries(holes)).toEqual(
        Object.fromEntries(Object.entries(english).map(([key, text]) => [key, holesOf(text)])),
      );
    });
  }

  test("simplified and traditional words are not mixed up", () => {
    const simplified = Object.values(LANGUAGES["zh-hans"].words).join("");
    const traditional = Object.values(LANGUAGES["zh-hant"].words).join("");

    expect(simplified).not.toMatch(/[團開單實時訊說這個會員們連線編輯]/u);
    expect(traditional).not.toMatch(/[团开单实时说这个会员们连线编辑]/u);
  });

  test("a fact that is not given stays to be seen", () => {
    expect(sayIn("en")("writeAs", { name: "王姐" })).toBe("Write as 王姐…");
    expect(sayIn("en")("writeAs")).toBe("Write as {name}…");
  });

  const wishes = [
    { wanted: ["en-GB"], language: "en", why: "English" },
    { wanted: ["de", "zh-CN"], language: "zh-hans", why: "the first that it speaks" },
    { wanted: ["zh"], language: "zh-hans", why: "Chinese as most write it" },
    { wanted: ["zh-SG"], language: "zh-hans", why: "Singapore writes simplified" },
    { wanted: ["zh-TW"], language: "zh-hant", why: "Taiwan writes traditional" },
    { wanted: ["zh-HK"], language: "zh-hant", why: "so does Hong Kong" },
    { wanted: ["zh-Hans-HK"], language: "zh-hans", why: "a script that is named decides" },
    { wanted: ["yue"], language: "zh-hant", why: "Cantonese" },
    { wanted: ["fr"], language: "en", why: "nothing that it speaks" },
    { wanted: [], language: "en", why: "nothing asked for" },
  ] as const;
  for (const { wanted, language, why } of wishes) {
    test(`${JSON.stringify(wanted)} reads ${language} (${why})`, () => {
      expect(pickLanguage(wanted)).toBe(language);
    });
  }
});
