import type { Clause } from "./clauses.ts";
import type { Draft, Parsed } from "./draft.ts";
import { is, type Token } from "./tokens.ts";

/** What a clause is, once its lines are read. */
export type Verdict = "order" | "question" | "talk" | "silent" | "unread";

/** What the clauses before it in the same sentence were. */
export interface Before {
  /** A wish or an order stands before, so that the list goes on. */
  readonly wished: boolean;
  readonly reply: boolean;
  readonly oneItem: boolean;
  /** The order to change has one line, so that words of change need no name. */
  readonly oneLine: boolean;
  /** Lines of this sentence stand before. */
  readonly ordered: boolean;
}

/** Whether the lines of a clause are an order. The closed world: what is not understood beside goods is talk. */
export function judge(clause: Clause, { drafts, loose }: Parsed, before: Before): Verdict {
  if (drafts.length === 0) return isQuestion(clause) ? "question" : "silent";
  const view = viewOf(clause, drafts, loose, before);
  if (hasHard(view) || tellsOfNeed(clause) || movesTime(view) || tellsOfOrder(clause) || tellsOfSize(view))
    return "talk";
  if (isQuestion(clause) && !isPoliteOrder(view)) return "question";
  if (drafts.every(({ cancel, op, items }) => cancel || (op === "less" && items))) return judgeCancel(view);
  if (hasSoft(view)) return "talk";
  if (drafts.every((draft) => isValid(draft, view))) return "order";
  return isUnreadLine(view) ? "unread" : "talk";
}

/** 鸡蛋改明天拿: another time, not another quantity. */
function movesTime({ clause: { tokens }, drafts }: View): boolean {
  if (drafts.some(({ amount }) => amount)) return false;
  return tokens.some(
    (token, at) => is(token, "set", "swap") && (tokens[at + 1]?.kind === "time" || is(tokens[at + 1], "time", "later")),
  );
}

/** "brisket needs 4 hours": the goods are spoken of, nobody wishes. */
function tellsOfNeed({ tokens }: Clause): boolean {
  return tokens.some(
    (token, at) => /^(?:needs|wants|takes|likes)$/.test(token.text) && tokens[at - 1]?.kind === "item",
  );
}

/** 我订了2板, 楼上要了3个: what was ordered is told of. */
function tellsOfOrder({ tokens }: Clause): boolean {
  return tokens.some(
    (token, at) =>
      is(token, "wish", "head") &&
      !is(token, "cancel", "unwant") &&
      ((/^[了咗]$/.test(tokens[at + 1]?.text ?? "") &&
        tokens[at + 1]!.start === token.end &&
        tokens[at + 2]?.kind === "amount") ||
        (/^已经?$/.test(tokens[at - 1]?.text ?? "") && tokens[at + 1]?.kind === "amount")),
  );
}

/** 一斤大概3个: how large the goods are. */
function tellsOfSize({ clause: { tokens }, wishes }: View): boolean {
  return (
    !wishes &&
    tokens.some(
      (token, at) =>
        /^(?:大概|大约|差不多|约|about|around|roughly|=)$/.test(token.text) &&
        tokens[at - 1]?.kind === "amount" &&
        tokens[at + 1]?.kind === "amount" &&
        tokens[at - 1]!.amount?.unit !== undefined,
    )
  );
}

/** Beside other lines, the form of a line, but of goods that are not known: "and a cake", "teh tarik kosong 1". */
function isUnreadLine({ clause, drafts, loose }: View): boolean {
  const [first] = clause.tokens;
  return (
    drafts.length === 1 &&
    drafts.every(({ amount, unknown, doubtful }) => amount && (doubtful || isNoun(unknown))) &&
    loose.length <= 1 &&
    (first!.kind === "amount" || first!.kind === "item" || first!.kind === "sign" || first!.kind === "other") &&
    clause.tokens.every(
      (token) =>
        ["amount", "item", "sign", "other", "decor", "option", "unit"].includes(token.kind) ||
        is(token, "filler", "polite", "please", "descriptor"),
    )
  );
}

const NO_GOODS =
  /^(?:question|favou?r|hug|note|reminder|thing|bit|while|lot|moment|min|sec|request|query|idea|pleasure)s?$/;

function isNoun(unknown: string | undefined): boolean {
  return unknown !== undefined && !GRAMMAR.test(unknown) && !NO_GOODS.test(unknown) && !unknown.includes(" ");
}

interface View {
  readonly clause: Clause;
  readonly drafts: readonly Draft[];
  readonly loose: readonly Token[];
  readonly before: Before;
  readonly from: number;
  readonly until: number;
  /** Where a wish that nothing else can mean begins; what stands before it does not count. */
  readonly head: number;
  readonly wished: boolean;
  readonly wishes: boolean;
  readonly asks: boolean;
  readonly signed: boolean;
  readonly measured: boolean;
}

function viewOf(clause: Clause, drafts: readonly Draft[], loose: readonly Token[], before: Before): View {
  const { tokens } = clause;
  const from = Math.min(...drafts.map(({ start }) => start));
  const until = Math.max(...drafts.map(({ end }) => end));
  const headToken = tokens.find((token, at) => isHead(token, tokens[at + 1]) && token.start < until);
  return {
    clause,
    drafts,
    loose,
    before,
    from,
    until,
    head: headToken?.start ?? (before.wished ? clause.tokens[0]!.start : -1),
    wished:
      before.wished ||
      headToken !== undefined ||
      tokens.some(({ kind }) => kind === "name") || // "2 for me", "3 for mum"
      tokens.some((token) => is(token, "wish", "head", "verb", "please", "join", "add", "less", "set", "swap")),
    wishes: before.wished || headToken !== undefined || tokens.some((token) => is(token, "wish", "please", "join")),
    asks: tokens.some((token) => is(token, "please")),
    signed: drafts.some(({ signed }) => signed),
    measured: drafts.some(({ amount }) => amount?.unit),
  };
}

/** 我要 is a wish, 我要的苹果呢 asks for what was wished. */
function isHead(token: Token, next: Token | undefined): boolean {
  const tells = (next?.text === "的" || next?.text === "了") && next.start === token.end;
  return is(token, "head") && !is(token, "ask-mine") && !tells;
}

/** What no order can stand beside, wherever it is in the clause. */
function hasHard({ clause, until, head, signed, asks, before: said }: View): boolean {
  return clause.tokens.some((token, at) => {
    const before = clause.tokens[at - 1];
    // 要苹果的扣1: a leader calls for names.
    const calls = token.text === "的" && at > 0 && clause.tokens.slice(0, at).some((wish) => is(wish, "wish", "head"));
    if (
      calls &&
      (clause.tokens[at + 1]?.kind === "sign" ||
        /^(?:扣|报名|登记|接龙|举手|回复|留言)/.test(clause.tokens[at + 1]?.text ?? ""))
    )
      return true;
    // 新鲜就来2盒: only then.
    if (
      /^就[来要买订]?$/.test(token.text) &&
      before?.end === token.start &&
      (before.kind === "other" || is(before, "descriptor", "talk"))
    )
      return true;
    if (is(token, "if-ok")) return false;
    if (is(token, "condition")) return !is(token, "wish", "filler");
    if (is(token, "which") && !is(token, "filler")) return token.kind === "word";
    if (token.text === "够" && token.start >= until && said.ordered) return false; // 土豆来两斤，洋葱一斤就够
    if (is(token, "may")) return !is(token, "add");
    if (is(token, "later", "maybe") && !is(token, "wish", "polite", "refuse"))
      return token.start < until || !(head >= 0 || signed || asks);
    return false;
  });
}

const SOFT = [
  "past",
  "talk",
  "others",
  "state",
  "price",
  "unpaid",
  "not-received",
  "agree",
  "refuse",
  "ask-tally",
] as const;

/** What tells of goods or people instead of asking for them. */
function hasSoft(view: View): boolean {
  const { clause, drafts, head, until, signed } = view;
  const named = drafts.some(({ items }) => items);
  if (tellsOfPast(clause.tokens, head) || tellsOfOwn(view)) return true;
  // 总共20盒了: how the buy stands.
  if (
    clause.tokens.at(-1)?.text === "了" &&
    !view.wishes &&
    clause.tokens.some(({ text }) => /^(?:一共|总共|共|合计|总计)$/.test(text))
  )
    return true;
  return clause.tokens.some((token) => {
    if (head >= 0 && token.start < head) return false;
    if (token.kind === "note" && /[元¥$]|\/\s?(?:斤|kg|lb)/.test(token.text)) return head < 0 && !signed;
    if (token.kind === "link") return true;
    const behind = token.start >= until;
    // 苹果2斤 麻烦送上楼: what is asked for beside the goods.
    if (
      behind &&
      named &&
      clause.tokens.some((word) => is(word, "please") && word.start >= until && word.start < token.start)
    )
      return false;
    if (["price", "measure", "time", "money"].includes(token.kind)) {
      if (token.kind === "time" && (named || head >= 0)) return false;
      return !(head >= 0 || signed || view.asks || view.wished) || (!named && !behind);
    }
    if (token.kind === "word" && token.text.startsWith("收到")) {
      const next = clause.tokens[clause.tokens.indexOf(token) + 1];
      const last = clause.tokens[clause.tokens.indexOf(token) - 1];
      const touches = last?.end === token.start && (last.kind === "amount" || last.kind === "item");
      if (touches || next?.kind === "amount" || next?.kind === "item") return true; // 收到2斤 tells of what came
    }
    if (token.kind !== "word" || !is(token, ...SOFT)) return false;
    if (
      is(
        token,
        "polite",
        "please",
        "wish",
        "head",
        "add",
        "less",
        "set",
        "swap",
        "cancel",
        "can",
        "each",
        "all",
        "filler",
        "also",
        "and",
        "from",
        "descriptor",
        "me",
        "relation",
        "more-after",
        "less-after",
        "both",
        "verb",
        "help",
        "time",
      )
    ) {
      return is(token, "agree") && !named && !is(token, "polite", "wish", "filler", "add");
    }
    if (behind && named && (head >= 0 || signed) && !is(token, "agree")) return false;
    if (is(token, "state") && view.wishes) return false;
    if (token.text === "够" && behind && named && view.before.ordered) return false;
    // 再加一盒送人: what it is for.
    if (/^送[人礼]$/.test(token.text) && behind && view.wished) return false;
    return true;
  });
}

/** 买了2斤, 切了两个: what has been done is told, not asked for. */
function tellsOfPast(tokens: readonly Token[], head: number): boolean {
  return tokens.some((token, at) => {
    const [before, next] = [tokens[at - 1], tokens[at + 1]];
    if (token.text !== "了" || token.start < head || before?.end !== token.start) return false;
    if (next?.kind !== "amount" && next?.kind !== "item") return false;
    return (
      before.kind === "other" || (before.kind === "word" && !is(before, "set", "polite", "swap", "cancel", "filler"))
    );
  });
}

/** 我的苹果2斤放门口: what one has ordered is spoken of. */
function tellsOfOwn({ clause, drafts, wished, signed, from }: View): boolean {
  const own = clause.tokens.findLast(({ start }) => start < from);
  return own?.text === "我的" && !wished && !signed && drafts.every(({ op, cancel, swap }) => !op && !cancel && !swap);
}

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
function isPoliteOrder({ clause, drafts, before }: View): boolean {
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
  const change = before.oneLine && drafts.every(({ op }) => op !== undefined);
  return can && wish && whole && (before.oneItem || change) && !drafts.some(({ signed }) => signed);
}

/** 苹果不要了, "cancel my apples": what was ordered before may be told of. */
function judgeCancel({ clause, loose, drafts }: View): Verdict {
  const cancels = drafts.some(({ cancel, signed }) => cancel && !signed);
  if (clause.tokens.some((token) => is(token, "others") && token.start < Math.min(...drafts.map(({ start }) => start))))
    return "talk";
  const from = Math.min(...drafts.map(({ start }) => start));
  const leading = loose.some(({ kind, start }) => kind === "other" && start < from);
  // 老张的牛奶退了: whose
  const whose = clause.tokens.findIndex((token) => token.kind === "other" && token.start < from);
  if (whose >= 0 && clause.tokens[whose + 1]?.text === "的" && clause.tokens[whose + 2]?.kind === "item") return "talk";
  if (clause.tokens.some(({ kind }) => kind === "link" || kind === "price")) return "talk";
  if (clause.tokens.some(({ text }) => text === "cancelled" || text === "canceled")) return "talk";
  const told = clause.tokens.findIndex(({ text }) => text === "退了" || text === "撤了");
  if (told >= 0 && (clause.tokens[told + 1]?.kind === "amount" || drafts.every(({ items }) => !items))) return "talk";
  const talk = clause.tokens.some(
    (token) =>
      is(token, "talk", "past", "agree") &&
      !is(
        token,
        "cancel",
        "unwant",
        "less",
        "from",
        "mine-word",
        "filler",
        "polite",
        "less-after",
        "no-stock",
        "wish",
        "set",
        "head",
        "please",
        "all",
        "me",
        "also",
        "swap",
        "descriptor",
      ),
  );
  if (talk && !cancels) return "talk";
  if (
    talk &&
    clause.tokens.some(
      (token) => is(token, "talk") && token.start < from && !is(token, "cancel", "unwant", "less", "filler", "from"),
    )
  )
    return "talk";
  return leading && !cancels ? "talk" : "order";
}

function isValid(draft: Draft, view: View): boolean {
  if (draft.all) return true;
  if (draft.unknown !== undefined) return isUnknownGoods(draft, view);
  return draft.items ? isNamedOrder(draft, view) : isUnnamedOrder(draft, view);
}

/** An item is named: an order unless something unread stands where it changes what is meant. */
function isNamedOrder(draft: Draft, view: View): boolean {
  const { head, wished, asks, signed, measured, from, until, loose, before } = view;
  const clear = head >= 0 || wished || asks || signed || before.wished;
  if (draft.doubtful && tellsOfDoing(view)) return false;
  if (draft.doubtful) return clear || measured;
  if (!draft.amount && !draft.cancel && !draft.swap) {
    // Where others have a quantity, this one lacks it.
    const listed = view.drafts.some((other) => other.amount && other.items);
    if (!(clear || before.reply || listed)) return false;
  }
  for (const token of loose) {
    if (token.kind !== "other" && token.kind !== "sign" && token.kind !== "unit") continue;
    if (token.start < from) {
      if (head > token.start || head === token.start) continue;
      if (head < 0 || token.start > head) return false;
    }
    const behind = token.start >= until;
    const latin = token.text.charCodeAt(0) < 0x250;
    if (behind && latin && !(clear || measured || isNameFirst(draft))) return false;
    if (behind && !draft.amount && latin && !asks && head < 0) return false;
    if (behind && !draft.amount && !latin && head < 0 && isWishedFor(view, token)) return false;
  }
  return true;
}

/** 柚子茶要用温水泡: what the goods want. */
function isWishedFor({ clause: { tokens } }: View, token: Token): boolean {
  const before = tokens[tokens.indexOf(token) - 1];
  return is(before, "wish") && before!.end === token.start;
}

/** 豌豆剥了2斤: something unread was done with the goods. */
function tellsOfDoing({ clause: { tokens }, head }: View): boolean {
  if (head >= 0) return false;
  return tokens.some(
    (token, at) =>
      token.kind === "other" &&
      isHanText(token.text) &&
      /^[了过完掉]$/.test(tokens[at + 1]?.text ?? "") &&
      tokens[at + 1]!.start === token.end &&
      tokens[at + 2]?.kind === "amount",
  );
}

function isHanText(text: string): boolean {
  return text.charCodeAt(0) >= 0x3400;
}

/** "apples 2": the form of a list, in which a remark may follow. */
function isNameFirst({ amount, numberFirst }: Draft): boolean {
  return amount !== undefined && !numberFirst;
}

/** No item is named: only what cannot be anything else, with nothing unread beside it. */
function isUnnamedOrder(draft: Draft, view: View): boolean {
  if (view.drafts.some(({ items }) => items) && !draft.signed && !draft.op && view.head < 0) return false;
  if (view.clause.tokens.some((token) => is(token, "ask-tally"))) return false;
  const { clause, drafts, loose, wished, asks, before } = view;
  const strays = loose.some((token) => token.kind === "other" || token.kind === "time" || token.kind === "sign");
  const { amount, signed } = draft;
  if (!amount) return false;
  if (drafts.filter(({ items, op }) => !items && !op).length > 1) return false;
  if (clause.tokens.some(({ kind }) => ["price", "measure", "time", "phone", "link", "money"].includes(kind)))
    return false;
  if (strays) return view.head >= 0 && loose.every(({ start }) => start < view.head || start >= view.until);
  const after = clause.tokens.find((token) => token.start >= view.until);
  if (after?.text === "了" && !wished && !signed && !draft.op) return false;
  if (after?.text === "了" && draft.op === "set" && /共|总|合计/.test(clause.tokens.map(({ text }) => text).join("")))
    return false;
  if (amount.article && !amount.unit) return false;
  if (signed) return amount.unit !== undefined || (amount.value <= 999_000 && amount.value % 1 === 0);
  if (amount.unit) return true;
  if (before.ordered && typeof draft.whom === "string") return true; // "2 apples for me and 1 for mum"
  return wished || asks || before.reply || draft.op !== undefined;
}

const GRAMMAR = /[的了是在有我你他她它们这那就都吗呢吧啊不没会能很太说看去]/;

/** A product that the catalog does not have, in what is clearly an order. */
function isUnknownGoods(draft: Draft, view: View): boolean {
  const { wished, asks, signed, head, loose, before, drafts } = view;
  const text = draft.unknown!;
  if (GRAMMAR.test(text) || text.length > 24) return false;
  if (!draft.amount?.unit && (draft.amount?.value ?? 0) > 999_000) return false;
  if (draft.amount?.fault === "range" && !draft.amount.unit && !wished) return false; // "2-1 to City"
  if (head >= 0 || asks || (before.wished && drafts.length > 0)) return true;
  const others = loose.filter(({ kind, text: own }) => kind === "other" && !text.includes(own));
  if (others.length > 0) return false;
  if (wished || signed || draft.amount?.unit) return true;
  if ((draft.amount?.value ?? 0) > 99_000) return false;
  return (
    text.split(" ").length <= 2 && /^[a-z\u3400-\u9fff]/.test(text) && (/s$/.test(text) || text.charCodeAt(0) > 0x250)
  );
}
