import type { Pool } from "pg";
import pino from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BoardStore } from "../../bot/board/ports.ts";
import type { Person, Place } from "../../bot/store.ts";
import { systemClock } from "../../bot/system-clock.ts";
import { createBoardStore } from "../../prisma/board.ts";
import { openPool } from "../../prisma/pool.ts";
import { PrismaStore } from "../../prisma/store.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
let pool: Pool;
let boards: BoardStore;
let place: Place;
let lin: Person;

beforeEach(async () => {
  database = await freshDatabase();
  pool = openPool(database.url, { log: pino({ level: "silent" }) });
  boards = createBoardStore(pool);
  const store = new PrismaStore(pool, systemClock);
  const defaults = { zone: "Asia/Shanghai", language: "en", currency: "CNY" } as const;
  place = await store.meetChat("fake", { id: "g1", kind: "group", title: "Garden Court" }, defaults);
  lin = await store.meetPerson(place, { id: "u1", name: "Lin" });
  await store.change((tx) => tx.grantRole(place.community.id, lin.id, "leader", undefined));
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

const addLink = (digest: string, validMs = 60_000) =>
  boards.addLink({ digest, place, person: lin.id, language: "zh-hant", validMs });
const takeLink = (link: string, digest: string, validMs = 60_000) => boards.takeLink(link, { digest, validMs });

test("of fifty who use a link at once one gets in, as who asked for it and with the role of now", async () => {
  await addLink("link");

  const taken = await Promise.all(Array.from({ length: 50 }, (_, index) => takeLink("link", `session ${index}`)));
  const sessions = await Promise.all(taken.map((_, index) => boards.findSession(`session ${index}`)));

  expect(taken.filter((isTaken) => isTaken)).toHaveLength(1);
  expect(sessions.filter((session) => session)).toEqual([
    {
      ...{ community: place.community.id, chat: place.chat, language: "zh-hant" },
      person: { id: lin.id, name: "Lin", externalId: "u1", role: "leader" },
    },
  ]);
});

test("a link that is late, replaced or unknown opens nothing", async () => {
  await addLink("late", -1);
  expect(await takeLink("late", "a")).toBe(false);
  await addLink("first");
  await addLink("second");

  expect(await takeLink("first", "b")).toBe(false);
  expect(await takeLink("third", "c")).toBe(false);
  expect(await takeLink("second", "d")).toBe(true);
  const { rows } = await pool.query("SELECT hash FROM board_session");
  expect(rows).toEqual([{ hash: "d" }]);
});

test("a session ends by itself, when nobody uses it, when somebody is forgotten, and when it is told to", async () => {
  const isIn = async (digest: string) => (await boards.findSession(digest)) !== undefined;
  await addLink("1");
  await takeLink("1", "over", -1);
  await addLink("2");
  await takeLink("2", "own");
  await pool.query(`UPDATE board_session SET "seenAt" = now() - interval '11 hours' WHERE hash = 'own'`);

  expect([await isIn("over"), await isIn("own"), await isIn("none")]).toEqual([false, true, false]);
  await expect
    .poll(
      async () => (await pool.query(`SELECT 1 FROM board_session WHERE "seenAt" > now() - interval '1 hour'`)).rowCount,
    )
    .toBeGreaterThan(0); // used
  await pool.query(`UPDATE board_session SET "seenAt" = now() - interval '13 hours'`);
  expect([await isIn("own"), await isIn("own")]).toEqual([false, false]);
  await pool.query(`UPDATE board_session SET "seenAt" = now()`);
  await pool.query(`UPDATE person SET "forgottenAt" = now()`);
  expect(await isIn("own")).toBe(false);
  await pool.query(`UPDATE person SET "forgottenAt" = NULL`);
  await boards.endSession("own");
  expect(await isIn("own")).toBe(false);
});

test("somebody's chat of a buy is one on whose platform they are known", async () => {
  const store = new PrismaStore(pool, systemClock);
  const defaults = { zone: "Asia/Shanghai", language: "en", currency: "CNY" } as const;
  const at = new Date();
  const terms = { title: "Apples", currency: "CNY", items: [], openedAt: at };
  const buy = await store.change((tx) =>
    tx.createBuy({ place, leader: lin.id, language: "en", text: "", terms, draftedAt: at }),
  );
  const elsewhere = await store.meetChat("elsewhere", { id: "g2", kind: "group", title: "Elm Street" }, defaults);
  const mia = await store.meetPerson(elsewhere, { id: "m1", name: "Mia" });

  expect(await boards.chatOf(buy, lin.id)).toBe(place.chat);
  expect(await boards.chatOf(buy, mia.id)).toBeUndefined();
});
