import { expect, test } from "vitest";
import type { Incoming } from "../../bot/ports.ts";
import { ownDatabase, runningOn } from "../support/scenario.ts";
import { Crowd } from "./crowd.ts";
import { compare } from "./orders.ts";
import { judgeSaid, SAID } from "./said.ts";

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

/** All that a buy says, each with words of its own. */
const all = Object.entries(SAID).flatMap(([kind, times]) =>
  Array.from({ length: times }, (_, no) => ({ kind, state: "sent", text: `${kind} ${no}` })),
);
const texts = all.map(({ text }) => text);

const judged: Readonly<Record<string, { rows: typeof all; shown: readonly string[]; seen: object }>> = {
  "nothing is wrong": { rows: all, shown: texts, seen: { missed: 0, doubled: 0 } },
  "a reminder was never queued": { rows: all.slice(1), shown: texts.slice(1), seen: { missed: 1, doubled: 0 } },
  "one counts as sent and is not there": { rows: all, shown: texts.slice(1), seen: { missed: 1, doubled: 0 } },
  "one was shown twice": { rows: all, shown: [...texts, texts[0]!], seen: { missed: 0, doubled: 1 } },
  "one was queued twice": { rows: [...all, all[0]!], shown: [...texts, texts[0]!], seen: { missed: 0, doubled: 1 } },
};

for (const [why, { rows, shown, seen }] of Object.entries(judged)) {
  test(`the checker of reminders tells it when ${why}`, () => {
    expect(judgeSaid(rows, shown)).toMatchObject(seen);
  });
}
