import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createCatalogs } from "../../bot/catalogs.ts";
import { type PlayedBuy, play } from "../../bot/cli/replay/play.ts";
import { type Event, toTranscript } from "../../bot/cli/replay/transcript.ts";
import { compareRows, rowsFrom } from "../../bot/compare-rows.ts";
import { linesOfOrders } from "../../bot/line-changes.ts";
import type { EditIn, RecallIn, TextIn } from "../../bot/ports.ts";
import { type Heard, NeedsAlone, record } from "../../bot/record.ts";
import type { Buy, Line } from "../../bot/store.ts";
import { foldBuy } from "../../core/buy/fold.ts";
import type { Ledger } from "../../core/buy/ledger.ts";
import { MemoryDatabase, MemoryStore } from "../support/memory-store/index.ts";

type Said = TextIn | EditIn | RecallIn;

const NOON = new Date("2026-11-21T12:00:00+08:00");
const seconds = (count: number) => new Date(NOON.getTime() + count * 1_000);

/** Two buys of one chat, the first posted as "open0" and the second as "open1". */
const announcements = [
  ["Apples $5/kg, closes in 1 minute", "Pears $3/box"],
  ["Apples $5/kg, closes in 40 seconds", "Pears $3/box, closes in 1 minute"],
  ["Apples $5/kg, only 5 kg", "Pears $3/box, sizes red/green, max 3 per person"],
  ["Apples $5/kg", "Apples $4/kg\nPears $3/box, closes in 1 minute"],
] as const;

const words = fc.constantFrom(
  ...["+2 apples", "apples 3 kg", "apples -1", "no apples", "pears 2 boxes", "no pears", "1 apple and 2 pears"],
  ...["cancel", "make it 5", "+1", "2 kg", "2", "one more", "red", "2 plums", "hello", "what is my order?"],
  ...[
    "for mum: 1 kg apples",
    "for mum: cancel",
    "#接龙\n1. mum apples 1kg",
    "#接龙\nPears\n1. ann 1 box\n2. bob 2 boxes",
  ],
);

interface Draft {
  readonly who: string;
  readonly at: number;
  readonly text: string;
  readonly edits: readonly string[];
  /** So many seconds after it was said. */
  readonly recall?: number | undefined;
  readonly replyTo?: string | undefined;
}

const drafts: fc.Arbitrary<Draft[]> = fc.array(
  fc.record({
    who: fc.constantFrom("ann", "bob", "lin"),
    at: fc.integer({ min: 3, max: 90 }),
    text: words,
    edits: fc.array(words, { maxLength: 2 }),
    recall: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined, freq: 5 }),
    replyTo: fc.option(fc.constantFrom("open0", "open1"), { nil: undefined, freq: 2 }),
  }),
  { minLength: 1, maxLength: 9 },
);

interface Delivery {
  /** Decides what comes next. */
  readonly keys: readonly number[];
  readonly batch: number;
}

const delivery: fc.Arbitrary<Delivery> = fc.record({
  keys: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
  batch: fc.integer({ min: 1, max: 5 }),
});

test("two buys of a chat, in any order and number of deliveries, are what a replay makes of it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...announcements), drafts, delivery, async (opens, said, { keys, batch }) => {
      const { buys } = play(toTranscript(eventsOf(opens, said)), "Asia/Shanghai", "CNY");
      const events = said.flatMap(heardOf);
      const shuffled = [...events, ...events.slice(0, 5)]
        .map((event, index) => ({ event, key: keys[index % keys.length]! }))
        .sort((one, other) => one.key - other.key)
        .map(({ event }) => event);

      const expected = buys.map(({ ledger }) => outcomeOf(linesOfOrders(ledger.orders), ledger));
      expect(await live(buys, events, batch)).toEqual(expected);
      expect(await live(buys, shuffled, batch)).toEqual(expected);
    }),
    {
      numRuns: 40,
      examples: [
        // Said of the pears, changed to apples that had ended: no pears are booked, whichever of both comes first.
        [announcements[1], [{ who: "ann", at: 45, text: "2", edits: ["+2 apples"], replyTo: "open1" }], BACKWARDS],
        // Changed when the pears had ended too: that changes nothing.
        [announcements[1], [{ who: "ann", at: 58, text: "2", edits: ["+2 apples"], replyTo: "open1" }], BACKWARDS],
        // Too late for both, and changed twice.
        [announcements[1], [{ who: "ann", at: 62, text: "+2 apples", edits: ["+1 apple", "2 pears"] }], BACKWARDS],
      ],
    },
  );
});

const BACKWARDS: Delivery = { keys: Array.from({ length: 40 }, (_, index) => 40 - index), batch: 1 };

function eventsOf(opens: readonly string[], said: readonly Draft[]): Event[] {
  const by = (who: string) => ({ chat: "g1", from: who, name: who, leader: who === "lin" });
  return [
    ...opens.map((text, index): Event => {
      return { type: "message", at: seconds(index), id: `open${index}`, text: `/open ${text}`, ...by("lin") };
    }),
    ...said.flatMap(({ who, at, text, edits, recall, replyTo }, index): Event[] => {
      const about = { chat: "g1", id: `m${index}` };
      return [
        { type: "message", at: seconds(at), id: about.id, text, ...by(who), ...(replyTo && { replyTo }) },
        ...edits.map((edit, no): Event => ({ type: "edit", at: editedAt(at, no), text: edit, ...about })),
        ...(recall === undefined ? [] : [{ type: "recall", at: seconds(at + recall), ...about } as const]),
      ];
    }),
  ];
}

function heardOf({ who, at, text, edits, recall, replyTo }: Draft, index: number): Said[] {
  const about = { platform: "fake", chat: { id: "g1", kind: "group" }, id: `m${index}` } as const;
  const by = { ...about, position: index + 2, sender: { id: who, name: who }, sentAt: seconds(at) };
  const first: TextIn = { type: "text", text, ...by, ...(replyTo && { replyTo: { id: replyTo } }) };
  return [
    first,
    ...edits.map((edit, no): EditIn => ({ ...first, type: "edit", text: edit, editedAt: editedAt(at, no) })),
    ...(recall === undefined ? [] : [{ type: "recall", recalledAt: seconds(at + recall), ...about } as const]),
  ];
}

function editedAt(at: number, no: number): Date {
  return seconds(at + 7 * (no + 1));
}

/** What a Plusone makes of the same buys, with what is said delivered in batches. */
async function live(played: readonly PlayedBuy[], events: readonly Said[], batch: number) {
  const store = new MemoryStore(new MemoryDatabase({ now: () => new Date(), newId: randomUUID }));
  const readerOf = createCatalogs();
  const defaults = { zone: "Asia/Shanghai", language: "en", currency: "CNY" } as const;
  const place = await store.meetChat("fake", { id: "g1", kind: "group", title: "Garden Court" }, defaults);
  const people = new Map<string, string>();
  for (const name of ["ann", "bob", "lin"]) people.set((await store.meetPerson(place, { id: name, name })).id, name);
  const [leader] = [...people].find(([, name]) => name === "lin")!;
  await store.change((tx) => tx.grantRole(place.community.id, leader, "leader", undefined));
  const buys: Buy[] = [];
  for (const [index, { terms }] of played.entries()) {
    const draft = { place, leader, language: "en", text: "", terms, draftedAt: terms.openedAt } as const;
    const buy = await store.change((tx) => tx.createBuy(draft));
    await store.change(async (tx) => {
      await tx.updateBuy(buy, { status: "open", openedAt: terms.openedAt });
      await tx.addPost(buy, place.chat, `open${index}`, "announcement");
    });
    buys.push(buy);
  }

  for (let start = 0; start < events.length; start += batch) {
    const heard: Heard[] = [];
    for (const event of events.slice(start, start + batch)) {
      const person = event.type === "recall" ? undefined : await store.meetPerson(place, event.sender);
      heard.push({ place, event, ...(person && { person }) });
    }
    const take = (alone: boolean) => store.record((tx) => record(tx, heard, readerOf, alone));
    await take(false).catch((fault: unknown) => {
      if (!(fault instanceof NeedsAlone)) throw fault;
      return take(true);
    });
  }

  const outcomes = [];
  for (const { community, id } of buys) {
    const { buy, kept, statements } = await store.look(async (tx) => ({
      buy: (await tx.findBuy(community, id))!,
      kept: await tx.ledger.rowsOf(community, id),
      statements: await tx.ledger.statementsOfBuy(community, id),
    }));
    expect(compareRows(buy, kept, rowsFrom(buy, statements))).toEqual([]);
    const lines = kept.lines.map((line) => ({ ...line, person: people.get(line.person)! }));
    outcomes.push(outcomeOf(lines, foldBuy(buy.terms, readerOf(buy), statements)));
  }
  return outcomes;
}

function outcomeOf(lines: readonly Line[], { verdicts }: Pick<Ledger, "verdicts">) {
  const messages = (wanted: string) => verdicts.flatMap(({ id, outcome }) => (outcome === wanted ? [id] : [])).sort();
  const shown = lines.map(({ person, for: whom, item, option, quantity, waitlisted, note = "" }) =>
    [person, whom, item, option, quantity, waitlisted, note].join(" | "),
  );
  return { lines: shown.sort(), late: messages("late"), unclear: messages("unclear") };
}
