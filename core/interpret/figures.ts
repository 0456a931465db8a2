import { isDigit, isLetter } from "../text/numerals.ts";
import { stem } from "../text/stem.ts";
import { UNIT_WORDS } from "../text/units.ts";
import { amountAt, type Figure } from "./amount-at.ts";
import type { Catalog } from "./catalog.ts";
import {
  DATE,
  DAY,
  GRADE,
  HAN_TIME,
  LATIN_MEASURE,
  LUMP,
  MEASURE,
  MONEY_AFTER,
  PERCENT,
  PRICE,
  TIME,
  WORD_MEASURE,
} from "./figure-patterns.ts";
import { match } from "./places.ts";
import type { TokenKind } from "./tokens.ts";

/**
 * The number that begins at `at`, and what it counts; undefined where no number begins.
 *
 * @param alone  after "from": what follows is a change, no range
 */
export function figureAt(catalog: Catalog, text: string, at: number, alone = false): Figure | undefined {
  const code = text.charCodeAt(at);
  const digit = isDigit(code);
  if (!isLetter(code) && isPlainNumber(text, at)) return amountAt(catalog, text, at, alone);
  if (digit) {
    const special = specialAt(catalog, text, at);
    if (special) return special;
  } else if (isLetter(code)) {
    const measure = match(WORD_MEASURE, text, at);
    if (measure >= 0) return { kind: "measure", end: measure };
  } else {
    const end = match(HAN_TIME, text, at);
    if (end >= 0) return { kind: "time", end };
    const money = match(MONEY_AFTER, text, at);
    if (money >= 0 && text[at] !== "半") return { kind: "money", end: money };
    if (!catalog.items.some(({ sale }) => sale?.id === "块")) {
      const lump = match(LUMP, text, at);
      if (lump >= 0) return { kind: "money", end: lump };
    }
    const measure = match(MEASURE, text, at);
    if (measure >= 0 && !isCatalogUnit(catalog, text, measure)) return { kind: "measure", end: measure };
  }
  return amountAt(catalog, text, at, alone);
}

/** First characters of what makes a number something else than a quantity: 元, 点, 月, 栋 … */
const SPECIAL_NEXT: ReadonlySet<string> = new Set(
  "元块圆蚊毛角分刀円一每点月日号年百小个钟秒岁天周星礼次遍趟人户家位楼层公千米厘平度折倍成届期班页名口顿餐样种款句话路轮代大寸栋幢座单弄区门室房果寸来",
);
const NUMERAL_PART = /[\d.一二两三四五六七八九十百零半]/;

/** A number with nothing behind it that could make it a price, a time, a flat or a measure. */
export function isPlainNumber(text: string, at: number): boolean {
  let end = at + 1;
  const digits = isDigit(text.charCodeAt(at));
  while (end < text.length && end - at < 6 && NUMERAL_PART.test(text[end]!)) {
    if (digits && text[end] === "一") return false; // 28一盒
    end++;
  }
  if (text[end] === " ") end++;
  const next = text.charCodeAt(end);
  if (
    end >= text.length ||
    next === 0x0a ||
    next === 0x2c ||
    next === 0x2b ||
    next === 0x3001 ||
    next === 0x21 ||
    next === 0x29
  )
    return true;
  return next >= 0x3400 && next <= 0x9fff && !SPECIAL_NEXT.has(text[end]!);
}

function specialAt(catalog: Catalog, text: string, at: number): Figure | undefined {
  for (const [kind, pattern] of SPECIAL) {
    const end = match(pattern, text, at);
    if (end < 0) continue;
    if (kind === "measure" && (isCatalogUnit(catalog, text, end) || isCatalogWord(catalog, text, end))) continue;
    if (pattern === LUMP && catalog.items.some(({ sale }) => sale?.id === "块")) continue;
    if (pattern === DATE && isFraction(text, at, end)) continue;
    if (kind === "ordinal-day" && "楼线门店桌".includes(text[end] ?? " ")) continue;
    return { kind, end };
  }
  return undefined;
}

/** In the order in which they are tried. */
const SPECIAL: readonly (readonly [TokenKind, RegExp])[] = [
  ["price", PRICE],
  ["money", MONEY_AFTER],
  ["money", LUMP],
  ["time", TIME],
  ["time", DATE],
  ["ordinal-day", DAY],
  ["measure", PERCENT],
  ["measure", GRADE],
  ["measure", MEASURE],
  ["measure", LATIN_MEASURE],
];

function isFraction(text: string, at: number, end: number): boolean {
  const [over, under] = text.slice(at, end).split("/").map(Number);
  return under !== undefined && [2, 3, 4, 5, 8].includes(under) && over! < under;
}

function isCatalogUnit(catalog: Catalog, text: string, end: number): boolean {
  for (let length = 1; length <= 8; length++) {
    const word = text.slice(end - length, end);
    if (catalog.unitWords.has(word)) return true;
    const unit = UNIT_WORDS.get(word);
    if (unit && catalog.items.some(({ sale }) => sale?.id === unit.id)) return true;
  }
  return false;
}

/** "2 adults" of adult tickets. */
function isCatalogWord(catalog: Catalog, text: string, end: number): boolean {
  if (!isLetter(text.charCodeAt(end - 1))) return false;
  let at = end - 1;
  while (isLetter(text.charCodeAt(at - 1))) at--;
  return catalog.wordParts.has(stem(text.slice(at, end)));
}
