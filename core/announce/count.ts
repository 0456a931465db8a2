import type { Quantity } from "../quantity.ts";
import { ENGLISH_NUMBERS } from "../text/english-numbers.ts";

/** A count or an amount: digits with a point and thousands, or Chinese numerals. */
export const NUMBER =
  "(?:\\d{1,3}(?:,\\d{3}){1,3}(?!\\d)(?:\\.\\d{1,3})?|\\d{1,6}(?:\\.\\d{1,3})?|[一二三四五六七八九十百千两半廿]{1,6})";

/** The same with small English words. */
export const COUNT = `(?:${NUMBER}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|a\\s{1,2}dozen|two\\s{1,2}dozen)`;

const ENGLISH: Readonly<Record<string, number>> = { ...ENGLISH_NUMBERS, "a dozen": 12, "two dozen": 24 };

const CHINESE = "〇一二三四五六七八九";
const PLACES: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** A written count in thousandths; undefined where it is none. */
export function readCount(text: string): Quantity | undefined {
  const plain = text.replace(/(?<=\d),(?=\d{3})/g, "");
  const decimal = /^(\d{1,9})(?:\.(\d{1,3}))?$/.exec(plain);
  if (decimal) return Number(decimal[1]) * 1000 + Number((decimal[2] ?? "").padEnd(3, "0"));
  if (plain === "半") return 500;
  const count = ENGLISH[plain.replace(/\s+/g, " ")] ?? chineseCount(plain);
  return count === undefined ? undefined : count * 1000;
}

/** 三十五, 一百二, 廿: below ten thousand. */
function chineseCount(text: string): number | undefined {
  let total = 0;
  let digit = 0;
  let lowest = 1;
  for (const sign of text.replace(/两/g, "二").replace(/廿/g, "二十")) {
    const value = CHINESE.indexOf(sign);
    const place = PLACES[sign];
    if (value < 0 && place === undefined) return undefined;
    if (place === undefined) {
      digit = value;
      continue;
    }
    total += (digit || 1) * place;
    digit = 0;
    lowest = place;
  }
  return total + digit * (lowest >= 100 ? lowest / 10 : 1); // 一百二 is 120, 十二 is 12
}
