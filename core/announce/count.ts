import { ONE, parseQuantity, type Quantity } from "../quantity.ts";
import { ENGLISH_NUMBERS } from "../text/english-numbers.ts";
import { readInteger } from "../text/numerals.ts";

/** A count or an amount: digits with a point and thousands, or Chinese numerals. */
export const NUMBER =
  "(?:\\d{1,3}(?:,\\d{3}){1,3}(?!\\d)(?:\\.\\d{1,3})?|\\d{1,6}(?:\\.\\d{1,3})?|[一二三四五六七八九十百千两半廿]{1,6})";

/** The same with small English words. */
export const COUNT = `(?:${NUMBER}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|a\\s{1,2}dozen|two\\s{1,2}dozen)`;

const ENGLISH: Readonly<Record<string, number>> = { ...ENGLISH_NUMBERS, "a dozen": 12, "two dozen": 24 };

/** A written count in thousandths; undefined where it is none. */
export function readCount(text: string): Quantity | undefined {
  const plain = text.replace(/(?<=\d),(?=\d{3})/g, "");
  const decimal = parseQuantity(plain);
  if (decimal !== undefined) return decimal;
  if (plain === "半") return ONE / 2;
  const count = ENGLISH[plain.replace(/\s+/g, " ")] ?? readInteger(plain.replace(/^(?=[百千])/, "一")); // 满百
  return count === undefined ? undefined : count * ONE;
}
