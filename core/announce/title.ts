import type { NamedOffer } from "./names.ts";
import { EMOJI } from "./sales-words.ts";
import { clauseAround, type Sheet } from "./sheet.ts";
import { trimSpan } from "./trim.ts";

/** What is cut off in front of a heading, and behind it. */
const AROUND = new RegExp(String.raw`^(?:[\s:,.!~\-=+、/&*#>|·\u0001]|${EMOJI})+|^\((?:团购|接龙|开团|拼单)\)`, "u");
const BEHIND = new RegExp(String.raw`(?:[\s:,.~\-=+、/&*|·\u0001([]|${EMOJI})+$`, "u");

const MAX_TITLE = 60;

/** What the buy is called: the heading of the post, else its item. */
export function titleOf(sheet: Sheet, items: readonly NamedOffer[]): string {
  const [first] = items;
  const line = firstLine(sheet);
  if (!line) return first?.name ?? "";
  if (items.length === 1 && first) return first.name;

  const end = first && first.start >= line.start && first.start < line.end ? first.start : line.end;
  const clause = clauseAround(sheet.rest, { start: line.start, end: line.start });
  const span = trimSpan(
    sheet.rest,
    { start: line.start, end: Math.min(end, Math.max(clause.end, line.start)) },
    AROUND,
    BEHIND,
  );
  const heading = sheet.written(span).slice(0, MAX_TITLE);
  if (/\p{L}/u.test(heading)) return heading;
  return items
    .map(({ name }) => name)
    .join(" / ")
    .slice(0, MAX_TITLE);
}

function firstLine(sheet: Sheet) {
  const at = sheet.text.search(/\S/);
  return at < 0 ? undefined : sheet.lineAt(at);
}
