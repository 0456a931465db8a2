import { describe, expect, test } from "vitest";
import { interpret, prepareCatalog } from "../../../core/interpret/interpret.ts";
import { goods } from "./support.ts";

const catalog = prepareCatalog(
  goods("红富士苹果/斤=苹果", "雪梨/斤", "Oranges/bag", "Fuji apples/kg", "樱桃/盒(大|小)"),
);

/** What reading does over and over, and how much of its argument each looks at. */
const LOOKS = [
  ...["some", "every", "find", "findIndex", "filter", "indexOf"].map((name) => [Array, name] as const),
  ...["has", "add"].map((name) => [Set, name] as const),
  ...["get"].map((name) => [Map, name] as const),
  ...["charCodeAt", "startsWith"].map((name) => [String, name] as const),
  ...["exec", "test"].map((name) => [RegExp, name] as const),
];

/** How many things reading a text looks at, at most: a count that no busy machine changes. */
function stepsOf(text: string): number {
  let steps = 0;
  const count =
    (look: unknown) =>
    (...given: unknown[]) => {
      steps++;
      return (look as (...given: unknown[]) => unknown)(...given);
    };
  const restore = LOOKS.map(([{ prototype }, name]) => {
    const own = Object.getOwnPropertyDescriptor(prototype, name)!;
    const plain = own.value as (...given: unknown[]) => unknown;
    const value = function (this: unknown, ...given: unknown[]): unknown {
      steps += Array.isArray(this) && typeof given[0] !== "function" ? this.length : 1;
      const counted = given.map((one) => (typeof one === "function" ? count(one) : one));
      return plain.apply(this, counted);
    };
    Object.defineProperty(prototype, name, { ...own, value });
    return () => Object.defineProperty(prototype, name, own);
  });
  try {
    interpret(text, { catalog, mine: { 1: 2000 } });
  } finally {
    for (const again of restore) again();
  }
  return steps;
}

describe("the steps of reading a text of one piece, again and again", () => {
  const pieces =
    "x1|=1|1+1 |小王|苹|苹果|，苹果|苹果，|2?|2 |1 |1.|1:|2斤|要西瓜|不要苹果|苹果换成梨|改成2|大|1/|for tom |apples and |帮王|(苹果|备注|from 2 to |2号|好|pg |each ".split(
      "|",
    );
  for (const piece of pieces) {
    test(`grow with its length: ${JSON.stringify(piece)}`, () => {
      // whole pieces: what is cut off at the end may read as something else
      const [short, long] = [1024, 4096].map((length) => stepsOf(piece.repeat(Math.floor(length / piece.length))));

      expect(short).toBeGreaterThan(1000);
      expect(long! / short!).toBeLessThan(5);
    });
  }
});
