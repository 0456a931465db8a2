import { normalise, type Wall } from "./wall.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Formatters are dear to make (about 50 µs) and there are few zones. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * By zone, by minute since 1970: what was asked lately, since formatters are not cheap to use either. Clocks are turned
 * at whole minutes.
 *
 * @source tz database: so in all zones since 1973
 */
const offsets = new Map<string, Map<number, number>>();

/** Offsets that are remembered for a zone at most. */
const REMEMBERED = 5_000;

/** Whether the runtime knows a zone of this name. */
export function isZone(zone: string): boolean {
  try {
    formatterOf(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false; // how Intl says that it has no such zone
    throw error;
  }
}

/** What a clock in the zone shows at an instant. */
export function wallAt(at: Date, zone: string): Wall {
  const shown = new Date(at.getTime() + offsetAt(at.getTime(), zone));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
  };
}

/**
 * The instant at which a clock in the zone shows a time; the earlier one where clocks are set back and show it twice.
 *
 * @returns  undefined where clocks are set forward and never show it
 * @source   message language, 2
 */
export function instantOf(wall: Wall, zone: string): Date | undefined {
  const shown = utc(normalise(wall));
  const offsets = [offsetAt(shown - DAY_MS, zone), offsetAt(shown + DAY_MS, zone)];
  const instants = offsets.map((offset) => shown - offset).filter((at) => at + offsetAt(at, zone) === shown);
  return instants.length === 0 ? undefined : new Date(Math.min(...instants));
}

/**
 * The instant of a wall time, which may name any number of minutes; where clocks are set forward and skip it, the
 * instant at which they are.
 */
export function wallInstant(wall: Wall, zone: string): Date {
  const day = { ...wall, hour: wall.hour + Math.floor(wall.minute / 60), minute: wall.minute % 60 };
  const shown = instantOf(day, zone);
  if (shown) return shown;
  // Skipped: the last instant that shows an earlier time plus what was missing leads to the first that shows a later one.
  for (let back = 1; back <= 24 * 60; back++) {
    const total = day.hour * 60 + day.minute - back;
    const before = instantOf({ ...day, hour: Math.floor(total / 60), minute: total % 60, second: 0 }, zone);
    if (before) return new Date(before.getTime() + MINUTE_MS);
  }
  throw new Error(`A whole day is missing in ${zone}.`);
}

/** The instant at which a day ends. It exists everywhere, even where clocks jump over midnight. */
export function endOfDay(wall: Wall, zone: string): Date {
  const midnight = { ...wall, hour: 24, minute: 0, second: 0 };
  const shown = utc(normalise(midnight));
  return instantOf(midnight, zone) ?? new Date(shown - offsetAt(shown - DAY_MS, zone));
}

/** ISO 8601 with the zone's offset: `2026-11-22T20:00:00+08:00`. */
export function formatInstant(at: Date, zone: string): string {
  const offset = offsetAt(at.getTime(), zone);
  const minutes = Math.round(Math.abs(offset) / MINUTE_MS);
  const local = new Date(at.getTime() + offset).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? "-" : "+"}${twoDigits(Math.trunc(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

/** Milliseconds that the zone is ahead of UTC at an instant. */
function offsetAt(at: number, zone: string): number {
  const minute = Math.floor(at / MINUTE_MS);
  const known = offsets.get(zone)?.get(minute);
  if (known !== undefined) return known;

  const offset = lookUpOffset(minute * MINUTE_MS, zone);
  const ofZone = offsets.get(zone);
  if (ofZone && ofZone.size < REMEMBERED) ofZone.set(minute, offset);
  else offsets.set(zone, new Map([[minute, offset]]));
  return offset;
}

function lookUpOffset(at: number, zone: string): number {
  const wall = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of formatterOf(zone).formatToParts(at)) {
    if (type in wall) wall[type as keyof typeof wall] = Number(value);
  }
  return utc(wall) - at;
}

function utc({ year, month, day, hour, minute, second }: Wall): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}
