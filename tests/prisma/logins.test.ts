import type { Pool } from "pg";
import pino from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Binding, HeldMessage } from "../../bot/ports.ts";
import { createLoginStore } from "../../prisma/logins.ts";
import { openPool } from "../../prisma/pool.ts";
import { freshDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
let pool: Pool;

beforeEach(async () => {
  database = await freshDatabase();
  pool = openPool(database.url, { log: pino({ level: "silent" }) });
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

const ROOM: Binding = { room: "", sessionId: "r1", knownId: "r1", name: "快乐小区", leaders: [] };
const WANG: Binding = { room: "r1", sessionId: "w1", knownId: "w1", name: "王姐", leaders: [] };

test("who is who is kept by platform, and everybody is called by one id at a time", async () => {
  const store = createLoginStore(pool, "wechat");
  await store.bind(ROOM);
  await store.bind(WANG);
  await store.bind({ ...ROOM, name: "快乐小区团购", leaders: ["w1"] });
  await store.bind({ ...WANG, sessionId: "w2" });
  await store.bind({ ...WANG, room: "r2" });

  const { bindings } = await store.load();

  expect(bindings).toHaveLength(3);
  expect(bindings).toEqual(
    expect.arrayContaining([
      { ...ROOM, name: "快乐小区团购", leaders: ["w1"] },
      { ...WANG, sessionId: "w2" },
      { ...WANG, room: "r2" },
    ]),
  );
  expect(await createLoginStore(pool, "another").load()).toEqual({ bindings: [], held: [] });
});

test("what waits is kept once, in the order in which it came, until it waits no longer", async () => {
  const store = createLoginStore(pool, "wechat");
  const held = (id: string, second: number): HeldMessage => ({
    ...{ id, room: "r1", name: "王姐", question: "person" },
    event: { text: "+2 苹果 🍎", at: 1 },
    heldAt: new Date(Date.UTC(2026, 10, 28, 12, 0, second)),
  });
  await store.hold(held("b", 1));
  await store.hold(held("c", 2));
  await store.hold(held("a", 1));
  await store.hold(held("c", 3));

  expect((await store.load()).held).toEqual([held("a", 1), held("b", 1), held("c", 2)]);
  await store.letGo(["a", "c"]);
  expect((await store.load()).held).toEqual([held("b", 1)]);
});

test("until when everything was heard, and how much was said on that day", async () => {
  const store = createLoginStore(pool, "wechat");
  const at = new Date("2026-11-28T12:00:00Z");

  await store.heard(new Date("2026-11-28T11:00:00Z"), { day: "2026-11-28", byRoom: {} });
  await store.heard(at, { day: "2026-11-28", byRoom: { r1: 3 } });

  expect(await store.load()).toMatchObject({ heardAt: at, sent: { day: "2026-11-28", byRoom: { r1: 3 } } });
});

test("a picture is kept as long as something refers to it, and a week beyond", async () => {
  const store = createLoginStore(pool, "wechat");
  const data = Buffer.from([0xff, 0xd8, 0xff, 0]);
  for (const name of ["way", "old", "new"]) await store.keepPicture(name, data);
  await pool.query(`UPDATE picture SET "keptAt" = now() - interval '8 days' WHERE name <> 'new'`);
  await pool.query(
    `INSERT INTO pay_way ("communityId", "personId", kind, account)
     VALUES (gen_random_uuid(), gen_random_uuid(), 'picture', 'way')`,
  );

  await store.load();

  expect(await store.picture("way")).toEqual(data);
  expect(await store.picture("new")).toEqual(data);
  expect(await store.picture("old")).toBeUndefined();
  expect(await createLoginStore(pool, "other").picture("way")).toBeUndefined();
});
