import type { Sheet, Span } from "./sheet.ts";
import { EN_UNIT, ZH_UNIT } from "./units.ts";

/** Sizes or flavours as written, before it is known of which item. */
export interface OptionList extends Span {
  readonly options: readonly string[];
}

const LABEL =
  "(?:口味|味道|款式|颜色|色号|尺码|尺寸|规格|型号|品种|种类|花色|图案|甜度|辣度|选项|可选|馅料?|香型|做法|部位|班型|班次|级别|场次|容量|温度|冰量|糖度|版本|规格可选|(?:[两二三四五六七八2-9]|多)(?:种|款|个)(?:口味|颜色|款式|味道|馅料?|尺码|可选|选择)|(?:(?:two|three|four|five|[2-9])\\s{1,2})?(?:flavou?rs?|sizes?|colou?rs?|options?|choices?|varieties|types?|styles?|scents?|fillings?|designs?|toppings?)|choose(?:\\s{1,2}(?:from|between|one))?|choice\\s{1,2}of(?:\\s{1,2}(?:flavou?rs?|sizes?|colou?rs?))?|pick(?:\\s{1,2}(?:from|between|one))|available\\s{1,2}in|comes?\\s{1,2}in)";
const LABELLED = new RegExp(
  `(?<![a-z])${LABEL}(?:可选|任选|自选|分为|available|are|有|分|:|-|=|\\s){1,4}((?:(?!\\s[^\\s:]{1,6}:)[^\\n;。\\u0001]){3,160})`,
  "g",
);
const LABEL_TIGHT =
  /(?:口味|味道|款式|颜色|尺码|尺寸|规格|型号|品种|花色|图案)(?=[^\s:有可任自分\n,、/\u0001])([^\n;。,:\u0001]{3,60})/g;
const SUFFIXED =
  /([^\n;。,:()\u0001\s]{1,12}(?:[/、|][^\n;。,:()\u0001\s/、|]{1,12}){1,8})\s{0,2}(?:可选|任选|自选|任君选择|任意选|[两二三四五六]选一|都有|可挑|任挑|(?:[两二三四五六七八2-9])(?:种|款)(?:口味|颜色|味道|款式|馅)?(?:可选|任选)?)/g;
/** Tamales: pork, chicken or cheese */
const CHOICE =
  /(?<!buy|order|sale|run|deal|open|share|items?|menu):\s{0,2}([a-z][a-z ]{1,20}(?:,\s{0,2}[a-z][a-z ]{1,20}){0,6},?\s(?:or|and)\s[a-z ]{2,20})(?=,|\s{0,2}[-(]?\s{0,1}\u0002|\.\s|\n|$)/g;
/** Muffins: choc chip / blueberry / banana - $2.20 */
const SLASH_CHOICE =
  /: {0,2}([^\s:\d,/\u0001-\u0003][^\n:\d,/\u0001-\u0003]{0,20}(?: ?\/ ?[^\n:\d,/\u0001-\u0003]{1,20}){1,8}) ?(?=[-,(]? ?\u0002)/g;
/** Bagels: plain, everything, sesame. £14 a dozen */
const LISTED =
  /(?<!buy|order|sale|run|deal|open|share|items?|menu):\s{0,2}([a-z][a-z ]{1,20}(?:,\s{0,2}[a-z][a-z ]{1,20}){2,7})(?=\.\s{1,2}\u0002)/g;
/** Candles £8 each. Lavender, rose or vanilla. */
const OWN_SENTENCE =
  /(?<=\u0003(?: {0,2}(?:each|\/ ?[a-z]{1,8}|(?:per|a|an) [a-z]{1,8}))?\. {1,2})([a-z][a-z ]{1,20}(?:, {0,2}[a-z][a-z ]{1,20}){0,6},? or [a-z ]{2,20})(?=\. |\.?(?:\n|$))/g;
/** Kimchi $12. Mild / medium / hot. */
const OWN_SLASHED =
  /(?<=\u0003(?: {0,2}(?:each|\/ ?[a-z]{1,8}|(?:per|a|an) [a-z]{1,8}))?\.? {0,2}[\n ])([a-z][a-z ]{1,20}(?: ?\/ ?[a-z][a-z ]{1,20}){2,8})(?=\. |\.?(?:\n|$))/g;
/** Tamales, pork or cheese, $24: a choice in a clause of its own, between the name and the price. */
const OWN_CLAUSE =
  /(?<=(?:^|\n|\. )[^\n.,:\u0001-\u0003]{2,40}, {0,2})([a-z][a-z ]{1,20}(?:, {0,2}[a-z][a-z ]{1,20}){0,6},? or [a-z ]{2,20}?)(?=(?:,| -)? {0,2}\u0002)/g;
/** $6/box: Thin Mints, Samoas, Tagalongs. */
const BEHIND_PRICE =
  /(?<=(?:each|\/[a-z]{1,8}|per [a-z]{1,8}|\u0003)): {0,2}([a-z][a-z ]{1,20}(?:, {0,2}[a-z][a-z ]{1,20}){1,8})(?=\.|\n|$|,? ?\u0001)/g;
/** 纸尿裤 M码/L码/XL码 89元: three or more behind a name. */
const SLASHED =
  /(?<=[^\s\n,;:\u0001] )([^\s/\d\u0001-\u0003,;:()]{1,10}(?:\/[^\s/\d\u0001-\u0003,;:()]{1,10}){2,8})(?= )/g;
/** 花型：条纹/格子: whatever the label, unless it is one of time or place. */
const ANY_LABEL =
  /(?<![\u3400-\u9fff])(?!地点|地址|自提|取货|提货|截单|时间|电话|联系|配送|价格|备注|团长)[\u3400-\u9fff]{2,3}: {0,2}([^\s/\d\u0001-\u0003,;:、()]{1,10}(?:\/[^\s/\d\u0001-\u0003,;:、()]{1,10}){1,8})(?=$|[\s,;。])/g;
const BRACKETED = /[([]([^()[\]\n\u0001]{3,80})[)\]]/g;

const PRICE = /\u0002/;
const MEASURED = new RegExp(
  `^\\s*(?:约|每|一|about|approx)?\\s*\\d+(?:\\.\\d+)?\\s*(?:[-~]\\s*\\d+(?:\\.\\d+)?)?\\s*(?:${ZH_UNIT}|${EN_UNIT})(?![a-z])`,
);
const UNIT_ONLY = new RegExp(`^(?:${ZH_UNIT}|${EN_UNIT})$`);
const STOP =
  /截|自提|取货|[包免]邮|限|库存|每人|成团|起团|先到先得|数量|deadline|(?<![a-z])(?:order|orders|max|limit|limited|min|pick|collect|only|free|delivery|please|per|each|while|bring|cash|card|pay|paynow|paypal|venmo|transfer)(?![a-z])|https?/;

/** Takes the lists of options: 款式：恐龙/独角兽, "flavours: vanilla, choc or mango", (原味/抹茶). */
export function takeOptions(sheet: Sheet): OptionList[] {
  const lists: OptionList[] = [];
  const read = (pattern: RegExp, inBrackets: boolean) => {
    const found: OptionList[] = [];
    for (const match of sheet.rest.matchAll(pattern)) {
      const body = match[1] ?? "";
      const bodyStart = match.index + match[0].lastIndexOf(body);
      const parts = partsOf(body, inBrackets);
      if (!parts) continue;
      const options = parts.map(({ start, end }) => sheet.written({ start: bodyStart + start, end: bodyStart + end }));
      const last = parts.at(-1)?.end ?? 0;
      const whole = last >= body.trimEnd().length;
      found.push({ options, start: match.index, end: whole ? match.index + match[0].length : bodyStart + last });
    }
    sheet.take(found);
    lists.push(...found);
  };
  read(LABELLED, false);
  read(CHOICE, false);
  read(LISTED, false);
  read(OWN_SENTENCE, false);
  read(OWN_SLASHED, false);
  read(OWN_CLAUSE, false);
  read(SLASH_CHOICE, false);
  read(BEHIND_PRICE, false);
  read(ANY_LABEL, false);
  read(LABEL_TIGHT, false);
  read(SUFFIXED, false);
  read(SLASHED, false);
  read(BRACKETED, true);
  return lists;
}

const SEPARATORS: readonly RegExp[] = [/\s{0,2}[/|]\s{0,2}/g, /\s{0,2}、\s{0,2}/g, /\s{0,2},\s{0,2}/g];
const LAST =
  /\s{1,2}(?:or|and|&)\s{1,2}|(?<=[\u3400-\u9fff])\s{0,1}[和或及]\s{0,1}(?=[\u3400-\u9fff])|\s{0,1}&\s{0,1}/gu;

/** The parts of a list, split at the first kind of separator that it uses; undefined where it is no list of options. */
function partsOf(text: string, inBrackets: boolean): Span[] | undefined {
  const body = text.split(/\.(?=\s|$)/)[0] ?? text;
  const separator = SEPARATORS.find((pattern) => body.search(pattern) >= 0);
  const clause = separator === SEPARATORS[2] || !separator ? body : (body.split(",")[0] ?? body);
  const cut = clause.replace(LAST_ZH, "");
  const parts: Span[] = [];
  const pieces = separator ? split(cut, { start: 0, end: cut.length }, separator) : [{ start: 0, end: cut.length }];
  for (const [index, piece] of pieces.entries()) {
    // "pork & apple, cumberland or plain": only the last one may be two
    for (const part of index < pieces.length - 1 ? [piece] : split(cut, piece, LAST)) {
      const bare = bareOf(cut, part);
      const option = cut.slice(bare.start, bare.end);
      if (option === "") continue;
      if (!isOption(option)) return parts.length >= 2 && !inBrackets ? parts : undefined;
      parts.push(bare);
      if (parts.length > MAX_OPTIONS) return undefined;
    }
  }
  const isChoice = /(?:\s|,)(?:or|and)\s|[或和&]/.test(cut);
  const isList = parts.length >= 2 && (!inBrackets || separator !== SEPARATORS[2] || isChoice);
  const isMeasure =
    parts.some(({ start, end }) => /^(?:元|块|rmb)$/.test(cut.slice(start, end))) ||
    (parts.some(({ start, end }) => UNIT_ONLY.test(cut.slice(start, end))) &&
      parts.some(({ start, end }) => /\d/.test(cut.slice(start, end))));
  return isList && !isMeasure ? parts : undefined;
}

const MAX_OPTIONS = 20;

/** 原味、抹茶 提前一天订, 黑色/藏青 尺码M: behind 、 or / a blank ends the last one. */
const LAST_ZH = /(?<=[、/][\u3400-\u9fff]{1,8})\s[\u3400-\u9fff][^、/]{3,}$/;

function split(text: string, { start, end }: Span, pattern: RegExp): Span[] {
  const parts: Span[] = [];
  let from = start;
  for (const match of text.slice(start, end).matchAll(pattern)) {
    parts.push({ start: from, end: start + match.index });
    from = start + match.index + match[0].length;
  }
  return [...parts, { start: from, end }];
}

/** Without blanks, "or", and what is said about all of them: 可选, "available". */
function bareOf(text: string, { start, end }: Span): Span {
  const front = /^(?:\s|or\s|and\s|有|或|和|a\s)*/.exec(text.slice(start, end))?.[0].length ?? 0;
  const rest = text.slice(start + front, end);
  const back =
    /(?:\s|[-.!)(]|可选|任选|自选|都有|可挑选?|[两二三四五六](?:种|款)(?:口味|颜色|可选)?|(?:\s(?:available|flavou?rs?|please))|\sfor\s(?:the\s)?[a-z ]{2,24}|等|[二两三四五六]选一|任选其一)*$/.exec(
      rest,
    )?.[0].length ?? 0;
  return { start: start + front, end: Math.max(start + front, end - back) };
}

function isOption(text: string): boolean {
  if (PRICE.test(text) || STOP.test(text) || text.includes("\u0001") || text.includes(":")) return false;
  if (/[\u3400-\u9fff]/u.test(text))
    return text.length <= 10 && !/^\d+(?:\.\d+)?(?:斤|两|个|只|根|颗|粒|枚|片|支|条)$/.test(text);
  return (
    text.split(/\s+/).length <= 4 &&
    text.length <= 28 &&
    !MEASURED.test(text.replace(/^\d+(?:g|kg|ml|l|oz|lb|cm|inch)$/, ""))
  );
}
