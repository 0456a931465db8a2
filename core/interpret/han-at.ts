import { ONE } from "../quantity.ts";
import { hanPhraseAt, isHan, type WordFound } from "../text/lexicon.ts";
import { readInteger, readNumber } from "../text/numerals.ts";
import { readUnit } from "../text/units.ts";
import { type Catalog, hanPartAt, keyAt } from "./catalog.ts";
import { figureAt } from "./figures.ts";
import { type Piece, refPiece } from "./piece.ts";
import { flatAt } from "./places.ts";
import { is, type Token } from "./tokens.ts";

/** Characters with which a Chinese figure may begin. */
const NUMERALS: ReadonlySet<string> = new Set(
  "零〇一二两俩仨三四五六七八九十百千万廿卅半壹贰叁肆伍陆柒捌玖拾佰仟几斤磅",
);
/** Characters with which a vague amount begins. */
const VAGUE_STARTS: ReadonlySet<string> = new Set("好多几若一些少适");

const ORDINAL = /第(\d{1,2}|[一二三四五六七八九十]{1,2})(?:个|款|样|种|项|号|份(?=[要来+×x\d]))/y;
const HAN_FLAT = /[一二三四五六七八九十]{1,2}(?:栋|幢|号楼|单元)/y;

/** Chinese: ordinals, flats, parts of names, vague amounts, figures, words; the longest at its place. */
export function hanAt(catalog: Catalog, text: string, at: number, before: readonly Token[]): Piece {
  ORDINAL.lastIndex = at;
  const ordinal = text[at] === "第" ? ORDINAL.exec(text) : null;
  if (ordinal) return refPiece(catalog, readInteger(ordinal[1]!) ?? 0, at + ordinal[0].length, "ordinal");

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
  const own = ownAt(catalog, text, at);
  if (own) return own;
  const one = oneAt(catalog, text, at, last);
  if (one && wordEnd <= one.end) return one;
  if (word && !isPetFood(text, at, word.end)) return { kind: "word", end: word.end, tags: word.tags };
  return { kind: "other", end: at + 1 };
}

/** 猫粮, 狗零食: goods, no talk about the cat. */
function isPetFood(text: string, at: number, end: number): boolean {
  return /^[猫狗]$/.test(text.slice(at, end)) && isHan(text.charCodeAt(end)) && !hanPhraseAt(text, end);
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
  return { kind: "amount", end: unit.end, amount: { value: ONE, style: "hanzi", unit: unit.unit }, rule: "one" };
}

/** The 那箱 of 我那箱牛奶, which says nothing besides. */
function ownAt(catalog: Catalog, text: string, at: number): Piece | undefined {
  if (text[at] !== "那" || text[at - 1] !== "我") return undefined;
  const unit = readUnit(text, at + 1);
  const tags = hanPhraseAt("那个", 0)?.tags;
  if (!unit || !tags || unit.unit.size !== undefined || !namesGoods(catalog, text, unit.end)) return undefined;
  return { kind: "word", end: unit.end, tags };
}

/** A name, a part of one, or one character of one that stands alone: 来碗粥. */
function namesGoods(catalog: Catalog, text: string, at: number): boolean {
  if (keyAt(catalog, text, at) || hanPartAt(catalog, text, at)) return true;
  return catalog.hanParts.has(text[at]!) && !isHan(text.charCodeAt(at + 1));
}

/** 帮我妈带: the first character asks for help, and 我妈 is whom for. */
function wordBefore(text: string, at: number, word: WordFound | undefined): WordFound | undefined {
  // 甜的话: the condition is 的话
  if (word && word.end - at > 1 && text[word.end] === "话" && text[word.end - 1] === "的")
    return hanPhraseAt(text.slice(at, word.end - 1), 0) ? { ...word, end: word.end - 1 } : word;
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
