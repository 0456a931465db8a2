import { findTimes } from "../time/find-times.ts";
import type { Phrase } from "../time/phrase.ts";
import { type ResolvedTime, resolveTime, type Standpoint, type TimeProblem } from "../time/resolve.ts";
import type { DraftProblem } from "./draft.ts";
import { rolesOf, type TimedRole } from "./roles.ts";
import { clauseAround, type Sheet, type Span } from "./sheet.ts";

/** When a buy closes and can be fetched, as far as the text says. */
export interface Schedule {
  readonly closesAt?: Date;
  /** Whether a word says that it is one: without, a time is the closing only where something is sold. */
  readonly closingSaid?: true;
  readonly from?: Date;
  readonly until?: Date;
  /** Where the time of the pickup stands, its place is near. */
  readonly pickupTime?: Span;
  /** A pickup day without an hour: its words belong to the place. */
  readonly pickupDay?: Span;
  readonly problems: readonly DraftProblem[];
}

/** Takes the times and tells which is the closing and which the pickup. @source message language, 2 */
export function takeSchedule(sheet: Sheet, now: Date, zone: string): Schedule {
  const { text } = sheet;
  const found = findTimes(text);
  sheet.take(found);
  const times = together(sheet, rolesOf(text, found));

  const problems: DraftProblem[] = [];
  const standpoint = (time: Span): Standpoint => ({ now, zone, monthFirst: isMonthFirst(text, time, zone) });
  const closing = pickClosing(times);
  const closes = closing && closingAt(resolveTime(closing.phrase, standpoint(closing)), closing.phrase);
  if (closing && closes && "code" in closes) problems.push(timeProblem("closesAt", closes, sheet.written(closing)));
  const closesAt = closes && ("code" in closes ? undefined : closes.at);

  const pickup = onArrival(pickPickup(times, closing), times);
  const after = closesAt && closesAt > now ? closesAt : now;
  const arrival = pickup && arrivalBefore(pickup, times);
  const arrives = arrival && resolveTime(arrival.phrase, { ...standpoint(arrival), after });
  const since = arrives && !("code" in arrives) ? arrives.at : after;
  const fetched = pickup && resolveTime(pickup.phrase, { ...standpoint(pickup), after: since });
  if (pickup && fetched && "code" in fetched) problems.push(timeProblem("pickup", fetched, sheet.written(pickup)));
  const window = pickup && fetched && !("code" in fetched) ? windowOf(pickup, fetched) : {};

  const begins = window.from ?? window.until;
  if (closesAt && closesAt <= now) problems.push({ field: "closesAt", code: "closing-past", closesAt });
  else if (closesAt && begins && closesAt > begins)
    problems.push({ field: "closesAt", code: "closing-after-pickup", closesAt });
  const dayOnly = pickup && fetched && !("code" in fetched) && fetched.wholeDay;
  return {
    ...(closesAt && { closesAt }),
    ...(closing?.role === "closing" && { closingSaid: true as const }),
    ...window,
    ...(pickup && { pickupTime: { start: pickup.start, end: pickup.end } }),
    ...(dayOnly && { pickupDay: withEarlierDays(sheet, pickup) }),
    problems,
  };
}

/**
 * "for Fri pickup 4-6pm", 周六自提，10点到12点: a day and an hour of one role in one line are one time. So are days of
 * pickup that one may choose from: "23rd or 24th Dec".
 */
function together(sheet: Sheet, times: readonly TimedRole[]): TimedRole[] {
  const joined: TimedRole[] = [];
  for (const time of times) {
    const last = joined.at(-1);
    const fits =
      last?.role !== undefined &&
      last.role === time.role &&
      last.phrase.day !== undefined &&
      last.phrase.clock === undefined &&
      time.phrase.clock !== undefined &&
      time.phrase.day === undefined &&
      sheet.lineAt(last.start).end >= time.end;
    const alternative =
      last &&
      (last.role ?? time.role) === "pickup" &&
      (time.role ?? last.role) === "pickup" &&
      [last, time].every(({ phrase }) => phrase.day && !phrase.clock) &&
      /^ ?(?:[/&、,]|and|or|和|或) ?$/.test(sheet.text.slice(last.end, time.start));
    if (alternative) joined[joined.length - 1] = { ...time, role: "pickup", start: last.start };
    else if (fits && last)
      joined[joined.length - 1] = { ...last, phrase: { ...last.phrase, ...time.phrase }, end: time.end };
    else joined.push(time);
  }
  return joined;
}

/** Day before month, except in America and in Chinese: the language of the clause, else of the text. */
function isMonthFirst(text: string, time: Span, zone: string): boolean {
  if (zone.startsWith("America/")) return true;
  const { start, end } = clauseAround(text, time);
  const clause = text.slice(start, end);
  const [chinese, latin] = [countOf(clause, /[\u3400-\u9fff]/gu), countOf(clause, /[a-z]{3,}/g)];
  if (chinese > 0 || latin > 0) return chinese > 0;
  return countOf(text, /[\u3400-\u9fff]/gu) > countOf(text, /[a-z]{2,}/g);
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** The first time that is said to be the closing, else the first one that is said to be nothing. */
function pickClosing(times: readonly TimedRole[]): TimedRole | undefined {
  const closings = times.filter(({ role }) => role === "closing");
  const ahead = closings.filter(({ phrase: { day } }) => !(day?.is === "relative" && day.days < 0));
  const named = ahead.length > 0 ? ahead : closings; // 昨天截单的没赶上，今天5点截
  return (
    named.find(isFull) ??
    named[0] ??
    times.find((time) => time.role === undefined && !time.phrase.until) ??
    times.find(({ role, upTo }) => role === "other" && upTo) // 今晚8点前付款: to pay is to order
  );
}

function pickPickup(times: readonly TimedRole[], closing: TimedRole | undefined): TimedRole | undefined {
  const named = times.filter(({ role }) => role === "pickup");
  const free = times.filter((time) => time.role === undefined && time !== closing && time.phrase.until !== undefined);
  return named.find(({ phrase }) => phrase.clock !== undefined) ?? named[0] ?? free[0];
}

/** 周五到货，下午4点-6点自提: an hour of pickup without a day is on the day of the arrival. */
function onArrival(pickup: TimedRole | undefined, times: readonly TimedRole[]): TimedRole | undefined {
  if (!pickup?.phrase.clock || pickup.phrase.day) return pickup;
  const day = times.findLast(({ role, phrase }) => role === "arrival" && phrase.day !== undefined)?.phrase.day;
  return day ? { ...pickup, phrase: { ...pickup.phrase, day } } : pickup;
}

/** 8月11日到货，当天17点自提: 当天 is the day of the arrival. */
function arrivalBefore(pickup: TimedRole, times: readonly TimedRole[]): TimedRole | undefined {
  if (pickup.phrase.day?.is !== "following") return undefined;
  return times.findLast(
    ({ role, phrase, end }) => role === "arrival" && phrase.day !== undefined && end <= pickup.start,
  );
}

function isFull({ phrase }: TimedRole): boolean {
  return phrase.clock !== undefined || phrase.afterMs !== undefined;
}

/** Orders taken from 10 to 21 close at 21. */
function closingAt(resolved: ResolvedTime | TimeProblem, phrase: Phrase): ResolvedTime | TimeProblem {
  if ("code" in resolved || !phrase.until || !resolved.until) return resolved;
  return { at: resolved.until };
}

function windowOf({ upTo }: TimedRole, { at, until, wholeDay }: ResolvedTime): Pick<Schedule, "from" | "until"> {
  if (wholeDay) return {};
  if (upTo && !until) return { until: at };
  return { from: at, ...(until && { until }) };
}

/** "Pick-up 23/24 Dec": the days before the last one belong to the words of the pickup. */
function withEarlierDays(sheet: Sheet, { start, end }: Span): Span {
  const days = /(?<![\d.$£€¥:])(?:\d{1,2}(?:st|nd|rd|th)? ?(?:[/&、]|and|or|和|或) ?){1,3}$/.exec(
    sheet.rest.slice(Math.max(0, start - 30), start),
  );
  if (!days || !/^\d/.test(sheet.text.slice(start, end))) return { start, end };
  const span = { start: start - days[0].length, end };
  sheet.take([span]);
  return span;
}

function timeProblem(field: "closesAt" | "pickup", { code }: TimeProblem, text: string): DraftProblem {
  return { field, code, text };
}
