import { formatAmount, type Money, parseAmount } from "../../core/money.ts";
import { MOST_PAYMENT, type PaymentWord, restOf, type Standing } from "../../core/payments.ts";
import { sum } from "../../core/sum.ts";
import { amountOf, tallyOf } from "../../core/tally.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { standingText } from "../replies/account-text.ts";
import { money, say, wordsOf } from "../replies/replies.ts";
import type { Asked, Buy, BuyStatus, ChangeTx } from "../store.ts";
import { tellLeadersOf } from "../tell-leaders.ts";
import { type Choice, choiceButtons } from "./choices.ts";
import { isPriced, standingsOf } from "./standings.ts";

/** States in which a buy is paid for; what is usual first. */
export const PAYABLE: readonly BuyStatus[] = ["closed", "purchased", "arrived", "settled", "open"];

/** What a payment is the answer to. */
interface Answering {
  /** The question that it is the yes to. */
  readonly asked?: Asked;
  /** How the person stood on the page or in the preview: that is to be so still. */
  readonly shown?: Standing;
}

/** A word about somebody's payment. */
export interface Paying extends PaymentWord {
  readonly person: string;
}

/** Writes the word down, says how the person stands since, and shows leaders a claim that has a picture. */
export async function notePayment(
  parts: Parts,
  doer: Doer,
  buy: Buy,
  paying: Paying,
  name: string,
  { asked, shown }: Answering = {},
  photo?: string,
): Promise<void> {
  const words = wordsOf(doer.language);
  const { title, currency } = buy.terms;
  const isOwn = paying.kind === "claim";
  const done = await parts.store.change(async (tx) => {
    await tx.lockBuy(buy.community, buy.id); // two who mark at once are told so
    if (!(await tx.claim(buy.community, sourceOf(doer)))) return undefined;
    if (asked && !(await tx.takeAsked(buy.community, doer.place.chat, doer.person.id, asked))) return "gone";
    const before = await standingIn(tx, buy, paying.person);
    if (shown && (before.unmarked !== shown.unmarked || before.over !== shown.over)) return "otherwise";
    if (paying.amount !== undefined && -paying.amount > before.over) return { refused: before.over };
    const amount = paying.amount ?? (isPriced(buy) ? await openIn(tx, buy, paying, before) : undefined);
    if (amount === 0 || (isOwn && amount !== undefined && (await isSaidAgain(tx, buy, paying.person, amount)))) {
      return { standing: before, id: undefined, amount };
    }
    const id = await writePayment(parts, tx, doer, buy, { ...paying, ...(amount !== undefined && { amount }) }, photo);
    return { standing: await standingIn(tx, buy, paying.person), id, amount };
  });
  if (!done) return;
  if (done === "gone") return whisper(parts, doer, { text: words.changeGone });
  if (done === "otherwise") return whisper(parts, doer, { text: say(words.pay.markOtherwise, { name, title }) });
  if ("refused" in done) {
    return whisper(parts, doer, {
      text: say(words.pay.backTooMuch, { name, title, amount: money(done.refused, currency) }),
    });
  }
  const { standing, id, amount } = done;
  const sentence = id === undefined ? words.pay.paidBefore : isOwn ? words.paidClaimed : words.paidMarked;
  const text = [say(sentence, { name, title }), ...standingText(buy, standing, words)].join("\n");
  const own = choiceButtons(doer, isOwn && id !== undefined ? [unpaying(doer, buy, paying.person, name)] : []);
  const mark = !isOwn &&
    id !== undefined && {
      buttons: [[{ label: words.choices.undo, data: `unmark:${id}`, words: `/unpaid ${name}` }]],
    };
  whisper(parts, doer, { text, ...own, ...mark });
  if (!isOwn || id === undefined || photo === undefined) return;
  const facts = { name, title, amount: amount === undefined ? "" : money(amount, currency) };
  await tellLeadersOf(parts, buy, doer.place, (own, { platform }) => ({
    // A platform's pictures are known there alone.
    ...(platform === doer.place.platform
      ? { text: say(own.pay.paidShown, facts), photo }
      : { text: say(own.pay.paidShownThere, facts) }),
    buttons: [
      [
        {
          label: own.pay.paidConfirm,
          data: `mark:${id}`,
          words: ["/paid", name, amount === undefined ? "" : formatAmount(amount, currency)].filter(Boolean).join(" "),
        },
      ],
    ],
    publicly: "",
  }));
}

/** What takes it back that somebody has paid. */
export function unpaying(doer: Doer, buy: Buy, person: string, name: string): Choice {
  const { undo } = wordsOf(doer.language).choices;
  return { label: undo, command: "unpaid", rest: person === doer.person.id ? [] : [{ person, name }], buy: buy.id };
}

/** All that is open: of one person on an account, what is open of theirs and not paid together with the rest. */
export async function openIn(
  tx: ChangeTx,
  buy: Buy,
  { person, kind, for: whom }: Pick<Paying, "person" | "kind" | "for">,
  standing: Standing,
): Promise<Money> {
  const rest = restOf(kind, standing);
  if (whom === undefined) return rest;
  const lines = await tx.ledger.linesOfBuy(buy.community, buy.id);
  const theirs = lines.filter((line) => line.person === person && line.for === whom);
  const { words = [] } = (await tx.paymentsOf([buy])).get(`${buy.id}:${person}`) ?? {};
  const paid = words.flatMap((word) => (word.kind === kind && word.for === whom ? [word.amount ?? 0] : []));
  return Math.min(rest, Math.max(0, amountOf(theirs, tallyOf(buy.terms, lines)) - sum(paid)));
}

/** The same amount once more, and more than is due: the same payment, told twice. */
async function isSaidAgain(tx: ChangeTx, buy: Buy, person: string, amount: Money): Promise<boolean> {
  const { words = [] } = (await tx.paymentsOf([buy])).get(`${buy.id}:${person}`) ?? {};
  const { due, claimed } = await standingIn(tx, buy, person);
  return claimed + amount > due && words.some((word) => word.kind === "claim" && word.amount === amount);
}

/** Writes the word down; its id. */
export async function writePayment(
  parts: Parts,
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  { person, kind, amount, for: whom }: Paying,
  evidence?: string,
): Promise<string> {
  const id = parts.clock.newId();
  const by = doer.person.id;
  const what = { ...(amount !== undefined && { amount }), ...(whom !== undefined && { for: whom }) };
  await tx.addPayment(buy, { id, person, kind, by, ...what, ...(evidence !== undefined && { evidence }) });
  await tx.audit({
    ...{ community: buy.community, actor: by, verb: kind === "claim" ? "payment-claimed" : "payment-marked" },
    ...{ buy: buy.id, source: sourceOf(doer), after: { person, payment: id, ...(amount !== undefined && { amount }) } },
  });
  return id;
}

/** How somebody stands in a buy. */
export async function standingIn(tx: ChangeTx, buy: Buy, person: string): Promise<Standing> {
  const lines = await tx.ledger.linesOfBuy(buy.community, buy.id);
  return standingsOf(buy, lines, await tx.paymentsOf([buy]), [person]).get(person)!;
}

/** "25.50" or "-2.50" in the buy's currency; undefined where it cannot be one. */
export function amountSaid(said: string, { terms }: Buy): Money | undefined {
  const size = parseAmount(said.replace("-", ""), terms.currency);
  if (size === undefined || size === 0 || size > MOST_PAYMENT) return undefined;
  return said.startsWith("-") ? -size : size;
}

/** What marks somebody as paid after all. */
export function payingAgain(doer: Doer, buy: Buy, person: string, name: string): Choice {
  return { label: wordsOf(doer.language).pay.paidConfirm, command: "paid", rest: [{ person, name }], buy: buy.id };
}

/** The log says that it was taken back. */
export async function auditTakenBack(
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  after: Record<string, unknown>,
): Promise<void> {
  const { community, id } = buy;
  await tx.audit({
    ...{ community, actor: doer.person.id, verb: "payment-revoked", buy: id, source: sourceOf(doer), after },
  });
}
