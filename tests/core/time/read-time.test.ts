import { describe, expect, test } from "vitest";
import { readTime } from "../../../core/time/read-time.ts";
import { formatInstant } from "../../../core/time/zone.ts";

interface Row {
  readonly text: string;
  /** Instants in ISO 8601 with the zone's offset, a range as "from/until", "… day" for a day without an hour, or a problem. */
  readonly is: string;
  readonly why: string;
}

/** What was read, in the words of a row. */
function reading(text: string, now: string, zone: string): string {
  const read = readTime(text, { now: new Date(now), zone });
  if ("problem" in read) return read.problem.code;
  const end = read.until ? `/${formatInstant(read.until, zone)}` : "";
  return `${formatInstant(read.at, zone)}${end}${read.wholeDay ? " day" : ""}${read.past ? " past" : ""}`;
}

function table(title: string, now: string, zone: string, rows: readonly Row[]): void {
  describe(`${title} (${now}, ${zone})`, () => {
    for (const { text, is, why } of rows) {
      test(`${text}: ${is} (${why})`, () => {
        expect(reading(text, now, zone)).toBe(is);
      });
    }
  });
}

table("Chinese times on a Saturday morning", "2026-11-21T10:00:00+08:00", "Asia/Shanghai", [
  { text: "今晚12点", is: "2026-11-22T00:00:00+08:00", why: "midnight ends the named day" },
  { text: "今晚零点", is: "2026-11-22T00:00:00+08:00", why: "so does 零点 of tonight" },
  { text: "25号晚8点", is: "2026-11-25T20:00:00+08:00", why: "the coming 25th" },
  { text: "20号晚8点", is: "2026-12-20T20:00:00+08:00", why: "a day of the month that is past is next month's" },
  { text: "31号", is: "2027-01-01T00:00:00+08:00 day", why: "November has no 31st" },
  { text: "週六早上10點", is: "2026-11-28T10:00:00+08:00", why: "10 o'clock is not ahead any more today" },
  { text: "周六11点", is: "2026-11-21T11:00:00+08:00", why: "a bare weekday may be today" },
  { text: "下周三", is: "2026-11-26T00:00:00+08:00 day", why: "next week's Wednesday, to its end" },
  { text: "下周六上午10点", is: "2026-11-28T10:00:00+08:00", why: "Saturday of the next Monday-to-Sunday week" },
  { text: "本周日晚8点", is: "2026-11-22T20:00:00+08:00", why: "this Sunday is the coming one" },
  { text: "下下周一中午", is: "2026-11-30T12:00:00+08:00 day", why: "the week after next" },
  { text: "星期天下午三点半", is: "2026-11-22T15:30:00+08:00", why: "numerals and a half hour" },
  { text: "礼拜五晚上九点一刻", is: "2026-11-27T21:15:00+08:00", why: "a quarter" },
  { text: "明天中午12点", is: "2026-11-22T12:00:00+08:00", why: "noon" },
  { text: "明早8点", is: "2026-11-22T08:00:00+08:00", why: "明早 names day and part" },
  { text: "后天下午5点", is: "2026-11-23T17:00:00+08:00", why: "the day after tomorrow" },
  { text: "大后天20:00", is: "2026-11-24T20:00:00+08:00", why: "three days from now" },
  {
    text: "晚上7点-9点",
    is: "2026-11-21T19:00:00+08:00/2026-11-21T21:00:00+08:00",
    why: "the part holds for both ends",
  },
  {
    text: "上午10点到下午2点",
    is: "2026-11-22T10:00:00+08:00/2026-11-22T14:00:00+08:00",
    why: "each end with its own part",
  },
  { text: "周日10-12点", is: "2026-11-22T10:00:00+08:00/2026-11-22T12:00:00+08:00", why: "one 点 for both" },
  { text: "18:30-20:30", is: "2026-11-21T18:30:00+08:00/2026-11-21T20:30:00+08:00", why: "both ends of the clock" },
  { text: "晚上11点到1点", is: "2026-11-21T23:00:00+08:00/2026-11-22T01:00:00+08:00", why: "past midnight" },
  { text: "2小时后", is: "2026-11-21T12:00:00+08:00", why: "elapsed time" },
  { text: "半小时后", is: "2026-11-21T10:30:00+08:00", why: "half an hour" },
  { text: "一个半小时后", is: "2026-11-21T11:30:00+08:00", why: "one and a half" },
  { text: "20秒后", is: "2026-11-21T10:00:20+08:00", why: "seconds" },
  { text: "3天后晚8点", is: "2026-11-24T20:00:00+08:00", why: "days counted, with an hour" },
  { text: "30分钟", is: "2026-11-21T10:30:00+08:00", why: "a bare length, as /extend takes it" },
  { text: "10月9日晚上10点", is: "2026-10-09T22:00:00+08:00 past", why: "past by less than 60 days: as written" },
  { text: "9月10日", is: "2027-09-11T00:00:00+08:00 day", why: "past by more: next year" },
  { text: "1月4日 20:00", is: "2027-01-04T20:00:00+08:00", why: "over the end of the year" },
  { text: "2026年12月1日上午9点", is: "2026-12-01T09:00:00+08:00", why: "a full date" },
  { text: "2025年12月1日", is: "2025-12-02T00:00:00+08:00 day past", why: "a full date stays, even past" },
  { text: "10/12 下午5点", is: "2026-10-12T17:00:00+08:00 past", why: "month before day in Chinese" },
  { text: "11.25 晚8点", is: "2026-11-25T20:00:00+08:00", why: "a point between month and day" },
  { text: "今天下午5点", is: "2026-11-21T17:00:00+08:00", why: "today" },
  { text: "今天上午9点", is: "2026-11-21T09:00:00+08:00 past", why: "today and past: as written" },
  { text: "9点", is: "2026-11-21T21:00:00+08:00", why: "a bare hour is the next one between 7 and 23" },
  { text: "6点", is: "2026-11-21T18:00:00+08:00", why: "6 in the morning is no hour of chat" },
  { text: "0点", is: "2026-11-22T00:00:00+08:00", why: "the next midnight" },
  { text: "周五24点", is: "2026-11-28T00:00:00+08:00", why: "24:00 ends Friday" },
  { text: "周五凌晨1点", is: "2026-11-27T01:00:00+08:00", why: "凌晨 begins the day" },
  { text: "周五晚上1点", is: "2026-11-28T01:00:00+08:00", why: "the night that follows Friday" },
  { text: "月底", is: "2026-12-01T00:00:00+08:00 day", why: "the end of the month's last day" },
  { text: "11月31日", is: "no-such-day", why: "no such day" },
  { text: "11月25日（周三）晚8点", is: "2026-11-25T20:00:00+08:00", why: "date and weekday agree" },
  { text: "11月25日周四晚8点", is: "weekday-differs", why: "date and weekday contradict each other" },
  { text: "９点３０分", is: "2026-11-21T21:30:00+08:00", why: "full width" },
  { text: "苹果两斤", is: "no-time", why: "nothing about time" },
  { text: "9号楼", is: "no-time", why: "a house is no day" },
  { text: "便宜一点", is: "no-time", why: "一点 is also a little" },
]);

table("English times on a Saturday morning", "2026-11-21T10:00:00+08:00", "Asia/Singapore", [
  { text: "tonight 12", is: "2026-11-22T00:00:00+08:00", why: "the coming midnight" },
  { text: "midnight", is: "2026-11-22T00:00:00+08:00", why: "the coming midnight" },
  { text: "Friday midnight", is: "2026-11-28T00:00:00+08:00", why: "midnight ends the named day" },
  { text: "by 6pm tmr", is: "2026-11-22T18:00:00+08:00", why: "tmr" },
  { text: "8.30pm", is: "2026-11-21T20:30:00+08:00", why: "a point between hour and minutes" },
  { text: "1130pm tonight", is: "2026-11-21T23:30:00+08:00", why: "no point at all" },
  { text: "2000hrs", is: "2026-11-21T20:00:00+08:00", why: "military" },
  { text: "12nn tmr", is: "2026-11-22T12:00:00+08:00", why: "12 noon" },
  { text: "12 noon", is: "2026-11-21T12:00:00+08:00", why: "said twice" },
  { text: "half past 7 tonight", is: "2026-11-21T19:30:00+08:00", why: "spoken" },
  { text: "quarter to 9 tonight", is: "2026-11-21T20:45:00+08:00", why: "spoken" },
  { text: "Sat 8", is: "2026-11-21T20:00:00+08:00", why: "a bare hour on a bare weekday: the next" },
  { text: "tomorrow at 8", is: "2026-11-22T08:00:00+08:00", why: "the first 8 between 7 and 23" },
  { text: "Sunday 3-4pm", is: "2026-11-22T15:00:00+08:00/2026-11-22T16:00:00+08:00", why: "pm holds for both" },
  { text: "Sunday 11-1pm", is: "2026-11-22T11:00:00+08:00/2026-11-22T13:00:00+08:00", why: "11 before noon" },
  {
    text: "between 10am and noon on Sunday",
    is: "2026-11-22T10:00:00+08:00/2026-11-22T12:00:00+08:00",
    why: "between … and",
  },
  { text: "next Friday 5pm", is: "2026-11-27T17:00:00+08:00", why: "the next Monday-to-Sunday week" },
  { text: "this Friday 5pm", is: "2026-11-27T17:00:00+08:00", why: "the coming one" },
  { text: "Wed next week", is: "2026-11-26T00:00:00+08:00 day", why: "week behind the day" },
  { text: "3 Dec 8pm", is: "2026-12-03T20:00:00+08:00", why: "names of months" },
  { text: "December 3rd at 8 pm", is: "2026-12-03T20:00:00+08:00", why: "in the other order" },
  { text: "Thu 3 Dec, 8pm", is: "2026-12-03T20:00:00+08:00", why: "weekday, date, comma, hour" },
  { text: "Dec 3, 30 boxes", is: "2026-12-04T00:00:00+08:00 day", why: "30 is no year" },
  { text: "the 25th at noon", is: "2026-11-25T12:00:00+08:00", why: "an ordinal" },
  { text: "3/12 8pm", is: "2026-12-03T20:00:00+08:00", why: "day before month" },
  { text: "25/12/2026", is: "2026-12-26T00:00:00+08:00 day", why: "a full date" },
  { text: "2026-12-01 20:00", is: "2026-12-01T20:00:00+08:00", why: "ISO" },
  { text: "in 3 hours", is: "2026-11-21T13:00:00+08:00", why: "elapsed time" },
  { text: "in 20 seconds", is: "2026-11-21T10:00:20+08:00", why: "seconds" },
  { text: "in half an hour", is: "2026-11-21T10:30:00+08:00", why: "half" },
  { text: "in an hour and a half", is: "2026-11-21T11:30:00+08:00", why: "one and a half" },
  { text: "1h30m", is: "2026-11-21T11:30:00+08:00", why: "a bare length" },
  { text: "by 30 minutes", is: "2026-11-21T10:30:00+08:00", why: "/extend by 30 minutes" },
  { text: "end of day", is: "2026-11-22T00:00:00+08:00", why: "24:00" },
  { text: "9", is: "2026-11-21T21:00:00+08:00", why: "a bare number is an hour where a time is asked for" },
  { text: "2 apples", is: "no-time", why: "a count is none" },
  { text: "sun-dried tomatoes", is: "no-time", why: "no Sunday" },
  { text: "31 April 8pm", is: "no-such-day", why: "no such day" },
]);

table("a day earlier than the leader's", "2026-11-21T23:30:00-05:00", "America/New_York", [
  { text: "tonight 12", is: "2026-11-22T00:00:00-05:00", why: "today by the zone's calendar, not by UTC" },
  { text: "tomorrow 9am", is: "2026-11-22T09:00:00-05:00", why: "tomorrow by the zone's calendar" },
  { text: "12/3 8pm", is: "2026-12-03T20:00:00-05:00", why: "month before day in America" },
  { text: "25/12", is: "2026-12-26T00:00:00-05:00 day", why: "there is no 25th month" },
  { text: "8pm", is: "2026-11-22T20:00:00-05:00", why: "8pm is over" },
]);

table("clocks set back in London", "2026-10-23T10:00:00+01:00", "Europe/London", [
  { text: "Saturday noon", is: "2026-10-24T12:00:00+01:00", why: "still summer time" },
  { text: "Sunday 3-4pm", is: "2026-10-25T15:00:00+00:00/2026-10-25T16:00:00+00:00", why: "winter time" },
  { text: "Sunday 1:30am", is: "2026-10-25T01:30:00+01:00", why: "an hour that comes twice: the earlier" },
  { text: "Saturday", is: "2026-10-25T00:00:00+01:00 day", why: "the day ends before the change" },
  { text: "Sunday", is: "2026-10-26T00:00:00+00:00 day", why: "a day of 25 hours" },
]);

table("elapsed time over the change", "2026-10-25T00:30:00+01:00", "Europe/London", [
  { text: "in 2 hours", is: "2026-10-25T01:30:00+00:00", why: "two hours pass, the clock shows one more" },
  { text: "in 3 hours", is: "2026-10-25T02:30:00+00:00", why: "three hours pass" },
]);

table("clocks set forward in Berlin", "2026-03-28T10:00:00+01:00", "Europe/Berlin", [
  { text: "Sunday 2:30am", is: "no-such-hour", why: "the clock jumps from 2 to 3" },
  { text: "Sunday 3am", is: "2026-03-29T03:00:00+02:00", why: "the first hour of summer" },
  { text: "Sunday 8pm", is: "2026-03-29T20:00:00+02:00", why: "summer time" },
  { text: "30.3. 18:00", is: "2026-03-30T18:00:00+02:00", why: "a date with points" },
]);

table("clocks set forward in New York", "2026-03-06T18:00:00-05:00", "America/New_York", [
  { text: "Sunday 2:30am", is: "no-such-hour", why: "the clock jumps from 2 to 3" },
  { text: "Sunday noon", is: "2026-03-08T12:00:00-04:00", why: "summer time" },
  { text: "Saturday midnight", is: "2026-03-08T00:00:00-05:00", why: "before the change" },
]);

table("clocks set back in Los Angeles", "2026-10-30T09:00:00-07:00", "America/Los_Angeles", [
  { text: "Sunday 1:15am", is: "2026-11-01T01:15:00-07:00", why: "the earlier of two" },
  { text: "周日晚8点", is: "2026-11-01T20:00:00-08:00", why: "winter time, in Chinese" },
]);

table("clocks set back in Toronto", "2026-10-31T23:00:00-04:00", "America/Toronto", [
  { text: "in 4 hours", is: "2026-11-01T02:00:00-05:00", why: "elapsed time" },
  { text: "tomorrow 9am", is: "2026-11-01T09:00:00-05:00", why: "winter time" },
]);

table("clocks set forward in Sydney", "2026-10-02T09:00:00+10:00", "Australia/Sydney", [
  { text: "Sunday 2:15am", is: "no-such-hour", why: "the clock jumps from 2 to 3" },
  { text: "Sunday 6pm", is: "2026-10-04T18:00:00+11:00", why: "summer begins in October" },
  { text: "4/10 6pm", is: "2026-10-04T18:00:00+11:00", why: "day before month" },
]);

for (const zone of ["Asia/Hong_Kong", "Asia/Taipei", "Asia/Kuala_Lumpur"]) {
  table(`no daylight saving in ${zone}`, "2026-03-28T22:00:00+08:00", zone, [
    { text: "明天凌晨2点半", is: "2026-03-29T02:30:00+08:00", why: "that hour exists here" },
    { text: "聽晚8點", is: "2026-03-29T20:00:00+08:00", why: "Cantonese for tomorrow night" },
    { text: "星期日夜晚9點", is: "2026-03-29T21:00:00+08:00", why: "夜晚" },
  ]);
}

describe("a length of time", () => {
  test("is told apart from an hour, so that a caller may count it from elsewhere", () => {
    const now = new Date("2026-11-21T10:00:00+08:00");

    const read = readTime("30 minutes", { now, zone: "Asia/Singapore" });

    expect(read).toEqual({ at: new Date("2026-11-21T10:30:00+08:00"), lengthMs: 1_800_000 });
  });
});
