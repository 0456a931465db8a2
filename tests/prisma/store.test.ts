import { randomUUID } from "node:crypto";
import fc from "fast-check";
import pino from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createCatalogs } from "../../bot/catalogs.ts";
import type { EditIn, RecallIn, TextIn } from "../../bot/ports.ts";
import { NeedsAlone, record } from "../../bot/record.ts";
import type { Buy, Person, Place } from "../../bot/store.ts";
import type { ItemTerms } from "../../core/buy/terms.ts";
import { isOutage } from "../../prisma/outage.ts";
import { openPool } from "../../prisma/pool.ts";
import { PrismaStore } from "../../prisma/store.ts";
import { freshDatabase, type TestDatabase, withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";

const NOON = new Date("2026-11-21T12:00:00+08:00");
const APPLES: ItemTerms = { name: "Apples", unit: "kg", aliases: [], options: [], price: 500, tiers: [] };
const PEARS: ItemTerms = { ...APPLES, name: "Pears" };
const clock = { now: () => new Date(), newId: () => randomUUID() };

let database: TestDatabase;
let pool: ReturnType<typeof openPool>;
let store: PrismaStore;
let place: Place;
const readerOf = createCatalogs();

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

describe("meeting chats and people", () => {
  test("a chat met by eight at once is one chat in one community", async () => {
    const other = Array.from({ length: 8 }, () => new PrismaStore(pool, clock));

    const places = await Promise.all(other.map((each) => each.meetChat("fake", CHAT("crowd"), DEFAULTS)));

    expect(new Set(places.map(({ chat, community }) => `${chat} ${community.id}`)).size).toBe(1);
  });

  test("a person keeps being one when their name changes", async () => {
    const at = await newPlace();

    const before = await store.meetPerson(at, { id: "u1", name: "Lin" });
    const after = await store.meetPerson(at, { id: "u1", name: "Lin 302" });

    expect(after.id).toBe(before.id);
    expect((await store.namesOf(at.community.id, [before.id])).get(before.id)).toBe("Lin 302");
  });

  test("a batch of people, some new, some renamed, met by eight at once, is each of them once", async () => {
    const at = await newPlace();
    const before = await store.meetPerson(at, { id: "u0", name: "Lin" });
    const chat = CHAT(at.externalChat);
    const met = Array.from({ length: 50 }, (_, index) => ({
      ...{ platform: "fake", chat, sender: { id: `u${index}`, name: `Neighbour ${index}` } },
    }));
    const others = Array.from({ length: 8 }, () => new PrismaStore(pool, clock));

    const known = await Promise.all(others.map((each) => each.meetAll([...met, { platform: "fake", chat }], DEFAULTS)));

    const ids = known.map((each) => each.map(({ person }) => person?.id));
    expect(new Set(ids.map((each) => each.join())).size).toBe(1);
    expect(new Set(ids[0]).size).toBe(51); // fifty people, and nobody
    expect(ids[0]?.[0]).toBe(before.id);
    expect((await store.namesOf(at.community.id, [before.id])).get(before.id)).toBe("Neighbour 0");
    expect(known[0]?.every(({ place: found }) => found.chat === at.chat)).toBe(true);
  });

  test("the same person in two communities is two: tenants do not see each other", async () => {
    const here = await store.meetPerson(await newPlace(), { id: "u1", name: "Lin" });
    const there = await store.meetPerson(await newPlace(), { id: "u1", name: "Lin" });

    expect(there.id).not.toBe(here.id);
  });
});

describe("what is said", () => {
  test("ends in the same rows in whatever order, and however often, it is delivered", async () => {
    const people = ["u1", "u2"];
    const said = fc.array(
      fc.record({
        who: fc.constantFrom(...people),
        text: fc.constantFrom(
          "+2 apples",
          "pears 3 kg",
          "apples -1",
          "cancel",
          "make it 5",
          "no pears",
          "2 apples 1 pear",
        ),
        edit: fc.option(fc.constantFrom("apples 4 kg", "hello", "+1 pears"), { nil: undefined }),
        isRecalled: fc.boolean(),
      }),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(said, fc.infiniteStream(fc.nat()), async (messages, chance) => {
        const events = messages.flatMap(eventsOf);
        const order = [...events, ...events.slice(0, 3)]
          .map((event) => ({ event, key: chance.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ event }) => event);

        const straight = await play(events, 100);
        const shuffled = await play(order, 2);

        expect(shuffled).toEqual(straight);
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  test("of a buy with little stock is folded alone: nothing beyond the stock is booked", async () => {
    const buy = await openBuy([{ ...APPLES, stock: 3000 }]);
    const heard = await Promise.all(
      ["u1", "u2", "u3"].map(async (who, index) => ({
        place,
        person: await personOf(who),
        event: text(who, `s${index}`, index, "+2 apples"),
      })),
    );

    await expect(store.record((tx) => record(tx, heard, readerOf, false))).rejects.toThrow(NeedsAlone);
    await Promise.all(heard.map((each) => store.record((tx) => record(tx, [each], readerOf, true))));

    const lines = await store.linesOf(buy.community, buy.id);
    expect(lines.reduce((sum, line) => sum + line.quantity, 0)).toBe(3000);
    expect(lines.reduce((sum, line) => sum + line.waitlisted, 0)).toBe(3000);
  });

  test("by one person to two processes at once is not lost to either", async () => {
    const buy = await openBuy([APPLES, PEARS]);
    const person = await personOf("u1");
    const stores = [new PrismaStore(pool, clock), new PrismaStore(pool, clock)];

    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        stores[index % 2]!.record((tx) =>
          record(tx, [{ place, person, event: text("u1", `m${index}`, index, "+1 apples") }], readerOf, false),
        ),
      ),
    );

    expect(await store.linesOf(buy.community, buy.id)).toMatchObject([{ item: 1, quantity: 20_000 }]);
    expect(await tallyOf(buy)).toEqual([{ item: 1, booked: 20_000 }]);
  });
});

describe("a database that goes away", () => {
  afterEach(async () => {
    // With whatever connections are still to find out that they are cut.
    await store.close();
    await pool.end();
    pool = openPool(database.url, { log: pino({ level: "silent" }) });
    store = new PrismaStore(pool, clock);
  });

  test("while a batch is under way is an outage, after which the store works as before", async () => {
    const cut = store.record(async () => {
      await cutAll();
      await new Promise((resume) => setTimeout(resume, 50)); // the connection breaks while nothing is asked of it
    });

    const fault = await cut.catch((reason: unknown) => reason);

    expect(isOutage(fault)).toBe(true);
    await expect(store.now()).resolves.toBeInstanceOf(Date);
  });

  const others: Record<string, () => Promise<unknown>> = {
    "while a command is under way": () => store.change(async (tx) => tx.claim(place.community.id, await cutAll())),
    "while a command's row is being locked": () =>
      store.change(async (tx) => {
        const locked = tx.lockBuy(place.community.id, randomUUID());
        await cutAll();
        await locked;
        return tx.lockBuy(place.community.id, randomUUID());
      }),
    "while something is looked up": () =>
      Promise.all([pool.query("SELECT pg_sleep(5)"), eventually("it sleeps", isAsleep).then(cutAll)]),
  };
  for (const [when, act] of Object.entries(others)) {
    test(`${when} is an outage`, async () => {
      place = await newPlace();

      const fault = await act().catch((reason: unknown) => reason);

      expect(fault).toBeInstanceOf(Error);
      expect(isOutage(fault)).toBe(true);
    });
  }

  test("that gives up a deadlock is asked again, command and all", async () => {
    const [one, other] = [await openBuy([APPLES]), await openBuy([APPLES])];
    const both = async (first: Buy, second: Buy) => {
      await store.change(async (tx) => {
        await tx.lockBuy(first.community, first.id);
        await new Promise((resume) => setTimeout(resume, 100));
        await tx.lockBuy(second.community, second.id);
        await tx.updateBuy(second, {});
      });
    };

    const ends = await Promise.allSettled([both(one, other), both(other, one)]);

    const faults = ends.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
    expect(faults).toHaveLength(1);
    expect(isOutage(faults[0])).toBe(true);
  });
});

describe("things to be done", () => {
  test("a timer is claimed once, and not before its time", async () => {
    const buy = await openBuy([APPLES]);
    await store.change((tx) => tx.setTimers([{ buy, kind: "close", dueAt: new Date(Date.now() - 1000) }]));
    const [timer] = (await store.dueTimers("closings", 100)).filter((each) => each.buy === buy.id);

    const claims = await Promise.all(
      Array.from({ length: 8 }, () => store.takeClosings({ one: timer! }, async () => undefined)),
    );

    const taken = claims.flatMap((claim) => claim.taken);
    expect(taken).toHaveLength(1);
    expect(taken[0]).toMatchObject({ buy: { id: buy.id }, timer: { kind: "close" } });
  });

  test("many timers are claimed with their buys, once, whoever takes them; what fails leaves all of them", async () => {
    const buys = await Promise.all(Array.from({ length: 12 }, () => openBuy([APPLES])));
    const dueAt = new Date(Date.now() - 1000);
    await store.change((tx) => tx.setTimers(buys.map((buy) => ({ buy, kind: "close", dueAt }))));
    const fails = store.takeClosings({ most: 500 }, async () => {
      throw new Error("on purpose");
    });
    await expect(fails).rejects.toThrow("on purpose");

    const done: string[] = [];
    const take = () =>
      store.takeClosings({ most: 5 }, async (_tx, due) => {
        done.push(...due.flatMap(({ buy }) => buy?.id ?? []));
      });
    for (let round = 0; round < 8; round++) await Promise.all([take(), take()]);

    const own = done.filter((id) => buys.some((buy) => buy.id === id));
    expect(own.sort()).toEqual(buys.map(({ id }) => id).sort());
  });

  test("a timer whose buy somebody holds is left to be waited for, and holds up no other", async () => {
    const [held, free] = [await openBuy([APPLES]), await openBuy([APPLES])];
    const dueAt = new Date(Date.now() - 1000);
    await store.change((tx) => tx.setTimers([held, free].map((buy) => ({ buy, kind: "close", dueAt }))));

    const { taken, busy } = await store.change(async (tx) => {
      await tx.lockBuy(held.community, held.id);
      return store.takeClosings({ most: 500 }, async () => undefined);
    });

    expect(taken.map(({ buy }) => buy?.id)).toContain(free.id);
    expect(busy.map(({ buy }) => buy)).toEqual([held.id]);
    expect((await store.takeClosings({ one: busy[0]! }, async () => undefined)).taken[0]?.buy?.id).toBe(held.id);
  });

  test("a timer that was parked is due again for a version that knows its kind", async () => {
    const buy = await openBuy([APPLES]);
    const kind = `kind-${buy.id}`;
    await store.change((tx) => tx.setTimers([{ buy, kind, dueAt: new Date(Date.now() - 1000) }]));
    const [timer] = (await store.dueTimers("others", 100)).filter((each) => each.kind === kind);
    await store.takeTimers({ one: timer! }, (tx, due) =>
      tx.park(
        due.map((each) => each.timer),
        "unknown kind",
      ),
    );
    const parked = (await store.dueTimers("others", 100)).filter((each) => each.kind === kind);

    await store.unparkTimers(["another"]);
    await store.unparkTimers([kind]);

    expect(parked).toEqual([]);
    expect((await store.dueTimers("others", 100)).filter((each) => each.kind === kind)).toHaveLength(1);
  });

  test("a timer that was moved is not done at its old time", async () => {
    const buy = await openBuy([APPLES]);
    await store.change((tx) => tx.setTimers([{ buy, kind: "close", dueAt: new Date(Date.now() - 1000) }]));
    const [timer] = (await store.dueTimers("closings", 100)).filter((each) => each.buy === buy.id);

    await store.change((tx) => tx.setTimers([{ buy, kind: "close", dueAt: new Date(Date.now() + 60_000) }]));

    expect((await store.takeClosings({ one: timer! }, async () => undefined)).taken).toEqual([]);
    expect((await store.dueTimers("closings", 100)).filter((each) => each.buy === buy.id)).toEqual([]);
  });

  test("an outgoing message is queued once for its cause, claimed by one, and sent in the order of its parts", async () => {
    const at = await newPlace();
    const content = { text: "a".repeat(30) };
    const queue = () =>
      store.change((tx) => tx.addOutgoing({ place: at, kind: "note", cause: "note:1", content, maxText: 20 }));
    await queue();
    await queue();

    const claims = (await Promise.all([claim(at), claim(at)])).flat();

    expect(claims.map((each) => each.content.text.length)).toEqual([20]);
    await store.finishOutgoing(claims[0]!, { state: "sent", message: "1" });
    expect((await claim(at)).map((each) => each.content.text.length)).toEqual([10]);
  });

  test("what a sender held when its lease ran out may have left: it is not sent again", async () => {
    const at = await newPlace();
    await store.change((tx) =>
      tx.addOutgoing({ place: at, kind: "note", cause: "note:2", content: { text: "x" }, maxText: 20 }),
    );
    const [held] = await claim(at, 0);

    const lost = await store.loseOutgoing();
    await store.finishOutgoing(held!, { state: "sent", message: "1" });

    expect(lost).toContainEqual(expect.objectContaining({ id: held!.id, kind: "note" }));
    expect(await claim(at)).toEqual([]);
    expect(await stateOf(held!.id)).toBe("maybe");
  });

  test("messages of a chat go out one after the other, also where one has to wait", async () => {
    const at = await newPlace();
    const add = (cause: string) =>
      store.change((tx) => tx.addOutgoing({ place: at, kind: "note", cause, content: { text: cause }, maxText: 20 }));
    await add("note:first");
    await add("note:second");

    const [first, ...others] = await claim(at);
    const whileSending = await claim(at);
    await store.finishOutgoing(first!, { state: "pending", retryInMs: 60_000, error: "not-sent" });
    const whileWaiting = await claim(at);

    expect(first!.content.text).toBe("note:first");
    expect([...others, ...whileSending, ...whileWaiting]).toEqual([]);
  });

  test("what is in doubt is sent again only when a leader asks for it", async () => {
    const at = await newPlace();
    await store.change((tx) =>
      tx.addOutgoing({ place: at, kind: "note", cause: "note:4", content: { text: "x" }, maxText: 20 }),
    );
    const [held] = await claim(at);
    await store.finishOutgoing(held!, { state: "maybe", error: "unknown" });

    const unasked = await claim(at);
    const isAgain = await store.change((tx) => tx.resend(at.community.id, held!.id));
    const again = await claim(at);
    const isTwice = await store.change((tx) => tx.resend(at.community.id, held!.id));

    expect([unasked.length, isAgain, again.length, isTwice]).toEqual([0, true, 1, false]);
  });

  test("a chat that has moved is written to where it is now", async () => {
    const at = await newPlace();
    const moved = randomUUID();
    await store.change((tx) =>
      tx.addOutgoing({ place: at, kind: "note", cause: "note:5", content: { text: "x" }, maxText: 20 }),
    );
    const [held] = await claim(at);

    await store.finishOutgoing(held!, { state: "pending", retryInMs: 0, error: "moved", movedTo: moved });

    expect((await claim(at)).map(({ externalChat }) => externalChat)).toEqual([moved]);
    expect((await store.meetChat("fake", CHAT(moved), DEFAULTS)).chat).toBe(at.chat);
  });

  test("what is due is told by the database's clock, with when the next thing will be", async () => {
    const buy = await openBuy([APPLES]);
    await store.change((tx) => tx.setTimers([{ buy, kind: "close", dueAt: new Date(Date.now() + 60_000) }]));

    const due = await store.due(["nowhere"]);

    expect(due).toMatchObject({ outgoing: false });
    expect(due.nextInMs).toBeGreaterThan(0);
    expect(due.nextInMs).toBeLessThan(61_000);
  });

  test("an event with what no database takes can be parked all the same", async () => {
    const at = await newPlace();

    await store.park(at, { type: "text", text: "nul \0 and half \ud83c" }, "Error");

    const { rows } = await pool.query<{ event: { text: string } }>(
      `SELECT event FROM parked WHERE "communityId" = $1`,
      [at.community.id],
    );
    expect(rows[0]?.event.text).toBe("nul \ufffd and half \ufffd");
  });

  test("what is sent to a chat whose claim was lost is not marked by the loser", async () => {
    const at = await newPlace();
    await store.change((tx) =>
      tx.addOutgoing({ place: at, kind: "note", cause: "note:3", content: { text: "x" }, maxText: 20 }),
    );
    const [held] = await claim(at);

    await store.finishOutgoing({ ...held!, token: held!.token - 1 }, { state: "undeliverable", error: "gone" });

    expect(await stateOf(held!.id)).toBe("sending");
  });
});

/** Ends every connection to this database but the one that asks. */
async function cutAll(): Promise<string> {
  await withClient(database.url, (client) =>
    client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    ),
  );
  return "cut";
}

async function isAsleep(): Promise<boolean> {
  const { rowCount } = await pool.query(
    "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'",
  );
  return rowCount === 1;
}

const DEFAULTS = { zone: "Asia/Shanghai", language: "en", currency: "CNY" } as const;
const CHAT = (id: string) => ({ id, kind: "group", title: "Garden Court" }) as const;

function newPlace(): Promise<Place> {
  return store.meetChat("fake", CHAT(randomUUID()), DEFAULTS);
}

function personOf(id: string): Promise<Person> {
  return store.meetPerson(place, { id, name: `Person ${id}` });
}

/** A buy in a chat of its own, open since noon; `place` is where. */
async function openBuy(items: readonly ItemTerms[]): Promise<Buy> {
  place = await newPlace();
  const leader = await personOf("leader");
  return store.change(async (tx) => {
    const terms = { title: "Fruit", currency: "CNY", items, openedAt: NOON };
    const buy = await tx.createBuy({ place, leader: leader.id, language: "en", text: "", terms, draftedAt: NOON });
    await tx.updateBuy(buy, { status: "open", openedAt: NOON });
    return buy;
  });
}

/** Delivers events in batches to a new buy, and tells what comes out. */
async function play(events: readonly (TextIn | EditIn | RecallIn)[], size: number) {
  const buy = await openBuy([APPLES, PEARS]);
  for (let start = 0; start < events.length; start += size) {
    const heard = await Promise.all(
      events.slice(start, start + size).map(async (event) => ({
        place,
        event,
        ...(event.type !== "recall" && { person: await personOf(event.sender.id) }),
      })),
    );
    await store.record((tx) => record(tx, heard, readerOf, false));
  }
  const lines = await store.linesOf(buy.community, buy.id);
  const names = await store.namesOf(
    buy.community,
    lines.map((line) => line.person),
  );
  return {
    lines: lines.map((line) => `${names.get(line.person)} ${line.item} ${line.quantity}`).sort(),
    tally: await tallyOf(buy),
  };
}

function eventsOf(
  { who, text: said, edit, isRecalled }: { who: string; text: string; edit: string | undefined; isRecalled: boolean },
  index: number,
): (TextIn | EditIn | RecallIn)[] {
  const first = text(who, `m${index}`, index, said);
  const changed: EditIn = { ...first, type: "edit", text: edit ?? "", editedAt: new Date(+first.sentAt + 500) };
  const taken: RecallIn = {
    type: "recall",
    platform: "fake",
    chat: first.chat,
    id: first.id,
    recalledAt: new Date(+first.sentAt + 700),
  };
  return [first, ...(edit === undefined ? [] : [changed]), ...(isRecalled ? [taken] : [])];
}

function text(who: string, id: string, index: number, said: string): TextIn {
  return {
    type: "text",
    platform: "fake",
    chat: { id: "ignored", kind: "group" },
    id,
    position: index,
    sender: { id: who, name: `Person ${who}` },
    text: said,
    sentAt: new Date(NOON.getTime() + (index + 1) * 1000),
  };
}

async function tallyOf(buy: Buy): Promise<{ item: number; booked: number }[]> {
  const { rows } = await pool.query<{ item: number; booked: string }>(
    `SELECT "itemNo" AS item, booked FROM tally WHERE "buyId" = $1 AND booked > 0 ORDER BY "itemNo"`,
    [buy.id],
  );
  return rows.map(({ item, booked }) => ({ item, booked: Number(booked) }));
}

async function claim(at: Place, leaseMs = 60_000) {
  const claims = await store.claimOutgoing(["fake"], 100, leaseMs);
  return claims.filter((each) => each.chat === at.chat);
}

async function stateOf(id: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ state: string }>(`SELECT state FROM outgoing WHERE id = $1`, [id]);
  return rows[0]?.state;
}
