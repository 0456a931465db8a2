import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
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

fault("a virtual week after the other in one process", ["faults", "kills"], async (campaign) => {
  const weeks = campaign.many(40, 6);
  const { wrong, bytes, faults, deaths } = (await run("soak.js", ["--expose-gc"], seedOfRun, weeks)) as Soaked;
  for (const words of wrong.slice(0, 20)) console.log(`  ${words}`);
  campaign.hit("faults", faults);
  campaign.hit("kills", deaths);

  // By the third week all is loaded and compiled; what is kept of each would add up.
  const [early, late] = [Math.max(...bytes.slice(2, 4)), Math.min(...bytes.slice(-2))];
  expect(late / early, "memory in use at the end, beside that after the third and fourth week").toBeLessThan(1.1);
  return { weeks, "MB in use after the fourth": mega(early), "MB in use at the end": mega(late), wrong: wrong.length };
});

interface Soaked {
  readonly wrong: readonly string[];
  readonly bytes: readonly number[];
  readonly faults: number;
  readonly deaths: number;
}

const mega = (bytes: number) => Math.round(bytes / 1e6);

async function play(seed: number, buys: number): Promise<Printed> {
  return (await run("run.js", [ROOM], seed, buys)) as Printed;
}

/** Runs a program of the simulation in a process of its own. */
async function run(program: string, flags: readonly string[], ...numbers: readonly number[]): Promise<unknown> {
  const script = join(packageRoot, "dist", "tests", "simulation", program);
  const args = [...flags, script, ...numbers.map(String)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout);
}
