import { expect, test } from "vitest";
import type { Incoming } from "../../bot/ports.ts";
import { ownDatabase, runningOn } from "../support/scenario.ts";
import { Crowd } from "./crowd.ts";
import { compare } from "./orders.ts";

/** Faults that are planted, so that a checker that sees nothing is noticed. */
const planted: Readonly<Record<string, { what: (event: Incoming, no: number) => readonly Incoming[]; seen: object }>> =
  {
    "one order in ten is acknowledged and not kept": {
      what: (event, no) => (no % 10 === 0 ? [] : [event]),
      seen: { lost: 10, doubled: 0 },
    },
    "one order in ten is kept twice": {
      what: (event, no) =>
        no % 10 === 0 && event.type === "text" ? [event, { ...event, id: `${event.id}x` }] : [event],
      seen: { lost: 0, doubled: 10 },
    },
  };

for (const [why, { what, seen }] of Object.entries(planted)) {
  test(`the checker notices when ${why}`, async () => {
    const database = await ownDatabase();
    const crowd = new Crowd();
    await runningOn(database, [crowd]);
    await crowd.opens("north", "Apples $5/kg");

    const orders = Array.from({ length: 100 }, () => crowd.saying("north", "Ada", "+1 apples"));
    await crowd.deliver(...orders.flatMap(what));

    expect(await compare(database, orders.length)).toMatchObject(seen);
  });
}
