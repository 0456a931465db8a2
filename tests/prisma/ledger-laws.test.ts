import { randomUUID } from "node:crypto";
import fc from "fast-check";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCatalogs } from "../../bot/catalogs.ts";
import { compareRows, rowsFrom } from "../../bot/compare-rows.ts";
import type { EditIn, RecallIn, TextIn } from "../../bot/ports.ts";
import { NeedsAlone, record } from "../../bot/record.ts";
import type { Buy, Rows } from "../../bot/store.ts";
import type { ItemTerms } from "../../core/buy/terms.ts";
import { openPool } from "../../prisma/pool.ts";
import { PrismaStore } from "../../prisma/store.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";

const NOON = new Date("2026-11-21T12:00:00+08:00");
const STOCK = 5_000;
const APPLES: ItemTerms = { name: "Apples", unit: "kg", aliases: [], options: [], price: 333, tiers: [] };
const clock = { now: () => new Date(), newId: () => randomUUID() };

let database: TestDatabase;
let pool: ReturnType<typeof openPool>;
let store: PrismaStore;

beforeAll(async () => {
  database = await freshDatabase();
  pool = openPool(database.url, { log: pino({ level: "silent" }) });
  store = new PrismaStore(pool, clock);
});
afterAll(async () => {
  await store.close();
  await pool.end();
  await database.drop();
});

type Said = TextIn | EditIn | RecallIn;

const said = fc.array(
  fc.record({
    who: fc.constantFrom("u1", "u2", "u3"),
    text: fc.constantFrom(
      "+2 apples",
      "apples 3 kg",
      "apples -1",
      "cancel",
      "for mum: 1 kg apples",
      "#接龙\n1. mum 1kg",
    ),
    edit: fc.option(fc.constantFrom("apples 4 kg", "hello", "+1 apples"), { nil: undefined }),
    isRecalled: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
);
const chance = fc.infiniteStream(fc.nat());

for (const stock of [undefined, STOCK]) {
  const limits = stock === undefined ? "without a limit" : "with little stock";

  test(`${limits}, rows are the fold of the statements, whatever the order, repetition and batches of delivery`, async () => {
    await fc.assert(
      fc.asyncProperty(said, chance, fc.integer({ min: 1, max: 5 }), async (messages, random, size) => {
        const events = messages.flatMap(eventsOf);
        const order = [...events, ...events.slice(0, 4)]
          .map((event) => ({ event, key: random.next().value }))
          .sort((one, other) => one.key - other.key)
          .map(({ event }) => event);

        const straight = await play(events, 100, stock);
        const shuffled = await play(order, size, stock);

        expect(plain(shuffled.kept)).toEqual(plain(straight.kept));
        for (const { buy, kept, statements } of [straight, shuffled]) {
          expect(compareRows(buy, kept, rowsFrom(buy, statements))).toEqual([]);
          for (const { quantity } of kept.sums.items) expect(quantity).toBeLessThanOrEqual(stock ?? quantity);
          for (const { item, quantity, waitlisted } of kept.sums.items) {
            const lines = kept.lines.filter((line) => line.item === item);
            expect(quantity).toBe(lines.reduce((sum, line) => sum + line.quantity, 0));
            expect(waitlisted).toBe(lines.reduce((sum, line) => sum + line.waitlisted, 0));
          }
        }
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  test(`${limits}, edited and then taken back is taken back, and the log alone makes the same rows`, async () => {
    await fc.assert(
      fc.asyncProperty(said, async (messages) => {
        const all = messages.map((message) => ({ ...message, edit: message.edit ?? "apples 4 kg", isRecalled: true }));
        const events = messages.flatMap(eventsOf);

        const gone = await play(all.flatMap(eventsOf), 3, stock);
        const { buy, kept, statements } = await play(events, 3, stock);
        await store.change(async (tx) => {
          await tx.ledger.replaceRows(buy, { lines: [], sums: { items: [], people: 0 }, people: [] });
          await tx.ledger.replaceRows(buy, rowsFrom(buy, statements));
        });

        expect(gone.kept.lines).toEqual([]);
        expect(gone.kept.sums.people).toBe(0);
        expect(await store.look((tx) => tx.ledger.rowsOf(buy.community, buy.id)).then(sorted)).toEqual(sorted(kept));
      }),
      { numRuns: 8 },
    );
  }, 120_000);
}

/** Delivers events in batches to a new buy, and gives what is kept. */
async function play(events: readonly Said[], size: number, stock: number | undefined) {
  const place = await store.meetChat(
    "fake",
    { id: randomUUID(), kind: "group", title: "Garden Court" },
    { zone: "Asia/Shanghai", language: "en", currency: "CNY" },
  );
  const personOf = (id: string) => store.meetPerson(place, { id, name: `Person ${id}` });
  const leader = await personOf("leader");
  const { community, id } = await store.change(async (tx) => {
    const items = [{ ...APPLES, ...(stock !== undefined && { stock }) }];
    const terms = { title: "Fruit", currency: "CNY", items, openedAt: NOON };
    const made = await tx.createBuy({ place, leader: leader.id, language: "en", text: "", terms, draftedAt: NOON });
    await tx.updateBuy(made, { status: "open", openedAt: NOON });
    return made;
  });
  const readers = createCatalogs();
  for (let start = 0; start < events.length; start += size) {
    const heard = await Promise.all(
      events.slice(start, start + size).map(async (event) => ({
        ...{ place, event },
        ...(event.type !== "recall" && { person: await personOf(event.sender.id) }),
      })),
    );
    await store
      .record((tx) => record(tx, heard, readers, false))
      .catch((fault: unknown) => {
        if (!(fault instanceof NeedsAlone)) throw fault;
        return store.record((tx) => record(tx, heard, readers, true));
      });
  }
  const buy: Buy = (await store.findBuy(community, id))!;
  return store.look(async (tx) => ({
    buy,
    kept: await tx.ledger.rowsOf(community, id),
    statements: await tx.ledger.statementsOfBuy(community, id),
  }));
}

/** Rows without what differs from one buy to another: people by the order of their lines' quantities. */
function plain({ lines, sums, people }: Rows) {
  const shown = lines.map(({ for: whom, item, quantity, waitlisted }) => `${whom} ${item} ${quantity} ${waitlisted}`);
  return { lines: shown.sort(), sums, people: people.length };
}

function sorted({ lines, sums, people }: Rows) {
  return { lines: lines.map((line) => JSON.stringify(line)).sort(), sums, people: [...people].sort() };
}

function eventsOf(
  message: { who: string; text: string; edit: string | undefined; isRecalled: boolean },
  index: number,
): Said[] {
  const { who, text, edit, isRecalled } = message;
  const sentAt = new Date(NOON.getTime() + (index + 1) * 1000);
  const chat = { id: "ignored", kind: "group" } as const;
  const said: TextIn = {
    ...{ type: "text", platform: "fake", chat, id: `m${index}`, position: index, text, sentAt },
    sender: { id: who, name: `Person ${who}` },
  };
  const at = (ms: number) => new Date(sentAt.getTime() + ms);
  const edited: EditIn = { ...said, type: "edit", text: edit ?? "", editedAt: at(500) };
  const recall: RecallIn = { type: "recall", platform: "fake", chat, id: said.id, recalledAt: at(700) };
  return [said, ...(edit === undefined ? [] : [edited]), ...(isRecalled ? [recall] : [])];
}
