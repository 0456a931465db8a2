import { describe, expect, test } from "vitest";
import { saysWrong } from "../../core/complaint-words.ts";

describe("a complaint about goods", () => {
  const rows = [
    { words: "苹果坏了2个", is: true, why: "bad ones" },
    { words: "有三個爛掉了", is: true, why: "traditional" },
    { words: "2 of the pears were rotten", is: true, why: "English" },
    { words: "the box was torn and one is missing", is: true, why: "two things at once" },
    { words: "少了一袋", is: true, why: "too little" },
    { words: "收到，谢谢", is: false, why: "thanks" },
    { words: "on my way", is: false, why: "they are coming" },
    { words: "Can I come at 8? I am off to the office", is: false, why: "a question" },
    { words: "shortcut through the garden", is: false, why: "a word that only begins so" },
  ];
  for (const { words, is, why } of rows)
    test(`${JSON.stringify(words)}: ${is} (${why})`, () => expect(saysWrong(words)).toBe(is));
});
