import type { Quantity } from "../quantity.ts";
import { type Amounts, type Good, itemOf } from "./holding.ts";
import { compareMoments, type Moment } from "./moment.ts";

/** Some units of a scarce item that an order asks for, and since when. Earlier claims have the stock. */
export interface Claim {
  readonly good: Good;
  readonly since: Moment;
  readonly quantity: Quantity;
}

/**
 * Follows an order's change of one item with its claims: what is asked more is claimed from now on, of what is asked
 * less the last asked for is given back first. Another option of the same item keeps its place.
 *
 * @param restated  the order said anew how many it wants, so nothing of it waits for a later edit any more
 * @source          message language, 3 (stock)
 */
export function followClaims(
  claims: readonly Claim[],
  item: number,
  after: Amounts,
  now: Moment,
  restated: boolean,
): readonly Claim[] {
  const kept = claims
    .map((claim) => (restated && compareMoments(claim.since, now) > 0 ? { ...claim, since: now } : claim))
    .sort((one, other) => compareMoments(one.since, other.since));
  const held = new Map<Good, Quantity>();
  for (const { good, quantity } of kept) held.set(good, (held.get(good) ?? 0) + quantity);

  const freed: { since: Moment; quantity: Quantity }[] = [];
  for (const [good, quantity] of held) giveBack(kept, good, quantity - (after.get(good) ?? 0), now, freed);
  freed.sort((one, other) => compareMoments(one.since, other.since));
  for (const [good, quantity] of after) {
    if (itemOf(good) !== item) continue;
    let more = quantity - (held.get(good) ?? 0);
    for (const slot of freed) {
      const taken = Math.min(Math.max(0, more), slot.quantity);
      if (taken > 0) kept.push({ good, since: slot.since, quantity: taken });
      slot.quantity -= taken;
      more -= taken;
    }
    if (more > 0) kept.push({ good, since: now, quantity: more });
  }
  return kept.sort((one, other) => compareMoments(one.since, other.since));
}

/** Takes units from the last claims that were known by now; only then from those of later edits. */
function giveBack(
  claims: Claim[],
  good: Good,
  quantity: Quantity,
  now: Moment,
  freed: { since: Moment; quantity: Quantity }[],
): void {
  let less = quantity;
  const known = claims.filter((claim) => compareMoments(claim.since, now) <= 0);
  const later = claims.filter((claim) => compareMoments(claim.since, now) > 0);
  for (const claim of [...known.reverse(), ...later.reverse()]) {
    if (less <= 0) return;
    if (claim.good !== good) continue;
    const taken = Math.min(less, claim.quantity);
    const at = claims.indexOf(claim);
    if (taken === claim.quantity) claims.splice(at, 1);
    else claims[at] = { ...claim, quantity: claim.quantity - taken };
    freed.push({ since: claim.since, quantity: taken });
    less -= taken;
  }
}

/** A claim with the part of it that is booked; the rest waits. */
export interface Allotted extends Claim {
  readonly booked: Quantity;
}

/** Gives a stock to claims, earliest first and in parts, until there is no more. */
export function allot<T extends Claim>(stock: Quantity, claims: readonly T[]): (T & { readonly booked: Quantity })[] {
  let left = Math.max(0, stock);
  return [...claims]
    .sort((one, other) => compareMoments(one.since, other.since))
    .map((claim) => {
      const booked = Math.min(left, claim.quantity);
      left -= booked;
      return { ...claim, booked };
    });
}
