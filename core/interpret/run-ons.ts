import { isHan } from "../text/lexicon.ts";
import { is, type Token } from "./tokens.ts";

/**
 * A message that runs on, cut where a pause would be: at the blanks between Chinese words, behind 吧, and before who is
 * spoken of next. Undefined where nothing can be cut. It is the second look, for messages in which goods or quantities
 * stand and that say nothing as they are: cut at once, "Lin 2 apples" would be two things.
 */
export function withPauses(tokens: readonly Token[]): readonly Token[] | undefined {
  if (tokens.length > MAX_TOKENS || !tokens.some(wants) || tokens.some(tellsOtherwise)) return undefined;
  const wish = tokens.findLastIndex(asks);
  if (tokens.some((token, at) => at > wish && token.kind === "word" && is(token, "ask"))) return undefined; // 苹果2斤 到了吗
  const out: Token[] = [];
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1];
    if (before && before.kind !== "break" && token.kind !== "break" && isPause(before, token, out))
      out.push({ kind: "break", level: 1, text: ",", start: before.end, end: before.end });
    out.push(token);
  }
  return out.length > tokens.length ? out : undefined;
}

/** Nobody says more in one breath. */
const MAX_TOKENS = 40;

function wants(token: Token): boolean {
  return token.kind === "item" || is(token, "wish", "head", "add", "less", "set", "cancel", "unwant");
}

/** What asks, weighs, agrees or tells of prices and of other people: then nothing is ordered in passing. */
function tellsOtherwise(token: Token): boolean {
  return (
    ["price", "money", "link", "phone", "question"].includes(token.kind) ||
    (token.kind === "word" &&
      is(token, "which", "price", "agree", "condition", "later", "maybe", "unpaid", "may", "no-stock") &&
      !is(token, "polite", "filler", "wish", "head", "please")) ||
    /[卖售]|sold|sell/.test(token.text)
  );
}

function isPause(before: Token, token: Token, own: readonly Token[]): boolean {
  if (startsHan(token)) {
    if (before.text === "吧" || before.text === "呗") return before.end === token.start && !is(token, "filler");
    return token.start > before.end && (endsHan(before) || before.kind === "amount");
  }
  return (
    NEXT_SUBJECT.test(token.text) && own.some(asks) && own.some(({ kind }) => kind === "amount" || kind === "item")
  );
}

/** "2 apples we got" tells, "can I have 2 apples we love them" asks. */
function asks(token: Token): boolean {
  return is(token, "wish", "head", "please", "add", "less", "set", "cancel", "swap", "can", "verb");
}

/** Who or what an English sentence goes on about. */
const NEXT_SUBJECT =
  /^(?:she|she's|shes|he|he's|hes|we|we're|we've|we still|we still have|we have|they|they're|it's|its|hubby|my husband|my wife|my mum|the kids|kids|cos|coz|cuz|because|since|thats|that's|thats it|that's it|and thats|bless)$/;

const startsHan = ({ text }: Token): boolean => isHan(text.charCodeAt(0));
const endsHan = ({ text }: Token): boolean => isHan(text.charCodeAt(text.length - 1));
