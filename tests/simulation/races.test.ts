import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claiming, closing, gathering, type Race } from "./races.ts";

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
