import { ONE, type Quantity } from "./quantity.ts";
import { sum } from "./sum.ts";

/** What one person asked for of an item that came short. */
export interface Demand {
  readonly wanted: Quantity;
  /** When they first asked for it, in milliseconds: decides who came first. */
  readonly since: number;
}

/** Who gets how much where too little came: as they came, by what they asked for, or the small orders first. */
export type AllotRule = "first-come" | "proportional" | "smallest-first";

/** All rules by which a shortage may be shared out. */
export const ALLOT_RULES: readonly AllotRule[] = ["first-come", "proportional", "smallest-first"];

/**
 * Shares out what came. Nobody gets more than they asked for, and all that came is given out as far as it is wanted, in
 * steps that people ordered in: whole pieces where all asked for whole ones, halves where somebody asked for a half. What
 * is less than a step is left over.
 *
 * @returns  for each demand, in its order, what it gets
 */
export function allot(came: Quantity, demands: readonly Demand[], rule: AllotRule): Quantity[] {
  const step = stepOf(demands);
  const whole = Math.floor(Math.max(0, came) / step) * step;
  if (demands.reduce((sum, { wanted }) => sum + wanted, 0) <= whole) return demands.map(({ wanted }) => wanted);
  return rule === "proportional" ? byShares(whole, demands, step) : inTurn(whole, demands, rule, step);
}

/**
 * Shares out what came as somebody says: those whom they name get that, the others what they asked for, as they came,
 * while it lasts.
 *
 * @param said  by the number of the demand, from 0; no more than what is wanted, and in all no more than came
 * @returns     for each demand, in its order, what it gets
 */
export function allotByHand(
  came: Quantity,
  demands: readonly Demand[],
  said: ReadonlyMap<number, Quantity>,
): Quantity[] {
  const others = demands.filter((_, index) => !said.has(index));
  const given = allot(came - sum(said.values()), others, "first-come");
  return demands.map((demand, index) => said.get(index) ?? given[others.indexOf(demand)]!);
}

/** The largest step, at most one unit, of which every demand is a multiple. */
function stepOf(demands: readonly Demand[]): Quantity {
  return demands.reduce((step, { wanted }) => greatestCommonDivisor(step, wanted), ONE);
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}

function inTurn(came: Quantity, demands: readonly Demand[], rule: Exclude<AllotRule, "proportional">, step: Quantity) {
  const turns = demands.map((demand, index) => ({ ...demand, index }));
  turns.sort((one, other) => {
    const bySize = rule === "smallest-first" ? one.wanted - other.wanted : 0;
    return bySize || one.since - other.since || one.index - other.index;
  });
  const given = demands.map(() => 0);
  let left = came;
  for (const { wanted, index } of turns) {
    given[index] = Math.min(wanted, Math.floor(left / step) * step);
    left -= given[index]!;
  }
  return given;
}

/** Largest remainders; of equal ones the first come. */
function byShares(came: Quantity, demands: readonly Demand[], step: Quantity): Quantity[] {
  const all = demands.reduce((sum, { wanted }) => sum + BigInt(wanted), 0n);
  if (all === 0n) return demands.map(() => 0);
  const steps = BigInt(came / step);
  const shares = demands.map(({ wanted, since }, index) => {
    const exact = steps * BigInt(wanted);
    return { index, since, steps: exact / all, rest: exact % all };
  });
  let left = steps - shares.reduce((sum, share) => sum + share.steps, 0n);
  const turns = [...shares].sort(
    (one, other) =>
      Number(other.rest - one.rest > 0n) - Number(other.rest - one.rest < 0n) ||
      one.since - other.since ||
      one.index - other.index,
  );
  for (const share of turns) {
    if (left === 0n) break;
    if (share.rest === 0n) continue;
    share.steps += 1n;
    left -= 1n;
  }
  return shares.map((share) => Number(share.steps) * step);
}
