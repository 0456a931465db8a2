import type { Deed } from "./check.ts";
import type { Fault } from "./faults.ts";
import { World } from "./world.ts";

/** Buys in one world. */
export const WORLD = 32;

/** What all worlds of a run came to together. */
export interface Played {
  buys: number;
  messages: number;
  notices: number;
  maybe: number;
  deaths: number;
  events: number;
  readonly faults: Map<Fault, number>;
  readonly deeds: Map<Deed, number>;
  /** By world: what is not as it must be. */
  readonly wrong: string[];
}

/** Plays so many buys, a world of them after the other. The same seed plays the same. */
export async function playBuys(seed: number, buys: number): Promise<Played> {
  const sum: Played = {
    buys: 0,
    messages: 0,
    notices: 0,
    maybe: 0,
    deaths: 0,
    events: 0,
    faults: new Map(),
    deeds: new Map(),
    wrong: [],
  };
  for (let no = 0; no * WORLD < buys; no++) {
    const figures = await new World(seed + no, Math.min(WORLD, buys - no * WORLD)).play();
    for (const name of ["buys", "messages", "notices", "maybe", "deaths", "events"] as const)
      sum[name] += figures[name];
    for (const [fault, count] of figures.faults) sum.faults.set(fault, (sum.faults.get(fault) ?? 0) + count);
    for (const [deed, count] of figures.deeds) sum.deeds.set(deed, (sum.deeds.get(deed) ?? 0) + count);
    sum.wrong.push(...figures.wrong.map((words) => `world ${seed + no}: ${words}`));
  }
  return sum;
}
