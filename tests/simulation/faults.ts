import type { Chance } from "./chance.ts";

/** What may go wrong, and how often of a thousand times that it could. */
export const FAULTS = {
  "late delivery": 15,
  "slow delivery": 60,
  "delivered twice": 60,
  "slow chat": 50,
  "chat 429": 15,
  "chat 500": 8,
  "chat reply lost": 8,
  "slow store": 40,
  "store away": 4,
  "commit lost": 4,
  "killed before a commit": 1,
  "killed after a commit": 1,
  "killed before a send": 3,
  "killed after a send": 3,
  "rings early": 100,
  "rings twice": 100,
  "never rings": 400,
} as const;

export type Fault = keyof typeof FAULTS;

/** Decides what goes wrong, and counts it. */
export class Faults {
  readonly counts = new Map<Fault, number>();
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  strikes(fault: Fault): boolean {
    if (!this.#chance.perMille(FAULTS[fault])) return false;
    this.counts.set(fault, (this.counts.get(fault) ?? 0) + 1);
    return true;
  }
}
