import type { Tag } from "../text/words/tags.ts";
import type { Token } from "./tokens.ts";

/** Words between two goods of which one is meant. */
export const OR = /^(?:or|或者?|还是|抑或|定系)$/;

/** "apples or pears": one of them, and nobody knows which. */
export function markAlternatives(tokens: readonly Token[]): readonly Token[] {
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [left, other] = [out.at(-1), tokens[at + 1]];
    if (left?.kind === "item" && other?.kind === "item" && OR.test(tokens[at]!.text)) {
      const items = [...new Set([...left.items!, ...other.items!])];
      out[out.length - 1] = { ...left, end: other.end, items, strength: 0, rule: "either" };
      at++;
    } else out.push(tokens[at]!);
  }
  return out;
}

const SET: ReadonlySet<Tag> = new Set(["set"]);
const FROM: ReadonlySet<Tag> = new Set(["from"]);

/** 打错了，是3斤 and 不是2斤是3斤: "is" says what is meant instead. */
export function markCorrections(tokens: readonly Token[]): readonly Token[] {
  const isNot = (token: Token | undefined) => /^(?:不是|不系|唔系|唔是)$/.test(token?.text ?? "");
  const slipped = tokens.some(({ text }) => /错|手误|更正/.test(text));
  if (!slipped && !tokens.some((token, at) => isNot(token) && tokens[at + 1]?.kind === "amount")) return tokens;
  return tokens.map((token, at) => {
    if (isNot(token) && tokens[at + 1]?.kind === "amount") return { ...token, kind: "word", tags: FROM };
    const says =
      tokens[at + 1]?.kind === "amount" || (tokens[at + 1]?.kind === "item" && tokens[at + 2]?.kind === "amount");
    return says && (token.text === "是" || token.text === "系") ? { ...token, kind: "word", tags: SET } : token;
  });
}
