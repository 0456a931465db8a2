import { describe, expect, test } from "vitest";
import { saysSeen, showsSeen } from "../../core/seen-words.ts";

describe("words that say that a pickup notice was seen", () => {
  const rows = [
    { text: "收到", alone: true, answer: true, why: "what everybody in a Chinese chat writes" },
    { text: "收到，谢谢！", alone: true, answer: true, why: "with thanks" },
    { text: "收到謝謝🙏", alone: true, answer: true, why: "traditional, and a sign behind it" },
    { text: "馬上到", alone: true, answer: true, why: "they are coming" },
    { text: "Got it, thanks", alone: true, answer: true, why: "English" },
    { text: "on my way!", alone: true, answer: true, why: "they are coming" },
    { text: "be there in 10 min", alone: true, answer: true, why: "they say when" },
    { text: "收到，马上来", alone: true, answer: true, why: "two that say so" },
    { text: "好的收到", alone: true, answer: true, why: "one of two says so by itself" },
    { text: "ok, on my way", alone: true, answer: true, why: "the same in English" },
    { text: "好的好的谢谢", alone: false, answer: true, why: "none of them does" },
    { text: "ok", alone: false, answer: true, why: "alone it may be about anything" },
    { text: "好的", alone: false, answer: true, why: "alone it may be about anything" },
    { text: "👍", alone: false, answer: true, why: "a sign as a message" },
    { text: "知道了谢谢", alone: false, answer: true, why: "an answer to something" },
    { text: "收到货了", alone: false, answer: false, why: "that is the goods, not the word" },
    { text: "没收到", alone: false, answer: false, why: "the opposite" },
    { text: "got it all yesterday", alone: false, answer: false, why: "that is the goods" },
    { text: "收到 苹果+2", alone: false, answer: false, why: "there is more to it" },
    { text: "ok apples 2", alone: false, answer: false, why: "an order" },
    { text: "coming from work, can somebody take mine?", alone: false, answer: false, why: "a question" },
    { text: "yes but can I come tomorrow?", alone: false, answer: false, why: "a question" },
    { text: "", alone: false, answer: false, why: "nothing" },
  ];
  for (const { text, alone, answer, why } of rows) {
    test(`${JSON.stringify(text)}: ${alone ? "by itself" : answer ? "as an answer" : "no"} (${why})`, () => {
      expect([saysSeen(text, false), saysSeen(text, true)]).toEqual([alone, answer]);
    });
  }

  test("a sign says so, unless it is one of dislike or doubt, or was taken away", () => {
    expect(["👍", "❤", "🎉", "👎", "🤔"].map((emoji) => showsSeen([emoji]))).toEqual([true, true, true, false, false]);
    expect(showsSeen([])).toBe(false);
  });
});
