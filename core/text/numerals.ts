import { ONE, type Quantity } from "../quantity.ts";
import { ENGLISH_NUMBERS } from "./english-numbers.ts";

/** A number as written somewhere in a folded text. */
export interface NumberRead {
  /** Index behind the last character of the number. */
  readonly end: number;
  /** In thousandths; of a range or a vague amount its lower end, or 0. */
  readonly value: Quantity;
  readonly style: "digits" | "hanzi" | "word";
  /** Why it cannot be ordered by: more than three decimals, two numbers at once, or no number at all. */
  readonly fault?: "precise" | "range" | "vague";
  /** "a", "an": a number only where a unit or an item follows. */
  readonly article?: true;
}

/** Larger numbers are all the same to a buy of at most 999. */
const HUGE = 1e12;

const FRACTIONS: Readonly<Record<string, Quantity>> = { "½": 500, "¼": 250, "¾": 750, "⅓": 333, "⅔": 667, "⅛": 125 };
const EXACT = new Set(["½", "¼", "¾", "⅛"]);

/** The number that begins exactly at `at`; undefined where there is none. */
export function readNumber(text: string, at: number): NumberRead | undefined {
  const code = text.charCodeAt(at);
  if (isDigit(code) || (code === DOT && isDigit(text.charCodeAt(at + 1)))) return readDigits(text, at);
  if (text[at]! in FRACTIONS) return { end: at + 1, ...fraction(text[at]!), style: "digits" };
  if (code >= 0x4e00 && code <= 0x9fff) return readHanzi(text, at);
  if (isLetter(code)) return readWords(text, at);
  return undefined;
}

/** The whole number that all of a folded text is, in digits or Chinese numerals: 08, 二十五, 廿五, 一百二. */
export function readInteger(text: string): number | undefined {
  const found = readNumber(text, 0);
  if (found?.end !== text.length || found.fault || found.style === "word" || found.value % ONE !== 0) return undefined;
  return found.value / ONE;
}

const DOT = 0x2e;

/** Whether a code unit is an ASCII digit. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Whether a code unit is a small latin letter; folded texts have no others. */
export function isLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

function fraction(sign: string): { value: Quantity; fault?: "precise" } {
  return EXACT.has(sign) ? { value: FRACTIONS[sign]! } : { value: FRACTIONS[sign]!, fault: "precise" };
}

// Every pattern here starts at one place and is bounded, so that reading stays linear.
const DIGITS = /(\d{1,3}(?:,\d{3}){1,3}(?!\d)|\d{1,15})?(\.\d{1,15})?/y;
const OVER = /\/([1-9]\d?)(?![\d/])/y;
const MIXED = / ?([½¼¾⅓⅔⅛])| ([1-9])\/([2-9])(?![\d/])/y;

function readDigits(text: string, at: number): NumberRead {
  DIGITS.lastIndex = at;
  const [all, whole = "0", decimals = ""] = DIGITS.exec(text)!;
  let end = at + all.length;
  while (isDigit(text.charCodeAt(end))) end++; // more digits than anything that can be ordered
  const integer = end > at + all.length ? HUGE : Math.min(Number(whole.replaceAll(",", "")), HUGE);
  if (decimals) {
    const value = integer * ONE + Number(decimals.slice(1, 4).padEnd(3, "0"));
    return { end, value, style: "digits", ...(decimals.length > 4 && { fault: "precise" as const }) };
  }

  const next = text[end];
  if (next !== "/" && next !== " " && !(next !== undefined && next in FRACTIONS))
    return { end, value: integer * ONE, style: "digits" };
  OVER.lastIndex = end;
  const over = OVER.exec(text);
  if (over && integer < Number(over[1]) && integer > 0)
    return { end: end + over[0].length, ...ratio(integer, Number(over[1])), style: "digits" };

  MIXED.lastIndex = end;
  const mixed = MIXED.exec(text);
  if (mixed) {
    const part = mixed[1] ? fraction(mixed[1]) : ratio(Number(mixed[2]), Number(mixed[3]));
    if (part.value < ONE)
      return { end: end + mixed[0].length, ...part, value: integer * ONE + part.value, style: "digits" };
  }
  return { end, value: integer * ONE, style: "digits" };
}

function ratio(over: number, under: number): { value: Quantity; fault?: "precise" } {
  const value = Math.round((over * ONE) / under);
  return value * under === over * ONE ? { value } : { value, fault: "precise" };
}

const HANZI: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  俩: 2,
  仨: 3,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  壹: 1,
  贰: 2,
  叁: 3,
  肆: 4,
  伍: 5,
  陆: 6,
  柒: 7,
  捌: 8,
  玖: 9,
};
const SCALES: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000, 万: 10_000 };
const TENS: Readonly<Record<string, number>> = { 廿: 20, 卅: 30 };

/** Cardinals like 二十五, 廿五, 一百二; a lone 半 is a half; 两三 and 三五 are ranges; 十几 is vague. */
function readHanzi(text: string, at: number): NumberRead | undefined {
  if (text[at] === "半") return { end: at + 1, value: ONE / 2, style: "hanzi" };

  let total = 0;
  let digit: number | undefined;
  let scale = 0; // of the last scale sign, for 一百二
  let end = at;
  let fault: "range" | "vague" | undefined;
  for (; end < at + 12; end++) {
    const sign = text[end] ?? "";
    const value = HANZI[sign];
    if (value !== undefined) {
      if (digit !== undefined && digit > 0) {
        if (scale === 0 && end === at + 1 && value > digit)
          fault = "range"; // 两三, 三五
        else break;
      }
      if (value === 0) scale = 0;
      else digit = fault ? digit : value;
      if (fault) {
        end++;
        break;
      }
      continue;
    }
    if (sign in TENS && digit === undefined) {
      total += TENS[sign]!;
      scale = 10;
      continue;
    }
    const size = SCALES[sign];
    if (
      size !== undefined &&
      (digit !== undefined || size === 10 || (size === 10_000 && total > 0)) &&
      (scale === 0 || size < scale || size === 10_000)
    ) {
      if (size === 10_000) total = (total + (digit ?? 0)) * size;
      else total += (digit ?? 1) * size;
      digit = undefined;
      scale = size;
      continue;
    }
    if ((sign === "几" || sign === "来" || sign === "多") && end > at && scale === 10 && digit === undefined) {
      if (sign !== "几" && !"个斤盒箱份袋瓶包只条".includes(text[end + 1] ?? " ")) break;
      fault = "vague";
      end++;
    }
    break;
  }
  if (end === at) return undefined;
  if (digit !== undefined) total += scale >= 100 ? (digit * scale) / 10 : digit;
  const spelled = text[end - 1];
  if (scale >= 100 && digit !== undefined && text.slice(at, end).includes("零")) total += digit - (digit * scale) / 10;
  if (total === 0 && spelled !== "零" && spelled !== "〇") return undefined;
  return { end, value: total * ONE, style: "hanzi", ...(fault && { fault }) };
}

const WORDS: Readonly<Record<string, number>> = {
  ...ENGLISH_NUMBERS,
  fourty: 40,
  couple: 2,
  dozen: 12,
  dozens: 12,
  hundred: 100,
};
const VAGUE = /(?:some|several|a few|few|a bit|a little|a lot|lots|many|loads|plenty|a handful)(?: of)?(?![a-z0-9])/y;
const WORD = /[a-z]{1,9}/y;
const JOINT = /[ -]/;

/** English numbers up to a few hundred, with dozens, couples, pairs and halves. */
function readWords(text: string, at: number): NumberRead | undefined {
  VAGUE.lastIndex = at;
  const vague = VAGUE.exec(text);
  if (vague) return { end: at + vague[0].length, value: 0, style: "word", fault: "vague" };

  const first = wordAt(text, at);
  if (first === undefined) return undefined;
  if (first === "half") return readHalf(text, at);
  if (first === "quarter") return { end: at + 7, value: 250, style: "word" };
  let end = at + first.length;
  if (first === "a" || first === "an") {
    const next = wordAt(text, end + 1);
    if (text[end] !== " " || next === undefined) return { end, value: ONE, style: "word", article: true };
    if (next === "half") return readHalf(text, end + 1);
    if (next === "quarter") return { end: end + 1 + next.length, value: 250, style: "word" };
    if (next === "couple" || next === "dozen" || next === "hundred") {
      return { end: skipOf(text, end + 1 + next.length), value: WORDS[next]! * ONE, style: "word" };
    }
    if (next === "pair") return { end: skipOf(text, end + 5), value: 2 * ONE, style: "word" };
    return { end, value: ONE, style: "word", article: true };
  }
  let value = WORDS[first];
  if (value === undefined) return undefined;
  if (value >= 20 && value < 100 && JOINT.test(text[end] ?? "")) {
    const unit = wordAt(text, end + 1);
    if (unit !== undefined && (WORDS[unit] ?? 0) > 0 && WORDS[unit]! < 10) {
      value += WORDS[unit]!;
      end += 1 + unit.length;
    }
  }
  const hundred = text[end] === " " && value < 10 && wordAt(text, end + 1) === "hundred";
  if (hundred) {
    value *= 100;
    end += 8;
  }
  const half = / and (?:a )?half(?![a-z])/y;
  half.lastIndex = end;
  const more = half.exec(text);
  if (more) return { end: end + more[0].length, value: value * ONE + ONE / 2, style: "word" };
  if (first === "couple" || first === "dozen" || first === "dozens") end = skipOf(text, end);
  return { end, value: value * ONE, style: "word" };
}

function readHalf(text: string, at: number): NumberRead {
  const dozen = /half (?:a )?dozen(?: of)?(?![a-z])/y;
  dozen.lastIndex = at;
  const found = dozen.exec(text);
  if (found) return { end: at + found[0].length, value: 6 * ONE, style: "word" };
  const article = /half(?: an?)?(?![a-z])/y;
  article.lastIndex = at;
  return { end: at + (article.exec(text)?.[0].length ?? 4), value: ONE / 2, style: "word" };
}

function skipOf(text: string, end: number): number {
  return text.startsWith(" of ", end) ? end + 3 : end;
}

/** The whole word that begins at `at`; undefined inside of one, or before something longer than any number word. */
function wordAt(text: string, at: number): string | undefined {
  if (isLetter(text.charCodeAt(at - 1)) || isDigit(text.charCodeAt(at - 1))) return undefined;
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[0];
  if (word === undefined || isLetter(text.charCodeAt(at + word.length))) return undefined;
  return word;
}
