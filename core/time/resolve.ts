import type { NamedClock, NamedDay, Part, Phrase } from "./phrase.ts";
import { addDays, type Day, daysBetween, isDay, lastDayOf, type Wall, weekdayOf } from "./wall.ts";
import { endOfDay, instantOf, wallAt } from "./zone.ts";

/** What a named time is seen from. */
export interface Standpoint {
  readonly now: Date;
  /** IANA. */
  readonly zone: string;
  /** What the time comes after: a pickup after its closing. Default: now. */
  readonly after?: Date;
  /** Whether 10/9 is the 9th of October: in Chinese and in America. @source message language, 2 */
  readonly monthFirst?: boolean;
}

/** A time that is found out. */
export interface ResolvedTime {
  readonly at: Date;
  readonly until?: Date;
  /** A day without an hour: `at` is its end. */
  readonly wholeDay?: true;
}

/** Why a named time is none. */
export type TimeProblem =
  /** Clocks are set forward and skip that hour. */
  | { readonly code: "no-such-hour" }
  /** The calendar has no such day: 31 April. */
  | { readonly code: "no-such-day" }
  /** "Sat 13 Sep" where the 13th is a Sunday. */
  | { readonly code: "weekday-differs"; readonly at: Date };

/** A year-less date this many days ago was meant to be past, an older one is next year's. @source message language, 2 */
const RECENT_DAYS = 60;

/** An hour without morning or evening lies between these. @source message language, 2 */
const EARLIEST_HOUR = 7;
const LATEST_HOUR = 23;

/** Which instant a phrase means: the next one that fits, unless it names a day that is past. */
export function resolveTime(phrase: Phrase, standpoint: Standpoint): ResolvedTime | TimeProblem {
  const { now, zone } = standpoint;
  if (phrase.afterMs !== undefined) return { at: new Date(now.getTime() + phrase.afterMs) };

  const days = possibleDays(phrase, standpoint);
  if (days.length === 0) return { code: "no-such-day" };
  const resolved = phrase.clock
    ? firstHour(phrase.clock, phrase, days, standpoint)
    : firstDay(phrase, days, standpoint);
  if ("code" in resolved || phrase.weekday === undefined) return resolved;

  const weekday = weekdayOf(wallAt(new Date(resolved.at.getTime() - (resolved.wholeDay ? 1 : 0)), zone));
  const nightAfter = phrase.clock !== undefined && hoursOf(phrase.clock, phrase.part).some((hour) => hour >= 24);
  const differs = weekday !== phrase.weekday && !(nightAfter && weekday === (phrase.weekday % 7) + 1);
  return differs ? { code: "weekday-differs", at: resolved.at } : resolved;
}

/** The first of the hours on the first of the days that lies ahead; the last of them where none does. */
function firstHour(
  clock: NamedClock,
  phrase: Phrase,
  days: readonly Day[],
  { now, zone, after = now }: Standpoint,
): ResolvedTime | TimeProblem {
  let last: ResolvedTime | TimeProblem = { code: "no-such-hour" };
  for (const day of days) {
    for (const hour of startHours(clock, phrase)) {
      const wall = { ...day, hour, minute: clock.minute, second: clock.second };
      const at = instantOf(wall, zone);
      if (at === undefined) return { code: "no-such-hour" };
      const until = phrase.until && endOf(phrase.until, wall, phrase.part, zone);
      last = { at, ...(until && { until }) };
      if (at > after) return last;
    }
  }
  return last;
}

function firstDay(
  { part }: Phrase,
  days: readonly Day[],
  { now, zone, after = now }: Standpoint,
): ResolvedTime | TimeProblem {
  let last: ResolvedTime | undefined;
  for (const day of days) {
    const midnight = endOfDay({ ...day, hour: 0, minute: 0, second: 0 }, zone);
    const end =
      part && PART_ENDS[part] < 24
        ? instantOf({ ...day, hour: PART_ENDS[part], minute: 0, second: 0 }, zone)
        : midnight;
    last = { at: end ?? midnight, wholeDay: true };
    if (last.at > after) break;
  }
  return last ?? { code: "no-such-day" };
}

/** The hour at which a part of the day is over: a morning ends at noon. */
const PART_ENDS: Readonly<Record<Part, number>> = { dawn: 6, morning: 12, noon: 12, afternoon: 18, evening: 24 };

/** The hours that a clock may mean on a day, earliest first. */
function hoursOf({ hour, exact }: NamedClock, part: Part | undefined): number[] {
  if (part === "evening" && hour < 5) return [hour + 24]; // the night after the named day: 今晚0点, 周五晚上1点
  if (exact) return [hour];
  switch (part) {
    case "dawn":
      return [hour % 12];
    case "morning":
      return [hour];
    case "noon":
      return [hour < 6 ? hour + 12 : hour];
    case "afternoon":
      return [hour === 12 ? 12 : hour + 12];
    case "evening":
      return [hour + 12];
    case undefined:
      return [hour, hour + 12].filter((each) => each >= EARLIEST_HOUR && each <= LATEST_HOUR);
  }
}

/** Hours at which a range may begin. "3-4pm": it begins in the half of the day in which it ends, if that is earlier. */
function startHours(clock: NamedClock, { part, until }: Phrase): number[] {
  const end = until?.clock;
  if (clock.exact || part !== undefined || !end || until.day) return hoursOf(clock, part);
  if (!end.exact && !until.part) return hoursOf(clock, part).filter((hour) => hour < 12 || clock.hour < LATEST_PICKUP);
  const ends = hoursOf(end, until.part);
  const minutes = (hour: number) => hour * 60 + clock.minute;
  const before = [clock.hour, clock.hour + 12].filter((hour) => minutes(hour) < (ends[0] ?? 24) * 60 + end.minute);
  return before.length > 0 ? before.slice(-1) : hoursOf(clock, part);
}

/** "10-12" without more is the morning: nobody hands out goods until midnight. */
const LATEST_PICKUP = 10;

/** The first such hour after the start. */
function endOf(until: Phrase, start: Wall, part: Part | undefined, zone: string): Date | undefined {
  if (!until.clock) return undefined;
  const { hour, minute, second, exact } = until.clock;
  const hours = exact || until.part ? hoursOf(until.clock, until.part) : [hour, hour + 12, hour + 24];
  const later = hours.find((each) => each * 60 + minute > start.hour * 60 + start.minute);
  if (later === undefined && part === undefined && exact === false) return undefined;
  return instantOf({ ...start, hour: later ?? (hours[0] ?? hour) + 24, minute, second }, zone);
}

/** The days that a phrase may mean, earliest first. None: the calendar has no such day. */
function possibleDays(phrase: Phrase, standpoint: Standpoint): Day[] {
  const { now, zone, after = now } = standpoint;
  const today = wallAt(now, zone);
  const base = wallAt(after, zone);
  const { day } = phrase;
  if (!day) return [addDays(base, 0), addDays(base, 1)];
  switch (day.is) {
    case "relative":
      return [addDays(today, day.days)];
    case "following":
      return [addDays(closingDay(after, zone), day.days)];
    case "weekday":
      return weekdays(day, day.weeks !== undefined || day.this ? today : base);
    case "day-of-month":
      return daysOfMonth(day, base);
    case "date":
      return datesOf(day, today, base);
    case "slash": {
      const { first, second, year } = day;
      const monthFirst = second > 12 || (first <= 12 && standpoint.monthFirst === true);
      const [month, dayOfMonth] = monthFirst ? [first, second] : [second, first];
      return datesOf({ is: "date", month, day: dayOfMonth, ...(year !== undefined && { year }) }, today, base);
    }
  }
}

/** The day that a closing belongs to: one at midnight to the day that it ends. */
function closingDay(closing: Date, zone: string): Day {
  return addDays(wallAt(new Date(closing.getTime() - 1), zone), 0);
}

function weekdays({ weekday, weeks }: Extract<NamedDay, { is: "weekday" }>, base: Day): Day[] {
  const today = weekdayOf(base);
  if (weeks !== undefined) return [addDays(base, weekday - today + 7 * weeks)];
  const ahead = (weekday - today + 7) % 7;
  return [addDays(base, ahead), addDays(base, ahead + 7)];
}

function daysOfMonth({ day, months }: Extract<NamedDay, { is: "day-of-month" }>, base: Day): Day[] {
  const ahead = months === undefined ? [0, 1, 2] : [months];
  return ahead
    .map((count) => {
      const month = ((base.month - 1 + count) % 12) + 1;
      const year = base.year + Math.trunc((base.month - 1 + count) / 12);
      return { year, month, day: day === "last" ? lastDayOf(year, month) : day };
    })
    .filter(isDay)
    .slice(0, 2);
}

/** A full date is that date; one without a year the recent one, if it is just past, else the coming one. */
function datesOf({ year, month, day }: Extract<NamedDay, { is: "date" }>, today: Day, base: Day): Day[] {
  if (year !== undefined) return [{ year, month, day }].filter(isDay);
  const dates = [-1, 0, 1, 2, 3, 4].map((years) => ({ year: today.year + years, month, day })).filter(isDay);
  const recent = dates.find((date) => daysBetween(date, today) > 0 && daysBetween(date, today) <= RECENT_DAYS);
  if (recent && daysBetween(recent, base) >= 0) return [recent];
  return dates.filter((date) => daysBetween(today, date) >= 0).slice(0, 1);
}
