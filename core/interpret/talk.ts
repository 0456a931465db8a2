import { ONE } from "../quantity.ts";
import type { Clause } from "./clauses.ts";
import { is, type Token } from "./tokens.ts";
import type { View } from "./view.ts";

/** 鸡蛋改明天拿: another time, not another quantity. */
export function movesTime({ clause: { tokens }, drafts }: View): boolean {
  if (drafts.some(({ amount }) => amount)) return false;
  return tokens.some(
    (token, at) => is(token, "set", "swap") && (tokens[at + 1]?.kind === "time" || is(tokens[at + 1], "time", "later")),
  );
}

/** "brisket needs 4 hours": the goods are spoken of, nobody wishes. */
export function tellsOfNeed({ tokens }: Clause): boolean {
  return tokens.some(
    (token, at) => /^(?:needs|wants|takes|likes)$/.test(token.text) && tokens[at - 1]?.kind === "item",
  );
}

/** 我订了2板, 楼上要了3个: what was ordered is told of. */
export function tellsOfOrder({ tokens }: Clause): boolean {
  return tokens.some(
    (token, at) =>
      is(token, "wish", "head") &&
      !is(token, "cancel", "unwant") &&
      ((/^[了咗]$/.test(tokens[at + 1]?.text ?? "") &&
        (tokens[at + 1]!.start === token.end || /^[a-z]/.test(token.text)) &&
        tokens[at + 2]?.kind === "amount") ||
        (/^已经?$/.test(tokens[at - 1]?.text ?? "") &&
          (tokens[at + 1]?.kind === "amount" || tokens[at + 1]?.kind === "item"))),
  );
}

/** 一斤大概3个: how large the goods are. */
export function tellsOfSize({ clause: { tokens }, wishes }: View): boolean {
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

/** What no order can stand beside, wherever it is in the clause. */
export function hasHard({ clause, until, head, signed, asks, before: said }: View): boolean {
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
    // "+1 on the tofu being great": a vote for what is said
    if (token.text === "on" && before?.kind === "amount" && clause.tokens[at - 2]?.text === "+") {
      if (clause.tokens.some((other) => other.start > until && (other.kind === "other" || is(other, "talk"))))
        return true;
    }
    // "+1 to moving it", "my +1 is my sister"
    if (token.text === "+" && clause.tokens[at + 1]?.amount?.value === ONE) {
      const [to, what] = clause.tokens.slice(at + 2, at + 4);
      if (to?.text === "to" && (what?.kind === "other" || is(what, "talk"))) return true;
      if (before?.text === "my") return true;
    }
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
export function hasSoft(view: View): boolean {
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
