import type { ParsingResult, Refiner } from "chrono-node/en";
import { Found } from "./found.ts";
import type { Phrase } from "./phrase.ts";

/** What chrono's own parsers found (ISO, "21 Nov 2026"), in our terms. It takes "Sep 10, 30 boxes" for a year: not here. */
export const adoptDates: Refiner = {
  refine: ({ text }, results) => results.map((result) => adopt(result, text)).filter((result) => result !== undefined),
};

function adopt(result: ParsingResult, searched: string): Found | undefined {
  if (result instanceof Found) return result;
  // In "12 Dec 10-12" the day is the 12th, not the 10th to the 12th
  if (
    /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/.test(result.text) &&
    /\d(?:st|nd|rd|th)?\s{0,2}$/.test(searched.slice(0, result.index))
  )
    return undefined;
  const { start, end } = result;
  if (!start.isCertain("month") || !start.isCertain("day")) return undefined;
  const doubtful = start.isCertain("year") ? /(?<=\D|[a-z]\.?\s{0,2}\d{1,2})[\s,/-]+\d{2}$/.exec(result.text) : null; // a year of two digits: more likely a count or an hour
  const text = doubtful ? result.text.slice(0, doubtful.index) : result.text;
  const year = start.isCertain("year") && !doubtful ? (start.get("year") ?? undefined) : undefined;
  const day = {
    is: "date",
    month: start.get("month") ?? 0,
    day: start.get("day") ?? 0,
    ...(year && { year }),
  } as const;
  const clock = start.isCertain("hour") && {
    clock: {
      hour: start.get("hour") ?? 0,
      minute: start.get("minute") ?? 0,
      second: start.get("second") ?? 0,
      exact: true,
    },
  };
  const last = end?.isCertain("day") && { until: { day: { ...day, day: end.get("day") ?? 0 } } };
  return new Found(result.reference, result.index, text, { day, ...clock, ...last });
}

/** Of results that overlap, the longest stays. */
export const keepLongest: Refiner = {
  refine(_context, results) {
    const kept: ParsingResult[] = [];
    for (const result of [...results].sort((a, b) => b.text.length - a.text.length)) {
      const clash = kept.some(
        (other) => result.index < other.index + other.text.length && other.index < result.index + result.text.length,
      );
      if (!clash) kept.push(result);
    }
    return kept.sort((a, b) => a.index - b.index);
  },
};

const BESIDE =
  /^\s{0,3}[()[\]]?\s{0,3}(?:at|@|on|the|of|in the|by|before|around|about|from|between|(?:any ?time\s{1,2})?after|starting|的|那天|,|-)?\s{0,3}[()[\]]?$/;
const COMMA = /,/;
const CLAUSE_END = /^\s{0,3}(?:$|[,.;!)\n。])/;

/** A day, a part of it and an hour that stand beside each other are one time: 25号 晚 8点, "8pm on Fri". */
export const joinNeighbours: Refiner = {
  refine: (context, results) =>
    merge(context.text, results, (left, right, between, after) => {
      if (!BESIDE.test(between)) return undefined;
      // "Friday, 8pm" is one time; "8pm, Friday" only where the clause ends there ("8pm, Friday pickup" is two)
      if (COMMA.test(between) && left.clock && !(right.day && !right.clock && CLAUSE_END.test(after))) return undefined;
      if (/-/.test(between) && (left.clock || !right.clock)) return undefined;
      return joined(left, right);
    }),
};

const TO = /^\s{0,3}(?:-|~|to|till|until|through|到|至)\s{0,3}$/;

/** Two hours with "to" between them are a range: 晚上7点-晚上9点, "10am to 12 noon". */
export const joinRanges: Refiner = {
  refine: (context, results) =>
    merge(context.text, results, (left, right, between, _after, before) => {
      const isRange = TO.test(between) || (/^\s{1,2}and\s{1,2}$/.test(between) && /between\s/.test(before));
      if (!isRange || !left.clock || !right.clock || left.until || right.until) return undefined;
      const { day, part, weekday, ...rest } = right;
      const later = { ...rest, ...(part && { part }) };
      if (left.day) return { ...left, until: day ? { ...later, day } : later };
      return { ...left, ...(day && { day }), ...(weekday && { weekday }), until: later };
    }),
};

/** A bare number that found no day beside it is no hour. */
export const dropWeak: Refiner = {
  refine: (context, results) =>
    results.filter((result) => {
      if (!(result instanceof Found)) return false;
      const { phrase, index } = result;
      if (!phrase.weak || phrase.day || phrase.part) return true;
      return /(?:by|before|until|till|(?:clos(?:es?|ing)|deadline|cut-?off|collect(?:ion)?|pick-?up|ends?)\s{1,2}(?:is\s{1,2})?at)\s{1,2}$/.test(
        context.text.slice(Math.max(0, index - 20), index),
      );
    }),
};

type Join = (left: Phrase, right: Phrase, between: string, after: string, before: string) => Phrase | undefined;

function merge(text: string, results: ParsingResult[], join: Join): ParsingResult[] {
  const merged: Found[] = [];
  for (const result of results) {
    if (!(result instanceof Found)) continue;
    const last = merged.at(-1);
    const between = last && text.slice(last.stop, result.index);
    const phrase =
      last &&
      join(
        last.phrase,
        result.phrase,
        between ?? "",
        text.slice(result.stop, result.stop + 4),
        text.slice(Math.max(0, last.index - 9), last.stop),
      );
    if (last && phrase) {
      merged[merged.length - 1] = new Found(last.reference, last.index, text.slice(last.index, result.stop), phrase);
    } else {
      merged.push(result);
    }
  }
  return merged;
}

/** Both as one, where they do not contradict each other. */
function joined(left: Phrase, right: Phrase): Phrase | undefined {
  if (left.clock && right.clock) return nightHour(left, right);
  if (left.afterMs !== undefined || right.afterMs !== undefined) return daysFromNow(left, right);
  if (left.part && right.part && left.part !== right.part) {
    if (!(left.part === "evening" && right.part === "dawn")) return undefined; // 今晚凌晨1点: the night that follows
    return { ...left, ...right, part: "evening" };
  }
  if (!left.day || !right.day) return without({ ...left, ...right });

  const [named, date] = left.day.is === "weekday" ? [left.day, right.day] : [right.day, left.day];
  if (named.is !== "weekday" || date.is === "weekday" || date.is === "relative" || date.is === "following") {
    return sameDay(left, right);
  }
  return without({ ...left, ...right, day: date, weekday: named.weekday });
}

/** "12 noon", 晚上12点 midnight: an hour said twice. */
function nightHour(left: Phrase, right: Phrase): Phrase | undefined {
  const same = left.clock && right.clock && left.clock.hour % 12 === right.clock.hour % 12;
  if (!same || left.clock.minute !== right.clock.minute || left.until || right.until) return undefined;
  if (left.day && right.day) return undefined;
  return without({ ...left, ...right, clock: right.clock.exact ? right.clock : left.clock });
}

/** 3天后晚8点: days that are counted, with an hour. */
function daysFromNow(left: Phrase, right: Phrase): Phrase | undefined {
  const days = (left.afterMs ?? Number.NaN) / 86_400_000;
  if (!Number.isInteger(days) || right.afterMs !== undefined || right.day || !(right.clock || right.part))
    return undefined;
  const { afterMs: _, ...rest } = left;
  return without({ ...rest, ...right, day: { is: "relative", days } });
}

/** "tomorrow (Friday)", 明天周五: a day said twice. Which of them is wrong, where one is, shows when it is resolved. */
function sameDay(left: Phrase, right: Phrase): Phrase | undefined {
  const [first, second] = [left.day, right.day];
  if (first?.is === "relative" && second?.is === "weekday" && !second.weeks) {
    return without({ ...left, ...right, day: first, weekday: second.weekday });
  }
  if (first?.is === "weekday" && second?.is === "relative") {
    return without({ ...left, ...right, day: second, weekday: first.weekday });
  }
  if (first?.is !== "relative" || second?.is === "weekday" || second?.is === "following" || second?.is === "relative") {
    return undefined;
  }
  return without({ ...left, ...right }); // 明天25号
}

/** A number beside a day or a part is an hour for good. */
function without({ weak, ...phrase }: Phrase): Phrase {
  return weak && !phrase.day && !phrase.part ? { ...phrase, weak } : phrase;
}
