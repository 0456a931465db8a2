import { randomUUID } from "node:crypto";
import pino from "pino";
import { openPool } from "../../prisma/pool.ts";
import { PrismaStore } from "../../prisma/store.ts";

/** When it was opened. */
export const NOON = new Date("2026-11-21T12:00:00+08:00");

const log = pino({ level: "silent" });

/** A buy of apples is open in the chat "g" of the platform "fake", though no Plusone has run yet. */
export async function openBuy(url: string): Promise<void> {
  const pool = openPool(url, { log });
  const store = new PrismaStore(pool, { now: () => new Date(), newId: () => randomUUID() });
  const defaults = { zone: "Asia/Shanghai", language: "en", currency: "USD" } as const;
  const place = await store.meetChat("fake", { id: "g", kind: "group", title: "Garden Court" }, defaults);
  const leader = await store.meetPerson(place, { id: "lin", name: "Lin" });
  await store.change(async (tx) => {
    const items = [{ name: "Apples", unit: "kg", aliases: [], options: [], price: 500, tiers: [] }];
    const terms = { title: "Fruit", currency: "USD", items, openedAt: NOON };
    const buy = await tx.createBuy({ place, leader: leader.id, language: "en", text: "", terms, draftedAt: NOON });
    await tx.updateBuy(buy, { status: "open", openedAt: NOON });
  });
  await store.close();
  await pool.end();
}
