import { formatQuantity, ONE } from "../quantity.ts";
import { readCount } from "./count.ts";
import { ZH_UNIT } from "./units.ts";

/** Written before an amount. Latin codes not within a word: "farm 5" is no RM 5. */
const SIGN =
  "(?:(?<![a-z])(?:hk\\$|nt\\$|us\\$|sg\\$|s\\$|au\\$|a\\$|ca\\$|c\\$|nz\\$|rmb|rm|nt(?= ?\\d)|hkd|twd|ntd|sgd|usd|aud|cad|nzd|myr|gbp|eur|jpy|cny(?! {0,2}20\\d\\d(?!\\d))|人民币|新币|坡币|港[币元纸]|新?台币|美[元金]|澳[元币]|加[元币]|马币|令吉|欧元|日[元币])|[$£€¥￥])";
const CODE =
  "(?:hkd|twd|ntd|sgd|usd|aud|cad|nzd|myr|rmb|rm|gbp|eur|jpy|cny|ringgit|dollars?|bucks?|quid|euros?|yen)(?![a-z])";
/** Hundredths: 25¢, 80 cents; 50p each (elsewhere a p may stand for pieces). */
const PENCE = "(?:¢|cents?(?![a-z])|[pc](?= ?/| {1,2}(?:each|per|a|an)(?![a-z])))";
const DIGITS =
  "(?:(?<=€ ?)\\d{1,4},\\d{2}|\\d{1,4},\\d{2}(?= ?(?:€|eur))|\\d{1,3}(?:,\\d{3}){1,3}(?!\\d)(?:\\.\\d{1,2})?|\\d{1,7}(?:\\.\\d{1,2})?)(?!\\d)";
const ZH_WORD =
  "(?:港[币元纸]|新?台币|新币|坡币|美[元金]|澳[元币]|加[元币]|纽币|令吉|马币|英?镑|欧元?|日[元币圆]|元|块钱|块(?! ?[¥￥$])|圆|円|蚊|刀)";
/** 5块5, 三块五, 5元5角, 5块半: but not 5块5斤, whose 5 counts what one gets for it. */
const FRACTION = `(?:(?:\\d|[一二三四五六七八九])(?:毛|角)|半(?![斤个只打])|(?:\\d|[二三四五六七八九])(?![\\d.十百]| ?${ZH_UNIT}))`;

/** An amount of money that says so, by a sign or a word. */
const MONEY = `(?:${SIGN} {0,2}${DIGITS}(?: ?${CODE})?|(?<![a-z\\d.])${DIGITS} {0,1}${ZH_WORD}(?:${FRACTION})?|(?<![a-z\\d.])${DIGITS} {0,1}(?:${PENCE}|${CODE}|[€£](?! ?\\d)|[毛角](?!巾))|(?<![元欧镑刀蚊圆$/] ?|\\d|\\d (?=一块))[一二三四五六七八九十百两]{1,6}(?:元|块钱|块|蚊)(?:${FRACTION})?(?!田)|[一二三四五六七八九两]毛)`;

const EVERY_AMOUNT = new RegExp(MONEY, "g");

/**
 * Marks each amount of money in a text: \u0002 for its first character, \u0003 for the others. So the many patterns that
 * need an amount stay small (compiling them with all currencies took half a second), and no number of money is a count.
 */
export function markAmounts(text: string): string {
  if (!BLOCKS.test(text)) return marked(text);
  const other = text.replace(PRICED, (priced) => priced.replace("块", "元")).replaceAll("块", "砖");
  return marked(other)
    .split("")
    .map((sign, at) => (sign === "\u0002" || sign === "\u0003" ? sign : text[at]!))
    .join("");
}

/** Where something is sold by the 块, 10块 is a count: $88/块, 10块以上$80. */
const BLOCKS = /\/ ?块(?!钱)|[元欧镑] ?一块|[$¥£€]\d{1,5}(?:\.\d{1,2})?一块/;

/** 一斤9块, 9块/斤: money all the same. */
const PRICED = new RegExp(
  `[一每](?!块)${ZH_UNIT} ?\\d{1,4}(?:\\.\\d{1,2})?块|\\d块(?= ?(?:[一每]|/ ?|\\d{1,3} ?)(?!块)${ZH_UNIT})`,
  "g",
);

function marked(text: string): string {
  return text.replace(EVERY_AMOUNT, (amount) => `\u0002${"\u0003".repeat(amount.length - 1)}`);
}

/** A marked amount, for patterns. */
export const AMOUNT = "\u0002\u0003{0,30}";

/** An amount that may leave out its currency, where the words around it say that it is one. */
export const LOOSE_AMOUNT = `(?:${AMOUNT}|${DIGITS})`;

/** An amount of money as written, its currency not yet known. */
export interface Amount {
  /** Plain decimal: "3.5". */
  readonly decimal: string;
  /** The sign or word of its currency, as folded; absent where the text leaves it out. */
  readonly word?: string;
}

const PARTS = new RegExp(
  `^(${SIGN})? {0,2}(\\d[\\d,]{0,9}(?:\\.\\d{1,2})?|[一二三四五六七八九十百两]{1,6}) {0,2}(${CODE}|${ZH_WORD}|cents?|[pc¢]|[€£毛角])? ?(.{0,2})$`,
);

/**
 * Reads an amount, with its currency or without.
 *
 * @param text  folded, not the marks of it
 */
export function readAmount(text: string): Amount | undefined {
  const match = PARTS.exec(text.trim());
  if (!match) return undefined;
  const [, sign, number = "", after, fraction = ""] = match;
  const thousandths = readCount(number.replace(/,(?=\d{2}$)/, "."));
  if (thousandths === undefined) return undefined;
  const word = sign ?? after;
  const parts = /^(?:cents?|[pc¢])$/.test(after ?? "") ? 100 : after === "毛" || after === "角" ? 10 : 1;
  const total = thousandths / parts + (fraction === "" ? 0 : fractionOf(fraction));
  // 99.99¢ stays finer than any currency is, so that it is told and not rounded
  const decimal = Number.isInteger(total) ? formatQuantity(total) : String(total / ONE);
  return { decimal, ...(word !== undefined && { word }) };
}

/** The 5 of 三块五 in thousandths. */
function fractionOf(text: string): number {
  if (text === "半") return 500;
  return (readCount(text.replace(/[毛角]/, "")) ?? 0) / 10;
}
