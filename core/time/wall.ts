/** A day of the calendar, without a zone. Months and days count from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** What a clock on the wall shows. Hours of 24 and more belong to the following days: 24:00 is the end of a day. */
export interface Wall extends Day {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const DAY_MS = 86_400_000;

/** The day `days` after another (before it, where negative). */
export function addDays({ year, month, day }: Day, days: number): Day {
  const moved = new Date(Date.UTC(year, month - 1, day) + days * DAY_MS);
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** How many days lie from one day to another. */
export function daysBetween(from: Day, to: Day): number {
  return (Date.UTC(to.year, to.month - 1, to.day) - Date.UTC(from.year, from.month - 1, from.day)) / DAY_MS;
}

/** 1 for Monday to 7 for Sunday: weeks run from Monday to Sunday. @source message language, 2 */
export function weekdayOf({ year, month, day }: Day): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
}

/** Whether the calendar has that day: there is no 31 April. */
export function isDay({ year, month, day }: Day): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= lastDayOf(year, month);
}

/** How many days a month has. */
export function lastDayOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The same moment with an hour below 24: 24:00 of a day is 0:00 of the next. */
export function normalise(wall: Wall): Wall {
  const days = Math.floor(wall.hour / 24);
  return days === 0 ? wall : { ...wall, ...addDays(wall, days), hour: wall.hour - 24 * days };
}
