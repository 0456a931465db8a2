import { fold } from "../text/fold.ts";
import { cleaned, cleanedPart, segmentsBack, splitSize, wholeName } from "./clean-name.ts";
import { beforeColon, earlierClause, fallbackName, headingName, inBrackets, NAME_REACH } from "./fallback-name.ts";
import { unitInName } from "./offer-unit.ts";
import type { Offer } from "./prices.ts";
import { HEADING_ONLY, LIST_MARK, NO_NAME, TALK } from "./sales-words.ts";
import type { Sheet, Span } from "./sheet.ts";
import { plural, singular } from "./units.ts";

/** The name of what is sold, and where it stands together with its price. */
export interface NamedOffer extends Span {
  readonly name: string;
  /** Absent: a line of the list that gives no price. */
  readonly offer?: Offer;
  /** A second size of the item before it: "2 for $15". Limits of the item are not its. */
  readonly bundle?: true;
  /** Another price behind it that is for nothing named. */
  readonly second?: Span;
}

/** Names for the offers, and the lines of a list that give none. */
export function nameOffers(sheet: Sheet, offers: readonly Offer[]): NamedOffer[] {
  const own = offers.map((offer, index) => ownName(sheet, offer, offers[index - 1]?.end ?? 0));
  const behind = own.filter((name) => !name).length > 1 || !own.some((name) => name);
  const used: Span[] = own.filter((name) => name !== undefined);
  const named: NamedOffer[] = [];
  let base: string | undefined;
  const specified = SPECIFIED.exec(sheet.text); // once: it looks at the whole text
  for (const [index, offer] of offers.entries()) {
    const span = own[index] ?? fallbackName(sheet, offer, offers[index + 1], behind, used, named.at(-1));
    if (!span) {
      const before = named.findLast((item) => !item.bundle);
      const kinds = before && kindsOf(sheet, before, offer);
      if (kinds && before) {
        named.splice(named.indexOf(before), 1, ...kinds);
        continue;
      }
      const more = anotherPrice(sheet, offer, before, base);
      if (more?.bundle) named.push(more);
      else if (more && before) named[named.indexOf(before)] = more;
      continue;
    }
    used.push(span);
    if (SHARED.test(sheet.rest.slice(span.end, offer.start))) {
      named.push(...sharedPrice(sheet, span, offer));
      continue;
    }
    const counted =
      offer.unit === undefined && FOR.test(sheet.rest.slice(span.end, offer.start))
        ? unitInName(sheet, span)
        : undefined;
    if (counted) {
      base = wholeName(sheet, { start: counted.end, end: span.end });
      named.push({ name: base, offer: { ...offer, unit: counted.unit }, start: span.start, end: offer.end });
      continue;
    }
    const { name, size } = splitSize(sheet, span);
    const bare =
      name === ""
        ? (beforeColon(sheet, span) ?? base ?? earlierClause(sheet, span) ?? headingName(sheet, offer, used))
        : undefined;
    const apart = size !== "" && /[~!]/.test(sheet.rest.slice(span.start, span.end)); // 西梅到啦~3斤装
    const full = bare !== undefined ? `${bare} ${size}` : apart ? `${name} ${size}` : wholeName(sheet, span);
    base = name === "" ? bare : name;
    const unit =
      offer.unit === undefined ? (CONTAINER.exec(size)?.[0] ?? contentsUnit(sheet, span) ?? specified?.[0]) : undefined;
    named.push({
      name: full,
      offer: unit === undefined ? offer : { ...offer, unit },
      start: Math.min(span.start, offer.start),
      end: Math.max(span.end, offer.end),
    });
  }
  const lines = pricelessLines(sheet, named);
  if (named.length + lines.length === 0) return bareName(sheet);
  return [...named, ...lines].sort((a, b) => a.start - b.start);
}

const FOR = /^ {1,2}for {1,2}(?:just |only )?$/;

/** What says that one price is for several names. */
const SHARED = /各|都|均|一律/;

/** 豆沙包、菜包各2元 */
function sharedPrice(sheet: Sheet, span: Span, offer: Offer): NamedOffer[] {
  const named: NamedOffer[] = [];
  let start = span.start;
  for (const gap of [...sheet.rest.slice(span.start, span.end).matchAll(/[、/]|和|跟|以及|$/g)]) {
    const end = span.start + gap.index;
    const name = wholeName(sheet, { start, end });
    if (name !== "") named.push({ name, offer, start, end: Math.max(end, named.length === 0 ? offer.end : end) });
    start = end + gap[0].length;
  }
  return named;
}

/** What stands right behind a price up to the end of its clause, where it can be a kind. */
const KIND =
  /^ {0,2}(?:(?<= )((?:in |with |without |no )?[a-z][a-z-]{2,14})|([\u3400-\u9fff]{2,4}))(?= {0,2}(?:[,.;\n\u0001]|and |$))/;
const NO_KIND =
  /^(?:cash|only|each|total|delivered|delivery|available|left|now|max|min|extra|more|again|incl.*|nett?|approx|含.*|包邮|现货|左右|不[限等]|.*起)$/;

function kindBehind(sheet: Sheet, { end }: Span): string | undefined {
  const match = KIND.exec(sheet.rest.slice(end, end + NAME_REACH));
  const kind = match?.[1] ?? match?.[2];
  if (!match || kind === undefined || NO_KIND.test(kind) || TALK.test(kind)) return undefined;
  return sheet.written({ start: end, end: end + match[0].length }).trim();
}

/** "Pecans $13/lb shelled, $7/lb in shell": two prices of one name are told apart by what stands behind both. */
function kindsOf(sheet: Sheet, before: NamedOffer, offer: Offer): [NamedOffer, NamedOffer] | undefined {
  if (!before.offer || offer.bundle) return undefined;
  const [first, second] = [kindBehind(sheet, before.offer), kindBehind(sheet, offer)];
  if (first === undefined || second === undefined || first === second) return undefined;
  const stem = before.name.endsWith(` ${first}`) ? before.name.slice(0, -first.length - 1) : before.name;
  return [
    { ...before, name: `${stem} ${first}` },
    { name: `${stem} ${second}`, offer, start: offer.start, end: offer.end },
  ];
}

/** "$8 a punnet, 2 for $15": another unit is an item of its own. Any other price without a name is doubtful. */
function anotherPrice(
  sheet: Sheet,
  offer: Offer,
  before: NamedOffer | undefined,
  base: string | undefined,
): NamedOffer | undefined {
  if (!before || inBrackets(sheet.rest, offer.start, sheet.lineAt(offer.start).start)) return undefined;
  const unit = bundleOf(offer, before.offer);
  const isOther = unit !== undefined && unit !== before.offer?.unit;
  if (!isOther) return { ...before, second: offer };
  const half = /^(.*\S) ?半\S$/.exec(before.name)?.[1]; // 半只128元 一只238元
  if (half !== undefined) return { name: `${half} 一${unit}`, bundle: true, offer, start: offer.start, end: offer.end };
  const word = /^\d+(\D+)$/.exec(unit)?.[1]; // 土鸡蛋30枚 36元，60枚 70元
  const sized = base !== undefined && new RegExp(`^\\d+${word}$`).test(before.name.slice(base.length).trim());
  return {
    name: `${sized ? base : before.name} ${unit}`,
    bundle: true,
    offer: { ...offer, unit },
    start: offer.start,
    end: offer.end,
  };
}

/** "$15/bag, 2 for $28": what is counted is what the single price is for. */
function bundleOf({ unit }: Offer, single: Offer | undefined): string | undefined {
  const count = /^(\d+) pcs$/.exec(unit ?? "")?.[1];
  if (count === undefined || single?.unit === undefined || single.bundle) return unit;
  const word = fold(single.unit).text;
  if (singular(word) === "pc") return unit;
  return /[a-z]$/.test(word) ? `${count} ${plural(word)}` : `${count}${single.unit}`;
}

/** A former price that was taken out of the text stands right behind. */
const FORMERLY = /^(?:was|were|usual(?:ly)?|normally|u\.?p|rrp|retail|原价|市场?价|门市价|平时)[^\n]{0,20}\d/;

/** The words right before a price, back to the last comma or the price before. */
function ownName(sheet: Sheet, offer: Offer, floor: number): Span | undefined {
  const { rest } = sheet;
  const line = sheet.lineAt(offer.start);
  const from = Math.max(line.start, floor, offer.start - NAME_REACH);
  const segments = segmentsBack(rest, from, offer.start);
  if (inBrackets(rest, offer.start, line.start)) return undefined;
  const [nearest, ...others] = segments;
  const name = nearest && cleaned(sheet, nearest);
  if (name) return name;
  // "Lamingtons were $18, now $15": what had another price before
  const former = others.find(({ start, end }) => end > start && /\S/.test(rest.slice(start, end)));
  const repriced = former && FORMERLY.test(sheet.text.slice(former.end, offer.start)) && cleaned(sheet, former, true);
  if (repriced) return repriced;
  // 红富士苹果，又脆又甜，5元一斤: the first clause of the line names it, unless it is only a heading
  const clauses = others
    .filter(({ start }) => !(floor > 0 && start === floor && /[( \u3400-\u9fff]/.test(rest[start]!))) // what is said of the price before
    .reverse()
    .flatMap((segment) => {
      const span = cleaned(sheet, segment, true);
      return span ? [{ span, isHeading: HEADING_ONLY.test(rest.slice(segment.start, segment.end)) }] : [];
    });
  return (clauses.find(({ isHeading }) => !isHeading) ?? clauses[0])?.span;
}

/** 大盒 is sold by the 盒. */
const CONTAINER = /(?<=^[大中小特]{1,2})[盒箱袋包瓶桶罐杯碗份筐篮板提]$/;

/** 香梨 8斤/箱 ¥45 is sold by the 箱. */
const CONTENTS =
  /(?<=\d\s?(?:[\u3400-\u9fff]{1,2}|[a-z]{1,5})\s?(?:[/每一]|(?<=[a-z]\s?)per)\s?)(?:[盒箱袋包瓶桶罐板提份筐篮件套]|pkt|pack|box|bag|tray|tub|jar|btl|bottle|carton|ctn)(?=\)?$)/iu;

/** 规格：1kg/盒 in a form. */
const SPECIFIED = /(?<=规格:? ?\d[^\n,;]{0,8}[/每一])[盒箱袋包瓶桶罐板提份筐篮件套]/;

function contentsUnit(sheet: Sheet, { start, end }: Span): string | undefined {
  const match = CONTENTS.exec(sheet.rest.slice(start, end));
  if (!match) return undefined;
  const at = start + match.index;
  return sheet.written({ start: at, end: at + match[0].length });
}

/** The lines that hold anything. */
function linesOf(text: string): Span[] {
  const lines: Span[] = [];
  let start = 0;
  while (start < text.length) {
    const stop = text.indexOf("\n", start);
    const end = stop < 0 ? text.length : stop;
    if (text.slice(start, end).trim() !== "") lines.push({ start, end });
    start = end + 1;
  }
  return lines;
}

/** How far into its line a mark is looked for. */
const MARK_REACH = 40;

/** Marked lines of a list that give no price: they are items all the same, and the leader is told. */
function pricelessLines(sheet: Sheet, named: readonly NamedOffer[]): NamedOffer[] {
  const { rest } = sheet;
  const marked = named.filter(({ start }) => {
    const line = sheet.lineAt(start);
    return LIST_MARK.test(rest.slice(line.start, Math.min(line.end, line.start + MARK_REACH)));
  });
  if (named.length > 0 && marked.length === 0) return [];
  return linesOf(rest).flatMap((line) => {
    const text = rest.slice(line.start, line.end);
    if (!LIST_MARK.test(text) || text.includes("\u0001")) return [];
    if (named.some((item) => item.start < line.end && line.start < item.end)) return [];
    const [first] = segmentsBack(rest, line.start, line.end).reverse();
    const name = first && !/[:?]/.test(text) && cleaned(sheet, first);
    return name ? [{ name: wholeName(sheet, name), start: name.start, end: name.end }] : [];
  });
}

/** "/open Apples until 9pm": a few words that are nothing but a name. The leader is asked for the price. */
function bareName(sheet: Sheet): NamedOffer[] {
  const { rest } = sheet;
  const filled = linesOf(rest).filter((line) => cleanedPart(sheet, line));
  const [line] = filled;
  if (!line || filled.length > 1) return [];
  const segments = segmentsBack(rest, line.start, line.end).map((segment) => cleaned(sheet, segment, true));
  const [name, ...others] = segments.filter((segment) => segment !== undefined);
  if (!name || others.length > 0) return [];
  const text = rest.slice(name.start, name.end);
  const words = text.split(" ").length;
  if (NO_NAME.test(text) || text.length > 24 || words > 3 || (/[\u3400-\u9fff]/.test(text) && text.length > 8))
    return [];
  return [{ name: wholeName(sheet, name), start: name.start, end: name.end }];
}
