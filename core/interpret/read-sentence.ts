import type { Tag } from "../text/words/tags.ts";
import {
  asksFact,
  blockOf,
  isBareFigure,
  isLineUnread,
  isPriced,
  isWishClause,
  namesPieces,
  talksOfPrice,
} from "./beyond-clause.ts";
import type { Clause } from "./clauses.ts";
import type { Draft } from "./draft.ts";
import { saidIn } from "./finding.ts";
import { judge, type Verdict } from "./judge.ts";
import { freshCarry } from "./line-state.ts";
import type { Message } from "./message.ts";
import { parseClause } from "./parse.ts";
import { isQuestion } from "./questions.ts";
import { noteRest, remark } from "./remarks.ts";
import { ownItems } from "./resolve.ts";
import { isNameOnly } from "./sentences.ts";
import { is, type Token } from "./tokens.ts";

interface SentenceRead {
  readonly drafts: readonly Draft[];
  /** Lines of goods that are not known; they count only beside others. */
  readonly unread: readonly Draft[];
  readonly wished: boolean;
  readonly talked: boolean;
  /** The one item that was spoken of, for what follows. */
  readonly context: readonly number[] | undefined;
}

/** Reads the clauses of a sentence one after the other; what one leaves open the next may close. */
export function readSentence(
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
  /** For another time: then a wish is one for that time. */
  let putOff = false;
  let toldBefore = false;
  let collected = false;
  let toldOfGoods = false;
  let spoken = context;
  const priced = message.tokens.some((token) => token.kind === "price" || is(token, "price"))
    ? message.clauses.some((clause) => isPriced(clause) || talksOfPrice(clause))
    : false;
  /** 凤梨酥能冻吗, 凤梨酥很好吃: goods that are spoken of may take the quantity that follows, and are no line without one. */
  const spokenOf = new Set<Draft>();
  let listStart = 0;
  let corrected = false;
  for (const [at, clause] of sentence.entries()) {
    if (!sentence[at - 1]?.listed) listStart = kept.length;
    const parsed = parseClause(catalog, clause, carry);
    const isLast = at === sentence.length - 1;
    const next = sentence[at + 1];
    const flush = isLast || !(clause.listed || isNameOnly(clause) || continuesList(next!));
    const waiting = flush ? carry.held.splice(0).filter((draft) => !spokenOf.has(draft)) : [];
    const drafts = waiting.length > 0 ? [...parsed.drafts, ...waiting] : parsed.drafts;
    if (isQuestion(clause) || !(clause.listed || isWishClause(clause) || isNameOnly(clause)))
      for (const draft of namedIn(clause, carry.held)) spokenOf.add(draft);
    const named = lastNamed(carry.held) ?? lastNamed(drafts);
    if (named) spoken = named.items;
    const judged = verdictOf(
      clause,
      { ...parsed, drafts },
      {
        wished,
        reply,
        oneItem: catalog.items.length === 1,
        oneLine: () => ownItems(message.context).length === 1,
        holds: (items) => ownItems(message.context).some((item) => items.includes(item)),
        ordered: kept.length > 0,
      },
    );
    // "two kilos, no wait, three": a number alone, where one was taken back
    const verdict = corrected && judged === "talk" && drafts.every(isBareQuantity) ? "order" : judged;
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
    if (toldOfGoods && kept.length === 0 && drafts.length > 0 && drafts.every(isBareTotal)) {
      talked = true;
      continue;
    }
    toldOfGoods ||= tellsOfGoods(clause);
    const word = blockOf(clause, kept.length > 0 || drafts.length > 0);
    if (word === "all") return { drafts: [], unread: [], wished: false, talked: true, context: spoken };
    if (word === "rest") blocked = putOff = true;
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
    ) {
      const untold = kept.splice(listStart);
      if (verdict === "talk") unread.push(...untold);
    }
    // 上次的不甜，这次要2斤: what is told of the past ends where something is wanted now
    if (blocked && !putOff && verdict === "order" && wantsNow(clause, drafts)) blocked = false;
    if ((verdict === "unread" || (verdict === "talk" && isLineUnread(clause, drafts))) && !blocked) {
      unread.push(...drafts);
      continue;
    }
    if (blocked || inherits || verdict === "talk" || verdict === "question") {
      talked = true;
      // What is told of reaches on, but a line that looks like any other may be meant.
      if (blocked && verdict === "order" && drafts.every(({ items, amount }) => amount && (items || amount.unit)))
        unread.push(...drafts);
      if (verdict === "talk" && !isWishClause(clause)) {
        const reaches = (tag: Tag) =>
          clause.tokens.some((token) => is(token, tag) && !is(token, "polite", "from", "cancel", "set", "filler"));
        putOff ||= reaches("later");
        blocked ||= putOff || reaches("past") || reaches("others");
      }
      continue;
    }
    if (verdict === "silent") {
      if (kept.length > 0 && namesPieces(clause)) {
        const [first, last] = clause.tokens as [Token, Token];
        unread.push({ start: first.start, end: last.end, unknown: saidIn(message, clause), rules: ["pieces"] });
        continue;
      }
      if (isWishClause(clause)) wished = true;
      corrected = CORRECTS.test(saidIn(message, clause));
      if (kept.length > 0) remark(message, clause, kept.at(-1)!);
      continue;
    }
    if (clause.tokens.some((token) => is(token, "head", "wish", "please", "join", "verb"))) wished = true;
    if (corrected && kept.length > 0) {
      // 蓝莓4盒，哦不对，3盒: what was said last is meant instead
      const { items, options, unknown, doubtful } = kept.splice(correctedAt(kept, drafts), 1)[0]!;
      const goods = {
        ...(items && { items }),
        ...(options && { options }),
        ...(unknown && { unknown }),
        ...(doubtful && { doubtful }),
      };
      for (const draft of drafts) if (!draft.items && !draft.unknown) Object.assign(draft, goods);
    }
    corrected = false;
    for (const draft of drafts) if (isStrayOption(draft, kept)) draft.tooMany = true;
    const before = sentence[at - 1];
    if (before && isUnknownName(before)) {
      for (const draft of drafts) if (isBareQuantity(draft)) draft.unknown = saidIn(message, before);
    }
    noteRest(message, clause, drafts);
    kept.push(...drafts.filter((draft) => !describesAgain(draft, kept)));
  }
  return { drafts: kept, unread, wished, talked, context: spoken };
}

/** Of the names that wait, those of this clause. */
function namedIn({ tokens }: Clause, held: readonly Draft[]): readonly Draft[] {
  let from = held.length;
  while (from > 0 && held[from - 1]!.start >= tokens[0]!.start) from--;
  return held.slice(from);
}

/** 牛腩2斤，这次要嫩的: an option of other goods, with no quantity, may be a remark about these. */
function isStrayOption({ rules, amount, cancel, items = [] }: Draft, kept: readonly Draft[]): boolean {
  if (rules.length !== 1 || rules[0] !== "option" || amount || cancel) return false;
  return kept.length > 0 && !kept.some((draft) => draft.items?.some((item) => items.includes(item)));
}

/** 基围虾2斤，要活的, where 活虾 is another name of them: no second line. */
function describesAgain({ items, amount, cancel, op, all, rules }: Draft, kept: readonly Draft[]): boolean {
  if (!items || amount || cancel || all || op || !rules.includes("part")) return false;
  return kept.some((draft) => draft.amount && draft.items?.join() === items.join());
}

/** "lobster tails, 4 please": goods that are not in the buy. */
function isUnknownName({ tokens, asked }: Clause): boolean {
  return !asked && tokens.length <= 3 && tokens.every(({ kind }) => kind === "other");
}

function isBareQuantity({ amount, items, unknown }: Draft): boolean {
  return amount !== undefined && !items && !unknown;
}

const NOW = /^(?:这次|这回|今次|这期|今天|今日|这周|本周|这批|但|but|this (?:time|week|round))/;

/** Goods and how many, wished or said to be for now. */
function wantsNow(clause: Clause, drafts: readonly Draft[]): boolean {
  if (!drafts.every(({ items, amount, cancel, swap }) => items && (amount || cancel || swap))) return false;
  return isWishClause(clause) || NOW.test(clause.tokens[0]!.text) || drafts.some(({ signed }) => signed);
}

function isBareTotal(draft: Draft): boolean {
  return isBareQuantity(draft) && draft.op === "set";
}

/** 周六到货，总共40箱: so much comes, which nobody orders. */
function tellsOfGoods({ tokens }: Clause): boolean {
  return (
    tokens.some((token) => is(token, "talk", "state")) &&
    !tokens.some((token) => is(token, "wish", "head", "set", "me"))
  );
}

/** The line that is taken back: that of the same goods, or else the last. */
function correctedAt(kept: readonly Draft[], drafts: readonly Draft[]): number {
  const items = drafts[0]?.items;
  const same = items ? kept.findLastIndex((draft) => draft.items?.some((item) => items.includes(item))) : -1;
  return same >= 0 ? same : kept.length - 1;
}

/** What takes back the line before it. */
const CORRECTS =
  /^(?:(?:[哦啊哎呃额噢嗯]|等等|等下)?不对|等等|等下|等一下|算了|不对不对|不不+|[哦啊]不|唔系喎?|不是|讲错|打错字?|说错了?|写错了?|打错了?|no wait|wait|wait no|oh wait|oh no wait|hang on|oops|actually no|sorry no|no sorry|i mean|scratch that|or rather|correction|sorry i mean|no i mean)(?:了|,)?$/;

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
