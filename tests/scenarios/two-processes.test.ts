import { randomInt, randomUUID } from "node:crypto";
import pino from "pino";
import { expect, onTestFinished, test, vi } from "vitest";
import { run as verify } from "../../bot/cli/verify.ts";
import type { ButtonIn, EditIn, Incoming, RecallIn, TextIn } from "../../bot/ports.ts";
import type { LedgerTx } from "../../bot/store.ts";
import type { ItemTerms } from "../../core/buy/terms.ts";
import { openPool } from "../../prisma/pool.ts";
import { PrismaStore } from "../../prisma/store.ts";
import { type BotProcess, botProcess } from "../support/bot-process.ts";
import { subcommand } from "../support/command.ts";
import { withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { community, ownDatabase, ownFolder } from "../support/scenario.ts";

const NOON = new Date("2026-11-21T12:00:00+08:00");
const APPLES: ItemTerms = { name: "Apples", unit: "kg", aliases: [], options: [], price: 500, tiers: [] };
const PEARS: ItemTerms = { ...APPLES, name: "Pears" };

interface Offered {
  readonly chats: readonly string[];
  readonly items: readonly ItemTerms[];
  readonly closesAt?: Date;
}

/**
 * Chats by what is offered there: two share a limited stock, two a buy without limits, one is alone, and in one the buy
 * closes in the middle of what is said, edited and taken back.
 */
const CHATS: readonly Offered[] = [
  { chats: ["garden", "tower"], items: [{ ...APPLES, stock: 20_000 }, PEARS] },
  { chats: ["north", "south"], items: [APPLES, { ...PEARS, perPerson: 6_000 }] },
  { chats: ["mill"], items: [APPLES, PEARS] },
  { chats: ["quay"], items: [APPLES, PEARS], closesAt: new Date(NOON.getTime() + 30_000) },
];

const WORDS = [
  "+2 apples",
  "pears 3 kg",
  "apples -1",
  "cancel",
  "make it 5",
  "no pears",
  "2 apples 1 pear",
  "+1",
  "hello",
];
/** Where nobody's press takes what somebody else would have. */
const PRESSED = ["north", "south", "mill"];
const CHAIN = "#接龙\nFruit\n1. Ada apples 2\n2. Ben pears 1";

test("two processes on one database, any mix of chats on both: the same rows as one process makes of it in order", async () => {
  const seed = Number(process.env["SEED"] ?? randomInt(2 ** 31));
  process.stdout.write(`two processes: SEED=${seed}\n`);
  const database = await ownDatabase();
  const [one, other] = await Promise.all([botProcess(database, ownFolder()), botProcess(database, ownFolder())]);

  let lines = 0;
  let pressed = 0;
  for (let round = 0; round < 4; round++) {
    const random = chance(seed + round);
    const straight = `straight${round}`;
    const mixed = `mixed${round}`;
    const buysOfStraight = await openBuys(database, straight);
    const buysOfMixed = await openBuys(database, mixed);
    const said = messages(random, 60);

    for (const event of said) await one.deliver([inChatsOf(straight, event, buysOfStraight)]);
    await atRandom(
      random,
      [one, other],
      said.map((event) => inChatsOf(mixed, event, buysOfMixed)),
    );

    const rows = await rowsOf(database, mixed);
    expect(rows, `SEED=${seed}, round ${round}`).toEqual(await rowsOf(database, straight));
    lines += rows["lines"]!.length;
    pressed += rows["lines"]!.filter((line) => /\bFay\b/.test(String(line))).length;
  }
  expect(lines, `SEED=${seed}`).toBeGreaterThan(0); // something was compared
  expect(pressed, `SEED=${seed}`).toBeGreaterThan(0);

  const random = chance(seed);
  const buys = await openBuys(database, "closed");
  const closing = closings();
  const events = [...messages(random, 60), ...closing].map((event) => inChatsOf("closed", event, buys));
  await atRandom(random, [one, other], events);
  await eventually("all lists are final", async () => (await listsOf(database, "closed")).length === closing.length);

  expect(await listsOf(database, "closed"), `SEED=${seed}`).toEqual(closing.map(() => 1));
  const { stdout } = await subcommand(verify, { DATABASE_URL: database });
  // The buys at the quay are in the rows alone, so nothing waits to close them.
  const differences = stdout
    .split("\n")
    .filter((line) => line.startsWith("    ") && !/nothing waits to close/.test(line));
  expect(differences, `SEED=${seed}`).toEqual([]);
  expect(stdout).toMatch(/\d+ buys compared/);
  await Promise.all([one.stop(), other.stop()]);
});

test("what is taken back while it is being stored elsewhere is taken back: neither misses the other", async () => {
  const { url: database, chat } = await community({ processes: 2 });
  const lin = chat.person("Lin", { leader: true });
  const ada = chat.person("Ada");
  await lin.opens("Apples $5/kg");
  const said = ada.saying("+2 apples");
  const message = chat.shown.find(({ id }) => id === said.id)!;

  const held = holdFirstRecord();
  const storing = chat.deliver(said);
  await held.reached;
  const recalling = ada.recalls(message);
  await eventually(
    "the recall waits, or is through",
    async () => held.isSecondDone() || (await waitsForLock(database)),
  );
  held.release();
  await Promise.all([storing, recalling]);

  const rows = await withClient(database, (client) => client.query("SELECT quantity FROM line"));
  expect(rows.rows).toEqual([]);
});

/** Holds the next transaction of words open before its commit. */
function holdFirstRecord() {
  let release = () => {};
  let reach = () => {};
  const holding = new Promise<void>((resolve) => {
    release = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  let count = 0;
  let isSecondDone = false;
  const real = PrismaStore.prototype.record;
  vi.spyOn(PrismaStore.prototype, "record").mockImplementation(async function (this: PrismaStore, work) {
    count += 1;
    if (count > 1) {
      const result = await real.call(this, work);
      isSecondDone = true;
      return result as never;
    }
    const held = async (tx: LedgerTx) => {
      const result = await work(tx);
      reach();
      await holding;
      return result;
    };
    return (await real.call(this, held)) as never;
  });
  onTestFinished(() => void vi.restoreAllMocks());
  return { reached, release: () => release(), isSecondDone: () => isSecondDone };
}

async function waitsForLock(url: string): Promise<boolean> {
  const waiting = await withClient(url, (client) =>
    client.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"),
  );
  return waiting.rows.length > 0;
}

/** Messages with edits and presses, some of which come before what they change, and recalls; in the order in which they were said. */
function messages(random: () => number, count: number): Incoming[] {
  const chats = CHATS.flatMap((each) => each.chats);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  return Array.from({ length: count }, (_, index) => index).flatMap((index): Incoming[] => {
    const chat = pick(chats);
    const who = pick(["Ada", "Ben", "Cai", "Dov", "Eva"]);
    const sentAt = new Date(NOON.getTime() + (index + 1) * 1000);
    const said = random() < 0.04 && chat === "mill" ? CHAIN : pick(WORDS);
    const first: TextIn = {
      ...{ type: "text", platform: "fake", chat: { id: chat, kind: "group" }, id: `m${index}`, position: index },
      ...{ sender: { id: who, name: who }, text: said, sentAt },
    };
    const edits = Array.from({ length: random() < 0.3 ? 1 + Math.floor(random() * 2) : 0 }, (_each, nth): EditIn => {
      return { ...first, type: "edit", text: pick(WORDS), editedAt: new Date(sentAt.getTime() + 100 * (nth + 1)) };
    });
    const recall: RecallIn = {
      ...{ type: "recall", platform: "fake", chat: first.chat, id: first.id },
      recalledAt: new Date(sentAt.getTime() + 500),
    };
    // By somebody who only presses: a platform does not date a press, so it counts behind what its author has said by then.
    const press: ButtonIn = {
      ...{
        type: "button",
        platform: "fake",
        chat: { id: pick(PRESSED), kind: "group" },
        id: `p${index}`,
        message: "post",
      },
      ...{ sender: { id: "Fay", name: "Fay" }, data: `more::${pick([1, 2])}`, pressedAt: sentAt },
    };
    return [first, ...edits, ...(random() < 0.15 ? [recall] : []), ...(random() < 0.2 ? [press] : [])];
  });
}

/** The leader ends what does not close by itself in the middle of what is said, in each chat in which it is offered. */
function closings(): TextIn[] {
  const chats = CHATS.flatMap((each) => (each.closesAt ? [] : each.chats));
  return chats.map((chat, index) => ({
    ...{ type: "text", platform: "fake", chat: { id: chat, kind: "group" }, id: `close${index}`, position: 1000 },
    ...{ sender: { id: "leader", name: "Lin" }, text: "/close", sentAt: new Date(NOON.getTime() + 40_000) },
  }));
}

/** How many final lists each chat of a copy has been sent, or is to be sent. */
async function listsOf(url: string, copy: string): Promise<number[]> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM outgoing o JOIN community c ON c.id = o."communityId" AND c.name LIKE $1
        WHERE o.kind = 'final-list' GROUP BY o."buyId", o."chatId"`,
      [`${copy}:%`],
    ),
  );
  return rows.map(({ count }) => count);
}

/** Every event to one of the processes, a third to both, in any order, several at once. */
async function atRandom(random: () => number, processes: readonly BotProcess[], events: readonly Incoming[]) {
  const deliveries = events.flatMap((event) => {
    const first = Math.floor(random() * processes.length);
    return random() < 0.33 ? [first, 1 - first].map((to) => ({ event, to })) : [{ event, to: first }];
  });
  const order = deliveries.map((each) => ({ ...each, key: random() })).sort((a, b) => a.key - b.key);
  const underWay: Promise<void>[] = [];
  for (let start = 0; start < order.length; ) {
    const group = order.slice(start, start + 1 + Math.floor(random() * 4));
    start += group.length;
    for (const [index, each] of processes.entries()) {
      const own = group.filter(({ to }) => to === index).map(({ event }) => event);
      if (own.length > 0) underWay.push(each.deliver(own));
    }
    if (random() < 0.3) await underWay[Math.floor(random() * underWay.length)];
  }
  await Promise.all(underWay);
}

/** What is in the rows, in words that are the same for every copy of the chats. */
async function rowsOf(url: string, copy: string): Promise<Record<string, unknown[]>> {
  return withClient(url, async (client) => {
    const rows = async (sql: string) => {
      const { rows: found } = await client.query({ text: sql, values: [`${copy}:%`], rowMode: "array" });
      return found.map((row: unknown[]) => row.join(" ").replaceAll(`${copy}:`, ""));
    };
    const ofCopy = `FROM community c JOIN buy b ON b."communityId" = c.id AND c.name LIKE $1`;
    return {
      lines: await rows(
        `SELECT c.name, p.name, l."forWhom", l."itemNo", l.option, l.quantity, l.waitlisted, l.note ${ofCopy}
           JOIN line l ON l."communityId" = c.id AND l."buyId" = b.id
           JOIN person p ON p."communityId" = c.id AND p.id = l."personId" ORDER BY 1, 2, 3, 4, 5`,
      ),
      tallies: await rows(
        `SELECT c.name, t."itemNo", t.booked, t.waitlisted ${ofCopy}
           JOIN tally t ON t."communityId" = c.id AND t."buyId" = b.id ORDER BY 1, 2`,
      ),
      sums: await rows(
        `SELECT c.name, l."itemNo", sum(l.quantity), sum(l.waitlisted) ${ofCopy}
           JOIN line l ON l."communityId" = c.id AND l."buyId" = b.id GROUP BY 1, 2 ORDER BY 1, 2`,
      ),
      recalls: await rows(
        `SELECT c.name, r."messageId" FROM community c JOIN recall r ON r."communityId" = c.id AND c.name LIKE $1 ORDER BY 1, 2`,
      ),
    };
  });
}

/** A copy of the chats, with their buys open since noon: the buys' ids by chat. */
async function openBuys(url: string, copy: string): Promise<ReadonlyMap<string, string>> {
  const buys = new Map<string, string>();
  const pool = openPool(url, { log: pino({ level: "silent" }) });
  const store = new PrismaStore(pool, { now: () => new Date(), newId: () => randomUUID() });
  const defaults = { zone: "Asia/Shanghai", language: "en", currency: "USD" } as const;
  for (const { chats, items, closesAt } of CHATS) {
    const [first = "", ...others] = chats.map((chat) => `${copy}:${chat}`);
    const place = await store.meetChat("fake", { id: first, kind: "group", title: first }, defaults);
    const leader = await store.meetPerson(place, { id: "leader", name: "Lin" });
    const buy = await store.change(async (tx) => {
      const terms = { title: "Fruit", currency: "USD", items, openedAt: NOON, ...(closesAt && { closesAt }) };
      const made = await tx.createBuy({ place, leader: leader.id, language: "en", text: "", terms, draftedAt: NOON });
      await tx.updateBuy(made, { status: "open", openedAt: NOON });
      await tx.grantRole(place.community.id, leader.id, "leader", undefined);
      return made;
    });
    for (const chat of chats) buys.set(chat, buy.id);
    for (const other of others) {
      const chat = randomUUID();
      const community = place.community.id;
      await pool.query(`INSERT INTO chat ("communityId", id, platform, kind) VALUES ($1, $2, 'fake', 'group')`, [
        community,
        chat,
      ]);
      await pool.query(
        `INSERT INTO address (platform, "externalId", "communityId", "chatId") VALUES ('fake', $1, $2, $3)`,
        [other, community, chat],
      );
      await pool.query(`INSERT INTO buy_chat ("communityId", "buyId", "chatId") VALUES ($1, $2, $3)`, [
        community,
        buy.id,
        chat,
      ]);
    }
  }
  await store.close();
  await pool.end();
  return buys;
}

function inChatsOf(copy: string, event: Incoming, buys: ReadonlyMap<string, string>): Incoming {
  const chat = { ...event.chat, id: `${copy}:${event.chat.id}` };
  if (event.type !== "button") return { ...event, chat };
  return { ...event, chat, data: event.data.replace("::", `:${buys.get(event.chat.id)}:`) };
}

/** Numbers from 0 to 1 that follow from a seed. @source mulberry32, Tommy Ettinger, public domain */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
