import { describe, expect, test } from "vitest";
import { timersAfterClosing, timersAfterSupplier } from "../../bot/actions/timers.ts";
import type { Buy, Community, NewTimer } from "../../bot/store.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CLOSED = new Date("2026-11-28T12:00:00Z");

const community: Community = {
  ...{ id: "c", name: "Garden Court", zone: "Asia/Shanghai", language: "en", currency: "CNY" },
  ...{ lastCallMinutes: 30, remindPayment: true },
};

const buy: Buy = {
  ...{ community: "c", id: "b", no: 7, status: "closed", language: "en", leader: "lin", chats: [], coupled: false },
  ...{ version: 1, closedAt: CLOSED },
  terms: {
    ...{ title: "Apples", currency: "CNY", openedAt: new Date(+CLOSED - DAY) },
    items: [{ name: "Apples", unit: "kg", aliases: [], options: [], price: 500, tiers: [] }],
  },
};
const [{ price: _, ...unpriced }] = buy.terms.items as [Buy["terms"]["items"][number]];

/** Which, and how many hours after the closing. */
const told = (timers: readonly NewTimer[]) =>
  timers.map(({ kind, ref = "", dueAt }) => `${kind}${ref && ` ${ref}`} +${(+dueAt - +CLOSED) / HOUR} h`);

const hoursLater = (hours: number) => new Date(+CLOSED + hours * HOUR);

describe("what follows a closing", () => {
  test("is one timer where no pickup is known", () => {
    expect(told(timersAfterClosing(buy, CLOSED))).toEqual(["supplier +3 h"]);
  });

  test("are the reminders of a pickup besides, and who has not come", () => {
    const collected = { ...buy, pickup: { from: hoursLater(48), until: hoursLater(50) } };

    expect(told(timersAfterClosing(collected, CLOSED))).toEqual([
      ...["supplier +3 h", "remind-pickup before +24 h", "remind-pickup start +48 h", "remind-pickup end +49 h"],
      "no-show +51 h",
    ]);
  });
});

describe("what follows the reminder of the supplier", () => {
  const rows = [
    { why: "both are ahead", at: 3, timers: ["remind-payment 1 +24 h", "problems-end +72 h"] },
    {
      why: "it was set again by an undo: the first reminder has been",
      at: 30,
      timers: ["remind-payment 2 +72 h", "problems-end +72 h"],
    },
    { why: "complaints are over", at: 73, timers: ["remind-payment 3 +144 h"] },
    { why: "all has been", at: 150, timers: [] },
    {
      why: "nobody is reminded to pay here",
      at: 3,
      here: { ...community, remindPayment: false },
      timers: ["problems-end +72 h"],
    },
    {
      why: "nothing has a price",
      at: 3,
      of: { ...buy, terms: { ...buy.terms, items: [unpriced] } },
      timers: ["problems-end +72 h"],
    },
    {
      why: "complaints end a day after the pickup",
      at: 3,
      of: { ...buy, pickup: { until: hoursLater(10) } },
      timers: ["remind-payment 1 +24 h", "problems-end +34 h"],
    },
  ];
  for (const { why, at, timers, here = community, of = buy } of rows) {
    test(`${at} h after the closing: ${timers.join(", ") || "nothing"} (${why})`, () => {
      expect(told(timersAfterSupplier(of, hoursLater(at), here))).toEqual(timers);
    });
  }
});
