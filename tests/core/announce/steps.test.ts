import { describe, expect, test } from "vitest";
import { announce } from "../../../core/announce/announce.ts";
import { countSteps } from "../../support/steps.ts";

const at = { now: new Date("2026-11-21T10:00:00+08:00"), zone: "Asia/Shanghai" };

describe("the steps of reading a post of one piece, again and again", () => {
  const pieces = [
    ..."苹果5元/斤 |苹果 5元/斤\n|1. 苹果 5元/斤\n|1. 苹果\n|$5 |2 for $5 |box of 6 for $14, |满20份4.5元 |20份起团，|限50份 |每人限2份，".split(
      "|",
    ),
    ..."25号|周五晚8点截单 |9-noon |half |自提 |北门自提，|口味：|原味/抹茶/|(|【库存】80\n|半只128元 一只238元 |3 bottles of |free above $5 |A款：|~|现摘 |, ".split(
      "|",
    ),
  ];
  for (const piece of pieces) {
    test(`grow with its length: ${JSON.stringify(piece)}`, () => {
      const [short, long] = [2048, 8192].map((length) =>
        countSteps(() => announce(piece.repeat(length).slice(0, length), at), { searches: true }),
      );

      expect(short).toBeGreaterThan(2048);
      expect(long! / short!).toBeLessThan(5);
    });
  }
});
