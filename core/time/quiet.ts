import { addDays } from "./wall.ts";
import { instantOf, wallAt } from "./zone.ts";

/** Hours in which a community wants no reminders: minutes after midnight, by its clock; they may run over midnight. */
export interface QuietHours {
  readonly from: number;
  readonly until: number;
}

/** The quiet hours around an instant; undefined when it lies outside them. */
export function quietAround(
  at: Date,
  quiet: QuietHours | undefined,
  zone: string,
): { readonly from: Date; readonly until: Date } | undefined {
  if (!quiet || quiet.from === quiet.until) return undefined;
  const today = wallAt(at, zone);
  const isOverMidnight = quiet.until < quiet.from;
  for (const begins of isOverMidnight ? [-1, 0] : [0]) {
    const from = minuteOf(begins, quiet.from);
    const until = minuteOf(begins + (isOverMidnight ? 1 : 0), quiet.until);
    if (from <= at && at < until) return { from, until };
  }
  return undefined;

  function minuteOf(days: number, minute: number): Date {
    return wallInstant({ ...today, ...addDays(today, days), hour: 0, minute, second: 0 }, zone);
  }
}

/**
 * The instant of a wall time, which may name any number of minutes; where clocks are set forward and skip it, the
 * instant at which they are.
 */
export function wallInstant(wall: Parameters<typeof instantOf>[0], zone: string): Date {
  const day = { ...wall, hour: wall.hour + Math.floor(wall.minute / 60), minute: wall.minute % 60 };
  const shown = instantOf(day, zone);
  if (shown) return shown;
  // Skipped: the last instant that shows an earlier time plus what was missing leads to the first that shows a later one.
  for (let back = 1; back <= 24 * 60; back++) {
    const total = day.hour * 60 + day.minute - back;
    const before = instantOf({ ...day, hour: Math.floor(total / 60), minute: total % 60, second: 0 }, zone);
    if (before) return new Date(before.getTime() + 60_000);
  }
  throw new Error(`A whole day is missing in ${zone}.`);
}
