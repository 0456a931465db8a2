import { describe, expect, test } from "vitest";
import { livePost } from "../../bot/replies/layout.ts";
import { wordsOf } from "../../bot/replies/replies.ts";
import type { Buy, Language } from "../../bot/store.ts";
import type { ItemTerms, Minimum } from "../../core/buy/terms.ts";
import { tallyOf } from "../../core/tally.ts";

const TIERED: ItemTerms = {
  name: "Eggs",
  aliases: [],
  options: [],
  price: 500,
  tiers: [
    { from: 5_000, price: 450 },
    { from: 10_000, price: 400 },
  ],
};
const APPLES: ItemTerms = { name: "Apples", unit: "kg", aliases: [], options: [], price: 333, tiers: [] };

describe("what a live post says is missing", () => {
  const rows: readonly {
    items: readonly ItemTerms[];
    minimum?: Minimum;
    booked: number;
    people?: number;
    language?: Language;
    says: string;
    why: string;
  }[] = [
    { items: [TIERED], booked: 2_000, says: "3 more and it is $4.50 for everybody", why: "to the first tier" },
    { items: [TIERED], booked: 5_000, says: "5 more and it is $4 for everybody", why: "to the one after it" },
    { items: [TIERED], booked: 2_000, language: "zh-hans", says: "再来3份，全部按$4.50算", why: "in Chinese" },
    { items: [TIERED], booked: 2_000, language: "zh-hant", says: "再來3份，全部按$4.50算", why: "in traditional" },
    { items: [APPLES], minimum: { quantity: 9_500 }, booked: 2_000, says: "– 7.5 kg more to go", why: "a quantity" },
    { items: [APPLES], minimum: { people: 3 }, booked: 1, people: 2, says: "– 1 person more to go", why: "people" },
    { items: [APPLES], minimum: { amount: 1_000 }, booked: 2_000, says: "– $3.34 more to go", why: "an amount" },
    { items: [APPLES], minimum: { amount: 666 }, booked: 2_000, says: "– reached ✓", why: "nothing any more" },
    {
      ...{ items: [APPLES], minimum: { people: 10 }, booked: 1, people: 7 },
      ...{ language: "zh-hans", says: "成团条件：满10人，还差3人", why: "people, in Chinese" },
    },
    {
      ...{ items: [APPLES], minimum: { people: 10 }, booked: 1, people: 12 },
      ...{ language: "zh-hant", says: "成團條件：滿10人，已達成 ✓", why: "more than enough" },
    },
  ];
  for (const { items, minimum, booked, people = 1, language = "en", says, why } of rows) {
    test(`${says} (${why})`, () => {
      const buy = openBuy(items, minimum);

      const text = livePost(buy, tallyOf(buy.terms, [sum(booked)]), people, "Asia/Singapore", wordsOf(language));

      expect(text).toContain(says);
    });
  }

  test("nothing once it is closed: then the list tells", () => {
    const buy: Buy = { ...openBuy([TIERED], { people: 10 }), status: "closed" };

    const text = livePost(buy, tallyOf(buy.terms, [sum(2_000)]), 1, "Asia/Singapore", wordsOf("en"));

    expect(text).not.toContain("more");
  });
});

function sum(quantity: number) {
  return { item: 1, quantity, waitlisted: 0 };
}

function openBuy(items: readonly ItemTerms[], minimum?: Minimum): Buy {
  return {
    ...{ community: "c", id: "b", no: 1, status: "open", language: "en", leader: "l", chats: [], coupled: false },
    version: 1,
    terms: { title: "Fruit", currency: "USD", items, openedAt: new Date(0), ...(minimum && { minimum }) },
  };
}
