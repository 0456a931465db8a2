import * as OpenCC from "opencc-js";
import { pinyin } from "pinyin-pro";
import { describe, expect, test } from "vitest";

/**
 * The tables of core/text are data from well-kept packages, made here and kept in step with them, so that core needs
 * no package and no loading. After an upgrade: `npx vitest run tests/core/text/tables.test.ts -u`.
 */

/** Characters of simplified Chinese in daily use. @source GB 2312, levels 1 and 2 */
function simplifiedCharacters(): string[] {
  const decoder = new TextDecoder("gbk");
  const characters: string[] = [];
  for (let row = 0xb0; row <= 0xf7; row++) {
    for (let cell = 0xa1; cell <= 0xfe; cell++) {
      const character = decoder.decode(Uint8Array.of(row, cell));
      if (/^\p{Script=Han}$/u.test(character)) characters.push(character);
    }
  }
  return characters;
}

function lines(text: string, width: number): string {
  return text.match(new RegExp(`.{1,${width}}`, "gu"))!.join("\n");
}

function scriptTable(): string {
  const converters = ["t", "tw", "hk"].map((from) => OpenCC.Converter({ from: from as "t", to: "cn" }));
  let pairs = "妳你牠它";
  for (let code = 0x3400; code <= 0x9fff; code++) {
    const character = String.fromCharCode(code);
    if (character === "么" || pairs.includes(character)) continue; // 么 is what simplified makes of 麼
    const simplified = converters.map((convert) => convert(character)).find((result) => result !== character);
    if (simplified?.length === 1) pairs += character + simplified;
  }
  return `/**
 * Traditional characters, each followed by its simplified one.
 *
 * @source OpenCC (Apache-2.0), through the package opencc-js; made by tests/core/text/tables.test.ts
 */
export const SIMPLIFIED = \`
${lines(pairs, 100)}
\`;
`;
}

function pinyinTable(): string {
  const bySyllable = new Map<string, string>();
  for (const character of simplifiedCharacters()) {
    const readings = pinyin(character, { multiple: true, toneType: "none", type: "array", v: true });
    for (const reading of new Set(readings)) {
      if (/^[a-z]+$/.test(reading)) bySyllable.set(reading, (bySyllable.get(reading) ?? "") + character);
    }
  }
  const rows = [...bySyllable].sort(([a], [b]) => (a < b ? -1 : 1)).map((row) => row.join(" "));
  return `/**
 * Syllables without tone (v for ü), each with the simplified characters that may be read so.
 *
 * @source pinyin-pro (MIT); made by tests/core/text/tables.test.ts
 */
export const SYLLABLES = \`
${rows.join("\n")}
\`;
`;
}

describe("the tables of core", () => {
  test("script-table.ts is what OpenCC says", async () => {
    await expect(scriptTable()).toMatchFileSnapshot("../../../core/text/script-table.ts");
  });

  test("pinyin-table.ts is what pinyin-pro says", async () => {
    await expect(pinyinTable()).toMatchFileSnapshot("../../../core/text/pinyin-table.ts");
  });
});
