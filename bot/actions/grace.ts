import type { Parts } from "../parts.ts";
import type { Buy, ChangeTx, Place } from "../store.ts";

/** The longest that any platform takes: WeChat. */
export const LONGEST_GRACE_MS = 30_000;

/**
 * How long after its closing a buy's list becomes final: as long as any platform on which it is offered may take to
 * deliver what was said in time. A platform that this process does not serve gets the longest that any takes.
 */
export function graceOf(parts: Parts, places: readonly Place[]): number {
  if (places.length === 0) return LONGEST_GRACE_MS;
  return Math.max(
    ...places.map(({ platform }) => parts.adapters.get(platform)?.capabilities.graceMs ?? LONGEST_GRACE_MS),
  );
}

/** The same of a buy that is open. */
export async function graceOfBuy(parts: Parts, tx: Pick<ChangeTx, "placesOf">, buy: Buy): Promise<number> {
  return graceOf(parts, (await tx.placesOf([buy])).get(buy.id) ?? []);
}
