import { describe, expect, test } from "vitest";
import { compareRows } from "../../bot/compare-rows.ts";
import { closingOf, compareCodes, compareTimers } from "../../bot/compare-timers.ts";
import type { Buy, BuyStatus, Pickup, Rows, Timer } from "../../bot/store.ts";

const NOON = new Date("2026-11-21T12:00:00+08:00");
const HOUR_MS = 3_600_000;
const hours = (count: number) => new Date(NOON.getTime() + count * HOUR_MS);

function buyThat(status: BuyStatus, ends: { closesAt?: Date; endedAt?: Date } = {}): Buy {
  const terms = { title: "Apples", currency: "SGD", items: [], openedAt: hours(-9), ...ends };
  const about = { community: "c", id: "b", no: 1, language: "en", leader: "lin", chats: [], version: 1 } as const;
  return { ...about, status, terms, coupled: false };
}

function timer(dueAt: Date, kind = "close"): Timer {
  return { community: "c", id: "t", kind, ref: "", buy: "b", dueAt, attempts: 0 };
}

describe("the timers of a buy", () => {
  const evening = { closesAt: hours(8) };
  const rows = [
    { buy: buyThat("open", evening), timers: [timer(hours(8))], found: [], why: "it closes when it says" },
    { buy: buyThat("open", evening), timers: [], found: ["closing-missing"], why: "it would stay open for ever" },
    {
      buy: buyThat("open", evening),
      timers: [timer(hours(7), "last-call")],
      found: ["closing-missing"],
      why: "a last call closes nothing",
    },
    {
      buy: buyThat("open", evening),
      timers: [timer(hours(7.9))],
      found: ["closing-elsewhen"],
      why: "orders are cut off",
    },
    {
      buy: buyThat("open", evening),
      timers: [timer(hours(9))],
      found: ["closing-elsewhen"],
      why: "the list comes late",
    },
    {
      buy: buyThat("open", evening),
      timers: [timer(hours(7)), timer(hours(8))],
      found: ["closing-elsewhen"],
      why: "the first of two closes it",
    },
    { buy: buyThat("open"), timers: [], found: [], why: "it is open until somebody closes it" },
    { buy: buyThat("open"), timers: [timer(hours(1))], found: ["closing-elsewhen"], why: "nobody said that it closes" },
    {
      buy: buyThat("open", { closesAt: hours(-1) }),
      timers: [timer(hours(0.1))],
      found: [],
      why: "an overdue closing is tried again in minutes",
    },
    {
      buy: buyThat("open", { closesAt: hours(-1) }),
      timers: [timer(hours(1))],
      found: ["closing-elsewhen"],
      why: "an overdue closing does not wait an hour",
    },
    {
      buy: buyThat("open", { ...evening, endedAt: hours(0.001) }),
      timers: [timer(NOON)],
      found: [],
      why: "a leader's clock may be ahead of ours",
    },
    {
      buy: buyThat("open", { endedAt: hours(0) }),
      timers: [],
      found: ["closing-missing"],
      why: "its list never comes",
    },
    { buy: buyThat("closed", evening), timers: [timer(hours(9), "supplier")], found: [], why: "what follows may wait" },
    { buy: buyThat("closed", evening), timers: [timer(hours(8))], found: ["closing-over"], why: "it is closed" },
    { buy: buyThat("cancelled"), timers: [timer(hours(8))], found: ["closing-over"], why: "it is called off" },
  ];
  for (const { buy, timers, found, why } of rows) {
    test(`${buy.status}, ${timers.length} waiting: ${found.join() || "as it should be"} (${why})`, () => {
      expect(compareTimers(buy, timers, NOON).map(({ about }) => about)).toEqual(found);
    });
  }

  test("made anew they are what is asked for", () => {
    for (const { buy } of rows) {
      const set = closingOf(buy).map(({ kind, dueAt }) => timer(dueAt, kind));

      expect(compareTimers(buy, set, NOON)).toEqual([]);
    }
  });
});

test("who was told of the pickup has a code, of four digits, that nobody else has", () => {
  const told = { isCollected: false, noticedAt: NOON };
  const pickups = new Map<string, Pickup>([
    ["ada", { ...told, code: "0471" }],
    ["ben", told],
    ["cai", { ...told, code: "47" }],
    ["dan", { ...told, code: "0471" }],
    ["eve", { isCollected: true }],
  ]);

  expect(compareCodes(pickups)).toEqual([
    { about: "code-missing", person: "ben" },
    { about: "code-odd", person: "cai", code: "47" },
    { about: "code-shared", person: "dan", code: "0471" },
  ]);
});

describe("a list with a minimum of two people", () => {
  const line = (person: string) => ({ person, for: "", item: 1, option: "", quantity: 1_000, waitlisted: 0 });
  const rowsOf = (...people: string[]): Rows => ({
    lines: people.map(line),
    sums: { items: [{ item: 1, quantity: people.length * 1_000, waitlisted: 0 }], people: people.length },
    people,
  });
  const found = (status: BuyStatus, rows: Rows) => {
    const { terms, ...buy } = buyThat(status);
    const items = [{ name: "Apples", aliases: [], options: [], tiers: [] }];
    return compareRows({ ...buy, terms: { ...terms, items, minimum: { people: 2 } } }, rows, rows);
  };

  test("went ahead with two, and failed with one", () => {
    expect([...found("closed", rowsOf("ada", "ben")), ...found("failed", rowsOf("ada"))]).toEqual([]);
  });

  test("did not fail with two, nor go ahead with one, unless the supplier has it", () => {
    expect(found("failed", rowsOf("ada", "ben"))).toEqual([{ about: "minimum", isReached: true }]);
    expect(found("closed", rowsOf("ada"))).toEqual([{ about: "minimum", isReached: false }]);
    expect([...found("purchased", rowsOf("ada")), ...found("open", rowsOf("ada"))]).toEqual([]);
  });
});
