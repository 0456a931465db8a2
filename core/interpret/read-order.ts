import { written } from "../text/fold.ts";
import { sameUnit } from "../text/units.ts";
import type { Catalog } from "./catalog.ts";
import type { Clause } from "./clauses.ts";
import type { Draft } from "./draft.ts";
import { isQuestion, judge, type Verdict } from "./judge.ts";
import { freshCarry } from "./line-state.ts";
import type { Finding, Message, Step } from "./message.ts";
import { parseClause } from "./parse.ts";
import type { Reading } from "./reading.ts";
import { ownItems, resolve } from "./resolve.ts";
import { is, type Token } from "./tokens.ts";

/** Lines of an order, changes and cancelled lines, however much is said around them. */
export function readOrder(message: Message): Finding | undefined {
  const pairs = readPairs(message);
  if (pairs) return pairs;

  if (isHeadedByTalk(message) || EXAMPLE.test(message.folded.text)) return undefined;

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
  // Nothing is half-taken: a line that cannot be read asks for the whole.
  const lines = [...found, ...unread.map((draft) => ({ ...draft, doubtful: true }))];
  const withContext = takeContext(withoutSums(lines), context, message);
  const resolved = resolve(message.context.catalog, withContext, message.context.mine, {
    wished: wished || Boolean(message.context.reply),
    alone: !talked && message.clauses.length === 1 && found.length === 1,
  });
  if (isEmptyNo(message, found)) return undefined;

  const rules = () => withContext.map((draft) => stepOf(message, draft));
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
function readPairs({ folded, context }: Message): Finding | undefined {
  if (context.catalog.items.length < 2 || !/^\s*\d{1,2}\s?\+/.test(folded.text)) return undefined;
  if (!/^\s*\d{1,2}\s?\+\s?\d{1,3}(?:[\s,、;]+\d{1,2}\s?\+\s?\d{1,3}){0,98}\s*$/.test(folded.text)) return undefined;
  const lines = new Map<number, number>();
  const rules: Step[] = [];
  let unknown = false;
  for (const match of folded.text.matchAll(/(\d{1,2})\s?\+\s?(\d{1,3})/g)) {
    const item = Number(match[1]);
    if (item < 1 || item > context.catalog.items.length) unknown = true;
    lines.set(item, (lines.get(item) ?? 0) + Number(match[2]) * 1000);
    rules.push({ rule: "pair", start: match.index, end: match.index + match[0].length, text: match[0] });
  }
  if (unknown) return { reading: { kind: "unclear", reason: "unknown-item" }, rules: () => rules };
  return {
    reading: { kind: "order", lines: [...lines].map(([item, quantity]) => ({ item, op: "add", quantity })) },
    rules: () => rules,
  };
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

/** Clauses up to the end of a sentence; a line that only gives a quantity belongs to the name above it. */
function sentencesOf(clauses: readonly Clause[]): Clause[][] {
  const sentences: Clause[][] = [[]];
  for (const [at, clause] of clauses.entries()) {
    sentences.at(-1)!.push(clause);
    const next = clauses[at + 1];
    const goesOn = clause.breakAfter === 3 && next !== undefined && isQuantityOnly(next) && isNameOnly(clause);
    if (clause.breakAfter >= 2 && !goesOn) sentences.push([]);
  }
  return sentences.filter((sentence) => sentence.length > 0);
}

function isQuantityOnly({ tokens }: Clause): boolean {
  return tokens.every(
    (token) => token.kind === "amount" || token.kind === "sign" || is(token, "polite", "please", "filler"),
  );
}

function isNameOnly({ tokens }: Clause): boolean {
  return tokens.every(
    (token) => token.kind === "item" || token.kind === "option" || token.kind === "bullet" || token.kind === "colon",
  );
}

interface SentenceRead {
  readonly drafts: readonly Draft[];
  /** Lines of goods that are not known; they count only beside others. */
  readonly unread: readonly Draft[];
  readonly wished: boolean;
  readonly talked: boolean;
  /** The one item that was spoken of, for what follows. */
  readonly context: readonly number[] | undefined;
}

function readSentence(
  message: Message,
  sentence: readonly Clause[],
  context: readonly number[] | undefined,
): SentenceRead {
  const { catalog, reply = false } = message.context;
  const carry = freshCarry();
  const kept: Draft[] = [];
  const unread: Draft[] = [];
  let wished = false;
  let talked = false;
  let blocked = false;
  let toldBefore = false;
  let collected = false;
  let spoken = context;
  const priced = message.tokens.some((token) => token.kind === "price" || is(token, "price"))
    ? message.clauses.some((clause) => isPriced(clause) || talksOfPrice(clause))
    : false;
  let listStart = 0;
  for (const [at, clause] of sentence.entries()) {
    if (!sentence[at - 1]?.listed) listStart = kept.length;
    const parsed = parseClause(catalog, clause, carry);
    const isLast = at === sentence.length - 1;
    const next = sentence[at + 1];
    const flush = isLast || !(clause.listed || isNameOnly(clause) || continuesList(next!));
    const drafts = flush && carry.held.length > 0 ? [...parsed.drafts, ...carry.held.splice(0)] : parsed.drafts;
    const named = lastNamed(carry.held) ?? lastNamed(drafts);
    if (named) spoken = named.items;
    const verdict = verdictOf(
      clause,
      { ...parsed, drafts },
      {
        wished,
        reply,
        oneItem: catalog.items.length === 1,
        oneLine: ownItems(message.context.mine).length === 1,
        ordered: kept.length > 0,
      },
    );
    // 拿了，少1个: what was missing, not what is wanted less.
    collected ||= clause.tokens.some((token) => is(token, "received") && !is(token, "polite"));
    if (collected && drafts.length > 0 && drafts.every(({ items, op }) => !items && op === "less")) {
      talked = true;
      continue;
    }
    if (priced && drafts.length > 0 && isBareFigure(clause, drafts)) {
      talked = true;
      continue;
    }
    const word = blockOf(clause, kept.length > 0 || drafts.length > 0);
    if (word === "all") return { drafts: [], unread: [], wished: false, talked: true, context: spoken };
    if (word === "rest") blocked = true;
    // "peel 2 apples and 3 pears", 苹果2斤和梨3斤哪个划算: a list is meant in one way.
    const inherits: boolean = toldBefore && !isWishClause(clause);
    const told: boolean =
      drafts.length > 0 ? verdict === "talk" || verdict === "question" || inherits : asksFact(clause);
    toldBefore = told && clause.listed;
    if (
      (verdict === "question" || verdict === "talk") &&
      sentence[at - 1]?.listed &&
      !wished &&
      kept.every(({ signed }) => !signed)
    )
      kept.length = listStart;
    if (verdict === "unread" && !blocked) {
      unread.push(...drafts);
      continue;
    }
    if (blocked || inherits || verdict === "talk" || verdict === "question") {
      talked = true;
      if (verdict === "talk" && !isWishClause(clause))
        blocked ||= clause.tokens.some(
          (token) => is(token, "past", "later", "others") && !is(token, "polite", "from", "cancel", "set", "filler"),
        );
      continue;
    }
    if (verdict === "silent") {
      if (isWishClause(clause)) wished = true;
      if (kept.length > 0) remark(message, clause, kept.at(-1)!);
      continue;
    }
    if (clause.tokens.some((token) => is(token, "head", "wish", "please", "join", "verb"))) wished = true;
    kept.push(...noted(message, clause, drafts));
  }
  return { drafts: kept, unread, wished, talked, context: spoken };
}

function lastNamed(drafts: readonly Draft[]): Draft | undefined {
  return drafts.findLast(({ items }) => items?.length === 1);
}

/** Names that wait for a quantity wait on where the next clause gives one. */
function continuesList({ tokens }: Clause): boolean {
  const first = tokens.find((token) => !is(token, "polite", "filler", "please", "me"));
  return (
    first !== undefined &&
    (first.kind === "amount" ||
      first.kind === "sign" ||
      is(first, "each", "both", "cancel", "all", "swap", "wish", "head") ||
      first.kind === "option")
  );
}

function verdictOf(clause: Clause, parsed: Parameters<typeof judge>[1], before: Parameters<typeof judge>[2]): Verdict {
  if (clause.tokens.some((token) => is(token, "received") && !is(token, "polite"))) return "talk";
  const paid = clause.tokens.find((token) => is(token, "paid", "unpaid") && !is(token, "set", "add", "from"));
  const first = parsed.drafts[0];
  if (paid && first && (paid.start < first.start || !first.items)) return "talk";
  return judge(clause, parsed, before);
}

/** Conditions and other times reach beyond their own clause. @source message language, 1.5 */
function blockOf(clause: Clause, hasOrder: boolean): "all" | "rest" | undefined {
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
function isPriced({ tokens }: Clause): boolean {
  return (
    tokens.some(({ kind }) => kind === "price") &&
    tokens.some(({ kind }) => kind === "item") &&
    !tokens.some(({ kind }) => kind === "amount" || kind === "sign")
  );
}

/** 都涨了 */
function talksOfPrice({ tokens, asked }: Clause): boolean {
  return (
    !asked &&
    tokens.some((token) => is(token, "price") && !is(token, "which", "condition", "ask")) &&
    tokens.every(({ kind }) => kind === "word" || kind === "decor")
  );
}

function isBareFigure({ tokens }: Clause, drafts: readonly Draft[]): boolean {
  return (
    drafts.every(({ amount, signed, op }) => amount && !amount.unit && amount.style === "digits" && !signed && !op) &&
    !tokens.some((token) => is(token, "wish", "head", "please"))
  );
}

/** "what do I do with …": what is joined to it is asked about. */
function asksFact({ tokens }: Clause): boolean {
  return tokens.some((token) => token.kind === "word" && is(token, "which") && !is(token, "filler"));
}

function isWishClause({ tokens }: Clause): boolean {
  return (
    tokens.some((token) => is(token, "head", "wish", "please", "add")) && !tokens.some((token) => is(token, "which"))
  );
}

/** "2 apples. Less spicy": a clause that holds nothing but a wish about the goods is a note of the line before. */
function remark(message: Message, clause: Clause, draft: Draft): void {
  if (!clause.tokens.some((token) => is(token, "descriptor")) || isQuestion(clause)) return;
  const [first, last] = [clause.tokens[0]!, clause.tokens.at(-1)!];
  addNote(draft, written(message.folded, first.start, last.end));
}

/** What follows a line and is no part of it is a note: 少冰半糖, "not too ripe". */
function noted(message: Message, clause: Clause, drafts: readonly Draft[]): readonly Draft[] {
  const last = drafts.at(-1);
  if (!last || !(last.items || last.all)) return drafts;
  const rest = clause.tokens.filter((token) => token.start >= last.end && isRemark(token));
  if (rest.length > 0 && !(rest.length === 1 && rest[0]!.text === "not"))
    addNote(last, written(message.folded, rest[0]!.start, rest.at(-1)!.end));
  return drafts;
}

function isRemark(token: Token): boolean {
  return token.kind === "other" || (token.kind === "word" && is(token, "descriptor"));
}

function addNote(draft: Draft, note: string): void {
  draft.note = draft.note ? `${draft.note}；${note}` : note;
}

/** "+1, agreed": a bare +1 beside words of agreement is a vote. */
function agreesOnly({ clauses }: Message, drafts: readonly Draft[]): boolean {
  if (drafts.some(({ items, all, unknown, amount }) => items || all || unknown || amount?.unit)) return false;
  return clauses.some(({ tokens }) =>
    tokens.some((token) => is(token, "agree") && !is(token, "polite", "filler", "wish", "add", "set", "join")),
  );
}

/** "4 croissants, 2 plain 2 almond": a sum and its parts; where they do not add up, the parts are asked for. */
function withoutSums(drafts: readonly Draft[]): readonly Draft[] {
  return drafts.filter((draft, at) => {
    if (isSumOf(draft, drafts.slice(0, at))) return false;
    const [item] = draft.items ?? [];
    if (item === undefined || draft.options || !draft.amount || draft.signed) return true;
    const parts: Draft[] = [];
    for (let next = at + 1; drafts[next]?.rules.includes("option") && drafts[next]!.items?.includes(item); next++)
      parts.push(drafts[next]!);
    if (parts.length === 0) return true;
    const sum = parts.reduce((total, { amount }) => total + (amount?.value ?? 0), 0);
    if (sum === draft.amount.value) return false;
    parts[0]!.tooMany = true;
    return true;
  });
}

/** 雪梨1斤苹果2斤一共3斤: what the lines before come to. */
function isSumOf(draft: Draft, before: readonly Draft[]): boolean {
  if (draft.items || draft.all || draft.op !== "set" || !draft.rules.includes("change") || before.length < 2)
    return false;
  if (!before.every(({ items, amount, op }) => items && amount && !amount.fault && op !== "less")) return false;
  return before.reduce((total, { amount }) => total + amount!.value, 0) === draft.amount?.value;
}

/** A quantity without a name is of the one item that the message spoke of. */
function takeContext(
  drafts: readonly Draft[],
  context: readonly number[] | undefined,
  { context: { catalog } }: Message,
): readonly Draft[] {
  if (!context || catalog.items.length === 1 || drafts.every(({ items, all, unknown }) => items || all || unknown))
    return drafts;
  const named = new Set(drafts.flatMap(({ items }) => items ?? []));
  const only = named.size === 0 || (named.size === 1 && named.has(context[0]!));
  if (!only) return drafts;
  return drafts.map((draft) =>
    draft.items || draft.all || draft.unknown || soldApart(draft, context[0]!, catalog)
      ? draft
      : { ...draft, items: context },
  );
}

/** "2 loaves, 1 cheddar": the unit is of another item, and of that alone. */
function soldApart({ amount }: Draft, item: number, { items }: Catalog): boolean {
  const unit = amount?.unit;
  if (unit?.kind !== "container") return false;
  const sold = items.filter(({ sale }) => sale && sameUnit(unit, sale));
  return sold.length === 1 && sold[0]!.number !== item;
}

/** "no apples" from somebody who has none says nothing. */
function isEmptyNo({ tokens, context: { mine } }: Message, drafts: readonly Draft[]): boolean {
  // "no more oysters today" tells, "no more oysters for me" asks.
  const isNo = ({ text }: Token) =>
    text === "no" || (text === "no more" && !tokens.some((token) => is(token, "me", "please")));
  if (!tokens.some(isNo)) return false;
  return drafts.every(({ cancel, items }) => cancel && items?.every((item) => !mine?.[item]));
}

function stepOf({ folded }: Message, draft: Draft): Step {
  const text = written(folded, draft.start, draft.end);
  const start = folded.origin ? folded.origin[draft.start]! : draft.start;
  return { rule: draft.rules.join(" + "), start, end: start + text.length, text };
}
