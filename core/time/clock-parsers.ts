import { ENGLISH_NUMBERS } from "../text/english-numbers.ts";
import { readInteger } from "../text/numerals.ts";
import { parser } from "./parser.ts";
import type { NamedClock, Phrase } from "./phrase.ts";

const NUMERAL = "[零〇一二三四五六七八九十两廿]{1,3}";
/** An hour and minutes in the notations of chat; the groups are those that `zhClock` and `enClock` read. */
const ZH_CLOCK = `(\\d{1,2}|${NUMERAL})\\s{0,2}(?:点|时(?!间|候|令|段|光|尚|代|蔬))(?:钟|整)?(?:\\s{0,2}(?:(半)|([一三])刻|(\\d{1,2}|${NUMERAL})分)|([0-5]\\d)(?![\\d点:份个盒箱袋斤.号栋楼]))?`;
const COLON_CLOCK = "([01]?\\d|2[0-4])\\s{0,1}:\\s{0,1}([0-5]\\d)(?::([0-5]\\d))?(?!\\d)";
const MERIDIEM = "(am|pm|a\\.m\\.?|p\\.m\\.?|nn|noon|mn|midnight)(?![a-z])";
const DASH = "\\s{0,2}(?:-|–|—|~|～|to|till|until|到|至)\\s{0,2}";

/** 8点, 八点半, 20时30分, 下午三点一刻. Not 8点多, 一点 without a part of the day, 8小时. */
const chineseClock = parser({
  pattern: new RegExp(`${ZH_CLOCK}(?!多|几)`),
  notAfter: /[\d.:第$¥]$/,
  read(match) {
    if (match[0] === "一点" || match[0] === "两点") return undefined;
    return clockPhrase(zhClock(match));
  },
});

/** 下午一点, 晚一点: the hours that are also words, after a part of the day or a day. */
const wordyClock = parser({
  pattern: /([一两])点(?:(半)|([一三])刻)?(?!多|儿|点)/,
  after: /(?:凌晨|早上|上午|中午|下午|晚上|夜里|午后|半夜|[到至-])\s{0,2}$/,
  read: (match) => clockPhrase(zhClock(match)),
});

/** 零点, 0点, 24点. */
const zeroClock = parser({
  pattern: /零点(?!\d)/,
  read: () => clockPhrase({ hour: 0, minute: 0, second: 0, exact: true }),
});

/** 20:00, 8:30, 8:30 pm, 08:00. */
const colonClock = parser({
  pattern: new RegExp(`${COLON_CLOCK}(?:\\s{0,2}${MERIDIEM}|\\s{0,1}(?:hrs?|h|点)(?![a-z]))?`),
  notAfter: /[\d:/$¥￥£€]$|\d\.$/,
  read: ([, hour, minute, second, meridiem]) => clockPhrase(enClock(hour, minute, second, meridiem)),
});

/** 8pm, 8.30 p.m., 1130pm, 12nn, 12 midnight. */
const meridiemClock = parser({
  pattern: new RegExp(`(\\d{1,2})(?:[.:]?([0-5]\\d))?\\s{0,2}${MERIDIEM}`),
  notAfter: /[\d:/$¥￥£€.a-z]$/,
  read: ([, hour, minute, meridiem]) => clockPhrase(enClock(hour, minute, undefined, meridiem)),
});

/** 2000hrs, 1830h. */
const militaryClock = parser({
  pattern: /([01]\d|2[0-4])([0-5]\d)\s{0,2}(?:hrs?|hours|h)(?![a-z])/,
  notAfter: /[\d:/$¥￥£€.a-z]$/,
  read: ([, hour, minute]) => clockPhrase({ hour: Number(hour), minute: Number(minute), second: 0, exact: true }),
});

/** "tmr 2359", "Fri 1830", "15/10 2359": four digits behind a day. */
const bareMilitary = parser({
  pattern: /(?!20[2-9]\d)([01]\d|2[0-3])([0-5]\d)(?![\d:,]|\.\d|\s{0,2}(?:kg|g|lb|ml|pcs?|[\u3400-\u9fff]))/,
  after:
    /(?:tmr|tmrw|tomorrow|today|tonight|mon|tues?|wed|thur?s?|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?<!\d)\d{1,2}\/\d{1,2}|\d{1,2}\s?(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)),?\s{1,2}(?:at\s{1,2}|by\s{1,2})?$/,
  read: ([, hour, minute]) => clockPhrase({ hour: Number(hour), minute: Number(minute), second: 0, exact: true }),
});

/** "8 o'clock", "half past 8", "quarter to six". */
const spokenClock = parser({
  pattern:
    /(?:(half|quarter|a\s{1,2}quarter)\s{1,2}(past|to)\s{1,2})(\d{1,2}|[a-z]{3,6})(?:\s{0,2}(am|pm)(?![a-z]))?|(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s{0,2}o\s{0,1}['’]?\s{0,1}clock|(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s{1,2}?(am|pm)(?![a-z])/,
  notAfter: /[a-z\d]$/,
  read([, share, side, spoken, meridiem, full, word, wordMeridiem]) {
    const named = spoken ?? full ?? word ?? "";
    const hour = ENGLISH_HOURS[named] ?? (/^\d/.test(named) ? Number(named) : undefined);
    if (hour === undefined) return undefined;
    const minutes = share === undefined ? 0 : share === "half" ? 30 : 15;
    const clock = enClock(String(hour), "0", undefined, meridiem ?? wordMeridiem);
    if (!clock) return undefined;
    const total = clock.hour * 60 + (side === "to" ? -minutes : minutes);
    return clockPhrase({ ...clock, hour: Math.trunc(total / 60), minute: total % 60 });
  },
});

/** "by half 8": half past eight, in Britain. */
const halfHour = parser({
  pattern:
    /half\s{1,2}(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?![\da-z]|\s{0,2}(?:dozen|price|kg|g|lb|box))/,
  after: /(?:by|before|at|from|until|till)\s{1,2}$/,
  read: ([, hour = ""]) => clockPhrase(enClock(String(ENGLISH_HOURS[hour] ?? hour), "30")),
});

const ENGLISH_HOURS: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(ENGLISH_NUMBERS).filter(([, hour]) => hour >= 1 && hour <= 12),
);

/** midnight and the end of the day, which end the named day. @source message language, 2 */
const midnight = parser({
  pattern:
    /(?:12\s{0,2})?(?:midnight|midnite)|(?:the\s{1,2})?end\s{1,2}of\s{1,2}(?:the\s{1,2})?day|eod(?![a-z])|cob(?![a-z])|(?:12\s{0,2})?noon(?![a-z])|midday/,
  notAfter: /[a-z\d]$/,
  read: (match) => clockPhrase({ hour: /noon|midday/.test(match[0]) ? 12 : 24, minute: 0, second: 0, exact: true }),
});

/** 3-4pm, 8.30-9.30am, 5点到7点, 3到5点, 18-20点, 9-11: the first end takes from the second what it lacks. */
const shortRange = parser({
  pattern: new RegExp(`(\\d{1,2})(?:[.:]([0-5]\\d))?${DASH}(\\d{1,2})(?:[.:]?([0-5]\\d))?\\s{0,2}${MERIDIEM}`),
  notAfter: /[\d:/$¥￥£€.a-z]$/,
  read([, hour, minute, endHour, endMinute, meridiem]) {
    return rangePhrase(enClock(hour, minute), enClock(endHour, endMinute, undefined, meridiem));
  },
});

/** 9-noon, "10 till midday", "9am - noon". */
const noonRange = parser({
  pattern: new RegExp(`(\\d{1,2})(?:[.:]([0-5]\\d))?(?:\\s{0,1}am)?${DASH}(?:12\\s{0,1})?(?:noon|midday)(?![a-z])`),
  notAfter: /[\d:/$¥￥£€.a-z]$/,
  read([, hour, minute]) {
    const from = enClock(hour, minute);
    return rangePhrase(from && { ...from, exact: true }, { hour: 12, minute: 0, second: 0, exact: true });
  },
});

/** "between 4 and 6pm" */
const betweenRange = parser({
  pattern: new RegExp(
    `between\\s{1,2}(\\d{1,2})(?:[.:]([0-5]\\d))?\\s{1,2}and\\s{1,2}(\\d{1,2})(?:[.:]?([0-5]\\d))?\\s{0,2}${MERIDIEM}`,
  ),
  read([, hour, minute, endHour, endMinute, meridiem]) {
    return rangePhrase(enClock(hour, minute), enClock(endHour, endMinute, undefined, meridiem));
  },
});

const chineseRange = parser({
  pattern: new RegExp(`(\\d{1,2}|${NUMERAL})(?::([0-5]\\d))?${DASH}${ZH_CLOCK}(?!多)`),
  notAfter: /[\d:/$¥￥£€.月]$|[a-z]$/,
  read(match) {
    const [, hour, minute] = match;
    const end = zhClock([match[0], ...match.slice(3)]);
    const from = hour && readInteger(hour);
    if (from === undefined || from === "" || from > 24) return undefined;
    return rangePhrase({ hour: from, minute: Number(minute ?? 0), second: 0, exact: from > 12 }, end);
  },
});

/** "Saturday 10-12", 周六10-12: numbers that are hours because a day or a part of it stands before them. */
const bareRange = parser({
  pattern: new RegExp(
    `(\\d{1,2})(?:[.:]([0-5]\\d))?${DASH}(\\d{1,2})(?:[.:]([0-5]\\d))?(?![\\d:/+%]|\\.\\d|\\s{0,2}(?:kg|g|lbs?|oz|pcs?|box|pack|day|week|month|hour|min|people|pax|[斤公千克两磅份个盒箱袋包瓶只条天月日号人元块层楼栋]))`,
  ),
  after:
    /(?:周|星期|礼拜)[一二三四五六日天]\s{0,2}[)）]?\s{0,2}(?:早上|上午|中午|下午|晚上|傍晚|晚|早)?\s{0,2}$|(?:今|明|后)[天日晚早]\s{0,2}$|[早上下晚]午?上?\s{0,2}$|[日号]\s{0,2}$|(?:day|row|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thur?s?|fri|sat|sun|tmrw?|tonight|morning|afternoon|arvo|evening|between|from)\.?,?\s{1,2}(?:at\s{1,2}|from\s{1,2}|between\s{1,2})?$|:\s{0,2}\d{1,2}\/\d{1,2}\s{1,2}$/,
  read([, hour, minute, endHour, endMinute]) {
    const range = rangePhrase(enClock(hour, minute), enClock(endHour, endMinute));
    return range && { ...range, weak: true };
  },
});

/** "9-11 Sat morning": the day stands behind. */
const rangeBeforeDay = parser({
  pattern: new RegExp(
    `(\\d{1,2})(?:[.:]([0-5]\\d))?${DASH}(\\d{1,2})(?:[.:]([0-5]\\d))?(?=\\s{1,2}(?:on\\s{1,2})?(?:this\\s{1,2})?(?:mon|tue|wed|thu|fri|sat|sun|tomorrow|tmr)[a-z]{0,6}(?![a-z]))`,
  ),
  notAfter: /[\d:/$¥￥£€.a-z]$/,
  read([, hour, minute, endHour, endMinute]) {
    const range = rangePhrase(enClock(hour, minute), enClock(endHour, endMinute));
    return range && { ...range, weak: true };
  },
});

/** "tonight 12", "Friday at 8": a number that is an hour because of the day before it, and nothing follows that it could count. */
const bareHour = parser({
  pattern:
    /(\d{1,2})(?:\.([0-5]\d))?(?=\s{0,2}(?:$|[,，;；。!！?？)）\n]|\.(?!\d)|(?:at|in|to|till|for\s+pick|截|收|前|结|关|自提|取)|\s{1,2}(?:tomorrow|tmr|tonight|today|on\s|this\s|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}(?![a-z]))))/,
  after:
    /(?:(?:day|row|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thur?s?|fri|sat|sun|tmrw?|tonight|morning|afternoon|arvo|evening|night|\d(?:st|nd|rd|th)|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\s\d{1,2}(?=,?\s{1,2}at))\.?,?\s{1,2}(?:at\s{1,2}|by\s{1,2}|before\s{1,2})?|(?:by|before|until|till|(?:clos(?:es?|ing)|deadline|cut-?off|collect(?:ion)?|pick-?up|ends?)\s{1,2}(?:is\s{1,2})?at)\s{1,2}|(?:今|明)晚\s{0,2}|晚上?\s{0,2})$/,
  read([, hour, minute]) {
    const phrase = clockPhrase(enClock(hour, minute));
    return phrase && { ...phrase, weak: true };
  },
});

function zhClock([, hourText, half, quarters, spokenMinute, shownMinute]: readonly (string | undefined)[]):
  | NamedClock
  | undefined {
  const hour = readInteger(hourText ?? "");
  const minute = half ? 30 : quarters ? (quarters === "一" ? 15 : 45) : readInteger(spokenMinute ?? shownMinute ?? "0");
  if (hour === undefined || hour > 24 || minute === undefined || minute > 59) return undefined;
  return { hour, minute, second: 0, exact: hour > 12 || hour === 0 || /^0\d/.test(hourText ?? "") };
}

function enClock(hourText = "", minuteText = "0", secondText = "0", meridiem = ""): NamedClock | undefined {
  const hour = Number(hourText);
  const [minute, second] = [Number(minuteText), Number(secondText)];
  if (hour > 24 || minute > 59) return undefined;
  const exact = hour > 12 || hour === 0 || /^0\d/.test(hourText);
  if (meridiem === "") return { hour, minute, second, exact };
  if (hour > 12) return /^p/.test(meridiem) ? { hour, minute, second, exact: true } : undefined; // "20:00 pm" happens
  if (hour === 0) return { hour: /^p/.test(meridiem) ? 12 : 0, minute, second, exact: true };
  const shift = hour === 12 ? MIDDAY_HOURS[meridiem[0] ?? ""] : /^p/.test(meridiem) ? hour + 12 : hour;
  // 12am without minutes is midnight, which ends the named day; 12:30am is within the day
  const late = /^(?:mn|mid)/.test(meridiem) || (/^a/.test(meridiem) && hour === 12 && minute === 0);
  return { hour: late ? 24 : (shift ?? hour), minute, second, exact: true };
}

/** What the 12 of "12am", "12pm" and "12nn" is. */
const MIDDAY_HOURS: Readonly<Record<string, number>> = { a: 0, p: 12, n: 12, m: 24 };

function clockPhrase(clock: NamedClock | undefined): Phrase | undefined {
  return clock && { clock };
}

function rangePhrase(from: NamedClock | undefined, until: NamedClock | undefined): Phrase | undefined {
  return from && until && { clock: from, until: { clock: until } };
}

/** Hours as chat writes them. Ranges first: where two results overlap the longer one stays. */
export const clockParsers = [
  shortRange,
  noonRange,
  betweenRange,
  chineseRange,
  bareRange,
  rangeBeforeDay,
  colonClock,
  meridiemClock,
  militaryClock,
  bareMilitary,
  spokenClock,
  halfHour,
  midnight,
  chineseClock,
  wordyClock,
  zeroClock,
  bareHour,
];
