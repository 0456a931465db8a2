import { addDays, daysBetween } from "../time/wall.ts";
import { wallAt, wallInstant } from "../time/zone.ts";
import type { BuyTerms } from "./terms.ts";

/** When a buy that comes again closes and can be fetched. */
export interface Again {
  readonly closesAt?: Date;
  readonly from?: Date;
  readonly until?: Date;
}

/**
 * The times of a buy that opens again: as many days after its opening as before, at the same hours of the clock. A
 * closing that would lie behind is a day later, and so is all that comes after it.
 *
 * @param zone  IANA
 */
export function timesAgain(
  { openedAt, closesAt }: BuyTerms,
  pickup: { readonly from?: Date; readonly until?: Date } | undefined,
  opensAt: Date,
  zone: string,
): Again {
  const days = daysBetween(wallAt(openedAt, zone), wallAt(opensAt, zone));
  const moved = (at: Date, by: number) => daysLater(at, by, zone);
  const first = closesAt ?? pickup?.from ?? pickup?.until;
  const by = first && moved(first, days) <= opensAt ? days + 1 : days;
  return {
    ...(closesAt && { closesAt: moved(closesAt, by) }),
    ...(pickup?.from && { from: moved(pickup.from, by) }),
    ...(pickup?.until && { until: moved(pickup.until, by) }),
  };
}

/**
 * A pickup that a later closing would overtake: at the same hours of the first day on which it begins after the closing.
 *
 * @param zone  IANA
 */
export function pickupAfter(
  closesAt: Date,
  { from, until }: Omit<Again, "closesAt">,
  zone: string,
): Omit<Again, "closesAt"> {
  const first = from ?? until;
  if (!first) return {};
  const days = Math.max(0, daysBetween(wallAt(first, zone), wallAt(closesAt, zone)));
  const by = daysLater(first, days, zone) > closesAt ? days : days + 1;
  return { ...(from && { from: daysLater(from, by, zone) }), ...(until && { until: daysLater(until, by, zone) }) };
}

/** At the same hour of the clock. */
function daysLater(at: Date, days: number, zone: string): Date {
  const wall = wallAt(at, zone);
  return wallInstant({ ...wall, ...addDays(wall, days) }, zone);
}

/** The terms of a buy that opens again: its goods and limits, with times of their own. */
export function termsAgain(terms: BuyTerms, opensAt: Date, closesAt: Date | undefined): BuyTerms {
  const { title, currency, items, minimum } = terms;
  return { title, currency, items, openedAt: opensAt, ...(closesAt && { closesAt }), ...(minimum && { minimum }) };
}
