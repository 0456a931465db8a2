import { expect, test } from "vitest";
import { openPlanned } from "../../bot/actions/plan-buy.ts";
import { handleBatch } from "../../bot/on-message.ts";
import { Shared } from "../simulation/shared.ts";

test("a planned buy whose opening failed at first opens as of when it was planned", async () => {
  const shared = new Shared();
  const { store } = shared;
  await shared.opened(); // it is one o'clock on a Saturday now
  await handleBatch(shared.parts(), [shared.says("leader", "/every sat 18:00")], () => undefined);
  const planned = Date.parse("2026-11-28T18:00:00+08:00");
  const openingDue = async () => (await store.dueTimers("others", 50)).find(({ kind }) => kind === "open-planned");

  shared.now = planned;
  await store.failTimer((await openingDue())!, "the database was away", 5_000);
  expect(await openingDue()).toBeUndefined();
  shared.now = planned + 5_000;
  const { taken } = await store.takeTimers({ one: (await openingDue())! }, (tx, due) =>
    openPlanned(shared.parts(), tx, due, new Date(shared.now)),
  );

  expect(taken).toHaveLength(1);
  const again = shared.database.buys.all().at(-1)!;
  expect(again.no).toBe(2);
  expect([again.draftedAt, again.terms.openedAt].map(Number)).toEqual([planned, planned]);
});
