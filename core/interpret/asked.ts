import { asksOwn, asksState } from "./asked-facts.ts";
import { asksOwnInWords, asksStateInWords } from "./asked-words.ts";
import { finding, saidIn } from "./finding.ts";
import type { Recogniser } from "./message.ts";
import { isQuestion } from "./questions.ts";
import { is, type Token } from "./tokens.ts";

/** "What did I order?", 我要付多少钱, 我订上了吗. */
export const readMine: Recogniser = (message) => {
  for (const clause of message.clauses) {
    const said = saidIn(message, clause);
    if (asksOwn(said) || (message.isShort && asksOwnInWords(clause, said)))
      return finding(message, { kind: "mine" }, "ask mine", clause.tokens[0]);
    const token = clause.tokens.find((word) => is(word, "ask-mine"));
    if (!token) continue;
    const around = clause.tokens.filter(
      (other) =>
        other !== token &&
        !is(
          other,
          "polite",
          "please",
          "filler",
          "me",
          "ask",
          "which",
          "mine-word",
          "can",
          "also",
          "wish",
          "help",
          "verb",
          "talk",
          "time",
          "paid",
          "price",
          "past",
          "head",
          "state",
          "unpaid",
          "set",
          "label",
          "may",
          "maybe",
          "others",
        ) &&
        other.kind !== "decor" &&
        other.kind !== "item" &&
        other.kind !== "bullet",
    );
    if (around.length > 2 || clause.tokens.some((other) => is(other, "later", "condition"))) continue;
    if (
      isBareLabel(token) &&
      clause.tokens.some((other) => is(other, "received", "talk", "past", "not-received") && !is(other, "ask-mine"))
    )
      continue;
    return finding(message, { kind: "mine" }, "ask mine", token);
  }
  return undefined;
};

/** 我的订单 asks; 我的订单到了 tells. */
function isBareLabel(token: Token): boolean {
  return /^(?:my orders?|我的订单|我的单|我的货)$/.test(token.text);
}

/** 列表, 现在多少斤了, "how many so far?", 成团了吗. */
export const readTally: Recogniser = (message) => {
  for (const clause of message.clauses) {
    const said = saidIn(message, clause);
    if (
      asksState(said) ||
      (message.isShort && asksStateInWords(clause, said)) ||
      (clause.asked && AT_NUMBER.test(said))
    )
      return finding(message, { kind: "tally" }, "ask tally", clause.tokens[0]);
    const token = clause.tokens.find((word) => is(word, "ask-tally"));
    if (!token) continue;
    const isPlainWord =
      /^(?:列表|统计|统计一下|汇总|汇总一下|名单|总单|清单|总数|总量|进度|tally|totals?|list|summary|the list|the tally|the count)$/.test(
        token.text,
      );
    if (isPlainWord) {
      const rest = clause.tokens.filter(
        (other) =>
          other !== token &&
          other.kind !== "decor" &&
          !is(
            other,
            "polite",
            "please",
            "filler",
            "me",
            "can",
            "help",
            "ask",
            "state",
            "mine-word",
            "wish",
            "which",
            "also",
            "verb",
            "time",
          ),
      );
      if (rest.length > 0) continue;
    }
    const asks =
      isPlainWord ||
      isQuestion(clause) ||
      clause.tokens.some((other) => is(other, "which", "ask", "please")) ||
      /[吗没么]|(.)[唔不]\1|多少|几|how|what|who|list|tally|total|are we|did we|did it|will|is it|is the|is this|订单/.test(
        token.text,
      );
    if (!asks || clause.tokens.some((other) => is(other, "later", "condition", "paid"))) continue;
    return finding(message, { kind: "tally" }, "ask tally", token);
  }
  return undefined;
};

/** How many are still to come: "are we on 30?" */
const AT_NUMBER = /^(?:are we (?:at|on)|have we got|do we have) \d+/;
