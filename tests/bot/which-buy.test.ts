import { expect, test } from "vitest";
import { createCatalogs } from "../../bot/catalogs.ts";
import type { TextIn } from "../../bot/ports.ts";
import type { Buy, Person } from "../../bot/store.ts";
import { whichBuy } from "../../bot/which-buy.ts";

const ADA: Person = { id: "ada", externalId: "ada", name: "Ada", role: "resident" };

const hour = (count: number) => new Date(Date.parse("2026-11-28T09:00:00+08:00") + count * 3_600_000);

/** A buy of apples that was open for an hour. */
const buyOf = (id: string, opens: number) => {
  const items = [{ name: "Apples", unit: "kg", price: 500, tiers: [], aliases: [], options: [] }];
  const terms = { title: id, currency: "SGD", items, openedAt: hour(opens), closesAt: hour(opens + 1) };
  return { id, version: 1, terms } as unknown as Buy;
};

const rows = [
  { text: "cancel", at: 3.5, about: "second", why: "of those that have ended it is about the last" },
  { text: "+2 apples", at: 3.5, about: "second", why: "and so is what comes too late for both" },
  { text: "cancel", at: 2.5, about: "second", why: "while one is open it is about that" },
  { text: "cancel", at: 0.5, about: "first", why: "which is what counts, whatever has opened and ended since" },
];
for (const { text, at, about, why } of rows) {
  for (const order of ["in one order", "in the other"]) {
    test(`"${text}", with the buys ${order}, is about the ${about} (${why})`, () => {
      const buys = [buyOf("first", 0), buyOf("second", 2)];
      const event = { type: "text", text, sentAt: hour(at) } as unknown as TextIn;

      const { choice } = whichBuy(
        event,
        ADA,
        order === "in one order" ? buys : buys.reverse(),
        undefined,
        createCatalogs(),
      );

      expect(choice?.buy?.id).toBe(about);
    });
  }
}
