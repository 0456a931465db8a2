import { written } from "../text/fold.ts";
import type { Tag } from "../text/words/tags.ts";
import { asksOwn, asksState } from "./asked-facts.ts";
import type { Clause } from "./clauses.ts";
import { isQuestion } from "./judge.ts";
import type { Finding, Message, Recogniser } from "./message.ts";
import type { Reading } from "./reading.ts";
import { ownItems } from "./resolve.ts";
import { is, type Token } from "./tokens.ts";

/** Commands of the chat that ask for something read here; the others are the bot's. */
export const readCommand: Recogniser = (message) => {
  const command = /^\s*\/([a-z]{2,12}|\S{1,4})(?:@\S*)?\s*$/.exec(message.folded.text)?.[1];
  if (command === "my" || command === "我的") return finding(message, { kind: "mine" }, "command");
  if (command === "tally" || command === "list" || command === "统计" || command === "名单")
    return finding(message, { kind: "tally" }, "command");
  return message.folded.text.startsWith("/") ? finding(message, { kind: "none" }, "command") : undefined;
};

/** "cancel", 不要了, 全部退掉: every line of the sender's order. @source message language, 1.4 */
export const readCancelAll: Recogniser = (message) => {
  const { clauses, context } = message;
  const cancelling = clauses.find((clause) => isCancelAll(clause));
  const has = ownItems(context.mine).length > 0;
  if (cancelling && (has || !cancelling.tokens.some((token) => is(token, "refuse")))) {
    const whom = cancelling.tokens.find(({ kind }) => kind === "name")?.whom;
    return finding(
      message,
      { kind: "order", lines: allOff(context.mine), ...(whom !== undefined && { for: whom }) },
      "cancel all",
    );
  }
  if (clauses.length === 1 && ownItems(context.mine).length > 0 && isUnknownCancelled(clauses[0]!)) {
    return finding(message, { kind: "unclear", reason: "unknown-item" }, "cancel unknown");
  }

  const refusing = clauses.find((clause) => isRefusal(clause));
  if (!refusing) return undefined;
  const lines = allOff(context.mine);
  return lines.length > 0 ? finding(message, { kind: "order", lines }, "refusal") : undefined;
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

function allOff(mine: Message["context"]["mine"]) {
  return ownItems(mine).map((item) => ({ item, op: "set", quantity: 0 }) as const);
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

/** "What did I order?", 我要付多少钱, 我订上了吗. */
export const readMine: Recogniser = (message) => {
  for (const clause of message.clauses) {
    if (asksOwn(saidIn(message, clause))) return finding(message, { kind: "mine" }, "ask mine", clause.tokens[0]);
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
    if (asksState(said) || (clause.asked && AT_NUMBER.test(said)))
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
      /[吗没么]|多少|几|how|what|who|list|tally|total|are we|did we|did it|will|is it|is the|is this|订单/.test(
        token.text,
      );
    if (!asks || clause.tokens.some((other) => is(other, "later", "condition", "paid"))) continue;
    return finding(message, { kind: "tally" }, "ask tally", token);
  }
  return undefined;
};

/** How many are still to come: "are we on 30?" */
const AT_NUMBER = /^(?:are we (?:at|on)|have we got|do we have) \d+/;

const AMOUNT_AFTER =
  /(?:了|过|咗|左|给你|你|过去|共|一共|总共|金额|:|：|\s|you|a total of|total|of|the|amount|already|by|via|via paynow|paynow)*$/;

/** "paid", 转了58: money has been sent. */
export const readPaid: Recogniser = (message) => {
  for (const clause of message.clauses) {
    const token = clause.tokens.find((word) => is(word, "paid"));
    if (!token || isQuestion(clause)) continue;
    if (
      clause.tokens.some((other) => is(other, "unpaid", "later", "condition", "which", "maybe") && !is(other, "paid"))
    )
      continue;
    if (
      clause.tokens.some((other) => is(other, "others") && !isRecipient(other)) ||
      clause.tokens.some((other) => is(other, "unwant"))
    )
      continue;
    const amount = amountPaid(message, clause, token) ?? amountBeside(message.clauses, clause);
    if (isBareVerb(token) && amount === undefined) continue;
    if (/^pay(?:now|lah)$/.test(token.text) && !isDone(clause)) continue;
    return finding(message, { kind: "paid", ...(amount !== undefined && { amount }) }, "paid", token);
  }
  return undefined;
};

/** 转 and 付款 say that something was paid only with an amount. */
function isBareVerb({ text }: Token): boolean {
  return /^(?:转|转账|转帐|付款|支付|汇款|微信转账|支付宝转账|(?:给你|微信|支付宝)?[转付](?:给?[你您])?|paynow|paylah|sent you|sent over)$/.test(
    text,
  );
}

/** "paynow $5 liao" tells that it is done, "paynow $5 to me" asks for it. */
function isDone({ tokens }: Clause): boolean {
  return tokens.some(({ text }) =>
    /^(?:liao|already|alr|done|sent|ok|okay|over|just|just now|了|咗|左|完|好)$/.test(text),
  );
}

function isRecipient({ text }: Token): boolean {
  return /^(?:you|u|your|你|您)$/.test(text);
}

/** A number with a currency, or directly behind the verb; never the digits of an account. */
function amountPaid({ folded }: Message, clause: Clause, verb: Token): string | undefined {
  const money = clause.tokens.find(({ kind }) => kind === "money" || kind === "price");
  if (money) return decimalOf(money.text);
  const behind = clause.tokens.find((token) => token.start >= verb.end && token.kind === "amount");
  const goods = behind && clause.tokens.some(({ kind, start }) => kind === "item" && start >= behind.end);
  if (!behind || goods || behind.amount!.unit || behind.amount!.fault || behind.amount!.style === "word")
    return undefined;
  const between = folded.text.slice(verb.end, behind.start);
  return AMOUNT_AFTER.test(between) && between.replace(AMOUNT_AFTER, "") === "" ? decimalOf(behind.text) : undefined;
}

/** "all paid, £24": the amount in a clause of its own behind it. */
function amountBeside(clauses: readonly Clause[], clause: Clause): string | undefined {
  const next = clauses[clauses.indexOf(clause) + 1];
  if (
    !next ||
    next.asked ||
    !next.tokens.every((token) => token.kind === "money" || is(token, "polite", "filler", "set"))
  )
    return undefined;
  const money = next.tokens.find(({ kind }) => kind === "money");
  return money && decimalOf(money.text);
}

function decimalOf(text: string): string | undefined {
  const digits = /\d[\d,]*(?:\.\d+)?/.exec(text)?.[0];
  return digits?.replace(/,(?=\d{3}(?!\d))/g, "").replace(",", ".");
}

/** "collected mine", 已取: the goods are with the sender. */
export const readReceived: Recogniser = (message) => {
  for (const clause of message.clauses) {
    const token = clause.tokens.find((word) => is(word, "received"));
    if (!token || isQuestion(clause)) continue;
    // A bare 收到了 only says that a message was read.
    if (
      token.text.startsWith("收到") &&
      !clause.tokens.some(({ kind, text }) => kind === "item" || /货|东西/.test(text))
    )
      continue;
    if (
      clause.tokens.some(
        (other) =>
          is(other, "not-received", "later", "condition", "which", "maybe", "others", "wish") &&
          !is(other, "received", "polite"),
      )
    )
      continue;
    if (
      clause.tokens.some(
        (other) =>
          is(other, "talk") && other.start > token.start && !is(other, "polite", "received", "filler", "past", "paid"),
      )
    )
      continue;
    return finding(message, { kind: "received" }, "received", token);
  }
  return undefined;
};

/** In a reply to the buy's post a bare wish is an order: 算我一个, "count me in", or only the item's name. */
export const readBareWish: Recogniser = (message) => {
  const { clauses, context } = message;
  if (!context.reply) return undefined;
  const joins = clauses.some(
    ({ tokens, asked }) =>
      !asked &&
      tokens.some((token) => is(token, "join", "wish", "head")) &&
      tokens.every(
        (token) =>
          token.kind === "decor" ||
          token.kind === "sign" ||
          (token.kind === "amount" && !token.amount!.fault) ||
          is(token, "join", "wish", "head", "polite", "please", "filler", "me", "also", "add"),
      ),
  );
  if (!joins) return undefined;
  if (context.catalog.items.length > 1) return finding(message, { kind: "unclear", reason: "item" }, "bare wish");
  const has = ownItems(context.mine).length > 0;
  return finding(
    message,
    { kind: "order", lines: [{ item: 1, op: has ? "add" : "set", quantity: has ? 0 : 1000 }] },
    "bare wish",
  );
};

function saidIn({ folded }: Message, { tokens }: Clause): string {
  return folded.text.slice(tokens[0]!.start, tokens.at(-1)!.end);
}

function finding(message: Message, reading: Reading, rule: string, token?: Token): Finding {
  const rules = () => {
    const { folded } = message;
    const [start, end] = token ? [token.start, token.end] : [0, folded.text.length];
    const text = written(folded, start, end);
    const from = folded.origin ? folded.origin[start]! : start;
    return [{ rule, start: from, end: from + text.length, text }];
  };
  return { reading, rules };
}
