import { describe, expect, test } from "vitest";
import { nextOccurrence, readRecurrence, writeRecurrence } from "../../../core/time/recurrence.ts";

describe("when a buy opens again and again", () => {
  const rows = [
    { text: "fri 18:00", rule: "fri 18:00", why: "as the command shows it" },
    { text: "every friday 6pm", rule: "fri 18:00", why: "in words" },
    { text: "每周五晚6点", rule: "fri 18:00", why: "in Chinese" },
    { text: "逢週日下午3點半", rule: "sun 15:30", why: "in traditional Chinese" },
    { text: "every day 9am", rule: "daily 09:00", why: "daily" },
    { text: "每天早上9点", rule: "daily 09:00", why: "daily in Chinese" },
    { text: "daily 18:00", rule: "daily 18:00", why: "as it is kept" },
    { text: "周五6点", rule: "fri 18:00", why: "nobody opens at six in the morning" },
    { text: "周六8点", rule: "sat 08:00", why: "eight may be morning" },
  ];
  for (const { text, rule, why } of rows) {
    test(`${text} is ${rule} (${why})`, () => {
      const read = readRecurrence(text);

      expect(read && writeRecurrence(read)).toBe(rule);
      expect(readRecurrence(rule)).toEqual(read);
    });
  }

  for (const text of ["friday", "tomorrow 9pm", "18:00", "next week", "fri 3-5pm", "", "x".repeat(300)]) {
    test(`${JSON.stringify(text.slice(0, 20))} is no plan`, () => expect(readRecurrence(text)).toBeUndefined());
  }
});

describe("the next time", () => {
  const rows = [
    {
      rule: "fri 18:00",
      after: "2026-11-27T09:59:59Z",
      zone: "Asia/Shanghai",
      next: "2026-11-27T10:00:00Z",
      why: "today",
    },
    {
      rule: "fri 18:00",
      after: "2026-11-27T10:00:00Z",
      zone: "Asia/Shanghai",
      next: "2026-12-04T10:00:00Z",
      why: "never the same again",
    },
    {
      rule: "daily 09:00",
      after: "2026-11-27T10:00:00Z",
      zone: "Asia/Shanghai",
      next: "2026-11-28T01:00:00Z",
      why: "the next day",
    },
    {
      rule: "sun 18:00",
      after: "2026-10-25T23:00:00Z",
      zone: "America/New_York",
      next: "2026-11-01T23:00:00Z",
      why: "clocks were set back: still 18:00",
    },
    {
      rule: "daily 02:30",
      after: "2026-03-07T12:00:00Z",
      zone: "America/New_York",
      next: "2026-03-08T07:00:00Z",
      why: "an hour that is skipped: when clocks jump",
    },
    {
      rule: "daily 01:30",
      after: "2026-10-31T12:00:00Z",
      zone: "America/New_York",
      next: "2026-11-01T05:30:00Z",
      why: "an hour shown twice: the first",
    },
  ];
  for (const { rule, after, zone, next, why } of rows) {
    test(`${rule} after ${after} in ${zone} is ${next} (${why})`, () => {
      expect(nextOccurrence(readRecurrence(rule)!, new Date(after), zone)).toEqual(new Date(next));
    });
  }
});
