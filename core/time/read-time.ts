import { fold } from "../text/fold.ts";
import { readLength } from "./duration-parser.ts";
import { findTimes } from "./find-times.ts";
import { resolveTime, type TimeProblem } from "./resolve.ts";

/** What a text says about when, or why it says nothing. */
export type TimeReading =
  | {
      readonly at: Date;
      /** The end of a range: "10-12am". */
      readonly until?: Date;
      /** A day without an hour: `at` is its end, 24:00. */
      readonly wholeDay?: true;
      /** The length that was given instead of an hour: "30 minutes", 2小时后. A caller may count it from elsewhere. */
      readonly lengthMs?: number;
      /** Not after now. It is given as written, never moved. */
      readonly past?: true;
    }
  | { readonly problem: TimeProblem | { readonly code: "no-time" } };

/** Longer texts are no answer to "until when?". */
const MAX_LENGTH = 500;

/**
 * Reads the first time that a text names, as commands such as /extend take it: "9pm", 今晚12点, "30 minutes", 周五晚8点.
 *
 * @param zone  IANA
 * @source message language, 2
 */
export function readTime(text: string, { now, zone }: { readonly now: Date; readonly zone: string }): TimeReading {
  if (text.length > MAX_LENGTH) return { problem: { code: "no-time" } };
  const folded = fold(text).text;
  const length = readLength(folded);
  if (length !== undefined) return { at: new Date(now.getTime() + length), lengthMs: length };

  const first = findTimes(folded)[0] ?? findTimes(`by ${folded.trim()}`)[0];
  if (!first) return { problem: { code: "no-time" } };
  const resolved = resolveTime(first.phrase, { now, zone, monthFirst: isMonthFirst(folded, zone) });
  if ("code" in resolved) return { problem: resolved };
  const { afterMs } = first.phrase;
  return {
    ...resolved,
    ...(afterMs !== undefined && { lengthMs: afterMs }),
    ...(resolved.at <= now && { past: true as const }),
  };
}

/** Whether 10/9 in a text is the 9th of October. @source message language, 2 */
function isMonthFirst(text: string, zone: string): boolean {
  return zone.startsWith("America/") || /[\u3400-\u9fff]/u.test(text);
}
