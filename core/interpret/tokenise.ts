import { endOfWord } from "../text/atoms.ts";
import type { Folded } from "../text/fold.ts";
import { hanPhraseAt, isHan, latinPhraseAt, type WordFound } from "../text/lexicon.ts";
import { isDigit, isLetter, readNumber } from "../text/numerals.ts";
import { stem } from "../text/stem.ts";
import { readUnit } from "../text/units.ts";
import { type Catalog, hanPartAt, type Key, keyAt } from "./catalog.ts";
import { figureAt, flatAt, isGoodsWord, isPlainNumber, moneyAt, phoneAt, unitAfter } from "./figures.ts";
import { is, type Token, type TokenKind } from "./tokens.ts";

type Piece = Omit<Token, "start" | "text">;
/** A piece becomes a token where it stands: thousands are made for every message, so none is copied. */
type Growing = { -readonly [Field in keyof Token]: Token[Field] };

/** Cuts a folded text into tokens: the catalog's names first, then figures, then words, the longest at each place. */
export function tokenise(folded: Folded, catalog: Catalog): Token[] {
  const { text } = folded;
  const tokens: Token[] = [];
  let at = 0;
  let steps = 0;
  while (at < text.length && steps++ <= text.length) {
    if (text[at] === " ") {
      at++;
      continue;
    }
    const token = pieceAt(catalog, text, at, tokens) as Growing;
    token.start = at;
    token.text = text.slice(at, token.end);
    push(tokens, token, text);
    at = token.end;
  }
  return tokens;
}

/** Unread characters that touch become one token, so that an unknown product is one thing. */
function push(tokens: Token[], token: Token, text: string): void {
  const last = tokens.at(-1);
  const joins =
    last?.kind === "other" &&
    token.kind === "other" &&
    last.end === token.start &&
    isHan(last.text.charCodeAt(0)) &&
    isHan(token.text.charCodeAt(0));
  if (joins) tokens[tokens.length - 1] = { ...last, end: token.end, text: text.slice(last.start, token.end) };
  else tokens.push(token);
}

function pieceAt(catalog: Catalog, text: string, at: number, before: readonly Token[]): Piece {
  const code = text.charCodeAt(at);
  const atStart = before.length === 0 || before.at(-1)!.level === 3;
  const named = catalog.starts.has(text[at]!) ? namedAt(catalog, text, at, before) : undefined;
  if (named) return named;
  if (isDigit(code) || (code === 0x2b && isDigit(text.charCodeAt(at + 1))) || code === 0x2e) {
    const piece = digitsAt(catalog, text, at, before, atStart);
    if (piece) return piece;
  }
  if (isHan(code)) return hanAt(catalog, text, at, before);
  if (isLetter(code)) return latinAt(catalog, text, at, before);
  return signAt(catalog, text, at, atStart);
}

/** Names, aliases and options of the catalog. */
function namedAt(catalog: Catalog, text: string, at: number, before: readonly Token[]): Piece | undefined {
  const found = keyAt(catalog, text, at);
  if (!found) return undefined;
  const { key, end } = found;
  const isBareNumber = key.atoms.every((atom) => /^[\d.]+$/.test(atom));
  if (isBareNumber) {
    const size = key.items.length === 0 ? numberOptionEnd(catalog, text, end, key, before) : undefined;
    return size === undefined ? undefined : { kind: "option", end: size, options: key.options, rule: "option" };
  }
  if (isLetter(text.charCodeAt(at)) && isLetter(text.charCodeAt(at - 1))) return undefined;
  if (isDigit(text.charCodeAt(at)) && isDigit(text.charCodeAt(at - 1))) return undefined;

  const word = isHan(text.charCodeAt(at)) ? hanPhraseAt(text, at) : undefined;
  if (word && word.end > end && !(key.options.length > 0 && word.tags.has("descriptor"))) return undefined; // 不要 over an option 不
  if (key.items.length > 0 && end === at + 1 && isHan(text.charCodeAt(at)) && !standsAlone(catalog, text, end))
    return undefined;
  // "2 cups" of an item in cups called "Cup": the unit stands behind a number.
  const last = before.at(-1);
  if (last?.kind === "amount" && !last.amount?.unit && key.atoms.length === 1) {
    const unit = readUnit(text, at);
    if (unit && unit.end >= end && catalog.items.some(({ sale }) => sale?.id === unit.unit.id)) return undefined;
  }
  if (key.items.length > 0) {
    const options = key.options.length > 0 ? { options: key.options } : {};
    return {
      kind: "item",
      end,
      items: key.items,
      strength: key.strength,
      rule: key.strength === 3 ? "name" : "short name",
      ...options,
    };
  }
  if (key.atoms.length === 1 && key.atoms[0]!.length === 1 && !isOptionPlace(catalog, text, at, end, before))
    return undefined;
  return { kind: "option", end, options: key.options, rule: "option" };
}

/** Options that are numbers, as sizes of shoes: 38的, 38码, or of the goods just named and without a unit of its own. */
function numberOptionEnd(
  catalog: Catalog,
  text: string,
  end: number,
  key: Key,
  before: readonly Token[],
): number | undefined {
  if (before.at(-1)?.kind === "sign") return undefined;
  const size = /^\s?(?:码|号(?!楼))/.exec(text.slice(end, end + 3));
  if (size) return end + size[0].length;
  if (text[end] === "的") return end;
  if (Number(key.atoms.join("")) < 20 || unitAfter(catalog, text, end)) return undefined;
  const named = catalog.items.length === 1 ? [1] : before.findLast(({ kind }) => kind === "item")?.items;
  return named?.some((item) => key.options.some((ref) => ref.item === item)) ? end : undefined;
}

/** A name of one character is one only where no unknown character follows: 小 in 小明 is none. */
function standsAlone(catalog: Catalog, text: string, end: number): boolean {
  if (!isHan(text.charCodeAt(end)) || "子儿".includes(text[end]!)) return true;
  if (hanPhraseAt(text, end) || readNumber(text, end) || keyAt(catalog, text, end)) return true;
  return hanPartAt(catalog, text, end) !== undefined;
}

/** One character is an option only beside goods, a quantity or a bracket: 大 in 大家 is none. */
function isOptionPlace(catalog: Catalog, text: string, at: number, end: number, before: readonly Token[]): boolean {
  const next = text[end] ?? "";
  if (/[\d一二两三四五六七八九十半+×x*):：,、/\s的号份各和跟与]/.test(next) || next === "") return true;
  if (keyAt(catalog, text, end)?.key.items.length || hanPartAt(catalog, text, end)) return true;
  if (isLetter(text.charCodeAt(at)) && /[也来要再加改换退少多不]/.test(next)) return true; // S也来一件
  const last = before.at(-1);
  return (last?.kind === "amount" || last?.kind === "item" || last?.kind === "open") && last.end === at;
}

const BULLET = /\(?(?:\d{1,2})(?:[.)]\s?(?![\d\s]*$)(?!\d)|、\s?(?=\D))|[①-⑳][.、) ]?(?=\s?[\u3400-\u9fffa-z])/y;
const ENUMERATED = /(\d{1,2})\s?[:：]\s?(?=[^\d\s])/y;

function digitsAt(
  catalog: Catalog,
  text: string,
  at: number,
  before: readonly Token[],
  atStart: boolean,
): Piece | undefined {
  const digit = isDigit(text.charCodeAt(at));
  if (!digit || isDigit(text.charCodeAt(at + 1))) {
    const phone = phoneAt(text, at);
    if (phone >= 0) return { kind: "phone", end: phone };
  }
  if (!digit && text[at] !== ".") return undefined;
  if (atStart) {
    BULLET.lastIndex = at;
    const bullet = BULLET.exec(text);
    if (bullet && keepsOrder(text, at + bullet[0].length)) return { kind: "bullet", end: at + bullet[0].length };
    ENUMERATED.lastIndex = at;
    const enumerated = ENUMERATED.exec(text);
    if (enumerated && Number(enumerated[1]) <= 9 && Number(enumerated[1]) > 0 && !text.includes("\n")) {
      // "2: 3份" names an item, "12: 3份" a house.
      if (isDigit(text.charCodeAt(at + enumerated[0].length)))
        return refPiece(catalog, Number(enumerated[1]), at + enumerated[1]!.length, "number");
    }
  }
  const flat = isPlainNumber(text, at) ? -1 : flatAt(catalog, text, at);
  if (flat >= 0) return { kind: "flat", end: flat };
  const figure = figureAt(catalog, text, at, is(before.at(-1), "from"));
  if (figure?.kind === "measure" && isSize(catalog, text.slice(at, figure.end))) return { ...figure, kind: "size" };
  return figure;
}

/** 6寸 of a cake that comes in inches. */
function isSize(catalog: Catalog, measure: string): boolean {
  const size = measure.replaceAll(" ", "");
  return catalog.items.some(({ names }) => names.some(({ text }) => text.replaceAll(" ", "").includes(size)));
}

/** Whether something other than a lone quantity follows on the line. */
function keepsOrder(text: string, at: number): boolean {
  const line = text.slice(at, at + 60).split("\n", 1)[0]!;
  return /[\u3400-\u9fffa-z]/.test(line.replace(/^\d+\s?[\u3400-\u9fff]?$/, ""));
}

/** An item by its number or letter; no items where the catalog has none such. */
export function refPiece(catalog: Catalog, number: number, end: number, rule: string): Piece {
  const exists = number >= 1 && number <= catalog.items.length;
  return { kind: "item", end, items: exists ? [number] : [], strength: 0, rule };
}

/** Characters with which a Chinese figure may begin. */
const NUMERALS: ReadonlySet<string> = new Set(
  "零〇一二两俩仨三四五六七八九十百千万廿卅半壹贰叁肆伍陆柒捌玖拾佰仟几斤磅",
);
/** Characters with which a vague amount begins. */
const VAGUE_STARTS: ReadonlySet<string> = new Set("好多几若一些少适");

const ORDINAL = /第(\d{1,2}|[一二三四五六七八九十]{1,2})(?:个|款|样|种|项|号|份(?=[要来+×x\d]))/y;
const HAN_FLAT = /[一二三四五六七八九十]{1,2}(?:栋|幢|号楼|单元)/y;

function hanAt(catalog: Catalog, text: string, at: number, before: readonly Token[]): Piece {
  ORDINAL.lastIndex = at;
  const ordinal = text[at] === "第" ? ORDINAL.exec(text) : null;
  if (ordinal)
    return refPiece(catalog, (readNumber(ordinal[1]!, 0)?.value ?? 0) / 1000, at + ordinal[0].length, "ordinal");

  const numeral = NUMERALS.has(text[at]!);
  HAN_FLAT.lastIndex = at;
  if (numeral && HAN_FLAT.test(text)) {
    const flat = flatAt(catalog, text, at);
    if (flat >= 0) return { kind: "flat", end: flat };
  }
  const word = wordBefore(text, at, hanPhraseAt(text, at));
  const part = catalog.starts.has(text[at]!) ? hanPartAt(catalog, text, at) : undefined;
  const last = before.at(-1);
  const figure = numeral ? figureAt(catalog, text, at, is(last, "from")) : undefined;
  const wordEnd = word?.end ?? at;
  if (part && part.end > wordEnd && part.end >= (figure?.end ?? 0))
    return { kind: "item", end: part.end, items: part.items, strength: 1, rule: "part" };
  const many = manyAt(text, at, last);
  if (many && many.end >= wordEnd) return many;
  if (
    figure &&
    figure.end >= wordEnd &&
    isNumberPlace(catalog, text, at, figure.end, figure.kind === "amount" && !figure.amount?.unit, before)
  )
    return figure;
  const one = oneAt(catalog, text, at, last);
  if (one && wordEnd <= one.end) return one;
  if (word) return { kind: "word", end: word.end, tags: word.tags };
  return { kind: "other", end: at + 1 };
}

const MANY = /(?:好几|多几|几|若干|一些|些|少许|一点点|一点儿|适量)/y;

/** 几个, 一些: no quantity that could be booked. */
function manyAt(text: string, at: number, last: Token | undefined): Piece | undefined {
  const point = text[at] === "点" ? at : text.startsWith("一点", at) ? at + 1 : -1;
  if (point >= 0 && last?.end === at && /[来要买整搞订加]$/.test(last.text) && !readNumber(text, point + 1)) {
    return {
      kind: "amount",
      end: "儿点".includes(text[point + 1] ?? " ") ? point + 2 : point + 1,
      amount: { value: 0, style: "hanzi", fault: "vague" },
      rule: "vague",
    };
  }
  if (!VAGUE_STARTS.has(text[at]!)) return undefined;
  MANY.lastIndex = at;
  const found = MANY.exec(text);
  if (!found) return undefined;
  const end = at + found[0].length;
  const few = found[0].endsWith("几");
  const unit = few ? readUnit(text, end) : undefined;
  if (few && (!unit || "块号点时天".includes(text[end] ?? ""))) return undefined;
  const amount = {
    value: 0,
    style: "hanzi" as const,
    fault: "vague" as const,
    ...(unit && { unit: unit.unit }),
    ...(few && { asks: true as const }),
  };
  return { kind: "amount", end: unit?.end ?? end, amount, rule: "vague" };
}

/** 来个西瓜, 要份大的: one of it. */
function oneAt(catalog: Catalog, text: string, at: number, last: Token | undefined): Piece | undefined {
  if (!is(last, "wish", "head", "verb", "add") || last!.end !== at) return undefined;
  const unit = readUnit(text, at);
  if (!unit || unit.unit.kind === "mass" || unit.unit.kind === "volume") return undefined;
  const next = text[unit.end] ?? "";
  const word = hanPhraseAt(text, at);
  if (word && word.end > unit.end) return undefined;
  if (next !== "" && !/[\s,。!?]/.test(next) && !namesGoods(catalog, text, unit.end)) return undefined;
  return { kind: "amount", end: unit.end, amount: { value: 1000, style: "hanzi", unit: unit.unit }, rule: "one" };
}

/** A name, a part of one, or one character of one that stands alone: 来碗粥. */
function namesGoods(catalog: Catalog, text: string, at: number): boolean {
  if (keyAt(catalog, text, at) || hanPartAt(catalog, text, at)) return true;
  return catalog.hanParts.has(text[at]!) && !isHan(text.charCodeAt(at + 1));
}

/** 帮我妈带: the first character asks for help, and 我妈 is whom for. */
function wordBefore(text: string, at: number, word: WordFound | undefined): WordFound | undefined {
  if (!word || word.end - at < 2 || !"帮替代给畀俾".includes(text[at]!)) return word;
  if (!word.tags.has("me") && !word.tags.has("head")) return word;
  const whom = hanPhraseAt(text, at + 1);
  if (whom && whom.end >= word.end && whom.tags.has("relation"))
    return hanPhraseAt(text.slice(at, at + 1), 0) && { ...hanPhraseAt(text.slice(at, at + 1), 0)!, end: at + 1 };
  return word;
}

/** A Chinese numeral without unit counts only beside goods or a sign: 三文鱼 and 百合 are goods. */
function isNumberPlace(
  catalog: Catalog,
  text: string,
  at: number,
  end: number,
  bare: boolean,
  before: readonly Token[],
): boolean {
  if (!bare) return true;
  if (text.startsWith("半", at) && isHan(text.charCodeAt(end)))
    return Boolean(keyAt(catalog, text, end) ?? hanPartAt(catalog, text, end));
  if (!isHan(text.charCodeAt(end))) return true;
  if (keyAt(catalog, text, end) || hanPartAt(catalog, text, end)) return true;
  const last = before.at(-1);
  const behind = hanPhraseAt(text, end);
  const afterGoods =
    last !== undefined &&
    last.end === at &&
    (last.kind === "item" ||
      last.kind === "sign" ||
      last.kind === "option" ||
      is(last, "add", "less", "set", "wish", "head", "each", "from"));
  return afterGoods && behind !== undefined;
}

const LETTER_PLACE =
  /\s?(?:款|号|套餐|套|组)?\s?[+×x*:：=]\s?\d|款|套餐|\s?\d{1,3}(?:[份盒个箱包袋]|(?![\da-z]))|\s?[一二两三四五六七八九十半俩仨]|\s(?:one|two|three)(?![a-z])/y;
const LETTER_END = /\s*(?:$|[,、;。.!?\n+)]|(?:和|跟|与|同|and|n|&|please|pls|thanks|thx)(?![a-z]))/y;
/** "from number 9": where somebody lives. */
const HOUSE = /(?:number|no\.?|#)\s?\d{1,4}[a-z]?(?![\da-z-])/y;
const ENGLISH_REF = /(?:item|number|no\.?|option|#)\s?#?(\d{1,2})(?![\d.]*\d|-|[a-z])/y;
const ENGLISH_ORDINAL = /(?:the )?(first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th) (?:one|item|option)(?![a-z])/y;
const ORDINALS = ["first", "second", "third", "fourth", "fifth"];

function latinAt(catalog: Catalog, text: string, at: number, before: readonly Token[]): Piece {
  const end = endOfWord(text, at);
  const first = text.slice(at, end);
  const next = text.charCodeAt(end);
  const isAddress =
    next === 0x40 || ((first === "http" || first === "https" || first === "www") && (next === 0x3a || next === 0x2e));
  if (isAddress) return { kind: "link", end: endOfAddress(text, end) };

  const letter =
    end === at + 1 && (first !== "x" || catalog.letters.has("x")) ? letterAt(catalog, text, at, before) : undefined;
  if (letter) return letter;
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
  if (!/^(?:another|an? extra|extra|additional|an additional|a further|another extra)$/.test(last.text))
    return undefined;
  return { kind: "amount", end: found.end, amount: { value: 1000, style: "word", unit: found.unit }, rule: "one" };
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

const STICKER = /\[[^\][\n\d]{1,12}\]/y;
const MENTION = /@\S{1,40}/y;
const HASH = /#\s?(\d{1,2})(?![\d-])/y;

function signAt(catalog: Catalog, text: string, at: number, atStart: boolean): Piece {
  const sign = text[at]!;
  const end = at + 1;
  const circle = text.charCodeAt(at) - 0x2460;
  if (circle >= 0 && circle < 20) {
    const follows = /^[.、) ]*(?=[\u3400-\u9fffa-z])/.exec(text.slice(end, end + 4));
    const next = end + (follows?.[0].length ?? 0);
    const isBullet =
      follows !== null &&
      atStart &&
      (keyAt(catalog, text, next) !== undefined || hanPartAt(catalog, text, next) !== undefined);
    return isBullet ? { kind: "bullet", end } : refPiece(catalog, circle + 1, end, "number");
  }
  switch (sign) {
    case "\n":
      return { kind: "break", level: 3, end };
    case ",":
    case "、":
    case "/":
      return { kind: "break", level: 1, end };
    case ";":
    case "。":
    case "!":
      return { kind: "break", level: 2, end };
    case ".":
      return isLetter(text.charCodeAt(end)) ? { kind: "decor", end } : { kind: "break", level: 2, end };
    case "?":
      return { kind: "question", end };
    case ":":
      return { kind: "colon", end };
    case "(":
    case "{":
      return { kind: "open", end };
    case ")":
    case "}":
      return { kind: "close", end };
    case "[": {
      const sticker = stickyEnd(STICKER, text, at);
      if (sticker > 0 && !keyAt(catalog, text, end)) return { kind: "decor", end: sticker };
      return { kind: "open", end };
    }
    case "]":
      return { kind: "close", end };
    case "&":
      return { kind: "word", end, tags: AND };
    case "@": {
      const mention = stickyEnd(MENTION, text, at);
      return { kind: "decor", end: mention > 0 ? mention : end };
    }
    case "#": {
      const flat = flatAt(catalog, text, at);
      if (flat >= 0) return { kind: "flat", end: flat };
      HASH.lastIndex = at;
      const hash = HASH.exec(text);
      return hash ? refPiece(catalog, Number(hash[1]), at + hash[0].length, "number") : { kind: "decor", end };
    }
    case "-":
      if (atStart && text[end] === " ") return { kind: "bullet", end };
      if (text[end] === "-") return { kind: "decor", end: end + 1 }; // 苹果——2斤
      if (isLetter(text.charCodeAt(at - 1)) && isLetter(text.charCodeAt(end))) return { kind: "decor", end }; // T-shirt
      return { kind: "sign", end };
    case "+":
    case "×":
    case "*":
    case "=":
      return { kind: "sign", end };
    default:
      return symbolAt(catalog, text, at);
  }
}

const AND: ReadonlySet<"and"> = new Set(["and"]);

function symbolAt(catalog: Catalog, text: string, at: number): Piece {
  const money = moneyAt(text, at);
  if (money >= 0) return { kind: "money", end: money };
  const number = figureAt(catalog, text, at);
  if (number) return number;
  const point = text.codePointAt(at)!;
  const kind: TokenKind = point > 0xff && /\p{L}/u.test(String.fromCodePoint(point)) ? "other" : "decor";
  return { kind, end: at + (point > 0xffff ? 2 : 1) };
}

function stickyEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found ? at + found[0].length : -1;
}
