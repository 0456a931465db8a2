import type { Tag } from "../text/words/tags.ts";
import type { Clause } from "./clauses.ts";
import { finding } from "./finding.ts";
import type { Recogniser } from "./message.ts";
import { isQuestion } from "./questions.ts";
import { ownItems } from "./resolve.ts";
import { is } from "./tokens.ts";

/** "cancel", 不要了, 全部退掉: every line of the sender's order. @source message language, 1.4 */
export const readCancelAll: Recogniser = (message) => {
  const { clauses, context } = message;
  const cancelling = clauses.find(isCancelAll);
  const refuses = clauses.some(isRefusal);
  const cancelsUnknown = clauses.length === 1 && isUnknownCancelled(clauses[0]!);
  if (!cancelling && !refuses && !cancelsUnknown) return undefined;

  const own = ownItems(context);
  if (cancelling && (own.length > 0 || !cancelling.tokens.some((token) => is(token, "refuse")))) {
    const whom = cancelling.tokens.find(({ kind }) => kind === "name")?.whom;
    return finding(
      message,
      { kind: "order", lines: allOff(own), ...(whom !== undefined && { for: whom }) },
      "cancel all",
    );
  }
  if (own.length === 0) return undefined;
  if (cancelsUnknown) return finding(message, { kind: "unclear", reason: "unknown-item" }, "cancel unknown");
  return refuses ? finding(message, { kind: "order", lines: allOff(own) }, "refusal") : undefined;
};

/** 西瓜不要了: cancels what the catalog does not have. */
function isUnknownCancelled({ tokens, asked }: Clause): boolean {
  const others = tokens.filter(({ kind }) => kind === "other");
  if (
    asked ||
    others.length !== 1 ||
    others[0]!.text.length < 2 ||
    others[0]!.text.includes("团") ||
    !tokens.some((token) => is(token, "cancel"))
  )
    return false;
  return tokens.every(
    (token) => token.kind === "other" || token.kind === "decor" || is(token, "cancel", "polite", "please", "filler"),
  );
}

function allOff(items: readonly number[]) {
  return items.map((item) => ({ item, op: "set", quantity: 0 }) as const);
}

const AROUND: readonly Tag[] = [
  "polite",
  "please",
  "filler",
  "me",
  "mine-word",
  "also",
  "wish",
  "head",
  "help",
  "can",
  "verb",
  "from",
  "all",
  "set",
  "time",
  "no-stock",
  "unwant",
  "refuse",
  "less",
  "join",
  "label",
];

/** Nothing but a word of cancelling and what may stand around it. */
function isCancelAll(clause: Clause): boolean {
  const at = clause.tokens.findIndex((token) => is(token, "cancel"));
  if (at < 0) return false;
  const word = clause.tokens[at]!;
  if (word.text === "不要" || word.text === "唔要" || word.text === "去掉" || word.text === "划掉") {
    const rest = clause.tokens.slice(at + 1);
    if (!rest.some((token) => is(token, "mine-word")) && word.text !== "唔要") return false;
  }
  const plain = clause.tokens.every(
    (token) =>
      token === word ||
      token.kind === "decor" ||
      token.kind === "sign" ||
      token.kind === "name" ||
      token.kind === "ordinal-day" ||
      token.text === "the list" ||
      token.text === "list" ||
      (token.kind === "word" && is(token, "cancel", ...AROUND)),
  );
  if (!plain) return false;
  if (/^(?:cancelled|canceled)$/.test(word.text) && !clause.tokens.some((token) => is(token, "me", "please")))
    return clause.tokens.length === 1;
  if (!isQuestion(clause)) return !clause.tokens.some((token) => is(token, "may"));
  // "can you cancel my order?" asks for it, 可以取消吗 whether one may.
  const asked = clause.tokens.map(({ text }) => text).join(" ");
  return /(?:can|could|would) (?:you|u)|please|pls|帮|麻烦/.test(asked);
}

function isRefusal(clause: Clause): boolean {
  if (isQuestion(clause) || !clause.tokens.some((token) => is(token, "refuse"))) return false;
  return clause.tokens.every(
    (token) => token.kind === "decor" || (token.kind === "word" && is(token, "refuse", ...AROUND)),
  );
}
