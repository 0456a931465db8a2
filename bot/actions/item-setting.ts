import type { BuyTerms, ItemTerms } from "../../core/buy/terms.ts";
import { type Money, parseAmount } from "../../core/money.ts";
import { ONE } from "../../core/quantity.ts";
import { itemNamed } from "./item-named.ts";

/** What a leader sets of an item. */
export type Setting =
  | { readonly what: "price"; readonly price: Money }
  /** In thousandths; null: no limit. */
  | { readonly what: "stock"; readonly stock: number | null }
  | { readonly what: "name"; readonly name: string }
  /** For one unit; what the supplier asks. */
  | { readonly what: "cost"; readonly cost: Money }
  /** In thousandths: units in one of the supplier's boxes. */
  | { readonly what: "box"; readonly boxSize: number };

/** What is between leader and supplier: it changes no order, so it may be told after the closing too. */
export const OF_SUPPLY: ReadonlySet<Setting["what"]> = new Set(["cost", "box"]);

/** What was read of a leader's words. */
export interface SaidSetting {
  /** Of the item, from 1. */
  readonly no: number;
  /** That they named; lower case. */
  readonly unit: string | undefined;
  readonly set: Setting;
}

const KEYWORDS: readonly (readonly [Setting["what"], RegExp])[] = [
  ["stock", /(?:^|\s)(?:stock|库存|庫存|总量|總量)[\s:：]*/iu],
  ["name", /(?:^|\s)(?:name|rename|改名|名称|名稱|名字)[\s:：]*/iu],
  ["cost", /(?:^|\s)(?:cost|成本|进价|進價)[\s:：]*/iu],
  ["box", /(?:^|\s)(?:box(?: of)?|箱规|箱規|每箱)[\s:：]*/iu],
  ["price", /(?:^|\s)(?:price|价格|價格|单价|單價|改价|改價)[\s:：]*/iu],
];

const SIGN = `(?:[a-z]{0,3}[$¥￥€£]|rm|元|块|塊)?`;
const PRICE = new RegExp(String.raw`^${SIGN}\s*(\d{1,7}(?:\.\d{1,2})?)\s*${SIGN}(?:\s*[/／]\s*(\S{1,12}))?$`, "iu");

/** What a leader's words set, whatever item they name: "price 4.50", 库存 20. */
export function settingIn(text: string): string {
  const found = KEYWORDS.flatMap(([, keyword]) => keyword.exec(text) ?? []);
  return (found[0] ? text.slice(text.indexOf(found[0])) : (/\S+$/u.exec(text)?.[0] ?? "")).trim();
}

/** "apples price 4.50", "#2 库存 20", "name Royal Gala" where there is one item. */
export function readSetting(text: string, terms: BuyTerms): SaidSetting | undefined {
  for (const [what, keyword] of KEYWORDS) {
    const match = keyword.exec(text);
    if (!match) continue;
    const no = itemNamed(text.slice(0, match.index), terms);
    const value = text.slice(match.index + match[0].length).trim();
    return no === undefined ? undefined : readValue(what, value, no, terms);
  }
  // A price needs no word: "apples 4.50".
  const match = /(?:^|\s)(\S+)$/u.exec(text);
  const no = match?.[1] && itemNamed(text.slice(0, match.index), terms);
  return no ? readValue("price", match![1]!, no, terms) : undefined;
}

function readValue(what: Setting["what"], value: string, no: number, { currency }: BuyTerms): SaidSetting | undefined {
  if (what === "name") {
    const name = value.replace(/\s+/gu, " ");
    const isName = name.length > 0 && name.length <= 60 && /\p{L}/u.test(name);
    return isName ? { no, unit: undefined, set: { what, name } } : undefined;
  }
  if (what === "stock") {
    if (/^(?:none|no limit|unlimited|不限|无限|無限)$/iu.test(value)) {
      return { no, unit: undefined, set: { what, stock: null } };
    }
    const match = /^(\d{1,6}(?:\.\d{1,3})?)\s*(\p{L}{1,12})?$/u.exec(value);
    if (!match?.[1]) return undefined;
    const stock = Math.round(Number(match[1]) * ONE);
    return { no, unit: match[2]?.toLowerCase(), set: { what, stock } };
  }
  if (what === "box") {
    const match = /^(\d{1,5}(?:\.\d{1,3})?)\s*(\p{L}{1,12})?$/u.exec(value);
    const boxSize = Math.round(Number(match?.[1] ?? 0) * ONE);
    return boxSize > 0 ? { no, unit: match?.[2]?.toLowerCase(), set: { what, boxSize } } : undefined;
  }
  const match = PRICE.exec(value);
  const amount = match?.[1] === undefined ? undefined : parseAmount(match[1], currency);
  if (amount === undefined) return undefined;
  const set = what === "cost" ? ({ what, cost: amount } as const) : ({ what, price: amount } as const);
  return { no, unit: match?.[2]?.toLowerCase(), set };
}

/** The item as it is then. */
export function changedItem(item: ItemTerms, set: Setting): ItemTerms {
  switch (set.what) {
    case "price":
      // A price by quantity that is no lower would make it dearer to order more.
      return { ...item, price: set.price, tiers: item.tiers.filter(({ price }) => price < set.price) };
    case "stock": {
      const { stock: _, ...rest } = item;
      return set.stock === null ? rest : { ...rest, stock: set.stock };
    }
    case "name": {
      const aliases = [item.name, ...item.aliases.filter((alias) => alias !== item.name && alias !== set.name)];
      return set.name === item.name ? item : { ...item, name: set.name, aliases };
    }
    case "cost":
      return { ...item, cost: set.cost };
    case "box":
      return { ...item, boxSize: set.boxSize };
    default:
      return set satisfies never;
  }
}
