import { randomUUID } from "node:crypto";
import pino from "pino";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Buy } from "../../bot/store.ts";
import { createLoginStore } from "../../prisma/logins.ts";
import { isOutage } from "../../prisma/outage.ts";
import { openPool } from "../../prisma/pool.ts";
import { PrismaStore } from "../../prisma/store.ts";
import { freshDatabase, type TestDatabase, withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { APPLES, newPlace, openBuy, storeContract } from "./store-contract.ts";

const clock = { now: () => new Date(), newId: () => randomUUID() };
const poolOf = (database: TestDatabase) => openPool(database.url, { log: pino({ level: "silent" }) });

describe("the store on PostgreSQL", () =>
  storeContract(async () => {
    const database = await freshDatabase();
    const pool = poolOf(database);
    return {
      open: () => new PrismaStore(pool, clock),
      close: async () => {
        await pool.end();
        await database.drop();
      },
    };
  }));

describe("a database that several use", () => {
  let database: TestDatabase;
  let pool: ReturnType<typeof openPool>;
  let store: PrismaStore;
  beforeAll(async () => {
    database = await freshDatabase();
    return () => database.drop();
  });
  beforeEach(() => {
    pool = poolOf(database);
    store = new PrismaStore(pool, clock);
  });
  // With whatever connections are still to find out that they are cut.
  afterEach(async () => {
    await store.close();
    await pool.end();
  });

  test("that goes away while a batch is under way is an outage, after which the store works as before", async () => {
    const cut = store.record(async () => {
      await cutAll();
      await new Promise((resume) => setTimeout(resume, 50)); // the connection breaks while nothing is asked of it
    });

    const fault = await cut.catch((reason: unknown) => reason);

    expect(isOutage(fault)).toBe(true);
    await expect(store.now()).resolves.toBeInstanceOf(Date);
  });

  test("forgets with a person the pictures that they have shown, and nobody else's", async () => {
    const logins = createLoginStore(pool, "wechat");
    const { place, buy } = await openBuy(store, [APPLES]);
    const [ada, ben] = [
      await store.meetPerson(place, { id: randomUUID(), name: "Ada" }),
      await store.meetPerson(place, { id: randomUUID(), name: "Ben" }),
    ];
    const names = ["complaint", "payment", "way", "ben"];
    for (const name of names) await logins.keepPicture(name, Buffer.from(name));
    const about = { for: "", item: 1, option: "", text: "bad", state: "open" } as const;
    await store.change(async (tx) => {
      await tx.addProblem(buy, { id: randomUUID(), person: ada.id, ...about, photo: "complaint" });
      await tx.addProblem(buy, { id: randomUUID(), person: ben.id, ...about, photo: "ben" });
      await tx.addPayment(buy, { id: randomUUID(), person: ada.id, kind: "claim", by: ada.id, evidence: "payment" });
      await tx.setPayWay(buy.community, ada.id, { kind: "picture", photo: "way", platform: "wechat", text: "" });
    });

    await store.change((tx) => tx.forget(buy.community, ada.id, "Neighbour 1", []));

    const left = await Promise.all(names.map(async (name) => (await logins.picture(name)) !== undefined));
    expect(left).toEqual([false, false, false, true]);
  });

  const others: Record<string, () => Promise<unknown>> = {
    "while a command is under way": () => store.change(async (tx) => tx.claim(randomUUID(), await cutAll())),
    "while a command's row is being locked": () =>
      store.change(async (tx) => {
        const locked = tx.lockBuy(randomUUID(), randomUUID());
        await Promise.allSettled([locked, cutAll()]);
        await locked;
        return tx.lockBuy(randomUUID(), randomUUID());
      }),
    "while something is looked up": () =>
      Promise.all([pool.query("SELECT pg_sleep(5)"), eventually("it sleeps", isAsleep).then(cutAll)]),
  };
  for (const [when, act] of Object.entries(others)) {
    test(`that goes away ${when} is an outage`, async () => {
      const fault = await act().catch((reason: unknown) => reason);

      expect(fault).toBeInstanceOf(Error);
      expect(isOutage(fault)).toBe(true);
    });
  }

  test("that gives up a deadlock is asked again, command and all", async () => {
    const [{ buy: one }, { buy: other }] = [await openBuy(store, [APPLES]), await openBuy(store, [APPLES])];
    let held = 0;
    const both = async (first: Buy, second: Buy) => {
      await store.change(async (tx) => {
        await tx.lockBuy(first.community, first.id);
        held += 1;
        await eventually("each holds one", () => held >= 2);
        await tx.lockBuy(second.community, second.id);
        await tx.updateBuy(second, {});
      });
    };

    const ends = await Promise.allSettled([both(one, other), both(other, one)]);

    const faults = ends.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
    expect(faults).toHaveLength(1);
    expect(isOutage(faults[0])).toBe(true);
  });

  test("leaves a timer whose buy somebody holds to be waited for, and no other", async () => {
    const [{ buy: held }, { buy: free }] = [await openBuy(store, [APPLES]), await openBuy(store, [APPLES])];
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

  test("keeps an event that has to be parked without what it does not take", async () => {
    const at = await newPlace(store);

    await store.park(at, { type: "text", text: "nul \0 and half \ud83c" }, "Error");

    const { rows } = await pool.query<{ event: { text: string } }>(
      `SELECT event FROM parked WHERE "communityId" = $1`,
      [at.community.id],
    );
    expect(rows[0]?.event.text).toBe("nul \ufffd and half \ufffd");
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
});
