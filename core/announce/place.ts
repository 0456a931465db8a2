import { pickupWords } from "./roles.ts";
import type { Schedule } from "./schedule.ts";
import { isSeparator, type Sheet, type Span } from "./sheet.ts";
import { trimSpan } from "./trim.ts";

/** Words before and behind a place that are not part of it. */
const LEADING =
  /^(?:[\s:,.\-~@)\]|]|📍|(?:ready|onwards?|following|at|from|in(?!side)|on|is|will\s{1,2}be|by|between|location|place|venue|point|address|the|your?|orders?|yours|it|them|only|available|to|and|time|window|for|with|me)(?![a-z'])|地点|地址|位置|时间|日期|方式|信息|安排|处(?=[:\s])|点(?=[:\s])|起|开始|之?后(?!门)|之?前(?![台门厅院])|以后|统一|请|自行|[在于至去来从]|到(?!货)|可以?|均可|都可|也可|为)/;
const TRAILING =
  /(?:[\s:,.\-~@([|、]|(?<![a-z])(?:on|at|from|between|by|before|only|please|pls|and|or|is|in|the|for|to|self|can|will\s{1,2}be|you\s{1,2}can|thanks|ok|time)|统一|自行|凭[号码]|准时|[来可去的请]|(?<![理务发传办点事])处|可以|即可|开始|集中|现场)$/;
/** What may stand beside a pickup and is no place. */
const NO_PLACE =
  /[到发]货|^(?:买家|顾客|自己|本人)|时间|自提|带[好个上]?袋|先到先得|过[时期]|逾期|不候|私信|联系|群里|包邮|免运|付款|谢|支持|感谢|接龙|请[准按]|凭|售后|卖完|售完|数量有限|新鲜|备注|bring|thanks?|first\s{1,2}come|no\s{1,2}refund|cash|paynow|venmo|payment|message|limited|cancel|(?<![a-z])(?:free|close[sd]?|names|interest(?:ed)?)(?![a-z])|text\s{1,2}me|let\s{1,2}me|(?<![a-z])(?:pm|dm)\s{1,2}me|order|截|[收结][单团]|登记|下单|统计|accept|汇总|http|(?<![a-z])due(?![a-z])/;
/** Verbs that are common in other places: they lead to a place only beside the time of the pickup. */
const COMMON = /^(?:ready|available|meet|grab|deliver|取(?!货)|上门|到店|送|配送|外送|派送)/;
const LABEL =
  /(?:^|\n|[,;。\u0001])\s{0,3}(?:地点|地址|place|location|address|where|venue)\s{0,2}:\s{0,2}([^\n,;。\u0001]{2,60})/;

/** 📍2栋大堂 */
const PIN = /📍\s{0,2}:?\s{0,2}([^\n,;。\u0001\u{1f000}-\u{1faff}]{2,60})/u;

/** More words of pickup than this are no announcement; a limit keeps the time of reading linear. */
const MAX_WORDS = 24;

/** Where the goods can be fetched, as written; with the day, where it has no hour. */
export function findPlace(sheet: Sheet, { pickupTime, pickupDay }: Schedule): string | undefined {
  const place = placeSpan(sheet, pickupTime, !pickupDay);
  if (!pickupDay) return place && sheet.written(place);
  const day = sheet.written(pickupDay).replace(/\.$|[（(][^）)]*$/, "");
  if (!place) return day;

  const [first, second] = place.start < pickupDay.start ? [place, pickupDay] : [pickupDay, place];
  const between = sheet.text.slice(first.end, second.start);
  if (!/[\n]/.test(between) && trimmedEmpty(between)) return sheet.written({ start: first.start, end: second.end });
  return `${day} ${sheet.written(place)}`;
}

function trimmedEmpty(between: string): boolean {
  return /^(?:\s|,|at|the|in|from|on|@|在|到|于|:|-)*$/.test(between);
}

function placeSpan(sheet: Sheet, time: Span | undefined, hasHour: boolean): Span | undefined {
  const { rest } = sheet;
  const words = pickupWords(rest).slice(0, MAX_WORDS);
  const timeLine = time && sheet.lineAt(time.start);
  const beside = words.filter(({ start }) => timeLine && start >= timeLine.start && start < timeLine.end);
  const distance = ({ start, end }: Span) =>
    time ? Math.min(Math.abs(start - time.end), Math.abs(time.start - end)) : 0;
  beside.sort((a, b) => distance(a) - distance(b));
  const elsewhere = words.filter((word) => !beside.includes(word) && !COMMON.test(rest.slice(word.start, word.end)));
  for (const word of [...beside, ...elsewhere]) {
    const found = besideWord(sheet, word, words, beside.includes(word));
    if (found) return found;
  }
  const label = LABEL.exec(rest);
  if (label?.[1]) {
    const end = label.index + label[0].length;
    return valid(rest, { start: end - label[1].length, end });
  }
  const pin = PIN.exec(rest);
  if (pin?.[1]) {
    const end = pin.index + pin[0].length;
    const pinned = valid(rest, { start: end - pin[1].length, end });
    if (pinned) return pinned;
  }
  return timeLine && time ? behindTime(rest, time, timeLine, words.length === 0 && hasHour) : undefined;
}

/** Right before a Chinese verb (3号楼自提), behind an English one ("pick up at Blk 23"), else in the clauses around it. */
function besideWord(sheet: Sheet, word: Span, words: readonly Span[], withTime: boolean): Span | undefined {
  const { rest } = sheet;
  const line = sheet.lineAt(word.start);
  const stops = (span: Span) =>
    words.some((other) => other !== word && other.start >= span.start && other.end <= span.end);
  let left = word.start;
  while (left > line.start && !isSeparator(rest, left - 1)) left--;
  const before = valid(rest, { start: left, end: word.start });
  const chinese = !/[a-z]|📍/.test(rest.slice(word.start, word.end));
  if (before && chinese && !/:\s*$/.test(rest.slice(left, word.start))) return before;

  const segments = segmentsOf(rest, { start: word.end, end: line.end });
  for (const [index, segment] of segments.entries()) {
    if (stops(segment) || (index > 1 && !withTime && !chinese)) break;
    const behind = valid(rest, segment);
    if (behind) return behind;
    if (index > 0 && rest.slice(segment.start, segment.end).trim() !== "" && rest[segment.start - 1] !== "\u0001")
      break;
  }
  // "Still collecting names" names no place, "church hall pickup" does
  if (before && (chinese || /[\d\u3400-\u9fff]|\S\s\S/.test(rest.slice(before.start, before.end)))) return before;
  if (!withTime) return undefined;
  const earlier = segmentsOf(rest, { start: line.start, end: left }).at(-1);
  return earlier && rest.slice(earlier.end, left).includes("\u0001") ? valid(rest, earlier) : undefined;
}

function behindTime(rest: string, time: Span, line: Span, nothingSaid: boolean): Span | undefined {
  const [first] = segmentsOf(rest, { start: time.end, end: line.end });
  const follows = nothingSaid && first && first.start - time.end < 2; // 周日下午2-4pm 14 Elm Road
  return first && (follows || /^\s*(?:at|@|在|outside|in)(?![a-z])/.test(rest.slice(first.start, first.end)))
    ? valid(rest, first)
    : undefined;
}

/** The clauses of a span that hold anything. */
function segmentsOf(rest: string, { start, end }: Span): Span[] {
  const segments: Span[] = [];
  let from = start;
  for (let at = start; at <= end; at++) {
    const stop = at === end || isSeparator(rest, at);
    if (!stop) continue;
    if (rest.slice(from, at).trim() !== "") segments.push({ start: from, end: at });
    from = at + 1;
  }
  return segments;
}

/** The place within a span, or undefined where it holds none. */
function valid(rest: string, whole: Span): Span | undefined {
  const nextLabel = /(?<=[^\s:]) [^\s:]{1,6}:/.exec(rest.slice(whole.start, whole.end)); // "西门岗亭 截单：…"
  const span = nextLabel ? { start: whole.start, end: whole.start + nextLabel.index } : whole;
  const trimmed = trimSpan(rest, span, LEADING, TRAILING);
  const isEnclosed = /^\([^()]*\)$/.test(rest.slice(trimmed.start, trimmed.end));
  const place = isEnclosed ? { start: trimmed.start + 1, end: trimmed.end - 1 } : trimmed;
  const text = rest.slice(place.start, place.end);
  if (/^[订报拿]$/.test(text) || NO_PLACE.test(text) || !/\p{L}|\d/u.test(text)) return undefined;
  return /^\p{L}$|^(?:each|am|pm|flat|extra|only|total|free|fee)$/u.test(text) && !/[\u3400-\u9fff]/u.test(text)
    ? undefined
    : place;
}
