import { expect, test } from "vitest";
import { readComing } from "../../core/coming-words.ts";

/** A Wednesday, 18:00 there. */
const WHEN = { now: new Date("2026-11-25T10:00:00Z"), zone: "Asia/Shanghai" };

const ROWS = [
  { words: "late until friday", at: "2026-11-27T16:00:00.000Z", why: "a day without an hour is over at its end" },
  { words: "晚点周五", at: "2026-11-27T16:00:00.000Z", why: "the same in Chinese" },
  { words: "晚点，周五来拿", at: "2026-11-27T16:00:00.000Z", why: "with what they do then" },
  { words: "I'll collect my order on Friday 6pm", at: "2026-11-27T10:00:00.000Z", why: "with an hour" },
  { words: "我明天下午3点去取", at: "2026-11-26T07:00:00.000Z", why: "tomorrow" },
  { words: "Sat 10:00-12:00", at: "2026-11-28T04:00:00.000Z", why: "a time alone; of a range its end" },
  { words: "can't make it today, another day", at: null, why: "a day on which they cannot is not when they come" },
  { words: "今天来不了", at: null, why: "the same" },
  { words: "今天来不了，周五来", at: "2026-11-27T16:00:00.000Z", why: "but another is" },
  { words: "a bit later please", at: null, why: "no time" },
  { words: "晚点来", at: null, why: "no time" },
  { words: "收到，马上来", at: undefined, why: "seen, and on the way" },
  { words: "on my way", at: undefined, why: "seen" },
  { words: "until when are you there on friday?", at: undefined, why: "a question" },
  { words: "周五还能取吗", at: undefined, why: "a question" },
  { words: "paid on friday", at: undefined, why: "a payment" },
  { words: "apples were rotten since tomorrow", at: undefined, why: "a complaint" },
  { words: "thank you all, what a nice friday it was for everybody here", at: undefined, why: "talk with a day in it" },
  { words: "", at: undefined, why: "nothing" },
  { words: "late ".repeat(30), at: undefined, why: "too long" },
] as const;

for (const { words, at, why } of ROWS) {
  test(`${JSON.stringify(words.slice(0, 40))}: ${at === undefined ? "no coming" : (at ?? "later")} (${why})`, () => {
    const read = readComing(words, WHEN);

    expect(read && (read.at?.toISOString() ?? null)).toBe(at);
  });
}
