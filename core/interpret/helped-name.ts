import { type Folded, written } from "../text/fold.ts";
import { isHan } from "../text/lexicon.ts";
import { PURPOSES } from "../text/words/people.ts";
import { isGivenName, MAX_WHOM, type NameFound, nameToken } from "./name-found.ts";
import { is, type Token } from "./tokens.ts";

/** 帮 X 带, 给 X 留, "help my mum order". */
export function helpedName(tokens: readonly Token[], at: number, folded: Folded): NameFound | undefined {
  const token = tokens[at]!;
  if (!is(token, "help", "give")) return undefined;
  let end = at + 1;
  const belongs = (token: Token): boolean =>
    !endsName(token, token === tokens[at + 1]) || isGivenName(token, tokens[end - 1]!, folded);
  while (end < tokens.length && end - at <= 6 && belongs(tokens[end]!)) end++;
  if (end === at + 1) return undefined;
  const [first, last] = [tokens[at + 1]!, tokens[end - 1]!];
  if (is(first, "me", "others") || last.end - first.start > MAX_WHOM) return undefined;
  if (end >= tokens.length || tokens[end]!.level === 3) return undefined;
  const text = folded.text.slice(first.start, last.end);
  if (text.length === 1 && isHan(text.charCodeAt(0))) return undefined; // 帮切
  if (/[吃喝用拿送买给]了/.test(text)) return undefined; // 给娃吃了2个
  if (
    PURPOSES.has(text) ||
    /[吃喝用玩穿]的?$/.test(text) ||
    tokens.slice(at + 1, end).some((inner) => is(inner, "which", "ask", "price", "others"))
  )
    return { next: end };
  if (/^(?:mark|check|order|book|add|put|note)(?![a-z])/.test(text)) return { next: end }; // 帮手 mark 低
  const start = first.start;
  // 落, 嗌 and 叫 order, as 订 does.
  const verb = text.length > 2 && /[落嗌叫]$/.test(text) ? 1 : 0;
  return { token: nameToken(folded, start, last.end - verb, true), next: end };
}

function endsName(token: Token, isFirst: boolean): boolean {
  if (token.kind === "amount") return !(isFirst && (token.amount!.digits ?? 0) >= 100 && !token.amount!.unit);
  if (["sign", "break", "item", "question", "colon", "option", "money", "price", "open", "name"].includes(token.kind))
    return true;
  if (is(token, "relation", "title")) return false;
  return (
    (is(token, "also") && !isFirst) ||
    is(token, "wish", "verb", "add", "less", "cancel", "set", "head", "each", "unwant", "can") ||
    (is(token, "please") && !isFirst)
  );
}

/** "for my mum", "for Mrs Tan", "for 302", "for 王姐"; not "for me", "for dinner". */
export function forName(tokens: readonly Token[], at: number, folded: Folded): NameFound | undefined {
  const token = tokens[at]!;
  if (is(token, "me") && token.text !== "me" && token.text.startsWith("for"))
    return { token: { ...token, kind: "name" }, next: at + 1 };
  const word = /^(?:for|on behalf of)(?: (the|my))?$/.exec(token.text);
  if (token.kind !== "word" || !word) return undefined;
  let end = at + 1;
  while (end < tokens.length && end - at <= 6 && !endsForName(tokens[end]!, tokens[end - 1]!, end === at + 1)) end++;
  const words = tokens.slice(at + 1, end);
  if (words.length === 0) return undefined;
  const start = word[1] === "my" ? token.end - 2 : words[0]!.start;
  const last = words.at(-1)!;
  const text = folded.text.slice(start, last.end);
  const isThe = word[1] === "the";
  if (isWhom(words, text, written(folded, start, last.end), isThe)) {
    const from = isThe && isFamily(words, folded) ? token.end - 3 : start;
    return { token: nameToken(folded, from, last.end, at === 0), next: end };
  }
  if (words.some((inner) => is(inner, "others"))) return undefined;
  if (/^[a-z]{2,12}ing$/.test(words[0]!.text) && !PURPOSES.has(words[0]!.text)) return undefined; // "+1 for moving it"
  // A purpose: it neither names anybody nor spoils the order.
  return words.every(
    (inner) =>
      inner.kind === "time" ||
      PURPOSES.has(inner.text) ||
      ((inner.kind === "other" || inner.kind === "word") && !is(inner, "agree", "talk", "which")),
  )
    ? { next: end }
    : undefined;
}

function endsForName(token: Token, before: Token, isFirst: boolean): boolean {
  if (token.kind === "amount") return !(isFirst && (token.amount!.digits ?? 0) >= 100 && !token.amount!.unit);
  if (["sign", "break", "item", "question", "colon", "option", "money", "price", "open", "note"].includes(token.kind))
    return true;
  if (is(token, "relation", "title") || PURPOSES.has(token.text)) return false;
  if (!isFirst && token.start === before.end && isHan(token.text.charCodeAt(0)) && token.text.length === 1)
    return false; // 王姐
  return is(token, "please", "polite", "and", "wish", "head", "add", "for", "also") || (is(token, "me") && !isFirst);
}

/** The Hendersons are called so with their article. */
function isFamily([name, ...others]: readonly Token[], folded: Folded): boolean {
  return others.length === 0 && /^\p{Lu}\p{Ll}+s$/u.test(written(folded, name!.start, name!.end));
}

function isWhom(words: readonly Token[], text: string, source: string, isThe: boolean): boolean {
  const first = words[0]!;
  if (first.kind === "flat" || first.kind === "amount") return true;
  if (PURPOSES.has(text) || PURPOSES.has(first.text.replace(/'s$/, ""))) return false;
  // "for Tom's party", "for my mum's birthday"
  if (words.length > 1 && /'s?$/.test(words.at(-2)!.text) && PURPOSES.has(words.at(-1)!.text)) return false;
  if (words.some((token) => is(token, "relation"))) return true;
  if (is(first, "title")) return words.length > 1;
  if (isHan(text.charCodeAt(0))) return text.length <= 5 && !words.some(({ text: word }) => PURPOSES.has(word));
  if (isThe && /^\p{Lu}\p{Ll}+s$/u.test(source)) return true; // the Hendersons
  if (isThe || !words.every(({ kind }) => kind === "other")) return false;
  const capital = /^\p{Lu}/u.test(source) && source !== source.toUpperCase();
  return capital || (words.length === 1 && /^[a-z]{2,10}$/.test(text) && !text.endsWith("ing"));
}
