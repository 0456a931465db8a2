/** A line that begins with a printed number. */
export interface Numbered {
  readonly no: number;
  /** What stands behind the number, trimmed. */
  readonly body: string;
  /** The sign that made it a number; another sign begins another list. */
  readonly style: NumberStyle;
  /** A digit follows the point at once (`1.502 …`): a number only where its neighbours say so, else a date or a price. */
  readonly tight: boolean;
}

/** What stands between the number of an entry and its words. */
export type NumberStyle = "." | "、" | ")" | ":" | "①" | "blank";

const START = "^[\\s\\u200b-\\u200f\\u2060\\ufeff\\ufe0f]*";
const PRINTED = new RegExp(`${START}([（(【[]\\s?)?([0-9０-９]{1,3})\\s?([.．。、)）】\\]:：,，])`);
const KEYCAPS = new RegExp(`${START}((?:[0-9]\\ufe0f?\\u20e3){1,3}|🔟)[.．、:：]?`);
const CIRCLED = new RegExp(
  `${START}([\\u2460-\\u249b\\u24eb-\\u24fe\\u2776-\\u2793\\u3251-\\u325f\\u32b1-\\u32bf])[.．、:：]?`,
);
const SPACED = new RegExp(`${START}([0-9０-９]{1,3})(?:[ \\t\\u3000]+(?=\\S)|$)`);

/** First code point and first value of the ranges of circled, bracketed and dotted numbers. */
const CIRCLED_RANGES: readonly (readonly [first: number, last: number, value: number])[] = [
  [0x2460, 0x2473, 1],
  [0x2474, 0x2487, 1],
  [0x2488, 0x249b, 1],
  [0x24eb, 0x24f4, 11],
  [0x24f5, 0x24fe, 1],
  [0x2776, 0x277f, 1],
  [0x2780, 0x2789, 1],
  [0x278a, 0x2793, 1],
  [0x3251, 0x325f, 21],
  [0x32b1, 0x32bf, 36],
];

/** The number that a line begins with: `1.` `1、` `1)` `①` `１．` `1️⃣`; undefined for a line without one. */
export function readNumber(line: string): Numbered | undefined {
  const printed = PRINTED.exec(line);
  if (printed) {
    const rest = line.slice(printed[0].length);
    const style = styleOf(printed[3]!);
    if (printed[1] && style !== ")") return undefined;
    return {
      no: Number(narrow(printed[2]!)),
      body: rest.trim(),
      style,
      tight: (style === "." || style === ":") && /^[0-9０-９]/.test(rest) && !isOfTwoWidths(printed, rest),
    };
  }
  const keycaps = KEYCAPS.exec(line);
  if (keycaps) {
    const no = keycaps[1] === "🔟" ? 10 : Number(keycaps[1]!.replace(/[^0-9]/g, ""));
    return { no, body: line.slice(keycaps[0].length).trim(), style: "①", tight: false };
  }
  const circled = CIRCLED.exec(line);
  if (!circled) return undefined;
  const no = circledValue(circled[1]!.charCodeAt(0));
  return no === undefined ? undefined : { no, body: line.slice(circled[0].length).trim(), style: "①", tight: false };
}

/** `３．2盒`: a price or a date is written in one width. */
function isOfTwoWidths([, , digits = "", mark]: readonly (string | undefined)[], rest: string): boolean {
  return mark === "．" && /[０-９]$/.test(digits) && /^[0-9]/.test(rest);
}

/** A number set off by nothing but a blank ("1 小王 2斤"): only where a whole list is written so. */
export function readSpacedNumber(line: string): Numbered | undefined {
  const match = SPACED.exec(line);
  if (!match) return undefined;
  return { no: Number(narrow(match[1]!)), body: line.slice(match[0].length).trim(), style: "blank", tight: false };
}

function styleOf(mark: string): NumberStyle {
  if (mark === "." || mark === "．" || mark === "。") return ".";
  if (mark === "、") return "、";
  return mark === ":" || mark === "：" || mark === "," || mark === "，" ? ":" : ")";
}

function narrow(digits: string): string {
  return digits.replace(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10));
}

function circledValue(code: number): number | undefined {
  const range = CIRCLED_RANGES.find(([first, last]) => code >= first && code <= last);
  return range && code - range[0] + range[2];
}
