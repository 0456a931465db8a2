import { expect, test } from "vitest";
import { checkModel, STEPS, type Step } from "./model-check.ts";
import { spoilt } from "./spoilt.ts";

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
