import type { Tag } from "../text/words/tags.ts";
import type { Clause } from "./clauses.ts";
import type { Draft } from "./draft.ts";
import { is, type Token } from "./tokens.ts";

/** Conditions and other times reach beyond their own clause. @source message language, 1.5 */
export function blockOf(clause: Clause, hasOrder: boolean): "all" | "rest" | undefined {
  const condition = clause.tokens.find((token) => is(token, "condition") && !is(token, "if-ok", "wish", "filler"));
  if (condition)
    return hasOrder && clause.tokens.some((token) => is(token, "no-stock")) && clause.tokens[0] === condition
      ? "rest"
      : "all";
  if (hasOrder && recallsOrder(clause)) return "all";
  const later = clause.tokens.find((token) => is(token, "later", "maybe") && !is(token, "polite", "wish", "refuse"));
  if (!later) return undefined;
  return UNDECIDED.test(later.text) && clause.tokens.every(isAboutPeople) ? "all" : "rest";
}

const RECALLED = /^(?:i ordered|we ordered|ordered|should be|supposed to be|我订了|我订的|我订的是|明明)$/;

/** "only 3, I ordered 5": what came is told of, not what is wanted. */
function recallsOrder({ tokens }: Clause): boolean {
  return (
    tokens.some(({ text }) => RECALLED.test(text)) &&
    tokens.some(({ kind }) => kind === "amount") &&
    !tokens.some(({ kind }) => kind === "item")
  );
}

const UNDECIDED = /[问想虑]|decide|check|ask|let you know|not sure|confirm/;

/** 我问问她: nothing but that somebody has to think first, so that what was said before is open too. */
function isAboutPeople(token: Token): boolean {
  return (
    token.kind === "decor" ||
    (token.kind === "word" && is(token, "later", "maybe", "me", "others", "relation", "filler", "polite", "time"))
  );
}

/** In a list of prices 基围虾45 is a price too. */
export function isPriced({ tokens }: Clause): boolean {
  return (
    tokens.some(({ kind }) => kind === "price") &&
    tokens.some(({ kind }) => kind === "item") &&
    !tokens.some(({ kind }) => kind === "amount" || kind === "sign")
  );
}

/** 都涨了 */
export function talksOfPrice({ tokens, asked }: Clause): boolean {
  return (
    !asked &&
    tokens.some((token) => is(token, "price") && !is(token, "which", "condition", "ask")) &&
    tokens.every(({ kind }) => kind === "word" || kind === "decor")
  );
}

/** Digits alone, with no unit, sign or wish: in a list of prices one more price. */
export function isBareFigure({ tokens }: Clause, drafts: readonly Draft[]): boolean {
  return (
    drafts.every(({ amount, signed, op }) => amount && !amount.unit && amount.style === "digits" && !signed && !op) &&
    !tokens.some((token) => is(token, "wish", "head", "please"))
  );
}

/** "what do I do with …": what is joined to it is asked about. */
export function asksFact({ tokens }: Clause): boolean {
  return tokens.some((token) => token.kind === "word" && is(token, "which") && !is(token, "filler"));
}

/** Whether a clause wishes something, whatever it names. */
export function isWishClause({ tokens }: Clause): boolean {
  return (
    tokens.some((token) => is(token, "head", "wish", "please", "add")) && !tokens.some((token) => is(token, "which"))
  );
}

/** What tells of goods instead of asking for them, so that their quantity is no line of an order. */
const TOLD: readonly Tag[] = [
  "past",
  "price",
  "may",
  "which",
  "ask",
  "later",
  "maybe",
  "condition",
  "no-stock",
  "others",
  "received",
  "not-received",
  "state",
  "paid",
  "unpaid",
  "refuse",
  "agree",
  "ask-tally",
];

/** 苹果2斤 and then words that are not understood: beside other lines it is asked about, never left out. */
export function isLineUnread({ tokens }: Clause, drafts: readonly Draft[]): boolean {
  if (tokens.some(({ kind, text }, at) => kind === "sign" && /^[x×*]$/.test(text) && tokens[at - 1]?.kind === "amount"))
    return false; // "4x40 screws": a size
  if (!drafts.some(({ items, amount, cancel }) => amount && (items || amount.unit) && !amount.article && !cancel))
    return false;
  return tokens.every(
    (token, at) =>
      (!["price", "money", "time", "measure", "link"].includes(token.kind) || isPieces(tokens, at)) &&
      !(token.kind === "word" && is(token, ...TOLD) && !is(token, "filler", "polite", "wish", "add")) &&
      !DAMAGE.test(token.text),
  );
}

/** 百洁布3块: of goods that nobody knows, three pieces as likely as three yuan. */
function isPieces(tokens: readonly Token[], at: number): boolean {
  const goods = tokens[at - 1]?.kind === "other" ? tokens[at - 1] : tokens[at + 1];
  return (
    /^[1-9一二两三四五六七八九十] ?块$/.test(tokens[at]!.text) &&
    goods?.kind === "other" &&
    /^[\u3400-\u9fff]+[^费金钱价款包券补找]$/.test(goods.text)
  );
}

/** A clause of nothing but such pieces. */
export function namesPieces({ tokens }: Clause): boolean {
  return tokens.length === 2 && tokens.some((_, at) => isPieces(tokens, at));
}

const DAMAGE = /[坏烂酸碎错漏臭馊霉]|bad|rotten|broken|sour/;
