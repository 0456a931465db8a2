import { ASIDE, EMOJI, HEADING, LEADING, MARK, SIZE, TALK, TRAILING } from "./sales-words.ts";
import { clauseAround, type Sheet, type Span } from "./sheet.ts";
import { trimSpan } from "./trim.ts";
import { EN_UNIT, ZH_UNIT } from "./units.ts";

/** A name without the words of selling around it; undefined where nothing is left that could be one. */
export function cleaned(sheet: Sheet, span: Span, apart = false): Span | undefined {
  const { rest } = sheet;
  const colon = rest.slice(span.start, span.end).lastIndexOf(":");
  if (colon >= 0 && LETTERED.test(rest.slice(span.start, span.start + colon)))
    return cleanedPart(sheet, { start: span.start, end: span.start + colon }); // A款：公4两母3两
  const afterColon = colon < 0 ? undefined : cleanedPart(sheet, { start: span.start + colon + 1, end: span.end });
  if (afterColon && !(apart && ASIDE.test(rest.slice(afterColon.start, afterColon.end))))
    return withoutHeading(sheet, afterColon);
  const whole = cleanedPart(sheet, colon < 0 ? span : { start: span.start, end: span.start + colon });
  if (!whole || (apart && ASIDE.test(rest.slice(whole.start, whole.end)))) return undefined;
  return withoutHeading(sheet, whole);
}

/** What a leader calls a choice of her own, before a colon that says what is in it. */
const LETTERED = /^[^\p{L}\d]{0,4}(?:[a-h](?:款|套餐|套)|(?:套餐|set |option )[a-h一二三四\d]{1,2})\s?$/u;

/** The same for a text without a colon. */
export function cleanedPart(sheet: Sheet, span: Span): Span | undefined {
  const { rest } = sheet;
  const mark = markLength(sheet, span);
  const trimmed = trimSpan(rest, { start: span.start + mark, end: span.end }, LEADING, TRAILING);
  const name = balanced(rest, trimmed);
  const text = rest.slice(name.start, name.end);
  if (SIZE.test(text) || isUnitAsSize(sheet, name)) return name;
  const greeting = TALK.test(text) ? GREETING.exec(text)?.[0].length : undefined;
  if (greeting !== undefined) return cleanedPart(sheet, { start: name.start + greeting, end: name.end });
  if (
    !/[\u3400-\u9fff]|\p{L}{2}|^\p{L}$|^\p{L}{1,4}\d{1,4}\p{L}?$/u.test(text) ||
    TALK.test(text) ||
    text.length > MAX_NAME
  )
    return undefined;
  return UNIT_ONLY.test(text) ? undefined : name;
}

/** How much of a span is the mark of a list. A keycap is folded to its digit, so what was written decides. */
function markLength(sheet: Sheet, { start, end }: Span): number {
  const text = sheet.rest.slice(start, end);
  const digits = /^\s*\d{1,2}/.exec(text)?.[0].length ?? 0;
  if (digits > 0 && sheet.written({ start: start + digits - 1, end: start + digits }).includes("\u20e3")) return digits;
  return MARK.exec(text)?.[0].length ?? 0;
}

/** "Hi everyone 👋 fresh eggs": a picture ends what is said to the neighbours. */
const GREETING = new RegExp(`^[^\\n]{1,40}?(?:${EMOJI}\ufe0f?\\s{0,2})+(?=\\S)`, "u");

const MAX_NAME = 80;

/** Maple syrup: pint $14, quart $24. */
function isUnitAsSize(sheet: Sheet, { start, end }: Span): boolean {
  const { rest } = sheet;
  if (!UNIT_AS_SIZE.test(rest.slice(start, end)) || !rest.startsWith("\u0002", end + 1)) return false;
  const line = sheet.lineAt(start);
  const before = rest.slice(line.start, start);
  const colon = before.lastIndexOf(":");
  const between = before.slice(colon + 1).trim();
  return colon > 0 && (between === "" ? NEXT_SIZE.test(rest.slice(end, line.end)) : FIRST_SIZE.test(between));
}

const UNIT_AS_SIZE =
  /^(?:pint|quart|gallon|bottle|jar|tub|tin|can|carton|bucket|box|bag|case|crate|pack|tray|punnet|loaf)$/;
const NEXT_SIZE = new RegExp(`^ {0,2}\u0002\u0003{0,30} {0,2}[,;/] {0,2}(?:half )?${EN_UNIT} {0,2}\u0002`);
const FIRST_SIZE = new RegExp(`^${EN_UNIT} {0,2}\u0002`);

const UNIT_ONLY = new RegExp(`^(?:${ZH_UNIT}|${EN_UNIT})$`);

/** Without a bracket that is closed or opened elsewhere. */
function balanced(rest: string, { start, end }: Span): Span {
  const text = rest.slice(start, end);
  const [open, close] = [text.split("(").length, text.split(")").length];
  if (open > close) return { start, end: start + text.lastIndexOf("(") };
  if (close > open) return { start: start + text.indexOf(")") + 1, end };
  const enclosed = /^\(([^()]+)\)$/.test(text);
  return enclosed ? { start: start + 1, end: end - 1 } : { start, end };
}

function withoutHeading(sheet: Sheet, span: Span): Span {
  const { rest } = sheet;
  const heading = HEADING.exec(rest.slice(span.start, span.end))?.[0].length ?? 0;
  if (heading === 0) return span;
  return cleanedPart(sheet, { start: span.start + heading, end: span.end }) ?? span;
}

/** Clauses before a position, the nearest first. */
export function segmentsBack(rest: string, from: number, until: number): Span[] {
  const segments: Span[] = [];
  let end = until;
  while (end > from) {
    const clause = clauseAround(rest, { start: end, end });
    const start = Math.max(from, clause.start);
    segments.push({ start, end });
    end = start - 1;
  }
  return segments;
}

/** The sizes at the end of a name: 草莓 大盒, "Brownies small". */
export function splitSize(sheet: Sheet, span: Span): { name: string; size: string } {
  const text = sheet.rest.slice(span.start, span.end);
  if (SIZE.test(text) || isUnitAsSize(sheet, span)) return { name: "", size: sheet.written(span) };
  for (const gap of text.matchAll(/[\s(~-]+|(?<=[\u3400-\u9fff])(?=[大中小特超半整\d])/gu)) {
    const tail = text.slice(gap.index + gap[0].length).replace(/\)$/, "");
    if (gap.index > 0 && SIZE.test(tail)) {
      const before = { start: span.start, end: span.start + gap.index };
      return { name: sheet.written(cleanedPart(sheet, before) ?? before), size: tail };
    }
  }
  return { name: sheet.written(span), size: "" };
}

/** A name as written, without emoji. */
export function wholeName(sheet: Sheet, span: Span): string {
  return sheet.written(span).replace(PICTURES, " ").replace(/\s+/g, " ").trim();
}

const PICTURES = new RegExp(String.raw`${EMOJI}|\ufe0f|\u20e3|\u200d`, "gu");
