import { Chrono, configuration } from "chrono-node/en";
import { clockParsers } from "./clock-parsers.ts";
import { dayParsers } from "./day-parsers.ts";
import { durationParsers } from "./duration-parser.ts";
import { Found } from "./found.ts";
import type { FoundPhrase } from "./phrase.ts";
import { adoptDates, dropWeak, joinNeighbours, joinRanges, keepLongest } from "./refiners.ts";

/** Chrono's parsers that read what chat writes as well as anybody: full dates and names of months. */
const KEPT = new Set([
  "ISOFormatParser",
  "ENYearMonthDayParser",
  "ENMonthNameLittleEndianParser",
  "ENMonthNameMiddleEndianParser",
]);

const chrono = new Chrono({
  parsers: [
    ...dayParsers,
    ...clockParsers,
    ...durationParsers,
    ...configuration.createConfiguration(false).parsers.filter((parser) => KEPT.has(parser.constructor.name)),
  ],
  refiners: [adoptDates, keepLongest, joinNeighbours, joinRanges, dropWeak],
});

/** A text without any of these names no time. Asking chrono about it would take a hundred times as long as this. */
const HINT =
  /\d\s{0,2}(?:点|时|号|日|月|周|天|秒|分|小|个|:\d|[ap]\.?m|nn|mn|h|[-/.~到至]|s|m|d|w|st|nd|rd|th)|[点今明后昨当次隔翌月]|周.|星期|礼拜|听[日晚朝]|第二天|[早午晚夜]|限时|day|to?m(?:r|w|l|or)|toni|2m|week|mon|tue|wed|thu|fri|sat|sun|noon|night|hour|min|sec|hrs|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|eod|cob|clock|past|quarter|by \d|before \d|till? \d/;

/** Pieces this long are searched one by one, so that time stays linear in the length of the text. */
const PIECE = 600;

/**
 * The times that a text names, in order.
 *
 * @param text  folded (core/text/fold.ts)
 */
export function findTimes(text: string): FoundPhrase[] {
  const found: FoundPhrase[] = [];
  for (const [start, piece] of pieces(text)) {
    if (!HINT.test(piece)) continue;
    // The reference serves chrono's bookkeeping only: phrases are resolved later, against now and the zone.
    for (const result of chrono.parse(piece, { instant: new Date(0), timezone: 0 })) {
      if (result instanceof Found) {
        found.push({ phrase: result.phrase, start: start + result.index, end: start + result.stop });
      }
    }
  }
  return found;
}

/** Lines, the long ones cut. */
function* pieces(text: string): Generator<readonly [number, string]> {
  let start = 0;
  while (start < text.length) {
    const line = text.indexOf("\n", start);
    const end = Math.min(line < 0 ? text.length : line, start + PIECE);
    yield [start, text.slice(start, end)];
    start = end === line ? end + 1 : end;
  }
}
