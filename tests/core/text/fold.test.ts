import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { circled, fold, sourceSpan, written } from "../../../core/text/fold.ts";
import { anyText } from "../../support/any-text.ts";

describe("folding", () => {
  const rows = [
    { text: "ＡＢＣ　１２", folded: "abc 12", why: "full width" },
    { text: "➕２ ➖ × ＊", folded: "+2 - × *", why: "signs" },
    { text: "蘋果兩盒", folded: "苹果两盒", why: "traditional" },
    { text: "2️⃣ 🔟", folded: "2 10", why: "keycaps" },
    {
      text: "❶ ⓵ ①",
      folded: `${circled(1)} ${circled(1)} ${circled(1)}`,
      why: "circled numbers stay apart from digits",
    },
    { text: "½ ㎏ №", folded: "½ kg no", why: "signs that hold several characters" },
    { text: "⅜ ⅒", folded: "3/8 ⅒", why: "fractions are written with the slash that people write" },
    { text: "Café crème", folded: "cafe creme", why: "accents" },
    { text: "苹\u200b果\ufeff", folded: "苹果", why: "invisible characters" },
    { text: "👍🏽❤️", folded: "👍❤", why: "skin tones and variants" },
    { text: "“a” ‘b’ 「c」", folded: '"a" \'b\' "c"', why: "quotes" },
    { text: "a\r\nb\rc\u2028d", folded: "a\nb\nc\nd", why: "line breaks" },
    { text: "\ud800a", folded: "\ufffda", why: "half of a pair" },
  ];
  for (const { text, folded, why } of rows) {
    test(`${JSON.stringify(text)} → ${JSON.stringify(folded)} (${why})`, () => {
      expect(fold(text).text).toBe(folded);
    });
  }

  test("keeps the way back to what was written", () => {
    const folded = fold("帮\u200b李阿姨带２㎏蘋果");
    const at = folded.text.indexOf("李");

    expect(written(folded, at, at + 3)).toBe("李阿姨");
    expect(written(folded, folded.text.indexOf("2"), folded.text.indexOf("苹"))).toBe("２㎏");
  });

  test("is its own result for every character there is", () => {
    const other: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code);
      const { text } = fold(character);
      if (text !== character && fold(text).text !== text) other.push(code.toString(16));
    }

    expect(other).toEqual([]);
  });

  test("is its own result, and its spans lie in the source", () => {
    fc.assert(
      fc.property(anyText({ maxLength: 60 }), (text) => {
        const folded = fold(text);

        expect(fold(folded.text).text).toBe(folded.text);
        for (let at = 0; at < folded.text.length; at++) {
          const [start, end] = sourceSpan(folded, at, at + 1);
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});
