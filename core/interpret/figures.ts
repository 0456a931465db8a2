import { hanPhraseAt, isHan } from "../text/lexicon.ts";
import { isDigit, isLetter, readNumber } from "../text/numerals.ts";
import { stem } from "../text/stem.ts";
import { MULTIPLES, readUnit, UNIT_WORDS, type Unit } from "../text/units.ts";
import { type Catalog, hanPartAt, keyAt } from "./catalog.ts";
import type { Amount, TokenKind } from "./tokens.ts";

/** A number that is found in a text, with what it counts. */
export interface Figure {
  readonly kind: TokenKind;
  readonly end: number;
  readonly amount?: Amount;
}

const CURRENCY = "(?:s\\$|us\\$|nt\\$|hk\\$|a\\$|r\\$|nz\\$|rm|\\$|¥|£|€|rmb|usd|sgd|ntd|nt|hkd|cny|myr|aud|eur|gbp)";
const CURRENCY_AFTER =
  "(?:元|块钱|圆|蚊|毛钱?|角|分钱|刀|円|rmb|usd|sgd|hkd|twd|ntd|cny|myr|aud|eur|gbp|dollars?|bucks?|cents?|ringgit|quid|euros?|yen|¥|€|\\$)(?![a-z])";
const NUMBER = "\\d{1,9}(?:,\\d{3})*(?:\\.\\d{1,4})?";
const HAN_NUMBER = "[一二两三四五六七八九十百零半]{1,6}";

// Patterns that begin at one place; each part is bounded, so that reading stays linear.
const MONEY_BEFORE = new RegExp(`${CURRENCY}\\s?${NUMBER}(?:,\\d{2}(?!\\d))?`, "y");
const MONEY_AFTER = new RegExp(
  `(?:${NUMBER}|${HAN_NUMBER})\\s?${CURRENCY_AFTER}(?:[一二三四五六七八九\\d]{1,2}(?![斤个盒箱袋瓶包份]))?`,
  "y",
);
const LUMP = new RegExp(`(?:${NUMBER}|${HAN_NUMBER})块(?:[一二三四五六七八九半]|\\d(?!\\d?[斤个盒箱袋瓶包份]))?`, "y");
const LATIN_UNIT =
  "(?:kgs?|kilos?|g|grams?|lbs?|pounds?|oz|ounces?|box|bag|bottle|pack|packet|pkt|tray|jar|punnet|cup|pieces?|pcs?|dozen|doz|litres?|liters?|l|ml|tub|can|tin|each|ea|unit|set|loaf|bunch|bowl|stick|roll|bar|block|carton|pot|head|portion|serving|person|pax|crate|case|sack|stem|half)(?![a-z])";
const PRICE = new RegExp(
  `(?:${NUMBER}|${HAN_NUMBER})\\s?(?:(?:元|块)?\\s?[一每]\\s?(?:公斤|千克|台斤|[斤两个盒箱袋瓶包份只件条板串杯罐桶套颗提打])|\\s?(?:元|块)?/\\s?(?:[斤个盒箱袋瓶包份只件条板串杯罐桶套颗提打]|${LATIN_UNIT})|\\s?(?:per|an?)\\s(?:kg|kilo|g|lb|pound|box|bag|bottle|pack|packet|pkt|tray|jar|punnet|cup|piece|pc|dozen|litre|tub|can|each)(?![a-z]))`,
  "y",
);
const TIME =
  /\d{1,2}[:]\d{2}(?::\d{2})?(?!\d)\s?(?:[ap]\.?m\.?(?![a-z]))?|\d{1,2}(?:\.\d{2})?\s?(?:am|pm|a\.m\.|p\.m\.|o'clock)(?![a-z])|\d{1,2}点(?:半|钟|整|前|后|左右|\d{1,2}分?|[一二三四五六七八九十]{1,3}分)?|\d{3,4}\s?(?:hrs?|h)(?![a-z])/y;
const HAN_TIME =
  /(?:十[一二]?|[二三四五六七八九两])点(?:半|钟|整|前|后|左右|一刻|三刻|[一二三四五六七八九十]{1,3}分?)?|一点(?:半|钟|整|前|后)/y;
const DATE =
  /\d{1,2}[-~到至]\d{1,2}[号日]|\d{1,2}月(?:\d{1,2}[日号]?|[上中下]旬)?|\d{4}(?:年|[-/.]\d{1,2}[-/.]\d{1,2})(?:\d{1,2}月)?(?:\d{1,2}[日号]?)?|\d{1,2}日|\d{1,2}[/]\d{1,2}(?:\/\d{2,4})?(?!\d)|\d{1,2}(?:st|nd|rd|th)(?![a-z])|\d{1,2}\.\d{1,2}号|\d{1,2} ?(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])/y;
const DAY = /\d{1,2}号/y;
const PERCENT = /\d{1,4}(?:\.\d{1,2})?\s?(?:%|percent)|百分之/y;
const MEASURE = new RegExp(
  `(?:${NUMBER}|${HAN_NUMBER}|几)来?\\s?(?:个?小时|个?钟头|分钟|秒钟?|个?月(?!饼)|年(?!糕)|岁|天|周(?!黑)|个?星期|个?礼拜|次|遍|趟|人份|人(?!参)|个人|户人?|家人|位数|楼|层(?!糕|饼)|公里|千米|米(?![线粉饭])|厘米|平米|平|度|折|倍|成(?![团人功])|届|期|班|页|名|口人?|顿|餐|样|种|款(?!式)|句|话|路|轮|代人|大卡|寸|个孩子|个小孩|个宝宝|个老人|个邻居|个朋友|个同事|家)`,
  "y",
);
/** 80果: how large fruit is. */
const GRADE = /\d{2,3}果(?![汁酱干冻脯园篮])/y;
const LATIN_MEASURE = new RegExp(
  `(?:${NUMBER})\\s?[-]?(?:years?|yrs?|yo|months?|mths?|weeks?|wks?|days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|people|persons?|pax|adults?|kids?|children|times|km|kms|miles?|metres?|meters?|cm|mm|inch|inches|feet|ft|degrees?|kcal|calories|stars?|points?|houses?|blocks? away|mb|gb|mah|rooms?|guests?|orders?|families|households|neighbours|friends)(?![a-z])`,
  "y",
);
const WORD_MEASURE =
  /(?:one|two|three|four|five|six|seven|eight|nine|ten|a|an|half an?|a few|few|several|some|couple of|a couple of|many) (?:years?|months?|weeks?|days?|hours?|minutes?|mins?|people|persons?|pax|times?|kids?|children|guests?|friends|neighbours|seconds?|moments?|while|orders?)(?![a-z])/y;
const FLAT_PARTS =
  "(?:栋|幢|座|号楼|单元|弄|期|区|层|楼|门)(?:-?[a-z\\d一二三四五六七八九十]{1,5}(?:栋|幢|座|号楼|单元|层|楼|室|房|户|梯|号(?!楼))?){0,4}";
const FLAT = new RegExp(
  `[a-z]?\\d{1,4}${FLAT_PARTS}|[a-z]座[a-z\\d]{0,5}(?:室|房)?|[a-z]栋[a-z\\d]{0,5}(?:室|房)?|[一二三四五六七八九十]{1,2}(?:栋|幢|号楼|单元)(?:[a-z\\d]{1,5}(?:室|房|单元)?){0,3}|0\\d-\\d{2,4}[a-z]?(?!\\d)|\\d{3,4}(?:号房|室|房|户)|\\d{1,3}-\\d{1,3}-\\d{2,4}[a-z]?(?!\\d)|[a-z]?\\d{1,3}-\\d{3,4}[a-z]?(?!\\d)|[a-z]-?\\d{3,4}(?![\\da-z])`,
  "y",
);
const HASH_FLAT = /#\d{1,3}-\d{1,4}[a-z]?(?!\d)/y;
const WORD_FLAT =
  /(?:blk|block|flat|apt|apartment|room|rm|tower|level|lvl|floor|unit|house|door|no\.?|number)\.? ?#?\d{1,4}[a-z]?(?:-\d{1,4}[a-z]?)?(?: ?,? ?#\d{1,3}-\d{1,4}[a-z]?)?(?![a-z\d])/y;
const DOOR = /\d{1,4}[a-fhj](?![a-z\d])/y;
const PHONE = /\+?\d{2,15}(?:[ -]\d{2,8}){0,5}/y;

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found && found[0].length > 0 ? at + found[0].length : -1;
}

/** A telephone number: seven digits or more, in groups that are no quantities. */
export function phoneAt(text: string, at: number): number {
  const end = match(PHONE, text, at);
  if (end < 0) return -1;
  const groups = text.slice(at, end).replace("+", "").split(/[ -]/);
  const digits = groups.join("").length;
  if (digits < 7 || digits > 16) return -1;
  const isGrouped = groups.length === 1 || groups.slice(1).every((group) => group.length >= 3);
  return isGrouped && (groups.length < 3 || text[at] === "+" || groups[0]!.length >= 2) ? end : -1;
}

/** A flat or house ("3栋502", "12A", "#08-123", "blk 5") that begins at `at`. */
export function flatAt(catalog: Catalog, text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 0x23) return match(HASH_FLAT, text, at);
  if (isLetter(code)) {
    const end = match(WORD_FLAT, text, at);
    if (end >= 0 && !/^(?:no|number)/.test(text.slice(at, at + 6))) return end;
  }
  const flat = match(FLAT, text, at);
  if (flat >= 0 && !isLetter(text.charCodeAt(flat))) return flat;
  const door = isDigit(code) ? match(DOOR, text, at) : -1;
  if (door >= 0 && !catalog.unitWords.has(text.slice(door - 1, door))) return door;
  return -1;
}

/** Money with its sign in front: "$5", "rm 3.50". */
export function moneyAt(text: string, at: number): number {
  return match(MONEY_BEFORE, text, at);
}

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
  const kinds: readonly (readonly [TokenKind, RegExp])[] = SPECIAL;
  for (const [kind, pattern] of kinds) {
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

const RANGE =
  /\s?(?:-|~|到|至|或者?|、| to | or )\s?(?=[\d一二两三四五六七八九十]|(?:two|three|four|five|six|seven|eight|nine|ten)(?![a-z]))/y;
const RANGE_STARTS: ReadonlySet<string> = new Set(" -~到至或、");
const COMPOUND_JOINT = /(?: |又| and )?/y;

/** A quantity with its unit: 两斤半, 1斤2两, "2 dozen", "2 lb 8 oz", "2-3 boxes". */
export function amountAt(catalog: Catalog, text: string, at: number, alone = false): Figure | undefined {
  const lone = loneUnitAt(text, at);
  if (lone) return lone;
  const number = readNumber(text, at);
  if (!number) return undefined;
  const digits = isDigit(text.charCodeAt(at)) && number.end - at <= 4 ? Number(text.slice(at, number.end)) : undefined;
  const base: { -readonly [Field in keyof Amount]: Amount[Field] } = { value: number.value, style: number.style };
  if (number.fault) base.fault = number.fault;
  if (number.article) base.article = number.article;

  const counted = countedBy(text, at, number.end, number.value);
  if (counted) return { kind: "amount", end: counted.end, amount: { ...base, ...counted.amount } };

  const range = alone ? undefined : rangeEnd(catalog, text, number.end);
  if (range)
    return {
      kind: "amount",
      end: range.end,
      amount: { ...base, ...(range.unit && { unit: range.unit }), fault: "range" },
    };

  const unit = unitAfter(catalog, text, number.end);
  if (!unit && isMoment(text, at, number.end)) return { kind: "time", end: number.end };
  if (!unit) {
    if (base.fault === "range" && text[number.end - 1] === "两") {
      return {
        kind: "amount",
        end: number.end,
        amount: { value: readNumber(text[at]!, 0)!.value, style: "hanzi", unit: UNIT_WORDS.get("两")! },
      };
    }
    if ("俩仨".includes(text[at]!))
      return { kind: "amount", end: number.end, amount: { ...base, unit: UNIT_WORDS.get("个")! } };
    if (digits !== undefined && Number.isInteger(digits)) base.digits = digits;
    return { kind: "amount", end: number.end, amount: base };
  }
  if (text[unit.end] === "装" && !"好在一袋箱起修".includes(text[unit.end + 1] ?? " "))
    return { kind: "size", end: unit.end + 1 };
  if (text[unit.end] === "重" && unit.unit.kind === "mass") return { kind: "measure", end: unit.end + 1 };
  const second = alone ? undefined : secondOf(catalog, text, unit.end);
  if (second) return { kind: "amount", end: second, amount: { ...base, unit: unit.unit, fault: "range" } };
  base.unit = unit.unit;
  return withMore(text, unit.end, base);
}

/** "at 150", "after 11." */
function isMoment(text: string, at: number, end: number): boolean {
  return (
    text[at - 1] === " " &&
    / (?:at|after|before|until|till|past|(?:orders?|reply|confirm|pay|collect|in|ready|back|home|done) by) $/.test(
      text.slice(Math.max(0, at - 12), at),
    ) &&
    /^\s?(?:$|[,.!?)\n]|please|pls|thanks)/.test(text.slice(end, end + 7))
  );
}

const OR = /\s?(?:~|到|至|或者?| to | or )\s?/y;

/** 两盒或三盒: a range whose unit is said twice. */
function secondOf(catalog: Catalog, text: string, at: number): number | undefined {
  if (!RANGE_STARTS.has(text[at] ?? "")) return undefined;
  OR.lastIndex = at;
  const joint = OR.exec(text);
  const number = joint ? readNumber(text, at + joint[0].length) : undefined;
  return number && !number.article ? unitAfter(catalog, text, number.end)?.end : undefined;
}

/** 斤半: one and a half, as Cantonese says it. */
function loneUnitAt(text: string, at: number): Figure | undefined {
  if ((text[at] !== "斤" && text[at] !== "磅") || text[at + 1] !== "半") return undefined;
  return { kind: "amount", end: at + 2, amount: { value: 1500, style: "hanzi", unit: UNIT_WORDS.get(text[at]!)! } };
}

/** "a dozen", "2 dozen boxes": dozens and pairs that the number reader has multiplied are given back as units. */
function countedBy(
  text: string,
  at: number,
  end: number,
  value: number,
): { end: number; amount: Partial<Amount> } | undefined {
  if (!isLetter(text.charCodeAt(at))) return undefined;
  const word = /(dozens?|pair)(?: of)?$/.exec(text.slice(at, end))?.[1];
  if (word) {
    const id = word === "pair" ? "pair" : "打";
    return { end, amount: { value: Math.round(value / MULTIPLES[id]!), unit: UNIT_WORDS.get(word)! } };
  }
  return undefined;
}

function rangeEnd(catalog: Catalog, text: string, at: number): { end: number; unit?: Unit } | undefined {
  if (!RANGE_STARTS.has(text[at] ?? "")) return undefined;
  RANGE.lastIndex = at;
  const joint = RANGE.exec(text);
  if (!joint) return undefined;
  const second = readNumber(text, at + joint[0].length);
  if (!second || second.article || isDigit(text.charCodeAt(second.end))) return undefined;
  const unit = unitAfter(catalog, text, second.end);
  // A hyphen or a comma between bare numbers may be anything; with words it is a range in any case.
  if (!unit && /^\s?(?:-|、)/.test(joint[0]) && !/^\s*[\u3400-\u9fffa-z]/.test(text.slice(second.end, second.end + 2)))
    return undefined;
  if (joint[0].includes("、") && !unit) return undefined;
  return { end: unit?.end ?? second.end, ...(unit && { unit: unit.unit }) };
}

/** The unit behind a number, with or without a blank; the words of this catalog first. */
export function unitAfter(
  catalog: Catalog,
  text: string,
  at: number,
): { readonly end: number; readonly unit: Unit } | undefined {
  let from = at;
  if (text[from] === " " || text[from] === "-") from++;
  if (text[from] === "大" || text[from] === "小" || text[from] === "整") {
    // 一大箱, 两小盒: the size of the box is not ours to judge.
    const inner = readUnit(text, from + 1);
    if (inner && inner.unit.kind === "container") return inner;
  }
  for (const [word, unit] of catalog.unitWords) {
    if (
      text.startsWith(word, from) &&
      !(isLetter(word.charCodeAt(0)) && isLetter(text.charCodeAt(from + word.length)))
    ) {
      if (
        ![...catalog.unitWords.keys()].some((longer) => longer.length > word.length && text.startsWith(longer, from))
      ) {
        return { end: from + word.length, unit };
      }
    }
  }
  const found = readUnit(text, from);
  if (!found || isOtherWord(text, from, found.end, from > at)) return undefined;
  if (isHan(text.charCodeAt(from)) && beginsName(catalog, text, from, found.end)) return undefined;
  // XL+1 L+1: the size of the next line, no litre
  const option = keyAt(catalog, text, from);
  if (option && option.key.items.length === 0 && option.end >= found.end && isLetter(text.charCodeAt(from)))
    return undefined;
  if (
    found.unit.id === "can" &&
    /^can(?![a-z])/.test(text.slice(from)) &&
    !catalog.items.some(({ sale }) => sale?.id === "can")
  ) {
    return text.slice(at - 2, at).trim() === "1" ? found : undefined; // "2 can?" asks
  }
  return isGoodsWord(catalog, text, from, found.end, found.unit) ? undefined : found;
}

/** "红薯3 板栗2": the character begins the next name. */
function beginsName(catalog: Catalog, text: string, at: number, end: number): boolean {
  const named = keyAt(catalog, text, at);
  if (named !== undefined && named.key.items.length > 0 && named.end > end) return true;
  return text[at - 1] === " " && (hanPartAt(catalog, text, at)?.end ?? 0) > end;
}

/** "2 rolls" where bread rolls are sold by the pack: the word names the goods. */
export function isGoodsWord(catalog: Catalog, text: string, at: number, end: number, unit: Unit): boolean {
  if (!isLetter(text.charCodeAt(at)) || catalog.items.some(({ sale }) => sale?.id === unit.id)) return false;
  if (!catalog.wordParts.has(stem(text.slice(at, end)))) return false;
  const next = text[end] === " " ? end + 1 : end;
  return !text.startsWith("of ", next) && !keyAt(catalog, text, next);
}

/** "+1 支持", 2包邮: the character begins another word. */
function isOtherWord(text: string, at: number, end: number, blank: boolean): boolean {
  if (!isHan(text.charCodeAt(at))) return false;
  const phrase = hanPhraseAt(text, at);
  if (!phrase || phrase.end <= end) return false;
  if (blank) return true;
  for (const tag of ["agree", "price", "talk", "state", "polite"] as const) if (phrase.tags.has(tag)) return true;
  return false;
}

function withMore(text: string, end: number, amount: Amount): Figure {
  const unit = amount.unit!;
  if (text[end] === "半" && !/^半[斤个只价]/.test(text.slice(end)))
    return { kind: "amount", end: end + 1, amount: { ...amount, value: amount.value + 500 } };
  if (unit.size === undefined) return { kind: "amount", end, amount };

  const more: [number, Unit][] = [];
  let last = unit;
  let at = end;
  while (more.length < 2) {
    COMPOUND_JOINT.lastIndex = at;
    const from = at + COMPOUND_JOINT.exec(text)![0].length;
    const number = readNumber(text, from);
    const next =
      number && !number.fault && !number.article
        ? readUnit(text, text[number.end] === " " ? number.end + 1 : number.end)
        : undefined;
    if (!next || next.unit.kind !== unit.kind || next.unit.size! >= last.size!) break;
    more.push([number!.value, next.unit]);
    last = next.unit;
    at = next.end;
  }
  return { kind: "amount", end: at, amount: more.length > 0 ? { ...amount, more } : amount };
}
