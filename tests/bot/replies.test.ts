import { describe, expect, test } from "vitest";
import { money, quantity, time, wordsOf } from "../../bot/replies/replies.ts";
import type { Language } from "../../bot/store.ts";

const LANGUAGES: readonly Language[] = ["en", "zh-hans", "zh-hant"];

describe("the three languages", () => {
  const english = sentences(wordsOf("en"));

  for (const language of LANGUAGES) {
    const own = sentences(wordsOf(language));

    test(`${language} says everything that English says`, () => {
      expect([...own.keys()]).toEqual([...english.keys()]);
      for (const [key, sentence] of own) expect(sentence, key).not.toBe("");
    });

    test(`${language} tells the same facts`, () => {
      for (const [key, sentence] of own) expect(factsOf(sentence), key).toEqual(factsOf(english.get(key)!));
    });
  }

  test("traditional is not simplified with another name", () => {
    const simplified = /[这个们为单团开关买卖钱点两苹订过对时间还没请谢吗区楼号写读设员条图]/;

    const traditional = [...sentences(wordsOf("zh-hant")).values()].join("");

    expect(traditional.match(simplified)?.[0]).toBeUndefined();
  });
});

describe("amounts as people write them", () => {
  const rows = [
    { shown: money(500, "CNY"), expected: "¥5", why: "whole amounts without their zeros" },
    { shown: money(550, "CNY"), expected: "¥5.50", why: "two digits otherwise" },
    { shown: money(100, "JPY"), expected: "¥100", why: "the yen has no smaller unit" },
    { shown: money(1250, "SGD"), expected: "S$12.50", why: "which dollar is said" },
    { shown: money(-75, "EUR"), expected: "−€0.75", why: "money that goes back" },
    { shown: money(100, "CHF"), expected: "CHF 1", why: "a currency without a sign of its own" },
    { shown: quantity(1500, "kg"), expected: "1.5 kg", why: "latin units stand apart" },
    { shown: quantity(2500, "斤"), expected: "2.5斤", why: "Chinese ones do not" },
    { shown: quantity(2000, "3斤"), expected: "2 × 3斤", why: "a bundle is not multiplied out" },
    { shown: quantity(2000, undefined), expected: "×2", why: "sold by the piece" },
  ];
  for (const { shown, expected, why } of rows) test(`${expected} (${why})`, () => expect(shown).toBe(expected));

  test("an instant is told with its day, in the community's zone", () => {
    const at = new Date("2026-11-21T12:30:00Z");

    expect(time(at, "Asia/Shanghai", wordsOf("en"))).toMatch(/Sat.* 21 Nov.* 20:30/);
    expect(time(at, "Asia/Shanghai", wordsOf("zh-hans"))).toMatch(/11月21日周六 20:30/);
  });
});

function sentences(words: object, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    const name = `${path}${key}`;
    if (name === "locale") continue;
    if (typeof value === "string") found.set(name, value);
    else if (typeof value === "function") found.set(name, String((value as (count: number) => string)(7)));
    else for (const [inner, text] of sentences(value as object, `${name}.`)) found.set(inner, text);
  }
  return found;
}

function factsOf(sentence: string): string[] {
  return (sentence.match(/\{\w+\}/g) ?? []).sort();
}
