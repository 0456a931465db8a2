import { describe, expect, test } from "vitest";
import { type PaymentWord, restOf, standingOf } from "../../core/payments.ts";

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

describe("how much was marked and said", () => {
  const rows: { due: number; words: PaymentWord[]; paid: number; claimed: number; over: number; why: string }[] = [
    {
      due: 700,
      words: [{ kind: "mark", amount: 1000 }],
      paid: 1000,
      claimed: 0,
      over: 300,
      why: "a refund came after",
    },
    { due: -300, words: [], paid: 0, claimed: 0, over: 300, why: "money goes back, nobody has paid" },
    {
      due: 700,
      words: [
        { kind: "mark", amount: 1000 },
        { kind: "mark", amount: -300 },
        { kind: "claim", amount: 1000 },
      ],
      ...{ paid: 700, claimed: 1000, over: 0, why: "given back by the leader" },
    },
  ];
  for (const { due, words, paid, claimed, over, why } of rows) {
    test(`${due} with ${JSON.stringify(words)}: ${paid} marked, ${claimed} said, ${over} over (${why})`, () => {
      expect(standingOf(due, words)).toMatchObject({ paid, claimed, over });
    });
  }

  test("a word without an amount is the rest of what the same kind of word has not covered", () => {
    const standing = standingOf(1000, [
      { kind: "mark", amount: 400 },
      { kind: "claim", amount: 900 },
    ]);

    expect(restOf("mark", standing)).toBe(600);
    expect(restOf("claim", standing)).toBe(100);
    expect(restOf("mark", standingOf(0, []))).toBe(0);
  });
});
