import { FAULTS } from "../simulation/faults.ts";
import { playBuys } from "../simulation/play.ts";
import { fault, seedOfRun } from "./campaign.ts";

/** How many buys, where the run names another number. */
const BUYS = Number(process.env["PLUSONE_SIMULATION_BUYS"]) || undefined;

fault("buys played in virtual time", Object.keys(FAULTS), async (campaign) => {
  const { wrong, faults, deaths, ...figures } = await playBuys(seedOfRun, BUYS ?? campaign.many(20_000));
  for (const [name, times] of faults) campaign.hit(name, times);
  for (const words of wrong.slice(0, 20)) console.log(`  ${words}`);
  const count = (kind: string) => wrong.filter((words) => words.includes(`${kind}: `)).length;
  const found = { lost: count("lost"), doubled: count("doubled"), missed: count("missed"), early: count("early") };
  return { ...figures, kills: deaths, ...found, wrong: wrong.length };
});
