import { describe, expect, test } from "vitest";
import { languageIn, languageOf } from "../../bot/languages.ts";

describe("the language to answer in", () => {
  const rows = [
    { text: "2 apples please", community: "zh-hans", expected: "en", why: "written in English" },
    { text: "苹果两斤", community: "en", expected: "zh-hans", why: "written in Chinese" },
    { text: "蘋果兩斤", community: "zh-hans", expected: "zh-hant", why: "traditional characters" },
    { text: "梨+2", community: "zh-hant", expected: "zh-hant", why: "characters that both scripts write" },
    { text: "一箱梨", community: "zh-hans", expected: "zh-hans", why: "箱 is written so in both" },
    { text: "+2", community: "zh-hans", expected: "zh-hans", why: "no words at all" },
    { text: "2 kg", community: "zh-hans", expected: "zh-hans", why: "units are written alike everywhere" },
    { text: "/close", community: "zh-hans", expected: "zh-hans", why: "a command's name is no word of the writer's" },
    {
      text: "/open Fuji apples 红富士 $3/kg by 9pm today",
      community: "zh-hans",
      expected: "en",
      why: "mostly English",
    },
    { text: "/open 红富士苹果 Fuji 5元一斤", community: "en", expected: "zh-hans", why: "mostly Chinese" },
    { text: "/paid 王姐", community: "en", expected: "en", why: "whose name it is did not choose it" },
    { text: "/paid Ada 5", community: "zh-hans", expected: "zh-hans", why: "a Latin name is as little evidence" },
    { text: "/arrive 蘋果 48/50", community: "en", expected: "en", why: "goods are called as they were announced" },
    { text: "/refund@plusone_bot 王姐 5", community: "en", expected: "en", why: "with the bot's name in it, too" },
    { text: "/settings zone Asia/Taipei", community: "zh-hant", expected: "zh-hant", why: "words that it knows" },
    { text: "/my why", community: "zh-hans", expected: "zh-hans", why: "so they are written in any language" },
    { text: "/my 怎么算", community: "en", expected: "zh-hans", why: "which has others in Chinese" },
    { text: "已付 Mrs Lee", community: "en", expected: "zh-hans", why: "the command was chosen in Chinese" },
    { text: "/撤銷", community: "en", expected: "zh-hant", why: "so was that, and in which script" },
    { text: "/extend 明天晚上9点", community: "en", expected: "zh-hans", why: "a time is the writer's own word" },
    { text: "/issue 苹果坏了2个", community: "en", expected: "zh-hans", why: "so is a complaint" },
    { text: "mango 两盒要快点来", community: "en", expected: "zh-hans", why: "one English word in Chinese" },
  ] as const;
  for (const { text, community, expected, why } of rows) {
    test(`${JSON.stringify(text)} in a ${community} chat: ${expected} (${why})`, () => {
      expect(languageOf(text, community)).toBe(expected);
    });
  }
});

describe("the language in which a buy is written of in a chat", () => {
  const rows = [
    { buy: "en", own: "en", all: ["en"], expected: "en", why: "its only chat" },
    {
      buy: "zh-hans",
      own: "en",
      all: ["en"],
      expected: "zh-hans",
      why: "as it was announced: en may be nobody's choice",
    },
    { buy: "en", own: "zh-hans", all: ["en", "zh-hans"], expected: "zh-hans", why: "that of a linked chat" },
    { buy: "zh-hant", own: "en", all: ["en", "zh-hant"], expected: "en", why: "each has its own" },
    { buy: "zh-hans", own: "en", all: ["en", "en"], expected: "zh-hans", why: "linked chats of one language" },
  ] as const;
  for (const { buy, own, all, expected, why } of rows) {
    test(`${buy} in a chat of ${own} among ${all.join(" and ")}: ${expected} (${why})`, () => {
      expect(languageIn({ language: buy }, own, all)).toBe(expected);
    });
  }
});
