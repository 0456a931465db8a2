import { describe, expect, test } from "vitest";
import { interpret, prepareCatalog } from "../../../core/interpret/interpret.ts";
import { countSteps } from "../../support/steps.ts";
import { goods } from "./support.ts";

const catalog = prepareCatalog(
  goods("红富士苹果/斤=苹果", "雪梨/斤", "Oranges/bag", "Fuji apples/kg", "樱桃/盒(大|小)"),
);

describe("the steps of reading a text of one piece, again and again", () => {
  const pieces =
    "x1|=1|1+1 |小王|苹|苹果|，苹果|苹果，|2?|2 |1 |1.|1:|2斤|要西瓜|不要苹果|苹果换成梨|改成2|大|1/|for tom |apples and |帮王|(苹果|备注|from 2 to |2号|好|pg |each ".split(
      "|",
    );
  for (const piece of pieces) {
    test(`grow with its length: ${JSON.stringify(piece)}`, () => {
      // whole pieces: what is cut off at the end may read as something else
      const [short, long] = [1024, 4096].map((length) =>
        countSteps(() => interpret(piece.repeat(Math.floor(length / piece.length)), { catalog, mine: { 1: 2000 } })),
      );

      expect(short).toBeGreaterThan(1000);
      expect(long! / short!).toBeLessThan(5);
    });
  }
});
