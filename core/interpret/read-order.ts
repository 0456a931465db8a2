import { ONE } from "../quantity.ts";
import type { Clause } from "./clauses.ts";
import { takeContext, withoutSums } from "./complete-drafts.ts";
import type { Draft } from "./draft.ts";
import { stepOf } from "./finding.ts";
import type { Finding, Message } from "./message.ts";
import { readSentence } from "./read-sentence.ts";
import type { Reading } from "./reading.ts";
import { orderOf, resolve } from "./resolve.ts";
import { sentencesOf } from "./sentences.ts";
import { is, type Token } from "./tokens.ts";
import { isRecipe, isUnsaid } from "./unsaid.ts";

/** Lines of an order, changes and cancelled lines, however much is said around them. */
export function readOrder(message: Message): Finding | undefined {
  const pairs = readPairs(message);
  if (pairs) return pairs;

  if (isHeadedByTalk(message) || isRecipe(message) || EXAMPLE.test(message.folded.text)) return undefined;

  const found: Draft[] = [];
  const unread: Draft[] = [];
  let wished = false;
  let talked = false;
  let context: readonly number[] | undefined;
  for (const sentence of sentencesOf(message.clauses)) {
    const read = readSentence(message, sentence, context);
    found.push(...read.drafts);
    unread.push(...read.unread);
    wished ||= read.wished;
    talked ||= read.talked;
    context = read.context ?? context;
  }
  if (found.length === 0 || agreesOnly(message, found)) return undefined;
  const signed = found.some((draft) => draft.signed);
  if (isUnsaid(message, signed)) return undefined;
  // Nothing is half-taken: a line that cannot be read asks for the whole.
  const lines = [...found, ...unread.map((draft) => ({ ...draft, doubtful: true }))];
  const withContext = takeContext(withoutSums(lines), context, message);
  const resolved = resolve(message.context.catalog, withContext, message.context.mine, {
    wished: wished || Boolean(message.context.reply),
    alone: !talked && message.clauses.length === 1 && found.length === 1,
  });
  if (isEmptyNo(message, found)) return undefined;

  const rules = () => withContext.map((draft) => stepOf(message, draft.rules.join(" + "), draft.start, draft.end));
  if (resolved.ok) {
    const reading: Reading = {
      kind: "order",
      lines: resolved.lines,
      ...(resolved.whom !== undefined && { for: resolved.whom }),
    };
    return { reading, rules };
  }
  const { reason, candidates } = resolved;
  return { reading: { kind: "unclear", reason, ...(candidates && { candidates }) }, rules };
}

/** A message made only of pairs, in a catalog of two items or more: `1+2 3+1`. @source message language, 1.2 */
function readPairs(message: Message): Finding | undefined {
  const { folded, context } = message;
  if (context.catalog.items.length < 2 || !/^\s*\d{1,2}\s?\+/.test(folded.text)) return undefined;
  if (!/^\s*\d{1,2}\s?\+\s?\d{1,3}(?:[\s,、;]+\d{1,2}\s?\+\s?\d{1,3}){0,98}\s*$/.test(folded.text)) return undefined;
  const pairs = [...folded.text.matchAll(/(\d{1,2})\s?\+\s?(\d{1,3})/g)];
  const rules = () => pairs.map(({ 0: text, index }) => stepOf(message, "pair", index, index + text.length));
  const lines = pairs.map(([, item, units]) => ({
    ...{ item: Number(item), op: "add" as const, quantity: Number(units) * ONE },
  }));
  if (lines.some(({ item }) => item < 1 || item > context.catalog.items.length))
    return { reading: { kind: "unclear", reason: "unknown-item" }, rules };
  const order = orderOf(lines);
  const reading: Reading = order.ok ? { kind: "order", lines: order.lines } : { kind: "unclear", reason: order.reason };
  return { reading, rules };
}

/** A leader shows how to order. */
const EXAMPLE = /^\s*(?:e\.?g[.,: ]|for example|example|format|template|to order,|例如|例[：: ]|格式|比如|举例)/;

/** 统计：…, "Price list" and lines below it: what follows is no order of the sender's. */
function isHeadedByTalk({ tokens }: Message): boolean {
  const end = tokens.findIndex(
    (token) => token.kind === "colon" || token.level === 3 || token.kind === "item" || token.kind === "amount",
  );
  if (end < 1 || (tokens[end]!.kind !== "colon" && tokens[end]!.level !== 3)) return false;
  const heading = tokens.slice(0, end);
  if (
    heading.some(
      (token) =>
        is(token, "wish", "head", "please", "me", "add", "cancel", "mine-word") ||
        (tokens[end]!.kind !== "colon" && is(token, "label")) ||
        token.kind === "other",
    )
  )
    return false;
  return heading.some(
    (token) => is(token, "ask-tally", "price", "state") || (is(token, "talk") && tokens[end]!.kind === "colon"),
  );
}

/** "+1, agreed": a bare +1 beside words of agreement is a vote. */
function agreesOnly({ clauses, context: { catalog, reply } }: Message, drafts: readonly Draft[]): boolean {
  if (drafts.some(({ items, all, unknown, amount }) => items || all || unknown || amount?.unit)) return false;
  // "+1, parking is a nightmare": where nobody could tell of which goods, it is of what is said.
  const isTalk = ({ tokens }: Clause) =>
    tokens.length > 2 &&
    tokens.some((token) => is(token, "talk") && token.kind === "word") &&
    !tokens.some((token) => (token.kind === "amount" && !token.amount!.article) || is(token, "wish", "head", "please"));
  if (
    catalog.items.length > 1 &&
    !reply &&
    drafts.every(({ signed, op }) => signed && op === "add") &&
    clauses.some(isTalk)
  )
    return true;
  return clauses.some(({ tokens }) =>
    tokens.some((token) => is(token, "agree") && !is(token, "polite", "filler", "wish", "add", "set", "join")),
  );
}

/** "no apples" from somebody who has none says nothing. */
function isEmptyNo({ tokens, context: { mine } }: Message, drafts: readonly Draft[]): boolean {
  // "no more oysters today" tells, "no more oysters for me" asks.
  const isNo = ({ text }: Token) =>
    text === "no" || (text === "no more" && !tokens.some((token) => is(token, "me", "please")));
  if (!tokens.some((token) => isNo(token) || (is(token, "refuse") && !is(token, "cancel")))) return false;
  return drafts.every(({ cancel, items }) => cancel && items?.every((item) => !mine?.[item]));
}
