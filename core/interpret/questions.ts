import type { Clause } from "./clauses.ts";
import { is, type Token } from "./tokens.ts";
import type { View } from "./view.ts";

const INVERTED =
  /^(?:is|are|do|does|did|was|were|has|have you|am i|shall|should|will|any|got|is there|are there|is the|are the|do you|do we|does the|did the|is this|are these|is that|is it|will the|will it|will there|have we)$/;

function isInverted(tokens: readonly Token[]): boolean {
  const first = tokens.find((token) => !is(token, "polite") || is(token, "ask"));
  return first !== undefined && INVERTED.test(first.text) && is(first, "ask");
}

/** A question mark, 吗, "or not", or an English question's beginning. */
export function isQuestion({ tokens, asked }: Clause): boolean {
  if (asked) return true;
  // 几个 asks, unless somebody wishes it: 来几个.
  if (
    tokens.some(
      (token, at) =>
        token.amount?.asks && !is(tokens[at - 1], "wish", "head", "add", "verb", "less") && !is(tokens[at - 2], "head"),
    )
  )
    return true;
  if (isInverted(tokens)) return true;
  return tokens.some((token, at) => {
    if (!is(token, "ask", "can")) return false;
    if (/^[a-z]/.test(token.text))
      return (
        at === tokens.length - 1 &&
        /^(?:or not|can or not|can ah|anot|isit|meh|right|correct|ok or not|ok not|have or not|got or not|can|or not (?:one|ah|leh|huh)|one or not|is it|is it ah|isit ah|got anot)$/.test(
          token.text,
        )
      );
    return is(token, "ask") && !is(token, "filler", "unwant", "no-stock");
  });
}

/** 可以来两份苹果吗, "could I have 2 apples?": asked, but ordered. */
export function isPoliteOrder({ clause, drafts, before }: View): boolean {
  const { tokens } = clause;
  const can =
    tokens.some((token) => is(token, "can") || (is(token, "head") && !is(token, "ask-mine"))) || before.wished;
  const wish = tokens.some((token) =>
    is(token, "wish", "head", "verb", "please", "add", "set", "less", "swap", "cancel"),
  );
  if (tokens.some((token) => is(token, "price", "may", "which") && !is(token, "add", "wish"))) return false;
  const last = tokens.at(-1);
  const ends = last !== undefined && /^(?:ok|okay|alright|possible)$/.test(last.text); // "2 apples, ok?"
  if (is(last, "ask") && /^(?:呢|没|没有|未|未有)$/.test(last!.text)) return false;
  const first = tokens.find((token) => !is(token, "polite"));
  if (first && INVERTED.test(first.text) && is(first, "ask") && !tokens.some((token) => is(token, "can"))) return false;
  const whole = drafts.every(({ amount, cancel, swap }) => amount || cancel || swap);
  const named = drafts.every(({ items, all }) => items || all);
  // "did 3 get squashed?" asks, "can I get 3?" orders.
  if (named && isInverted(tokens) && !can && !ends && !tokens.some((token) => is(token, "please", "add"))) return false;
  if (named) return (can || wish || ends || before.ordered) && whole;
  // "can I get 2 kg of bananas?": ordered, whatever it is
  const gets = tokens.some((token) => is(token, "head") && /^(?:can|could|may) (?:i|we) /.test(token.text));
  if (gets && whole && tokens.some(({ kind }) => kind === "other")) return drafts.every(({ amount }) => amount?.unit);
  const change = () => before.oneLine() && drafts.every(({ op }) => op !== undefined);
  return can && wish && whole && (before.oneItem || change()) && !drafts.some(({ signed }) => signed);
}
