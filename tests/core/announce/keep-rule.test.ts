import { describe, expect, test } from "vitest";
import { announce } from "../../../core/announce/announce.ts";
import { keepRuleIn } from "../../../core/announce/keep-rule.ts";

describe("until when goods are kept", () => {
  const rows = [
    {
      text: "Apples $5/kg, order by 6pm\nPickup 7-9pm at 302. Kept until 10pm, then given away.",
      rule: "Kept until 10pm, then given away",
      why: "a sentence of its own",
    },
    {
      text: "Uncollected orders go to the food bank\nEggs $4",
      rule: "Uncollected orders go to the food bank",
      why: "what becomes of them",
    },
    {
      text: "苹果5元/斤，今晚8点截单。明天18点自提，过时不候！",
      rule: "明天18点自提，过时不候！",
      why: "how it is said in Chinese",
    },
    { text: "• 保留到週日中午，之後轉讓。", rule: "保留到週日中午，之後轉讓", why: "traditional, in a list" },
    { text: "Apples $5/kg, order by 6pm", rule: undefined, why: "nothing is said of it" },
    { text: "keepsakes $5, household goods", rule: undefined, why: "words that only begin so" },
  ];
  for (const { text, rule, why } of rows) test(`${why}`, () => expect(keepRuleIn(text)).toBe(rule));

  test("leaves closing and pickup of the announcement as they are", () => {
    const now = new Date("2026-11-28T10:00:00+08:00");
    const words = "Apples $5/kg, order by 6pm, pickup 7-9pm at 302";

    const [plain, ruled] = [words, `${words}\nKept until 10pm`].map((text) =>
      announce(text, { now, zone: "Asia/Shanghai" }),
    );

    expect(ruled?.closesAt).toEqual(plain?.closesAt);
    expect(ruled?.pickup).toEqual(plain?.pickup);
  });
});
