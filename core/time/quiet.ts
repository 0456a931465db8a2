import { addDays } from "./wall.ts";
import { wallAt, wallInstant } from "./zone.ts";

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
