import { ONE } from "../quantity.ts";
import { is, type Token } from "./tokens.ts";

/** 要10块钱苹果, 苹果买20块钱的, "$10 worth of apples": so much as the money buys, which nobody can tell. */
export function markBudgets(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(({ kind }) => kind === "money")) return tokens;
  let from = 0;
  return tokens.map((token, at) => {
    if (tokens[at - 1]?.kind === "break") from = at;
    if (token.kind !== "money") return token;
    const [before, next] = [tokens[at - 1], tokens[at + 1]];
    const isSpent = is(before, "wish", "head", "verb", "add") || next?.text === "worth";
    if (!isSpent || !namesGoodsAlone(tokens, from)) return token;
    return { ...token, kind: "amount", amount: { value: ONE, style: "digits", fault: "vague" } };
  });
}

/** Up to the next break goods, and no quantity of them. */
function namesGoodsAlone(tokens: readonly Token[], from: number): boolean {
  let item = false;
  for (let at = from; at < tokens.length && tokens[at]!.kind !== "break"; at++) {
    if (tokens[at]!.kind === "amount") return false;
    item ||= tokens[at]!.kind === "item";
  }
  return item;
}

/**
 * "3 bags of oranges at £2.80 per bag": what one of them costs, said back behind a line that begins with its quantity
 * and unit, says nothing that the buy does not know. "Oranges at £2.80 per bag" tells a price, and stays.
 */
export function withoutPriceSaidBack(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex(
    ({ kind }, i) => kind === "money" && /^(?:at|@)$/.test(tokens[i - 1]?.text ?? "") && tokens[i - 2]?.kind === "item",
  );
  if (at < 0) return tokens;
  const first = tokens[tokens.findLastIndex(({ kind }, i) => i < at && kind === "break") + 1]!;
  let end = at + 1;
  while (end < tokens.length && tokens[end]!.kind !== "break" && !is(tokens[end], "please", "polite")) end++;
  const behind = tokens.slice(at + 1, end);
  const isEach =
    behind.length === 0 ||
    (behind.length === 1 && (behind[0]!.text === "each" || behind[0]!.amount?.article === true)) ||
    (behind.length === 2 && behind[0]!.text === "per");
  if (!first.amount?.unit || first.amount.fault || !isEach) return tokens;
  return [...tokens.slice(0, at - 1), ...tokens.slice(end)];
}
