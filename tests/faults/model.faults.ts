import { checkModel, STEPS } from "../simulation/model-check.ts";
import { fault, seedOfRun } from "./campaign.ts";

fault("runs of steps compared with a model", STEPS, async (campaign) => {
  const runs = campaign.many(10_000);

  await checkModel({ seed: seedOfRun, numRuns: runs }, (step) => campaign.hit(step));

  return { runs };
});
