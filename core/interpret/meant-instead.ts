import { ONE } from "../quantity.ts";
import type { Tag } from "../text/words/tags.ts";
import { is, type Token } from "./tokens.ts";

/** Words between two goods of which one is meant. */
export const OR = /^(?:or|或者?|还是|抑或|定系|定)$/;

/** "apples or pears": one of them, and nobody knows which. */
export function markAlternatives(tokens: readonly Token[]): readonly Token[] {
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [left, other] = [out.at(-1), tokens[at + 1]];
    if (left?.kind === "item" && other?.kind === "item" && OR.test(tokens[at]!.text)) {
      const items = [...new Set([...left.items!, ...other.items!])];
      out[out.length - 1] = { ...left, end: other.end, items, strength: 0, rule: "either" };
      at++;
    } else if (
      tokens[at]!.text === "定" &&
      left?.kind === "option" &&
      (other?.kind === "option" || is(other, "descriptor"))
    ) {
      out.push({ ...tokens[at]!, tags: WHICH }); // 奶茶凍定熱好飲啲呀
    } else out.push(tokens[at]!);
  }
  return out;
}

/** What takes back what was just said. */
const TAKES_BACK =
  /^(?:no wait|wait no|scratch that|or rather|no sorry|sorry no|i mean|no i mean|哦?不对|啊不对|不不不|唔系|说错了?|打错了?|写错了?|讲错)$/;

/** "two kilos apples no wait three", spoken without commas: what takes back stands for itself between two quantities. */
export function partTakenBack(tokens: readonly Token[]): readonly Token[] {
  const first = tokens.findIndex(({ kind }) => kind === "amount");
  const last = tokens.findLastIndex(({ kind }) => kind === "amount");
  if (first === last) return tokens;
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [token, next] = [tokens[at]!, tokens[at + 1]];
    const two = next ? [`${token.text} ${next.text}`, `${token.text}${next.text}`] : [];
    const end = TAKES_BACK.test(token.text) ? token : two.some((said) => TAKES_BACK.test(said)) ? next : undefined;
    if (at <= first || at >= last || end === undefined) {
      out.push(token);
      continue;
    }
    const comma = (place: number): Token => ({ kind: "break", start: place, end: place, text: ",", level: 1 });
    out.push(comma(token.start), { ...token, kind: "word", end: end.end, text: "no wait", tags: TALK }, comma(end.end));
    if (end !== token) at++;
  }
  return out;
}

const TALK: ReadonlySet<Tag> = new Set(["polite"]);
const WHICH: ReadonlySet<Tag> = new Set(["which"]);
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

/** "brie 1 -> 2", 苹果3→2: from one quantity to the other. */
export function markArrows(tokens: readonly Token[]): readonly Token[] {
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const [token, next] = [tokens[at]!, tokens[at + 1]];
    const drawn = next !== undefined && /^[-=]$/.test(token.text) && next.text === ">" && next.start === token.end;
    const length = drawn ? 2 : token.kind === "decor" && /^[→➡➔]/.test(token.text) ? 1 : 0;
    if (length > 0 && out.at(-1)?.kind === "amount" && tokens[at + length]?.kind === "amount") {
      out.push({ ...token, kind: "word", end: tokens[at + length - 1]!.end, text: "改成", tags: SET });
      at += length - 1;
    } else out.push(token);
  }
  return out;
}

/** "I'll take all the fishball": however much that is. */
export function markRemainders(tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token, at) => {
    const takes = /^all(?: the)?$/.test(token.text) && is(tokens[at - 1], "wish", "head");
    const goods = tokens[at + 1]?.text === "the" ? tokens[at + 2] : tokens[at + 1];
    if (!takes || goods?.kind !== "item" || tokens.slice(0, at).some((before) => is(before, "cancel", "less")))
      return token;
    return { ...token, kind: "amount", amount: { value: ONE, style: "word", fault: "vague" } };
  });
}

/** 我和我妹各要一箱: how much that is for each of the people nobody can tell from the name of one. */
export function markShares(tokens: readonly Token[]): readonly Token[] {
  const each = tokens.findIndex((token, at) => is(token, "each") && is(tokens[at - 1], "relation"));
  if (each < 0 || !tokens.slice(0, each).some((token) => is(token, "and"))) return tokens;
  const next = tokens.findIndex(({ kind }, at) => at > each && kind === "amount");
  return tokens.map((token, at) =>
    at === next ? { ...token, amount: { ...token.amount!, fault: "vague" as const } } : token,
  );
}
