import fc from "fast-check";
import { expect } from "vitest";
import { attack, attacks, TEXTS } from "../simulation/hostile.ts";
import { checkModel, STEPS } from "../simulation/model-check.ts";
import { claiming, closing, gathering } from "../simulation/races.ts";
import { fault, seedOfRun } from "./campaign.ts";

// What fails is told with its seed and path, and made as small as it can be.

fault("hostile texts and names", ["texts"], async (campaign) => {
  const worlds = campaign.many(100_000 / TEXTS);
  await fc.assert(
    fc.asyncProperty(attacks, async (said) => {
      expect(await attack(said)).toEqual([]);
      campaign.hit("texts", said.length);
    }),
    { seed: seedOfRun, numRuns: worlds },
  );
  return { worlds };
});

fault("runs of steps compared with a model", STEPS, async (campaign) => {
  const runs = campaign.many(10_000);
  await checkModel({ seed: seedOfRun, numRuns: runs }, (step) => campaign.hit(step));
  return { runs };
});

const RACES = { gathering, claiming, closing };

fault("two processes in any order", Object.keys(RACES), async (campaign) => {
  const schedules = campaign.many(20_000);
  for (const [name, race] of Object.entries(RACES)) {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        expect(await race(scheduler)).toEqual([]);
        campaign.hit(name);
      }),
      { seed: seedOfRun, numRuns: Math.ceil(schedules / 3) },
    );
  }
  return { schedules };
});
