import { formatQuantity, ONE } from "../quantity.ts";
import { NUMBER, readCount } from "./count.ts";
import type { Sheet, Span } from "./sheet.ts";
import { CHEAP, EN_UNIT, MEASURE, singular, ZH_UNIT } from "./units.ts";

/** What an amount is for, as written: "斤", "2 pcs". */
interface Unit {
  readonly unit: string;
  /** More than one unit at once: 5元3斤, "2 for $5". */
  readonly bundle?: true;
}

/** 2 for $5, 一箱68, 每斤5元, 3斤10元, "per kg: $5". */
const BEFORE: readonly (readonly [RegExp, number, number?])[] = [
  [/(?<![\d.])(\d{1,2}) ?\/ ?$/, 2, 1],
  [
    new RegExp(
      `(?:每|一|(?<![\\d.])1) ?(${ZH_UNIT}) ?(?:约|大约)?\\d{1,4}(?:\\.\\d)?(?:斤|个|枚|只|克|g|kg|片|根|支|瓶|袋|包|入|粒|颗) {0,2},? {0,2}$`,
    ),
    1,
  ],
  [new RegExp(`(?:每一?|一|(?<![\\u3400-\\u9fff])单|(?<![\\d.])1) ?(${ZH_UNIT}) {0,2}${CHEAP}? {0,2}$`), 1],
  [
    new RegExp(
      `(?<![\\d.*x×~-])(?!半(?!斤|打|公斤|kg|磅|升|两))(${NUMBER}) ?(${ZH_UNIT})(?:只要|仅需|仅|才|卖|一共|共|:|=)?$`,
    ),
    2,
    1,
  ],
  // with a blank between them only where the number does not belong to the name: 大米20斤 78元
  [
    new RegExp(
      `(?<![\\d.*x×~\\u3400-\\u9fff-])(?!半(?!斤|打|公斤|kg|磅|升|两))(${NUMBER}) ?(${ZH_UNIT}) {1,2}(?:只要|仅需|仅|才|卖|共|:|=)? ?$`,
    ),
    2,
    1,
  ],
  // box of 6 for $14
  [
    new RegExp(
      `(?<![a-z])(${EN_UNIT}) {1,2}of {1,2}(?:\\d{1,3}|three|four|five|six|eight|ten|twelve|twenty|a dozen) {0,2}(?:for|@|=|at) {0,2}$`,
    ),
    1,
  ],
  [
    new RegExp(
      `(?<![\\d.$£€a-z#])(${NUMBER}|two|three|four|five|six|a {1,2}dozen) {1,2}(?:(${EN_UNIT}) {1,2})?(?:for|@|=) {0,2}(?:just {1,2}|only {1,2})?$`,
    ),
    2,
    1,
  ],
  [/(?<![a-z])(half[ -]dozen|dozen) {1,2}(?:for {1,2}|@ ?|- ?)?$/, 1],
  [
    new RegExp(
      `(?<![\\d.$£€a-z#-]|[x×*] {0,2})(${NUMBER}|(?:two|three|four|five|six) ) {0,2}(?!(?:kilo|kg|g|lb|pound|ounce|oz|lit|l|ml))(${EN_UNIT}) {0,2}[:=-]? {0,2}$`,
    ),
    2,
    1,
  ],
  [new RegExp(`(?:per|each|every) {1,2}(${EN_UNIT}|\\d{1,4} ?(?:g|kg|ml|l|oz|lb)) {0,2}[:=-]? {0,2}$`), 1],
  [new RegExp(`(?<![a-z\\d])(?:an?|one|1) {1,2}(${EN_UNIT}) {0,2}(?:for|at|is|costs|[:=-])? {0,2}$`), 1],
];

/** How far a unit may stand before its amount. */
const LOOK_BACK = 30;

/** The unit right before an amount, not reaching back over `from`. */
export function unitBefore(sheet: Sheet, { start }: Span, from: number): (Unit & Span) | undefined {
  const offset = Math.max(from, start - LOOK_BACK);
  const before = sheet.rest.slice(offset, start);
  for (const [pattern, unitGroup, countGroup] of BEFORE) {
    const match = pattern.exec(before);
    if (!match) continue;
    const at = offset + match.index;
    const word = match[unitGroup];
    const count = countGroup === undefined ? undefined : match[countGroup];
    if (count === undefined) return { unit: writtenUnit(sheet, at, match[0], word ?? ""), start: at, end: start };
    const unit = bundleUnit(sheet, at, match[0], count, word);
    if (unit) return { ...unit, start: at, end: start };
  }
  return undefined;
}

/** $3.50/kg, 5元一斤, 4.25 a pound, 3.50 each, 5元3斤, $5 for 2. */
const BEHIND: readonly (readonly [RegExp, number, number?])[] = [
  [/^(公斤|斤|磅|kg|lb)(?![a-z\u3400-\u9fff])/, 1],
  [
    new RegExp(
      `^ {0,2}/ {0,2}(?:每|一|1(?!\\d))? ?(\\d{1,4}(?:\\.\\d{1,2})?|[两三半]) ?(${ZH_UNIT}|${EN_UNIT}(?![a-z]))(?! {0,2}\\u0002)`,
    ),
    2,
    1,
  ],
  [new RegExp(`^ {0,2}/ {0,2}(?:每|一|1(?!\\d))? ?[大中小]?(${ZH_UNIT}|[a-z]{1,12}(?![a-z]))(?! {0,2}\\u0002)`), 1],
  // whatever the word: 60元/人, 299元/床, 3块一平米, 25蚊一底
  [/^ {0,2}\/ {0,2}([\u3400-\u9fff]{1,3})(?=$|[\s,.;。!)(\u0001])/, 1],
  [/^ {0,2}(?:一|每)([\u3400-\u9fff]{1,2})(?=$|[\s,;。!)(\u0001])/, 1],
  [new RegExp(`^ {0,2}(?:per|a|/) {0,2}\\d{1,4}(?:\\.\\d)? ?(?:g|kg|ml|l|oz|lbs?) {1,2}(${EN_UNIT})(?![a-z])`), 1],
  [
    /^ {0,2}(?:per|for {1,2}each|for {1,2}every) {1,2}(half[\s-]dozen|half[\s-]\w{1,10}|\d{1,4}\s?(?:g|kg|ml|l|oz|lb)(?![a-z])|(?:bulk|dumpy|big|small|large|net)\s(?:bag|box|tray|jar|pack|sack|crate)|[a-z]{1,12})/,
    1,
  ],
  [new RegExp(`^ {0,2}(?:per|/) {0,2}(\\d{1,4})[ -]{0,2}(${EN_UNIT})(?![a-z]| {0,2}\\u0002)`), 2, 1],
  [
    new RegExp(
      `^ {0,2}(?:for {1,2})?(?:an?|one) {1,2}(half[ -]dozen|${EN_UNIT}(?![a-z])|[a-z]{2,12}(?= {0,2}(?:$|[,.;!\\n\\u0001()])))`,
    ),
    1,
  ],
  [/^ {0,2}(each|ea|apiece)(?![a-z])/, 1],
  [new RegExp(`^ {0,2}(?:钱)?(?:一|每一?|单|1(?!\\d|\\.)) ?(${ZH_UNIT})(?! {0,1}\\u0002)`), 1],
  [new RegExp(`^(?!半(?!斤|打|公斤|kg|磅|升|两))(${NUMBER}) ?(${ZH_UNIT})(?!装|起|封)`), 2, 1],
  // with a blank before it, it may be the next size: 整只1280元 半只660元
  [new RegExp(`^ (?!半(?!斤|打|公斤|kg|磅|升|两))(${NUMBER}) ?(${ZH_UNIT})(?!装|起|封|\\u0002|\\d)`), 2, 1],
  [new RegExp(`^ {0,2}for {1,2}(${NUMBER}|two|three|four|five|six)(?: {1,2}(${EN_UNIT})(?![a-z]))?(?![\\d+])`), 2, 1],
];

/** The unit right behind an amount. */
export function unitBehind(sheet: Sheet, { end }: Span): (Unit & Span) | undefined {
  const behind = sheet.rest.slice(end, end + LOOK_BACK);
  for (const [pattern, unitGroup, countGroup] of BEHIND) {
    const match = pattern.exec(behind);
    if (!match) continue;
    const word = match[unitGroup];
    const count = countGroup === undefined ? undefined : match[countGroup];
    const span = { start: end, end: end + match[0].length };
    if (count === undefined) return { unit: writtenUnit(sheet, end, match[0], word ?? ""), ...span };
    const named = word === undefined ? namedUnit(sheet, span.end) : undefined;
    if (named) span.end = named.end;
    const unit = bundleUnit(sheet, end, `${match[0]}${named?.text ?? ""}`, count, word ?? named?.word);
    if (unit) return { ...unit, ...span };
  }
  return undefined;
}

/** RM25/balang, RM70 for 3 balang: a word that nobody knows is a unit where a price just before was for one. */
function namedUnit(sheet: Sheet, at: number): ({ text: string; word: string } & Span) | undefined {
  const text = /^ {1,2}[a-z]{2,14}(?![a-z])/.exec(sheet.rest.slice(at, at + LOOK_BACK))?.[0];
  const word = text?.trim();
  if (text === undefined || word === undefined) return undefined;
  const before = sheet.text.slice(Math.max(0, at - 10 * LOOK_BACK), at);
  const said = new RegExp(`(?:/ ?|(?:per|an?) )${singular(word)}s?(?![a-z])`).test(before);
  return said ? { text, word, start: at, end: at + text.length } : undefined;
}

const RESTATED = new RegExp(`^ {0,2}(?:/|每|一) {0,2}(?:${ZH_UNIT}|${EN_UNIT}(?![a-z]))(?! {0,2}[\\d\\u0002])`);

/** The unit once more behind the amount: 一箱88元/箱. */
export function restatedUnit(sheet: Sheet, { end }: Span): Span | undefined {
  const match = RESTATED.exec(sheet.rest.slice(end, end + LOOK_BACK));
  return match ? { start: end, end: end + match[0].length } : undefined;
}

function writtenUnit(sheet: Sheet, at: number, matched: string, word: string): string {
  if (/^(?:each|ea|apiece)$/.test(word)) return "pc";
  const start = at + matched.lastIndexOf(word);
  return sheet.written({ start, end: start + word.length });
}

const COUNTED = new RegExp(
  `^(\\d{1,2}|two|three|four|five|six|ten|a dozen|half a dozen) {1,2}(?:(${EN_UNIT}) {1,2}of {1,2}(?=[a-z])|(?=[a-z][a-z ]{1,24}s$))`,
);

/** "3 bottles of kombucha for $20", "3 mangoes for $5": how many the amount is for, in front of the name. */
export function unitInName(sheet: Sheet, { start, end }: Span): (Unit & Span) | undefined {
  const match = COUNTED.exec(sheet.rest.slice(start, end));
  if (!match) return undefined;
  const [matched, count = "", word] = match;
  const unit =
    count === "half a dozen"
      ? { unit: "6 pcs", bundle: true as const }
      : bundleUnit(sheet, start, matched, count, word);
  return unit && { ...unit, start, end: start + matched.length };
}

/** "3斤", "2 pcs", and the plain unit where the bundle is of one. */
function bundleUnit(sheet: Sheet, at: number, matched: string, count: string, word?: string): Unit | undefined {
  const quantity = readCount(count.trim());
  if (quantity === undefined || quantity === 0) return undefined;
  const unit =
    word === undefined
      ? "pcs"
      : writtenUnit(
          sheet,
          at + matched.indexOf(count) + count.length,
          matched.slice(matched.indexOf(count) + count.length),
          word,
        );
  if (quantity === ONE) return { unit: word === undefined ? "pc" : unit };
  const latin = /^[a-z]/.test(word ?? "pcs");
  const number = formatQuantity(quantity);
  const measure = word !== undefined && MEASURE.test(word);
  return { unit: latin && !measure ? `${number} ${unit}` : `${number}${unit}`, bundle: true };
}
