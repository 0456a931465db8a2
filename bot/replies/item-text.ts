import type { ItemTerms } from "../../core/buy/terms.ts";
import { money, quantity, say } from "./replies.ts";
import type { Words } from "./words.ts";

/** What is different of an item, a sentence for each. */
export function itemTexts(before: ItemTerms, after: ItemTerms, currency: string, words: Words): string[] {
  const price = ({ price: amount }: ItemTerms) => (amount === undefined ? "–" : money(amount, currency));
  const stock = ({ stock: amount, unit }: ItemTerms) =>
    amount === undefined ? words.itemStockNone : quantity(amount, unit);
  const item = before.name;
  return [
    ...(before.price === after.price
      ? []
      : [say(words.itemPrice, { item, before: price(before), after: price(after) })]),
    ...(before.stock === after.stock
      ? []
      : [say(words.itemStock, { item, before: stock(before), after: stock(after) })]),
    ...(before.name === after.name ? [] : [say(words.itemName, { before: item, after: after.name })]),
    ...(before.cost === after.cost || after.cost === undefined
      ? []
      : [say(words.itemCost, { item, after: money(after.cost, currency) })]),
    ...(before.boxSize === after.boxSize || after.boxSize === undefined
      ? []
      : [say(words.itemBox, { item, after: quantity(after.boxSize, before.unit) })]),
  ];
}
