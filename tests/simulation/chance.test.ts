import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attack, attacks } from "./hostile.ts";
import { checkModel, STEPS, type Step } from "./model-check.ts";
import { claiming, closing, gathering, type Race } from "./races.ts";
import { spoilt } from "./spoilt.ts";

test("whatever somebody says under whatever name, the orders of others stay as they are", async () => {
  await fc.assert(
    fc.asyncProperty(attacks, async (said) => {
      expect(await attack(said)).toEqual([]);
    }),
    { seed: 1, numRuns: 20 },
  );
});

test("any run of orders, changes, closings, reopenings and settlements comes to what the model says", async () => {
  const taken = new Set<Step>();

  await checkModel({ seed: 1, numRuns: 100 }, (step) => void taken.add(step));

  expect([...taken].sort()).toEqual([...STEPS].sort());
});

test("a store that reopens a buy and forgets what was said meanwhile is found", async () => {
  let isClosed = false;
  const spoil = spoilt((store) => ({
    takeClosings: async (...which) => {
      const taken = await store.takeClosings(...which);
      isClosed ||= taken.taken.length > 0;
      return taken;
    },
    record: (work) => (isClosed ? Promise.resolve([] as never) : store.record(work)),
  }));

  await expect(
    checkModel({ seed: 1, numRuns: 1_000 }, undefined, (store) => {
      isClosed = false;
      return spoil(store);
    }),
  ).rejects.toThrow(/Counterexample/);
});

const RACES: Readonly<Record<string, Race>> = {
  "what two processes gather at once is kept once": gathering,
  "what two processes may send is sent once, in its order": claiming,
  "a buy that two processes close while people order is closed once, with what was acknowledged before": closing,
};

const play = (race: Race, isSpoilt: boolean, numRuns: number) =>
  fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      expect(await race(scheduler, isSpoilt)).toEqual([]);
    }),
    { seed: 1, numRuns, endOnFailure: true },
  );

describe("in whatever order they go on", () => {
  for (const [promise, race] of Object.entries(RACES)) {
    test(promise, () => play(race, false, 100));

    test(`${promise}: where one looks first and acts later, that is found`, async () => {
      await expect(play(race, true, 500)).rejects.toThrow(/Property failed/);
    });
  }
});
