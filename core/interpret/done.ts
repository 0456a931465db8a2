import type { Clause } from "./clauses.ts";
import { tellsOfFetching, tellsOfPaying } from "./done-words.ts";
import { finding, saidIn } from "./finding.ts";
import type { Message, Recogniser } from "./message.ts";
import { isQuestion } from "./questions.ts";
import { is, type Token } from "./tokens.ts";

/** "paid", 转了58: money has been sent. */
export const readPaid: Recogniser = (message) => {
  for (const clause of message.clauses) {
    const words = saidIn(message, clause);
    if (clause.asked || OF_OTHERS.test(words)) continue;
    const joined = words.replaceAll(" ", "");
    const said = PAID.exec(joined) ?? PAID_MIXED.exec(joined);
    if (said) return finding(message, { kind: "paid", ...(said[1] && { amount: said[1] }) }, "paid", clause.tokens[0]);
    if (message.isShort && tellsOfPaying(clause)) {
      const amount =
        amountIn(clause) ??
        amountBeside(message.clauses, clause) ??
        message.clauses
          .filter((other) => !other.asked && tellsOfPaying(other))
          .map(amountIn)
          .find(Boolean);
      return finding(message, { kind: "paid", ...(amount !== undefined && { amount }) }, "paid", clause.tokens[0]);
    }
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
    if (token.text === "sent" && !clause.tokens.some(({ kind }) => kind === "money")) continue;
    if (/^pay(?:now|lah)$/.test(token.text) && !isDone(clause)) continue;
    return finding(message, { kind: "paid", ...(amount !== undefined && { amount }) }, "paid", token);
  }
  return undefined;
};

/** "have you paid", 付了钱的举手, 付款了才算数: of others, or of all. */
const OF_OTHERS =
  /(?:^| )(?:who|whos|who's|whoever|which of)(?: |$)|^(?:(?:so|and|hi|hey) )*(?:have|has|did|do|does) (?!i(?: |$)|got mine)|才(?:算|能|行|可以|有效)|的(?:举手|请|人|都|报|吱|邻居|同学)/;

/** 微信付过了, 钱刚转给你了, 转好了96: in more words than lists hold. */
const PAID =
  /^(?:团长|群主|我|们|家|钱|款|货|微信|支付宝|现金|用|刚|才|已|经|都|也|全部|这边)*(?:付款?|转账?|转帐|打款|打钱|汇款?|支付|交钱|过数)(?:钱|款)?(?:给?(?:你|您|团长|群主))?(?:了|过|好|完|清|掉|过去|出去|成功|咗|左)+(?:钱|款)?(?:给?(?:你|您|团长|群主))?(?:了|啦|哈|哦|喔|喇)*(?:(\d{1,6}(?:\.\d{1,2})?)(?:元|块钱?|蚊|刀)?)?(?:了|啦|哈|哦)*$/;

/** send咗 $580 俾你, "paynow了 $20": an English word with a Chinese ending. */
const PAID_MIXED =
  /^(?:i|我|已)?(?:send|sent|transfer|transferred|paynow|paylah|pay|paid|payme|fps|zelle|venmo)(?:咗|左|了|完|过)+(?:你|俾你|给你)?(?:[a-z]{0,3}\$?(\d{1,6}(?:\.\d{1,2})?)(?:元|块|蚊)?)?(?:俾|给|畀)?(?:你|您|团长)?(?:啦|喇|了|哦|呀)*$/;

const AMOUNT_AFTER =
  /(?:了|过|咗|左|给你|你|过去|共|一共|总共|金额|:|：|\s|you|a total of|total|of|the|amount|already|by|via|via paynow|paynow)*$/;

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

/** Money, or the one figure of a clause that names no goods. */
function amountIn({ tokens }: Clause): string | undefined {
  const money = tokens.find(({ kind }) => kind === "money");
  if (money) return decimalOf(money.text);
  const [figure, ...others] = tokens.filter(({ kind }) => kind === "amount");
  if (!figure || others.length > 0 || figure.amount!.unit || figure.amount!.fault || figure.amount!.style === "word")
    return undefined;
  return tokens.some(({ kind }) => kind === "item") ? undefined : decimalOf(figure.text);
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
    if (OF_OTHERS.test(saidIn(message, clause))) continue;
    if (message.isShort && tellsOfFetching(clause))
      return finding(message, { kind: "received" }, "received", clause.tokens[0]);
    const got = gotAt(clause);
    if (got) return finding(message, { kind: "received" }, "received", got);
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

/** "got my decaf", "just got the house blend": at the head of a clause, with goods of the buy and nothing that is wished. */
function gotAt({ tokens, asked }: Clause): Token | undefined {
  const at = tokens.findIndex(({ text }) => text === "got" || text === "i got" || text === "i've got");
  if (at < 0 || at > 1 || asked || tokens.some(({ kind }) => kind === "amount")) return undefined;
  const [whose, what] = [tokens[at + 1], tokens[at + 2]];
  if (!whose || !/^(?:my|our|the)$/.test(whose.text)) return undefined;
  return what?.kind === "item" || (what?.kind === "option" && whose.text !== "the") ? tokens[at] : undefined;
}
