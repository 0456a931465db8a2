import type { Part } from "./phrase.ts";

/** Weekdays from 1 (Monday) by their first three letters or their Chinese sign. */
export const WEEKDAYS: Readonly<Record<string, number>> = {
  mon: 1,
  tue: 2,
  wed: 3,
  thu: 4,
  fri: 5,
  sat: 6,
  sun: 7,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  日: 7,
  天: 7,
};

/** Words for a day counted from today, and the part of it that some of them name. */
export const RELATIVE_DAYS: Readonly<Record<string, { days: number; part?: Part }>> = {
  今天: { days: 0 },
  今日: { days: 0 },
  今儿: { days: 0 },
  今晚: { days: 0, part: "evening" },
  今夜: { days: 0, part: "evening" },
  今早: { days: 0, part: "morning" },
  今朝: { days: 0, part: "morning" },
  明天: { days: 1 },
  明日: { days: 1 },
  明儿: { days: 1 },
  听日: { days: 1 },
  明晚: { days: 1, part: "evening" },
  听晚: { days: 1, part: "evening" },
  明早: { days: 1, part: "morning" },
  听朝: { days: 1, part: "morning" },
  后天: { days: 2 },
  后日: { days: 2 },
  后晚: { days: 2, part: "evening" },
  大后天: { days: 3 },
  昨天: { days: -1 },
  昨日: { days: -1 },
  昨晚: { days: -1, part: "evening" },
  today: { days: 0 },
  tdy: { days: 0 },
  tonight: { days: 0, part: "evening" },
  tonite: { days: 0, part: "evening" },
  tonght: { days: 0, part: "evening" },
  tomorrow: { days: 1 },
  tomorow: { days: 1 },
  tommorow: { days: 1 },
  tommorrow: { days: 1 },
  tmr: { days: 1 },
  tmrw: { days: 1 },
  tmw: { days: 1 },
  tml: { days: 1 },
  tmrow: { days: 1 },
  "2moro": { days: 1 },
  "2mrw": { days: 1 },
  "day after tomorrow": { days: 2 },
  "day after tmr": { days: 2 },
  yesterday: { days: -1 },
  "this morning": { days: 0, part: "morning" },
  "this afternoon": { days: 0, part: "afternoon" },
  "this arvo": { days: 0, part: "afternoon" },
  "this evening": { days: 0, part: "evening" },
};

/** Words for the day of the closing and the one after it. */
export const FOLLOWING_DAYS: Readonly<Record<string, number>> = {
  当天: 0,
  当日: 0,
  同日: 0,
  当晚: 0,
  次日: 1,
  隔天: 1,
  隔日: 1,
  翌日: 1,
  第二天: 1,
  "same day": 0,
  "next day": 1,
  "following day": 1,
  "day after": 1,
};

export const PARTS: Readonly<Record<string, Part>> = {
  凌晨: "dawn",
  清晨: "morning",
  早上: "morning",
  早晨: "morning",
  早间: "morning",
  上午: "morning",
  上昼: "morning",
  朝早: "morning",
  早: "morning",
  中午: "noon",
  正午: "noon",
  午间: "noon",
  晌午: "noon",
  下午: "afternoon",
  午后: "afternoon",
  下昼: "afternoon",
  晏昼: "noon",
  傍晚: "evening",
  晚上: "evening",
  晚间: "evening",
  夜晚: "evening",
  夜里: "evening",
  夜间: "evening",
  深夜: "evening",
  半夜: "evening",
  午夜: "evening",
  晚: "evening",
  夜: "evening",
  morning: "morning",
  noon: "noon",
  afternoon: "afternoon",
  arvo: "afternoon",
  evening: "evening",
  night: "evening",
  nite: "evening",
};

const DIGITS = "〇一二三四五六七八九";

/** A number below 100 in digits or Chinese numerals: 8, 08, 八, 十, 二十五, 廿五, 两. */
export function smallNumber(text: string): number | undefined {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  const plain = text.replace(/两/g, "二").replace(/零/g, "〇").replace(/^廿/, "二十").replace(/^卅/, "三十");
  const match = /^(?:([二三四五六七八九])?(十))?〇?([〇一二三四五六七八九])?$/.exec(plain);
  if (!match || plain === "") return undefined;
  const tens = match[2] ? (match[1] ? DIGITS.indexOf(match[1]) : 1) : 0;
  return tens * 10 + (match[3] ? DIGITS.indexOf(match[3]) : 0);
}
