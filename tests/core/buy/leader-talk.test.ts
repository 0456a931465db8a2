import { describe, expect, test } from "vitest";
import { isLeaderTalk } from "../../../core/buy/leader-talk.ts";

describe("a leader's words about the buy are no order", () => {
  const rows = [
    { text: "现在11袋了", why: "a count" },
    { text: "已经30份了", why: "a count" },
    { text: "每人最多2箱哦", why: "a limit" },
    { text: "限购3份", why: "a limit" },
    { text: "还差3份成团", why: "what is missing" },
    { text: "還剩5盒", why: "what is left" },
    { text: "苹果只剩2斤", why: "what is left" },
    { text: "一共12盒", why: "a total" },
    { text: "凑够20份了", why: "a count with 了" },
    { text: "max 2 per person", why: "a limit" },
    { text: "we're at 9 bags", why: "a count" },
    { text: "3 more and it's $8.25", why: "what is missing" },
    { text: "12 so far", why: "a count" },
    { text: "only 2 boxes left", why: "what is left" },
    { text: "@大力 4斤", why: "somebody else's order" },
  ];
  for (const { text, why } of rows) {
    test(`“${text}”: ${why}`, () => {
      expect(isLeaderTalk(text)).toBe(true);
    });
  }
});

describe("a leader's own order is one", () => {
  const rows = [
    { text: "+2", why: "a plain order" },
    { text: "苹果2斤", why: "a plain order" },
    { text: "我也要2份", why: "their own wish" },
    { text: "我还要2份", why: "more for themselves, though 还要 stands in it" },
    { text: "帮302加2份", why: "for somebody without the app" },
    { text: "put me down for 2", why: "their own wish" },
    { text: "2 apples please", why: "a plain order" },
    { text: "I'll take 2 more", why: "their own wish, though “more” stands in it" },
  ];
  for (const { text, why } of rows) {
    test(`“${text}”: ${why}`, () => {
      expect(isLeaderTalk(text)).toBe(false);
    });
  }
});
