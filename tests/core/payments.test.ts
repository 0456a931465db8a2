import { describe, expect, test } from "vitest";
import { type PaymentWord, standingOf } from "../../core/payments.ts";

describe("what somebody still owes", () => {
  const rows: { due: number; words: PaymentWord[]; open: number; unmarked: number; why: string }[] = [
    { due: 1000, words: [], open: 1000, unmarked: 1000, why: "nothing was said" },
    { due: 1000, words: [{ kind: "mark" }], open: 0, unmarked: 0, why: "a leader's mark is all of it" },
    { due: 1000, words: [{ kind: "claim" }], open: 0, unmarked: 1000, why: "a claim ends reminders, and is no mark" },
    { due: 1000, words: [{ kind: "mark", amount: 400 }], open: 600, unmarked: 600, why: "part of it" },
    {
      due: 1000,
      words: [
        { kind: "claim", amount: 400 },
        { kind: "mark", amount: 400 },
      ],
      open: 600,
      unmarked: 600,
      why: "the same money, claimed and marked",
    },
    {
      due: 1000,
      words: [{ kind: "mark", amount: 1500 }],
      open: 0,
      unmarked: 0,
      why: "too much is not less than nothing",
    },
    { due: 0, words: [], open: 0, unmarked: 0, why: "nothing is due" },
    { due: -300, words: [], open: 0, unmarked: 0, why: "money goes back" },
  ];
  for (const { due, words, open, unmarked, why } of rows) {
    test(`${due} with ${JSON.stringify(words)}: ${open} open, ${unmarked} unmarked (${why})`, () => {
      expect(standingOf(due, words)).toMatchObject({ open, unmarked });
    });
  }
});
