import { cleaned, segmentsBack, wholeName } from "./clean-name.ts";
import type { Offer } from "./prices.ts";
import { EMOJI, MARK, SIZE } from "./sales-words.ts";
import { clauseAround, type Sheet, type Span } from "./sheet.ts";

/** The name of an offer that has none before it: behind it, or in a line above. */
export function fallbackName(
  sheet: Sheet,
  offer: Offer,
  next: Offer | undefined,
  preferBehind: boolean,
  used: readonly Span[],
  before: Span | undefined,
): Span | undefined {
  const line = sheet.lineAt(offer.start);
  if (inBrackets(sheet.rest, offer.start, line.start)) return undefined;
  if (before && before.end > line.start) return undefined; // a second price of the item before it
  const behind = behindName(sheet, offer, next);
  const above = headingSpan(sheet, offer, used);
  return preferBehind && next ? (behind ?? above) : (above ?? behind);
}

function behindName(sheet: Sheet, offer: Offer, next: Offer | undefined): Span | undefined {
  const clause = clauseAround(sheet.rest, { start: offer.end, end: offer.end });
  const end = next && next.start < clause.end ? next.start : clause.end;
  return next && next.start < clause.end ? undefined : cleaned(sheet, { start: offer.end, end });
}

/** The line above that names the goods: the nearest marked one, else the first of the text. */
function headingSpan(sheet: Sheet, offer: Offer, used: readonly Span[]): Span | undefined {
  const { rest } = sheet;
  const lines = sheet.linesAbove(offer.start, HEADING_REACH).reverse();
  const free = lines.filter((line) => !used.some((span) => span.start < line.end && line.start < span.end));
  const marked = free.filter(
    (line) => MARK.test(rest.slice(line.start, line.end)) && !PICTURED.test(rest.slice(line.start, line.end)),
  );
  const labelled = free.filter((line) => ITEM_LABEL.test(rest.slice(line.start, line.end)));
  const unlabelled = (line: Span) => !OTHER_LABEL.test(rest.slice(line.start, line.end));
  for (const line of [...labelled, ...[...marked.reverse(), ...free].filter(unlabelled)]) {
    const [first, ...others] = segmentsBack(rest, line.start, line.end).reverse();
    const names = [first, ...others].flatMap((segment) => (segment && cleaned(sheet, segment, true)) ?? []);
    const name =
      names.find((span) => {
        const said = rest.slice(span.start, span.end);
        return !WHEN.test(said) && !CALLS.test(said);
      }) ?? names[0];
    if (name) return name;
  }
  return undefined;
}

/** A picture begins it, which marks a list in few texts. */
const PICTURED = new RegExp(`^${EMOJI}`, "u");

/** 凌晨的船，活皮皮虾: when it came is no name. */
const WHEN = /^(?:凌晨|今早|清晨|今天|今晚|昨晚|昨天|早上|刚刚?|一早|早市|this morning|fresh off|just in)/;

/** 降温了降温了！ */
const CALLS = /[了啦咯喽]$/;

/** A form: the line that says what it is, and lines that say something else. */
const ITEM_LABEL = /^\s*(?:item|product|name|what|商品|品名|团品|货品|产品|名称)\s{0,2}:/;
const OTHER_LABEL =
  /^\s*(?:venue|place|location|address|where|when|time|date|contact|payment|notes?|min(?:imum)?|max|stock|地点|地址|时间|备注|电话|联系|付款|数量|库存)\s{0,2}:/;

/** How many lines above its price a name may stand. */
const HEADING_REACH = 30;

/** What the lines above a price call its goods, without words of buying together. */
export function headingName(sheet: Sheet, offer: Offer, used: readonly Span[]): string | undefined {
  const line = sheet.lineAt(offer.start);
  const heading = headingSpan(
    sheet,
    offer,
    used.filter(({ start }) => start >= line.start),
  );
  return (
    heading &&
    wholeName(sheet, heading).replace(
      /(?:团购?|接龙|團購?|接龍|拼单|拼單|开团|開團|\s(?:run|bulk buy|group buy|orders?))!?$/i,
      "",
    )
  );
}

/** 生日蛋糕：6寸88元: what the sizes are of. */
export function beforeColon(sheet: Sheet, span: Span): string | undefined {
  const line = sheet.lineAt(span.start);
  const colon = sheet.rest.slice(line.start, span.start).lastIndexOf(":");
  const name = colon < 0 ? undefined : cleaned(sheet, { start: line.start, end: line.start + colon });
  return name && wholeName(sheet, name);
}

/** 大樱桃，果径28mm以上，3斤装79元: the first clause of the line. */
export function earlierClause(sheet: Sheet, span: Span): string | undefined {
  const line = sheet.lineAt(span.start);
  const name = segmentsBack(sheet.rest, Math.max(line.start, span.start - NAME_REACH), span.start)
    .reverse()
    .map((segment) => cleaned(sheet, segment, true))
    .find((segment) => segment !== undefined && !SPECIFIES.test(sheet.rest.slice(segment.start, segment.end)));
  return name && wholeName(sheet, name);
}

/** 公4两母3两: how large they are. */
const SPECIFIES = /^[\d.一二两三四五六七八九十半公母大小约每只个头斤两克g~+/ -]+$/;

const BRACKET_REACH = 60;

/** How far before its price a name may stand in a line. */
export const NAME_REACH = 300;

/** Whether a position lies in brackets behind other words: (原价98). */
export function inBrackets(rest: string, at: number, lineStart: number): boolean {
  const before = rest.slice(Math.max(lineStart, at - BRACKET_REACH), at);
  return (
    before.lastIndexOf("(") > before.lastIndexOf(")") &&
    /\(\s*(?:[^()]{0,3}|[a-z ]{0,12})$/.test(before) &&
    /\S/.test(before.slice(0, before.lastIndexOf("("))) &&
    !SIZE.test(before.slice(before.lastIndexOf("(") + 1).trim()) // 披萨(8寸45元,10寸65元)
  );
}
