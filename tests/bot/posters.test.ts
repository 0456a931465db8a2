import { describe, expect, test } from "vitest";
import type { BuyFacts, CopiedLine } from "../../bot/actions/buy-facts.ts";
import { pickupPoster, tallyPoster } from "../../bot/replies/posters.ts";
import { wordsOf } from "../../bot/replies/replies.ts";
import type { Buy } from "../../bot/store.ts";
import { settle } from "../../core/settlement.ts";
import { tallyOf } from "../../core/tally.ts";

const words = wordsOf("en");
const zone = "Asia/Singapore";
const at = new Date("2026-11-28T10:05:42Z");

const buy: Buy = {
  ...{ community: "c", id: "b", no: 7, status: "closed", language: "en", leader: "lin", chats: [], coupled: false },
  version: 1,
  pickup: { place: "at 302" },
  terms: {
    ...{ title: "Fruit", currency: "SGD", openedAt: new Date("2026-11-27T10:00:00Z") },
    items: [
      { name: "Apples", unit: "kg", aliases: [], options: ["red", "green"], price: 350, cost: 200, tiers: [] },
      { name: "Pears", aliases: [], options: [], tiers: [] },
    ],
  },
};

const line = (person: string, item: number, quantity: number, more: Partial<CopiedLine> = {}): CopiedLine => ({
  ...{ person, for: "", item, option: "", quantity, waitlisted: 0, gets: quantity },
  ...more,
});

const lines = [
  line("ada", 1, 2_000, { option: "red", note: "ripe" }),
  line("ben", 1, 1_500, { option: "green", gets: 1_000, waitlisted: 500 }),
  line("ben", 2, 1_000, { for: "Mei 12A" }),
];

const handed = ({ gets, ...each }: CopiedLine) => ({ ...each, quantity: gets, waitlisted: 0 });

describe("the tally as a picture", () => {
  test("tells what is ordered, at which price, and of whom nothing", () => {
    const poster = tallyPoster(buy, tallyOf(buy.terms, lines), 2, at, zone, words);

    expect(poster).toEqual({
      title: "Fruit",
      facts: [expect.stringContaining("losed"), expect.stringContaining("2 people"), "Pickup: at 302"],
      rows: [
        {
          text: "Apples",
          detail: "S$3.50/kg · red 2 kg · green 1.5 kg",
          figure: expect.stringMatching(/^3\.5 kg .*0\.5 kg/),
        },
        { text: "Pears", figure: "×1" },
      ],
      foot: "Plusone · Sat 28 Nov, 18:05",
    });
  });
});

describe("the pickup list as a picture", () => {
  const facts: BuyFacts = {
    ...{
      buy,
      lines,
      arrived: [],
      purchase: [],
      settlement: settle({ terms: buy.terms, lines, entries: [], paidBy: new Map() }),
    },
    people: new Map([
      ["ada", { name: "Ada", hasCollected: true }],
      ["ben", { name: "Ben 3-501", hasCollected: false }],
    ]),
    bags: [
      { person: "ben", for: "", door: { building: "3", room: "501" }, lines: [handed(lines[1]!)] },
      { person: "ben", for: "Mei 12A", door: { building: "12" }, lines: [handed(lines[2]!)] },
      { person: "ada", for: "", lines: [handed(lines[0]!)] },
    ],
  };

  test("tells who gets what, house by house, with a box to tick; no money, no codes, nothing that waits", () => {
    const { facts: head, rows } = pickupPoster(facts, at, zone, words);

    expect(head).toEqual(["Pickup: at 302", "2 people"]);
    expect(rows).toEqual([
      { heading: "House 3" },
      { text: "Ben 3-501", detail: "Apples (green) 1 kg", hasBox: true },
      { heading: "House 12" },
      { text: "Mei 12A (Ben 3-501)", detail: "Pears ×1", hasBox: true },
      { heading: "Others" },
      { text: "Ada", detail: "Apples (red) 2 kg — ripe", hasBox: true, figure: "✓" },
    ]);
  });
});
