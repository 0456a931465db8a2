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
