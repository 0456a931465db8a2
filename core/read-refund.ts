import { type Money, parseAmount } from "./money.ts";
import { formatQuantity, type Quantity } from "./quantity.ts";
import { type MeasuredItem, quantitiesIn } from "./said-quantity.ts";
import { fold } from "./text/fold.ts";
import { readNumber } from "./text/numerals.ts";

/** What a leader writes behind the word that refunds a complaint. */
export type SaidRefund =
  /** Nothing of how much: it is a reason, or empty. */
  | { readonly kind: "reason"; readonly reason: string }
  | { readonly kind: "all"; readonly reason: string }
  | { readonly kind: "amount"; readonly amount: Money; readonly reason: string }
  /** So much of the goods, in their unit. */
  | { readonly kind: "quantity"; readonly quantity: Quantity; readonly reason: string }
  /** It begins with a number that is no amount of this currency and no quantity of these goods. */
  | { readonly kind: "unread" };

const ONLY = /^(?:(?:就|只|先)?(?:退|给|給|还|還)|就|只|(?:just|only)(?=[\s\d$¥€£]))\s*/iu;
const ALL = /^(?:all(?: of it)?|everything|全部|全退|全额|全額|全)(?![a-z])[\s,，:：.。]*/iu;
const FIGURE =
  /^((?:[a-z]{0,3}[$¥￥€£₹]|rm)?)\s*(\d{1,9}(?:\.\d{1,6})?)(?![\d.])\s*(元|块钱?|塊錢?|圆|圓|dollars?|bucks|yuan)?/iu;
const HAN_AMOUNT = /^([零一二两兩三四五六七八九十百半]{1,6})(?:元|块钱?|塊錢?|圆|圓)/u;

/** Reads "5", "5 half were fine", 只退5元, 五块, "1 kg", "all", "sorry about that". */
export function readRefund(text: string, currency: string, item: MeasuredItem): SaidRefund {
  const words = text.trim().replace(ONLY, "");
  const behind = (length: number) => words.slice(length).replace(/^[\s,，:：.。;；]+/u, "");
  const all = ALL.exec(words);
  if (all) return { kind: "all", reason: behind(all[0].length) };
  const han = HAN_AMOUNT.exec(words);
  const number = han && readNumber(fold(han[1]!).text, 0);
  const figure = FIGURE.exec(words);
  const isMoney = number || (figure && (figure[1] !== "" || figure[3] !== undefined));
  const [said] = isMoney ? [] : quantitiesIn(fold(words).text, item);
  if (said?.start === 0 && said.hasUnit) {
    if (said.quantity === undefined) return { kind: "unread" };
    return { kind: "quantity", quantity: said.quantity, reason: behind(said.end) };
  }
  if (!number && !figure) return { kind: "reason", reason: text.trim() };
  const amount = parseAmount(number ? formatQuantity(number.value) : figure![2]!, currency);
  if (amount === undefined || amount === 0 || number?.fault) return { kind: "unread" };
  return { kind: "amount", amount, reason: behind((number ? han : figure)![0].length) };
}
