import { describe, expect, test } from "vitest";
import { readRefund } from "../../core/read-refund.ts";

const APPLES = { name: "苹果", unit: "斤" };

describe("what a leader writes behind a refund", () => {
  const rows = [
    { said: "", read: { kind: "reason", reason: "" }, why: "nothing" },
    {
      said: "sorry about that",
      read: { kind: "reason", reason: "sorry about that" },
      why: "a reason",
    },
    { said: "as in week 5", read: { kind: "reason", reason: "as in week 5" }, why: "a number in it" },
    { said: "5", read: { kind: "amount", amount: 500, reason: "" }, why: "an amount" },
    { said: "$5.50, half were fine", read: { kind: "amount", amount: 550, reason: "half were fine" }, why: "and why" },
    { said: "only 5", read: { kind: "amount", amount: 500, reason: "" }, why: "only so much" },
    { said: "只退5元", read: { kind: "amount", amount: 500, reason: "" }, why: "the same in Chinese" },
    { said: "五块 其他都好", read: { kind: "amount", amount: 500, reason: "其他都好" }, why: "a Chinese number" },
    {
      said: "两块五",
      read: { kind: "amount", amount: 200, reason: "五" },
      why: "what is left over stands in the preview",
    },
    { said: "1斤", read: { kind: "quantity", quantity: 1000, reason: "" }, why: "so much of the goods" },
    { said: "两斤", read: { kind: "quantity", quantity: 2000, reason: "" }, why: "a Chinese number of them" },
    { said: "1 kg was good", read: { kind: "quantity", quantity: 2000, reason: "was good" }, why: "in another unit" },
    { said: "2个", read: { kind: "unread" }, why: "apples are no 斤, and no money either" },
    { said: "0", read: { kind: "unread" }, why: "nothing is no refund" },
    { said: "5.505", read: { kind: "unread" }, why: "no such coin" },
    { said: "all, sorry", read: { kind: "all", reason: "sorry" }, why: "all of it" },
    { said: "全退", read: { kind: "all", reason: "" }, why: "all in Chinese" },
  ] as const;
  for (const { said, read, why } of rows) {
    test(`${JSON.stringify(said)}: ${JSON.stringify(read)} (${why})`, () => {
      expect(readRefund(said, "CNY", APPLES)).toEqual(read);
    });
  }
});
