import { ONE } from "../quantity.ts";
import { endOfWord } from "../text/atoms.ts";
import { latinPhraseAt } from "../text/lexicon.ts";
import { isDigit, isLetter } from "../text/numerals.ts";
import { stem } from "../text/stem.ts";
import { readUnit } from "../text/units.ts";
import { type Catalog, keyAt } from "./catalog.ts";
import { figureAt } from "./figures.ts";
import { type Piece, refPiece } from "./piece.ts";
import { flatAt, moneyAt } from "./places.ts";
import { is, type Token } from "./tokens.ts";
import { isGoodsWord } from "./unit-after.ts";

const LETTER_PLACE =
  /\s?(?:款|号|套餐|套|组)?\s?[+×x*:：=]\s?\d|款|套餐|\s?\d{1,3}(?:[份盒个箱包袋]|(?![\da-z]))|\s?[一二两三四五六七八九十半俩仨]|\s(?:one|two|three)(?![a-z])/y;
const LETTER_END = /\s*(?:$|[,、;。.!?\n+)]|(?:和|跟|与|同|and|n|&|please|pls|thanks|thx)(?![a-z]))/y;
/** Nothing but marks and emoji behind. */
const KISS_END = /^[\s.!\p{Emoji_Presentation}\p{Extended_Pictographic}]*$/u;
/** "from number 9": where somebody lives. */
const HOUSE = /(?:number|no\.?|#)\s?\d{1,4}[a-z]?(?![\da-z-])/y;
const ENGLISH_REF = /(?:item|number|no\.?|option|#)\s?#?(\d{1,2})(?![\d.]*\d|-|[a-z])/y;
const ENGLISH_ORDINAL = /(?:the )?(first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th) (?:one|item|option)(?![a-z])/y;
const ORDINALS = ["first", "second", "third", "fourth", "fifth"];

/** Latin script: links, letters of items, places, figures, units, words, parts of names. */
export function latinAt(catalog: Catalog, text: string, at: number, before: readonly Token[]): Piece {
  const end = endOfWord(text, at);
  const first = text.slice(at, end);
  const next = text.charCodeAt(end);
  const isAddress =
    next === 0x40 || ((first === "http" || first === "https" || first === "www") && (next === 0x3a || next === 0x2e));
  if (isAddress) return { kind: "link", end: endOfAddress(text, end) };

  const letter =
    end === at + 1 && (first !== "x" || catalog.letters.has("x")) ? letterAt(catalog, text, at, before) : undefined;
  if (letter) return letter;
  if (/^x{1,3}$/.test(first) && isLetter(text.charCodeAt(at - 2)) && KISS_END.test(text.slice(end, end + 8)))
    return { kind: "decor", end }; // "one more please x"
  if (first === "x" && (isTimes(text, at) || before.at(-1)?.kind === "amount")) return { kind: "sign", end };
  const special =
    PLACES.has(first) || isDigit(next) || next > 0x7f || next === 0x2d || next === 0x24
      ? placeAt(catalog, text, at, before.at(-1))
      : undefined;
  if (special) return special;

  const phrase = latinPhraseAt(text, at, end);
  // "2 packs of everything bagels" where everything is a kind.
  const isKind = phrase?.tags.has("all") && text.startsWith("of ", at) && keyAt(catalog, text, at + 3) !== undefined;
  if (isKind) return { kind: "decor", end: at + 2 };
  const last = before.at(-1);
  const figure = NUMBER_WORDS.has(first) ? figureAt(catalog, text, at, is(last, "from")) : undefined;
  if (phrase && phrase.end >= (figure?.end ?? 0) && phrase.end > end)
    return { kind: "word", end: phrase.end, tags: phrase.tags };
  if (figure) return figure;
  const unit = looseUnitAt(catalog, text, at, before);
  if (unit) return unit;
  const items = catalog.starts.has(text[at]!) ? catalog.wordParts.get(stem(first)) : undefined;
  // "3 children" of tickets for children: counted, so goods.
  if (items && phrase?.tags.has("talk") && last?.kind === "amount" && !last.amount?.unit)
    return { kind: "item", end, items, strength: 1, rule: "part" };
  if (phrase && !(items && phrase.tags.has("descriptor") && !describes(catalog, text, end, items)))
    return { kind: "word", end: phrase.end, tags: phrase.tags };
  if (items) return { kind: "item", end, items, strength: 1, rule: "part" };
  return { kind: "other", end };
}

/** "red apples" of a buy with red wine: the word tells of the goods that follow. */
function describes(catalog: Catalog, text: string, end: number, items: readonly number[]): boolean {
  if (text[end] !== " ") return false;
  const named =
    keyAt(catalog, text, end + 1)?.key.items ??
    catalog.wordParts.get(stem(text.slice(end + 1, endOfWord(text, end + 1))));
  return named !== undefined && !named.some((item) => items.includes(item));
}

/** "another bag", "one more box", "2 large boxes": a unit that does not stand right behind its number. */
function looseUnitAt(catalog: Catalog, text: string, at: number, before: readonly Token[]): Piece | undefined {
  const last = before.at(-1);
  if (last?.kind !== "word" && last?.kind !== "option" && last?.kind !== "item") return undefined;
  const found = readUnit(text, at);
  if (!found || isGoodsWord(catalog, text, at, found.end, found.unit)) return undefined;
  const number = before.at(-2);
  if (last.kind === "item") {
    const isCounted = number?.kind === "amount" && !number.amount?.unit && last.start - number.end <= 1;
    if (!isCounted || found.unit.kind !== "container" || found.unit.id === "can") return undefined;
    return { kind: "unit", end: found.end, amount: { value: 0, style: "word", unit: found.unit } };
  }
  const isMore = last.kind === "option" || is(last, "more-after", "less-after", "add", "less", "descriptor");
  if (number?.kind === "amount" && !number.amount?.unit && isMore) {
    return { kind: "unit", end: found.end, amount: { value: 0, style: "word", unit: found.unit } };
  }
  if (!/^(?:add )?(?:another|an? extra|extra|additional|an additional|a further|another extra)$/.test(last.text))
    return undefined;
  return { kind: "amount", end: found.end, amount: { value: ONE, style: "word", unit: found.unit }, rule: "one" };
}

/** Words behind which a number, a place or money is looked for. */
const PLACES: ReadonlySet<string> = new Set(
  "item number no option the first second third fourth fifth s us nt hk a r nz rm rmb usd sgd ntd hkd cny myr aud eur gbp blk block flat apt apartment room tower level lvl floor unit house door".split(
    " ",
  ),
);
/** Words with which an English number begins. */
const NUMBER_WORDS: ReadonlySet<string> = new Set(
  (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fourty fifty " +
    "sixty seventy eighty ninety couple dozen dozens hundred half quarter a an some several few lots many loads plenty"
  ).split(" "),
);

function endOfAddress(text: string, at: number): number {
  let end = at;
  while (end < text.length && text[end] !== " " && text[end] !== "\n") end++;
  return end;
}

/** "item 3", "the second one", "rm 5", "blk 12 #05-67". */
function placeAt(catalog: Catalog, text: string, at: number, last: Token | undefined): Piece | undefined {
  HOUSE.lastIndex = at;
  const house = last && /^(?:from|at|in)$/.test(last.text) ? HOUSE.exec(text) : null;
  if (house) return { kind: "flat", end: at + house[0].length };
  ENGLISH_REF.lastIndex = at;
  const ref = ENGLISH_REF.exec(text);
  if (ref) return refPiece(catalog, Number(ref[1]), at + ref[0].length, "number");
  ENGLISH_ORDINAL.lastIndex = at;
  const ordinal = ENGLISH_ORDINAL.exec(text);
  if (ordinal) {
    const place = ORDINALS.indexOf(ordinal[1]!) + 1 || Number(ordinal[1]![0]);
    return refPiece(catalog, place, at + ordinal[0].length, "ordinal");
  }
  const money = moneyAt(text, at);
  if (money >= 0) return { kind: "money", end: money };
  const flat = flatAt(catalog, text, at);
  return flat >= 0 ? { kind: "flat", end: flat } : undefined;
}

/** The letter of an item in a catalog whose names begin with letters. */
function letterAt(catalog: Catalog, text: string, at: number, before: readonly Token[]): Piece | undefined {
  if (catalog.letters.size === 0) return undefined;
  LETTER_PLACE.lastIndex = at + 1;
  if (!LETTER_PLACE.test(text) && !isLetterBehind(text, at, before)) return undefined;
  const style = /^(?:款|号|套餐)/.exec(text.slice(at + 1, at + 5).trimStart());
  const end = style ? text.indexOf(style[0], at + 1) + style[0].length : at + 1;
  const number = catalog.letters.get(text[at]!);
  return { kind: "item", end, items: number === undefined ? [] : [number], strength: 0, rule: "letter" };
}

/** "2 of B", 两份B, 要A: behind a quantity or a wish, with nothing written on to it. */
function isLetterBehind(text: string, at: number, before: readonly Token[]): boolean {
  LETTER_END.lastIndex = at + 1;
  if (!LETTER_END.test(text)) return false;
  let last = before.length - 1;
  while (last >= 0 && (before[last]!.text === "of" || before[last]!.text === "x")) last--;
  const token = before[last];
  return token?.kind === "amount" || is(token, "wish", "head");
}

/** "x" between goods and a number, or alone behind one. */
function isTimes(text: string, at: number): boolean {
  return (
    /^x\s?\d/.test(text.slice(at, at + 3)) ||
    /^x\s(?:one|two|three|four|five|six|seven|eight|nine|ten|half)/.test(text.slice(at, at + 8))
  );
}
