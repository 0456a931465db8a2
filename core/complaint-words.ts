import type { Quantity } from "./quantity.ts";
import { type MeasuredItem, quantitiesIn, type SaidQuantity } from "./said-quantity.ts";
import { fold } from "./text/fold.ts";
import { isMeasured, unitOf } from "./text/units.ts";

/** What is said of goods that are not as they should be. */
const WRONG =
  /(?<![a-z])(?:bad|rotten|rotting|broken|cracked|crushed|squashed|bruised|mou?ld(?:y|ed)?|leak(?:s|ed|ing|y)?|damaged|spoil(?:ed|t)|expired|stale|smell(?:s|y)?|sour|wrong|missing|short|fewer|less than|not fresh|unripe|overripe|torn|worms?|not enough|only got)(?![a-z])|坏|烂|破|碎|裂|霉|臭|馊|酸了|蔫|压扁|漏|过期|不新鲜|不够|少了|少给|缺|错了|发错|拿错|有虫|虫|软了|变质|受损/u;

/** What was got, not what is wrong: the rest is missing. */
const GOT =
  /(?:only|just) (?:got|get|received|have|had|came|collected) $|只(?:有|到|收到|拿到|给了?|给我|领到|取到)了?$/u;

/** Whether words complain of goods. For answers to what somebody was told of their goods: elsewhere it is any talk. */
export function saysWrong(words: string): boolean {
  return WRONG.test(fold(words).text);
}

/**
 * How much of a line words complain of: what stands behind its item, else before it. Undefined where they do not say it in
 * a unit that leads to the item's, say two things at once, or more than there is.
 *
 * @param has  what the person got of the line
 */
export function howMuchIsWrong(words: string, item: MeasuredItem, has: Quantity): Quantity | undefined {
  const { text } = fold(words);
  const names = [item.name, ...(item.aliases ?? [])].map((name) => fold(name).text.replace(/(?:es|s)$/, ""));
  const name = names.filter((each) => text.includes(each)).sort((one, other) => other.length - one.length)[0];
  const [from, until] = name ? [text.indexOf(name), text.indexOf(name) + name.length] : [0, 0];
  const all = quantitiesIn(text, item).filter(({ start, end }) => end <= from || start >= until);
  for (const side of [all.filter(({ start }) => start >= until), all.filter(({ end }) => end <= from)]) {
    const own = side.flatMap((each) => wrongIn(text, each, item, has));
    // "1 of 5": the whole is no part.
    const parts = own.some((each) => each < has) ? own.filter((each) => each < has) : own;
    if (new Set(parts).size === 1) return parts[0];
    if (side.length > 0) return undefined;
  }
  return undefined;
}

function wrongIn(text: string, said: SaidQuantity, item: MeasuredItem, has: Quantity): readonly Quantity[] {
  const quantity = said.isHalf ? halfOf(has, item) : said.quantity;
  if (quantity === undefined || quantity <= 0 || quantity > has || !endsWell(text, said)) return [];
  return GOT.test(text.slice(0, said.start)) ? (quantity < has ? [has - quantity] : []) : [quantity];
}

function halfOf(has: Quantity, { unit }: MeasuredItem): Quantity | undefined {
  const isWhole = has % 2_000 === 0 || (unit !== undefined && isMeasured(unitOf(fold(unit).text)) && has % 2 === 0);
  return isWhole ? has / 2 : undefined;
}

/** 2楼 and 2号 are no quantities; 2坏了 is one. */
function endsWell(text: string, { end, hasUnit, isHalf }: SaidQuantity): boolean {
  if (hasUnit || isHalf) return true;
  const rest = text.slice(end);
  return !/^[\p{L}#-]/u.test(rest) || WRONG.exec(rest)?.index === 0 || /^(?:都|全)/u.test(rest);
}
