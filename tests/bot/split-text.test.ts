import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitText, splitContent, splitText } from "../../bot/split-text.ts";

describe("a post that is edited in place", () => {
  test("is as many whole lines as one message takes", () => {
    expect(fitText("one\ntwo\nthree", 9)).toBe("one\ntwo\n…");
    expect(fitText("one\ntwo", 7)).toBe("one\ntwo");
  });
});

describe("a message with buttons", () => {
  test("has them under its last part", () => {
    const buttons = [[{ label: "Open", data: "open" }]];

    expect(splitContent({ text: "one\ntwo", buttons }, 4)).toEqual([{ text: "one" }, { text: "two", buttons }]);
  });
});

test("what is said in public instead of a private word is said once", () => {
  const long = "Ask me in private.\nOr in a chat with me.";

  expect(splitContent({ text: "the first of two\nthe second of two", publicly: long }, 20)).toEqual([
    { text: "the first of two", publicly: "Ask me in private.\n…" },
    { text: "the second of two", publicly: "" },
  ]);
});

describe("a text too long for one message", () => {
  test("is split at line ends where it can be", () => {
    expect(splitText("one\ntwo\nthree", 8)).toEqual(["one\ntwo", "three"]);
  });

  test("a line that is too long by itself is cut, never inside a character", () => {
    expect(splitText("😀😀😀", 3)).toEqual(["😀", "😀", "😀"]);
  });

  test("loses nothing but the line ends that it is split at, and no part is too long", () => {
    const text = fc
      .array(fc.stringMatching(/^[a-z苹果😀 ]{0,30}$/u), { maxLength: 40 })
      .map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 60 }), (whole, most) => {
        const parts = splitText(whole, most);

        expect(parts.every((part) => part.length <= most)).toBe(true);
        expect(parts.some((part) => /\p{Cs}/u.test(part))).toBe(false);
        expect(parts.join("").replaceAll("\n", "")).toBe(whole.replaceAll("\n", ""));
      }),
    );
  });
});
