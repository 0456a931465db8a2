import { describe, expect, test } from "vitest";
import { isLeaderTalk } from "../../../core/buy/leader-talk.ts";
import type { Reading } from "../../../core/interpret/reading.ts";
import { ONE } from "../../../core/quantity.ts";

const order: Reading = { kind: "order", lines: [{ item: 1, op: "set", quantity: 2 * ONE }] };

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
    { text: "closed, 15 bags, we made it", why: "the end of it, with a count" },
    { text: "11 boxes, deal is on", why: "it goes ahead, with a count" },
    { text: "截单，9盒", why: "the end of it, with a count" },
    { text: "加开20份", why: "more stock" },
    { text: "到货40箱", why: "what came" },
    { text: "大家先2份2份来", why: "a rule for all" },
    { text: "total 12 bags", why: "a total" },
    { text: "@大力 4斤", why: "somebody else's order" },
    { text: "已帮大力加2斤", why: "somebody else's order" },
  ];
  for (const { text, why } of rows) {
    test(`“${text}”: ${why}`, () => {
      expect(isLeaderTalk(text, order)).toBe(true);
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
    { text: "截单前我加2份", why: "their own wish, though 截单 stands in it" },
    { text: "I'll take 2 more", why: "their own wish, though “more” stands in it" },
  ];
  for (const { text, why } of rows) {
    test(`“${text}”: ${why}`, () => {
      expect(isLeaderTalk(text, order)).toBe(false);
    });
  }
});

describe("what a leader says that cannot be resolved", () => {
  const rows: { reading: Reading; talk: boolean; why: string }[] = [
    { reading: { kind: "unclear", reason: "unknown-item" }, talk: true, why: "names, or other goods" },
    { reading: { kind: "unclear", reason: "quantity" }, talk: true, why: "a range that they tell of" },
    { reading: { kind: "unclear", reason: "item" }, talk: false, why: "an order like anybody's: which?" },
    { reading: { kind: "none" }, talk: false, why: "nothing to decide" },
  ];
  for (const { reading, talk, why } of rows) {
    test(`${JSON.stringify(reading)}: ${why}`, () => {
      expect(isLeaderTalk("小鱼儿3斤，大力4斤", reading)).toBe(talk);
    });
  }
});
