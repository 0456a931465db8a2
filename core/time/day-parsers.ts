import { readInteger } from "../text/numerals.ts";
import { parser } from "./parser.ts";
import type { Phrase } from "./phrase.ts";
import { FOLLOWING_DAYS, PARTS, RELATIVE_DAYS, WEEKDAYS } from "./words.ts";

/** A day of the month or a month, in digits or Chinese numerals. */
const NUMBER = "(?:\\d{1,2}|[一二三四五六七八九十廿卅]{1,3})";
const LATIN_BEFORE = /[a-z\d]$/;
/** Parts that are one sign, which mean a part of the day only beside a day or an hour. */
const SHORT_PARTS = new Set(["早", "晚", "夜"]);

/** Longest first, so that 大后天 is not read as 后天. Blanks in words of several may be any blanks. */
function anyOf(words: Readonly<Record<string, unknown>>, latin: boolean): string {
  return Object.keys(words)
    .filter((word) => /^[a-z\d]/.test(word) === latin && !SHORT_PARTS.has(word))
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/ /g, "\\s{1,3}"))
    .join("|");
}

/** 今晚, tomorrow, "day after tomorrow". */
const relativeDay = parser({
  pattern: new RegExp(`(?:${anyOf(RELATIVE_DAYS, false)})|(?:${anyOf(RELATIVE_DAYS, true)})(?![a-z\\d])`),
  notAfter: /[a-z]$/,
  read(match) {
    const word = RELATIVE_DAYS[match[0].replace(/\s+/g, " ")];
    return word && { day: { is: "relative", days: word.days }, ...(word.part && { part: word.part }) };
  },
});

/** 次日, "the next day". */
const followingDay = parser({
  pattern: new RegExp(
    `(?:${anyOf(FOLLOWING_DAYS, false)})|(?:the\\s{1,3})?(${anyOf(FOLLOWING_DAYS, true)})(?![a-z\\d])`,
  ),
  notAfter: /[a-z]$/,
  read(match) {
    const word = match[1] ?? match[0];
    const days = FOLLOWING_DAYS[word.replace(/\s+/g, " ")];
    if (days === undefined) return undefined;
    return { day: { is: "following", days }, ...(word === "当晚" && { part: "evening" as const }) };
  },
});

/** 周四, 下周三, 本周日, 下下星期一. Not 每周一, 一周一次. */
const chineseWeekday = parser({
  pattern: /(下下个?|下个?|这个?|本)?(?:周|星期|礼拜)([一二三四五六日天]|[1-6](?!\d))(?![次个月年])/,
  notAfter: /[每\d一两二三四五六七八九十半上逢]个?$/,
  read(match) {
    const weekday = Number(match[2]) || WEEKDAYS[match[2] ?? ""];
    return weekday ? inWeek(weekday, match[1] ?? "") : undefined;
  },
});

/** Friday, "next Wed", "this coming Sat". Not sun-dried, "every Monday". */
const englishWeekday = parser({
  pattern:
    /(?:(this|next|coming|this\s{1,3}coming)\s{1,3})?(mon|tues?|wed(?:nes)?|weds|thu(?:r|rs)?|fri|sat(?:ur)?|sun)(?:day)?(?![a-z\d]|'s|-(?!\s|\d))(?:\.(?=,|\s{1,2}(?:\d|at|@|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))?/,
  notAfter: /[a-z\d]$|(?:every|each|last)\s{1,3}$/,
  read(match) {
    const weekday = WEEKDAYS[(match[2] ?? "").slice(0, 3)];
    return weekday ? inWeek(weekday, match[1] ?? "") : undefined;
  },
});

/** 11/25(三): only behind a date. */
const bracketedWeekday = parser({
  pattern: /\(([一二三四五六日])\)/,
  after: /[\d日号]\s{0,2}$/,
  read: (match) => inWeek(WEEKDAYS[match[1] ?? ""] ?? 0, ""),
});

function inWeek(weekday: number, word: string): Phrase {
  if (word.startsWith("下下")) return { day: { is: "weekday", weekday, weeks: 2 } };
  if (word.startsWith("下") || word === "next") return { day: { is: "weekday", weekday, weeks: 1 } };
  if (word !== "") return { day: { is: "weekday", weekday, this: true } };
  return { day: { is: "weekday", weekday } };
}

/** "next week Wed", "Wed next week". */
const weekdayNextWeek = parser({
  pattern:
    /next\s{1,3}week(?:'s)?,?\s{1,3}(?:on\s{1,3})?(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}(?![a-z\d])|(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s{1,3}(?:of\s{1,3})?next\s{1,3}week(?![a-z\d])/,
  notAfter: LATIN_BEFORE,
  read(match) {
    const weekday = WEEKDAYS[match[1] ?? match[2] ?? ""];
    return weekday ? inWeek(weekday, "next") : undefined;
  },
});

/** 10月9日, 2026年10月9号, 十月九日, 10月9. */
const chineseDate = parser({
  pattern: new RegExp(
    `(?:(\\d{4}|明|今)年\\s{0,2})?(${NUMBER})\\s{0,2}月\\s{0,2}(${NUMBER})(?:\\s{0,2}[日号](?![楼院门店线馆桌柜库仓摊栋座])|(?![\\d个份斤.]))`,
  ),
  notAfter: /[\d年]$/,
  read(match) {
    const month = readInteger(match[2] ?? "");
    const day = readInteger(match[3] ?? "");
    if (!month || !day || month > 12 || day > 31) return undefined;
    const year = Number(match[1]);
    return { day: { is: "date", month, day, ...(year && { year }) } };
  },
});

/** 25号, 本月25日, 下个月三号. Not 9号楼, 3号门, 2号线, nor 2号 of a list. */
const dayOfMonth = parser({
  pattern: new RegExp(
    `(?:(本月|这个?月|下个?月)\\s{0,2}(${NUMBER})\\s{0,2}[日号]?|(\\d{1,2}|[一二三四五六七八九十廿]{2,3})\\s{0,2}[日号])(?![楼院门店线馆桌柜库仓摊栋座机房厅口室床码站台车单元小社区店铺铺球色字头份个+x×]|\\d(?!\\d?(?:[点时:]))|\\s*[+x×])`,
  ),
  notAfter: /[\d.月约前]$|[#第]\s{0,2}$|[a-z]\d?$/,
  read(match) {
    const day = readInteger(match[2] ?? match[3] ?? "");
    if (!day || day > 31) return undefined;
    const months = match[1] === undefined ? undefined : match[1].startsWith("下") ? 1 : 0;
    return { day: { is: "day-of-month", day, ...(months !== undefined && { months }) } };
  },
});

/** "the 25th", "25th", "on the 3rd". Not "the 3rd floor". */
const ordinalDay = parser({
  pattern:
    /(?:on\s{1,3})?(?:the\s{1,3})?(\d{1,2})(?:st|nd|rd|th)(?![a-z\d])(?!\s{1,3}(?:floor|flr|street|st|ave|avenue|road|rd|person|order|box|batch|time|round|anniversary|birthday|grade|place|\d(?!\d?(?::|\s?[ap]\.?m|\.\d\d\s?[ap]m|nn))))/,
  notAfter: LATIN_BEFORE,
  read(match) {
    const day = Number(match[1]);
    return day >= 1 && day <= 31 ? { day: { is: "day-of-month", day } } : undefined;
  },
});

/** 月底, "end of the month": its last day. */
const monthEnd = parser({
  pattern: /(下)?个?月[底末]|(?:the\s{1,3})?end\s{1,3}of\s{1,3}(?:the\s{1,3}|this\s{1,3})?month(?![a-z])/,
  notAfter: /[\d一二三四五六七八九十每a-z]$/,
  read: (match) => ({ day: { is: "day-of-month", day: "last", months: match[1] ? 1 : 0 } }),
});

/** 10/9, 2026/10/9, 2026.10.9, 9/10/2026. Not $10/3, 5/斤, 24/7, 1/2 kg. */
const slashDate = parser({
  pattern:
    /(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?![\d/])|(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?(?![\d/]|\.\d|\s{0,2}(?:kg|g|lbs?|oz|ml|cups?|pints?|box(?:es)?|dozen|pcs?|[斤公千克两磅份个盒箱袋包瓶只条折]))/,
  notAfter: /[\d/.$¥￥£€a-z]$|(?:rm|usd|sgd|cny|hkd|twd)\s$/,
  read(match) {
    if (match[1])
      return { day: { is: "date", year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) } };
    const [first, second] = [Number(match[4]), Number(match[5])];
    if (first < 1 || second < 1 || first > 31 || second > 31 || Math.min(first, second) > 12) return undefined;
    if (first === 24 && second === 7) return undefined; // round the clock
    const year = match[6] === undefined ? undefined : Number(match[6]) + (match[6].length === 2 ? 2000 : 0);
    return { day: { is: "slash", first, second, ...(year !== undefined && { year }) } };
  },
});

/** 11.25 or 11-25 before a word of time: "11.25 晚8点", "11.25(周三)", "11-25 20:00", 11.25号. Elsewhere it is a price or a range. */
const dottedDate = parser({
  pattern:
    /(\d{1,2})[.-](\d{1,2})(?:\s{0,2}[日号](?!楼)|(?=\s{0,2}(?:[(（【]?(?:周|星期|礼拜)|凌晨|早|上午|中午|下午|傍晚|晚|夜|(?:[01]?\d|2[0-4])(?::\d\d|点)|截|前截|前下单)))/,
  notAfter: /[\d/.$¥￥£€:a-z-]$/,
  read(match) {
    const [month, day] = [Number(match[1]), Number(match[2])];
    return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? { day: { is: "date", month, day } } : undefined;
  },
});

/** 30.11., 5.12.2026, as in Germany. */
const pointedDate = parser({
  pattern: /(\d{1,2})\.(\d{1,2})\.(\d{4})?(?=\s|$|,)/,
  notAfter: /[\d/.$¥￥£€:a-z-]$/,
  read(match) {
    const [day, month, year] = [Number(match[1]), Number(match[2]), match[3]];
    if (day < 1 || day > 31 || month < 1 || month > 12) return undefined;
    return { day: { is: "date", month, day, ...(year !== undefined && { year: Number(year) }) } };
  },
});

/** 早上, evening, 晚 (the short ones only beside a day or an hour). */
const partOfDay = parser({
  pattern: new RegExp(
    // 下午茶, 夜宵 and 早餐 are meals
    `(?:${anyOf(PARTS, false)})(?![茶餐饭宵])|[早晚夜](?=\\s{0,2}(?:\\d|[一二三四五六七八九十两]{1,3}[点时半]|零点))|(?:${anyOf(PARTS, true)})(?![a-z])`,
  ),
  notAfter: /[a-z]$|good\s{1,3}$/,
  read(match) {
    const word = match[0];
    if (word === "noon" || word === "正午")
      return { part: "noon", clock: { hour: 12, minute: 0, second: 0, exact: true } };
    if (word === "午夜") return midnight;
    const part = PARTS[word];
    return part && { part };
  },
});

/** 晚 or 早 after a day: 周五晚, 25号早. */
const shortPart = parser({
  pattern: /[早晚](?!上|间|点|[a-z餐饭市茶])/,
  after: /(?:[一二三四五六日天]|[号日])\s{0,2}$/,
  read: (match) => ({ part: match[0] === "早" ? "morning" : "evening" }),
});

const midnight: Phrase = { part: "evening", clock: { hour: 24, minute: 0, second: 0, exact: true } };

/** Chat's names for days and parts of them; chrono knows few of them, or reads them without their week. */
export const dayParsers = [
  relativeDay,
  followingDay,
  chineseWeekday,
  bracketedWeekday,
  weekdayNextWeek,
  englishWeekday,
  chineseDate,
  dayOfMonth,
  ordinalDay,
  monthEnd,
  slashDate,
  dottedDate,
  pointedDate,
  partOfDay,
  shortPart,
];
