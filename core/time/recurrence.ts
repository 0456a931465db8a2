import { fold } from "../text/fold.ts";
import { findTimes } from "./find-times.ts";
import type { NamedClock } from "./phrase.ts";
import { addDays, weekdayOf } from "./wall.ts";
import { wallAt, wallInstant } from "./zone.ts";

/** When something comes again: every day, or on one weekday (Monday is 1), at an hour of the community's clock. */
export interface Recurrence {
  readonly weekday?: number;
  readonly hour: number;
  readonly minute: number;
}

const DAILY = /\b(?:every\s{0,3}day|daily|each\s{1,3}day)\b|每[天日]|天天/;

/** Stands before a weekday, and says no more than that it comes again. */
const WEEKLY = /\b(?:every|each|weekly(?:\s{1,3}on)?)\s{1,3}|每逢?|逢/;

const NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/**
 * Reads "fri 18:00", 每周五晚6点, "every day 9am". Undefined where it names no hour, or neither a weekday nor every day.
 *
 * @source message language, 2 (times)
 */
export function readRecurrence(text: string): Recurrence | undefined {
  if (text.length > 200) return undefined;
  const folded = fold(text).text;
  const isDaily = DAILY.test(folded);
  const [found] = findTimes(isDaily ? folded.replace(DAILY, " today ") : folded.replace(WEEKLY, " "));
  const { clock, day, part, until } = found?.phrase ?? {};
  if (!clock || until) return undefined;
  const time = hourOf(clock, part);
  if (isDaily) return time;
  return day?.is === "weekday" ? { weekday: day.weekday, ...time } : undefined;
}

/** As it is kept, and read again: "fri 18:00", "daily 09:00". */
export function writeRecurrence({ weekday, hour, minute }: Recurrence): string {
  const day = weekday === undefined ? "daily" : NAMES[weekday - 1];
  return `${day} ${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** The first time after an instant. Where clocks skip the hour, it is when they do. */
export function nextOccurrence({ weekday, hour, minute }: Recurrence, after: Date, zone: string): Date {
  const today = wallAt(after, zone);
  for (let days = 0; days <= 8; days++) {
    const day = addDays(today, days);
    if (weekday !== undefined && weekdayOf(day) !== weekday) continue;
    const at = wallInstant({ ...day, hour, minute, second: 0 }, zone);
    if (at > after) return at;
  }
  throw new Error("A week has seven days.");
}

/** An hour that may be morning or evening is taken as shops open: 7 to 18. @source message language, 2 */
function hourOf({ hour, minute, exact }: NamedClock, part: string | undefined): { hour: number; minute: number } {
  const isLater =
    !exact && hour < 12 && (part === "afternoon" || part === "evening" || (part === undefined && hour < 7));
  return { hour: (isLater ? hour + 12 : hour) % 24, minute };
}
