import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anonymousWords } from "../../bot/anonymous-words.ts";
import { compareRows, rowsFrom } from "../../bot/compare-rows.ts";
import type { Buy } from "../../bot/store.ts";
import type { Statement } from "../../core/buy/statement.ts";
import type { ItemTerms } from "../../core/buy/terms.ts";
import { says, buy as terms } from "../core/buy/plain-reader.ts";

const APPLES: ItemTerms = { name: "Apples", unit: "kg", aliases: [], options: ["red", "green"], tiers: [], price: 500 };
const PEARS: ItemTerms = { name: "Pears", unit: "kg", aliases: [], options: [], tiers: [], price: 600 };

function buyOf(items: readonly ItemTerms[]): Buy {
  return { id: "b", community: "c", terms: terms(items) } as Buy;
}

/** What the statements say after somebody is forgotten; undefined where nothing could change. */
function forget(buy: Buy, all: readonly Statement[], person: string): readonly Statement[] | undefined {
  const words = anonymousWords(buy, { known: all, all }, person, "Neighbour");
  return (
    words &&
    all.map((statement) => {
      const text = words.find(({ message }) => message === statement.id)?.text;
      if (statement.person !== person) return statement;
      return {
        ...statement,
        name: "Neighbour",
        versions: statement.versions.map((v) => ({ ...v, text: text ?? v.text })),
      };
    })
  );
}

describe("the words of somebody who is forgotten", () => {
  const rows = [
    { said: ["2 kg red apples please, dear Lin"], left: ["#1 (red) =2"], why: "an order is written as it came out" },
    { said: ["2 kg pears", "make it 5 kg"], left: ["#2 =5", "–"], why: "of several words one bears the order" },
    { said: ["2 kg pears", "cancel pears"], left: ["–", "–"], why: "nothing is left of what was cancelled" },
    { said: ["for Mrs Lee: 2 kg pears"], left: ['"Mrs Lee": #2 =2'], why: "for whom it is belongs to the list" },
  ];
  for (const { said, left, why } of rows) {
    test(`${said.join(" | ")} becomes ${left.join(" | ")} (${why})`, () => {
      const statements = said.map((text, index) => says("ada", index + 1, text));

      const after = forget(buyOf([APPLES, PEARS]), statements, "ada");

      expect(after?.map(({ versions }) => versions.at(-1)?.text)).toEqual(left);
    });
  }

  test("stay where others went on with their chain, under another name", () => {
    const statements = [
      says("ada", 1, "#接龙 Apples\n1. Ada 2 kg red apples"),
      says("ben", 2, "#接龙 Apples\n1. Ada 2 kg red apples\n2. Ben 1 kg red apples"),
    ];

    const after = forget(buyOf([APPLES, PEARS]), statements, "ada");

    expect(after === undefined || after[0]!.versions[0]!.text.includes("Ada")).toBe(true);
  });

  const word = fc.constantFrom(
    ...["2 kg pears", "1 kg red apples", "+1 kg green apples", "make it 3 kg", "cancel pears", "hello", "?"],
    ...["for Bo: 1 kg pears", "3 kg pears, no bag please", "all of it cancelled", "#1 red +2"],
  );
  const message = fc.record({
    person: fc.constantFrom("ada", "ben", "cy"),
    text: word,
    edit: fc.option(word, { nil: undefined }),
    isRecalled: fc.boolean(),
  });

  for (const [why, stock] of [
    ["without a limit", undefined],
    ["with little stock", 4_000],
  ] as const) {
    test(`leave every order, tally and sum as it was, ${why}`, () => {
      const buy = buyOf([
        { ...APPLES, ...(stock && { stock }) },
        { ...PEARS, ...(stock && { stock }) },
      ]);
      fc.assert(
        fc.property(fc.array(message, { maxLength: 10 }), (messages) => {
          let said: readonly Statement[] = messages.map(({ person, text, edit, isRecalled }, index) =>
            says(person, 10 * index + 1, text, {
              ...(edit !== undefined && { edits: { [10 * index + 5]: edit } }),
              ...(isRecalled && { recalled: 10 * index + 7 }),
            }),
          );
          const before = rowsFrom(buy, said);

          for (const person of ["ada", "ben"]) said = forget(buy, said, person) ?? said;

          expect(compareRows(buy, before, rowsFrom(buy, said))).toEqual([]);
        }),
        { numRuns: 40 },
      );
    });
  }
});
