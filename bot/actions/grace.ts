import type { Parts } from "../parts.ts";
import type { Place } from "../store.ts";

/**
 * How long after its closing a buy's list becomes final: as long as its platform may take to deliver what was said in
 * time. A platform that this process does not serve gets the longest that any takes.
 */
export function graceOf(parts: Parts, place: Place): number {
  return parts.adapters.get(place.platform)?.capabilities.graceMs ?? 10_000;
}
