import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { packageRoot } from "../../bot/package-root.ts";
import { DEEDS, type Deed } from "../simulation/check.ts";
import { FAULTS, type Fault } from "../simulation/faults.ts";
import { type Played, WORLD } from "../simulation/play.ts";
import { fault, seedOfRun } from "./campaign.ts";

/** How many buys, where the run names another number. */
const BUYS = Number(process.env["PLUSONE_SIMULATION_BUYS"]) || undefined;

/** Megabytes for what is young: less of what a world holds is copied again and again. */
const ROOM = "--max-semi-space-size=64";

type Printed = Omit<Played, "faults" | "deeds"> & {
  readonly faults: readonly (readonly [Fault, number])[];
  readonly deeds: readonly (readonly [Deed, number])[];
};

fault("buys played in virtual time", BUYS ? [] : [...Object.keys(FAULTS), ...DEEDS], async (campaign) => {
  const buys = BUYS ?? campaign.many(20_000, 2_000);
  const share = Math.ceil(buys / WORLD / availableParallelism()) * WORLD;
  const starts = Array.from({ length: Math.ceil(buys / share) }, (_, index) => index * share);
  const parts = await Promise.all(
    starts.map((start) => play(seedOfRun + start / WORLD, Math.min(share, buys - start))),
  );

  const wrong = parts.flatMap((part) => part.wrong);
  for (const words of wrong.slice(0, 20)) console.log(`  ${words}`);
  if (wrong.length > 0)
    console.log(`  A world again: npm run test:faults -- simulation --seed=<world> --buys=${WORLD}`);
  // A few buys cannot meet them all.
  const met = parts.flatMap(({ faults, deeds }) =>
    [...faults, ...deeds].filter(([, times]) => times > 0 || BUYS === undefined),
  );
  for (const [name, times] of met) campaign.hit(name, times);
  const sum = (name: "buys" | "messages" | "notices" | "maybe" | "deaths") =>
    parts.reduce((all, part) => all + part[name], 0);
  const count = (kind: string) => wrong.filter((words) => words.includes(`${kind}: `)).length;
  const strikes = parts.flatMap(({ faults }) => faults).reduce((all, [, times]) => all + times, 0);
  return {
    ...{ buys: sum("buys"), faults: strikes, messages: sum("messages"), notices: sum("notices"), maybe: sum("maybe") },
    ...{ kills: sum("deaths"), lost: count("lost"), doubled: count("doubled"), missed: count("missed") },
    ...{ early: count("early"), wrong: wrong.length },
  };
});

/** In a process of its own. */
async function play(seed: number, buys: number): Promise<Printed> {
  const script = join(packageRoot, "dist", "tests", "simulation", "run.js");
  const args = [ROOM, script, String(seed), String(buys)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout) as Printed;
}
