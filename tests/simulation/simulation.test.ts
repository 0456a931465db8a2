import { expect, test } from "vitest";
import type { Store } from "../../bot/store.ts";
import { playBuys } from "./play.ts";
import { spoilt } from "./spoilt.ts";
import { World } from "./world.ts";

test("buys under faults come to what was said, and nothing is lost, doubled, missed or early", async () => {
  const { wrong, buys, deaths, maybe, notices, deeds } = await playBuys(1, 400);

  expect(wrong).toEqual([]);
  expect(buys).toBe(400);
  expect([...deeds].filter(([, times]) => times === 0)).toEqual([]);
  expect(deaths).toBeGreaterThan(100);
  expect(maybe).toBeGreaterThan(0);
  expect(maybe).toBeLessThan(notices / 10);
});

test("the same seed plays the same", async () => {
  const first = await new World(7, 20).play();
  const second = await new World(7, 20).play();

  expect(second).toEqual(first);
});

/** Mistakes that a store could make. */
const MISTAKES: readonly { made: string; found: RegExp; spoil: (store: Store) => Partial<Store> }[] = [
  {
    made: "every tenth batch is confirmed and not kept",
    found: /lines: is/,
    spoil: (store) => {
      let count = 0;
      return { record: (work) => (++count % 10 === 0 ? Promise.resolve([] as never) : store.record(work)) };
    },
  },
  {
    made: "some that were sent are not known to be",
    found: /doubled: /,
    spoil: (store) => {
      let count = 0;
      return {
        finishOutgoing: (claim, end, follows) =>
          store.finishOutgoing(
            claim,
            end.state === "sent" && ++count % 10 === 0 ? { state: "pending", retryInMs: 1_000, error: "" } : end,
            follows,
          ),
      };
    },
  },
  {
    made: "the timers of some closings are done, and the closings are not",
    found: /missed: /,
    spoil: (store) => ({
      takeClosings: (which, work) => store.takeClosings(which, (tx, due) => work(tx, due.slice(1))),
    }),
  },
];

for (const { made, found, spoil } of MISTAKES) {
  test(`where ${made}, it is found`, async () => {
    const { wrong } = await new World(3, 20, { spoil: spoilt(spoil) }).play();

    expect(wrong.join("\n")).toMatch(found);
  });
}
