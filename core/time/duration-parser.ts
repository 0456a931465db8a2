import { ENGLISH_NUMBERS } from "../text/english-numbers.ts";
import { readInteger } from "../text/numerals.ts";
import { parser } from "./parser.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Words of length by their first sign or letters. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:秒|s)/, SECOND],
  [/^(?:分|m)/, MINUTE],
  [/^(?:小时|钟头|h)/, HOUR],
  [/^(?:天|d)/, DAY],
  [/^(?:周|星期|礼拜|w)/, 7 * DAY],
];

const EN_UNIT = "(s(?:ecs?|econds?)?|m(?:ins?|inutes?)?|h(?:rs?|ours?)?|d(?:ays?)?|w(?:ks?|eeks?)?)(?![a-z])";
const EN_NUMBER =
  "(\\d{1,3}(?:\\.\\d{1,2})?|half\\s{1,2}an?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty[- ]five|a\\s{1,2}couple\\s{1,2}of)";
const EN_LENGTH = `${EN_NUMBER}(?:\\s{0,2}(and\\s{1,2}a\\s{1,2}half))?[\\s-]{0,2}${EN_UNIT}(?:\\s{1,2}(and\\s{1,2}a\\s{1,2}half)|(?:\\s{1,2}and)?\\s{0,2}(\\d{1,3})\\s{0,2}${EN_UNIT})?`;
const ZH_NUMBER = "(\\d{1,4}(?:\\.\\d{1,2})?|半|[一二三四五六七八九十两廿]{1,3})";
const ZH_UNIT = "(秒钟?|分钟|小时|钟头|天|周|星期|礼拜|分)";
const ZH_LENGTH = `${ZH_NUMBER}\\s{0,2}个?(半)?\\s{0,2}${ZH_UNIT}(半)?(?:\\s{0,2}${ZH_NUMBER}\\s{0,2}${ZH_UNIT})?`;

const EN_NUMBERS: Readonly<Record<string, number>> = {
  ...ENGLISH_NUMBERS,
  a: 1,
  an: 1,
  "forty-five": 45,
  "forty five": 45,
  "a couple of": 2,
};

/** "in 3 hours", "within 20 mins", "open for 2 hours". */
const englishBefore = parser({
  pattern: new RegExp(
    `(?:in|within|for|after|(?:for\\s{1,2})?the\\s{1,2}next|next)\\s{1,2}(?:just\\s{1,2}|about\\s{1,2})?${EN_LENGTH}(?:['’]?\\s{1,2}time(?![a-z]))?`,
  ),
  notAfter: /[a-z]$/,
  read: (match) => afterPhrase(englishLength(match)),
});

/** "3 hours from now", "2 hours left". */
const englishAfter = parser({
  pattern: new RegExp(`${EN_LENGTH}\\s{1,2}(?:from\\s{1,2}now|later|left|to\\s{1,2}go|hence)(?![a-z])`),
  notAfter: /[a-z\d.]$/,
  read: (match) => afterPhrase(englishLength(match)),
});

/** 2小时后, 半小时内, 20秒后, 一个半小时后, 限时2小时. Not 8点30分后, 蒸8分钟. */
const chineseAfter = parser({
  pattern: new RegExp(`${ZH_LENGTH}\\s{0,2}(?:之后|以后|之内|以内|后|内)`),
  notAfter: /[\d.点时:每]$/,
  read: (match) => afterPhrase(chineseLength(match)),
});

const chineseLimit = parser({
  pattern: new RegExp(`(?:限时|倒计时|还剩|剩下|只剩)\\s{0,2}${ZH_LENGTH}`),
  read: (match) => afterPhrase(chineseLength(match)),
});

/** A length of time that is the whole text: "30 minutes", 1小时, "2h". Milliseconds. */
export function readLength(text: string): number | undefined {
  const english = new RegExp(
    `^\\s{0,9}\\+?(?:by\\s{1,2}|for\\s{1,2}|another\\s{1,2})?${EN_LENGTH}(?:\\s{1,2}more)?\\s{0,9}$`,
  ).exec(text);
  if (english) return englishLength(english);
  const chinese = new RegExp(`^\\s{0,9}\\+?(?:再|延长|延迟|推迟)?\\s{0,2}${ZH_LENGTH}\\s{0,9}$`).exec(text);
  return chinese ? chineseLength(chinese) : undefined;
}

function afterPhrase(afterMs: number | undefined) {
  return afterMs === undefined ? undefined : { afterMs };
}

function englishLength([, number, halfBefore, unit, halfAfter, more, moreUnit]: readonly (string | undefined)[]) {
  const count = englishNumber(number ?? "");
  const size = unitMs(unit ?? "");
  if (count === undefined || size === undefined) return undefined;
  const half = halfBefore || halfAfter ? size / 2 : 0;
  return Math.round(count * size) + half + (more ? Number(more) * (unitMs(moreUnit ?? "") ?? 0) : 0);
}

function englishNumber(text: string): number | undefined {
  if (/^\d/.test(text)) return Number(text);
  if (text.startsWith("half")) return 0.5;
  return EN_NUMBERS[text.replace(/\s+/g, " ")];
}

function chineseLength([, number, halfBefore, unit, halfAfter, more, moreUnit]: readonly (string | undefined)[]) {
  const count = chineseNumber(number ?? "");
  const size = unitMs(unit ?? "");
  if (count === undefined || size === undefined) return undefined;
  const half = halfBefore || halfAfter ? size / 2 : 0;
  return Math.round(count * size) + half + (more ? (chineseNumber(more) ?? 0) * (unitMs(moreUnit ?? "") ?? 0) : 0);
}

function chineseNumber(text: string): number | undefined {
  if (text === "半") return 0.5;
  return /^\d/.test(text) ? Number(text) : readInteger(text);
}

function unitMs(unit: string): number | undefined {
  return UNITS.find(([word]) => word.test(unit))?.[1];
}

/** Lengths of time counted from now. Elapsed time, whatever clocks do meanwhile. @source message language, 2 */
export const durationParsers = [englishBefore, englishAfter, chineseAfter, chineseLimit];
