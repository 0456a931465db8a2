import { formatAmount, type Money, parseAmount } from "../../core/money.ts";
import { MOST_PAYMENT, type PaymentWord, restOf, type Standing } from "../../core/payments.ts";
import { readPayment } from "../../core/read-payment.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { standingText } from "../replies/account-text.ts";
import { money, quoted, say, wordsOf } from "../replies/replies.ts";
import type { Asked, Buy, BuyStatus, ChangeTx } from "../store.ts";
import { tellLeadersOf } from "../tell-leaders.ts";
import { type Choice, choiceButtons } from "./choices.ts";
import { preview } from "./confirm.ts";
import { isAllowed } from "./may-lead.ts";
import { endedBuy, UNDER_WAY } from "./pick-buy.ts";
import { isPriced, standingsOf } from "./standings.ts";
import { sayWhole, whoseOrder } from "./whose-order.ts";

/** States in which a buy is paid for; what is usual first. */
export const PAYABLE: readonly BuyStatus[] = ["closed", "purchased", "arrived", "settled", "open"];

/**
 * `/paid`: alone it is one's own claim. From a leader, with a name or in reply to somebody's order, it marks that person
 * as paid; with a minus, as given money back. An amount may follow. Claims and marks are kept apart; either ends the
 * reminders.
 *
 * @param photo  the picture that shows it
 */
export async function markPaid(parts: Parts, doer: Doer, command: string, text: string, photo?: string): Promise<void> {
  const target = await whoseOrder(parts, doer, command, text, PAYABLE, readPayment);
  if (!target) return;
  const { buy, person, personName, isOwn, amount: said, for: whom } = target;
  const words = wordsOf(doer.language);
  const cost = whom === undefined ? undefined : await costFor(parts, buy, person, whom);
  const amount = said === undefined ? cost : amountOf(said, buy);
  if (said !== undefined && (amount === undefined || (isOwn && amount < 0))) {
    const example = say(words.pay.paidExample, { command, amount: isOwn ? "25" : `${personName} 25` });
    const whose = isOwn ? [] : [{ person, name: personName }];
    const choices = [{ label: isOwn ? words.paidButton : words.pay.paidConfirm, rest: whose, buy: buy.id }];
    const text = say(words.pay.paidAmount, { amount: quoted(said), example });
    return whisper(parts, doer, { text, ...choiceButtons(doer, choices) });
  }
  if (amount && (await isFarOver(parts, doer, buy, person, amount))) {
    return markOnBoard(parts, doer, buy, person, amount);
  }
  const kind = isOwn ? "claim" : "mark";
  const name = whom ? say(words.onAccountOf, { name: whom, account: personName }) : personName;
  await notePayment(parts, doer, buy, { person, kind, ...(amount && { amount }) }, name, {}, photo);
}

/** What somebody has booked for one person costs; undefined where nothing has a price. */
async function costFor(parts: Parts, buy: Buy, person: string, whom: string): Promise<Money | undefined> {
  if (!isPriced(buy)) return undefined;
  const lines = (await parts.store.linesOf(buy.community, buy.id)).filter((line) => line.for === whom);
  return standingsOf(buy, lines, new Map(), [person]).get(person)!.due;
}

/** From a leader: a number so far over what all of it costs may be a door, or a slip. Whether it is to be shown first. */
async function isFarOver(parts: Parts, doer: Doer, buy: Buy, person: string, amount: Money): Promise<boolean> {
  if (!isPriced(buy) || doer.place.kind === "direct" || !(await isAllowed(parts, doer, "helper"))) return false;
  const { due } = await parts.store.look((tx) => standingIn(tx, buy, person));
  return due > 0 && amount > 2 * due;
}

/**
 * Somebody is marked as paid on the board: at once where that is all they owe; any other amount is shown first, with what
 * is open or too much then.
 *
 * @param amount  left out: all that is due; less than nothing: given back
 */
export async function markOnBoard(parts: Parts, doer: Doer, buy: Buy, person: string, amount?: Money): Promise<void> {
  const words = wordsOf(doer.language);
  const { standing, name } = await parts.store.look(async (tx) => ({
    standing: await standingIn(tx, buy, person),
    name: (await tx.namesOf([{ community: buy.community, person }])).get(person) ?? "?",
  }));
  const mark = { person, kind: "mark", ...(amount !== undefined && { amount }) } as const;
  if (amount === undefined) return notePayment(parts, doer, buy, mark, name);
  if (amount === standing.unmarked) return notePayment(parts, doer, buy, mark, name, { shown: standing });
  const { title, currency } = buy.terms;
  const sum = (value: Money) => money(Math.abs(value), currency);
  const rest = standing.unmarked - amount;
  const facts = { name, title, amount: sum(amount), due: sum(standing.unmarked), over: sum(standing.over) };
  const text =
    amount < 0
      ? [say(words.pay.backPreview, facts)]
      : [
          say(words.pay.markPreview, facts),
          rest > 0
            ? say(words.pay.markLess, { amount: sum(rest) })
            : say(words.pay.markMore, { amount: sum(standing.over - rest) }),
        ];
  const data = { buy: buy.id, person, amount, standing };
  await preview(parts, doer, "mark", data, text.join("\n"), amount < 0 ? words.pay.markBack : words.noteButton);
}

/** The yes. Where they have paid or owe something else meanwhile, it is not what was shown. */
export async function markShown(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const {
    buy: id,
    person,
    amount,
    standing,
  } = asked.data as {
    readonly buy: string;
    readonly person: string;
    readonly amount: Money;
    readonly standing: Standing;
  };
  const buy = await parts.store.findBuy(doer.place.community.id, id);
  if (!buy) return;
  const names = await parts.store.namesOf(buy.community, [person]);
  const mark = { person, kind: "mark", amount } as const;
  await notePayment(parts, doer, buy, mark, names.get(person) ?? "?", { asked, shown: standing });
}

/** A press under a mark: that one is taken back, and nothing else that they have paid or said. */
export async function takeBackMark(parts: Parts, doer: Doer, paymentId: string): Promise<void> {
  const { community } = doer.place;
  const said = await parts.store.change(async (tx) => {
    const payment = await tx.findPayment(community.id, paymentId);
    const buy = payment?.kind === "mark" && (await tx.lockBuy(community.id, payment.buy));
    if (!buy || !(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    const { person } = payment;
    const words = wordsOf(doer.language);
    const facts = {
      title: buy.terms.title,
      name: (await tx.namesOf([{ community: community.id, person }])).get(person) ?? "?",
    };
    if (!(await tx.revokePayment(buy, paymentId))) return say(words.unpaidNothing, facts);
    await auditTakenBack(tx, doer, buy, { person, payment: paymentId, revoked: 1 });
    const text = [say(words.unpaid, facts), ...standingText(buy, await standingIn(tx, buy, person), words)].join("\n");
    return { text, ...choiceButtons(doer, [payingAgain(doer, buy, person, facts.name)]) };
  });
  if (said) whisper(parts, doer, said);
}

/** "I have paid", by the button under a reminder. */
export async function claimPaid(parts: Parts, doer: Doer, buyId: string): Promise<void> {
  const buy = await parts.store.findBuy(doer.place.community.id, buyId);
  if (!buy || doer.anonymous || !PAYABLE.includes(buy.status)) return;
  await notePayment(parts, doer, buy, { person: doer.person.id, kind: "claim" }, doer.person.name);
}

/**
 * "I have paid", in plain words: for the buy that closed last, else for the one that is open. Of who ordered nothing it is
 * talk.
 *
 * @param said  how much, as written
 */
export async function payInWords(parts: Parts, doer: Doer, open: Buy, said?: string, photo?: string): Promise<void> {
  const buy = (await endedBuy(parts, doer, UNDER_WAY)) ?? open;
  const lines = await parts.store.linesOf(buy.community, buy.id);
  if (!lines.some(({ person }) => person === doer.person.id)) return;
  const amount = said === undefined ? undefined : amountOf(said, buy);
  const claim = { person: doer.person.id, kind: "claim", ...(amount !== undefined && { amount }) } as const;
  await notePayment(parts, doer, buy, claim, doer.person.name, {}, photo);
}

/** A picture without a word, as a reply to a message of ours, from somebody who owes something: perhaps it is the proof. */
export async function askAboutPicture(parts: Parts, doer: Doer, photo: string): Promise<void> {
  const buy = await endedBuy(parts, doer, UNDER_WAY);
  if (!buy || doer.anonymous) return;
  const { open } = await parts.store.look((tx) => standingIn(tx, buy, doer.person.id));
  if (open === 0) return;
  const words = wordsOf(doer.language);
  const facts = { title: buy.terms.title, amount: money(open, buy.terms.currency) };
  await preview(parts, doer, "claim", { buy: buy.id, photo }, say(words.pay.pictureAsk, facts), words.paidButton);
}

/** Their yes. */
export async function claimByPicture(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { buy: id, photo } = asked.data as { readonly buy: string; readonly photo: string };
  const buy = await parts.store.findBuy(doer.place.community.id, id);
  if (!buy) return;
  await notePayment(parts, doer, buy, { person: doer.person.id, kind: "claim" }, doer.person.name, { asked }, photo);
}

/** The leader's press under somebody's claim: the money is there. */
export async function confirmClaim(parts: Parts, doer: Doer, claimId: string): Promise<void> {
  const words = wordsOf(doer.language);
  const { community } = doer.place;
  const said = await parts.store.change(async (tx) => {
    const claim = await tx.findPayment(community.id, claimId);
    const buy = claim && (await tx.lockBuy(community.id, claim.buy));
    if (!buy || !(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    const { person, amount } = claim;
    const name = (await tx.namesOf([{ community: community.id, person }])).get(person) ?? "?";
    const before = await standingIn(tx, buy, person);
    if (claim.isRevoked || before.paid >= before.claimed) {
      return [say(words.pay.paidBefore, { name, title: buy.terms.title }), ...standingText(buy, before, words)].join(
        "\n",
      );
    }
    const marked = amount ?? restOf("mark", before);
    await write(parts, tx, doer, buy, { person, kind: "mark", amount: marked });
    const after = await standingIn(tx, buy, person);
    const text = [say(words.paidMarked, { name, title: buy.terms.title }), ...standingText(buy, after, words)];
    return { text: text.join("\n"), ...choiceButtons(doer, [unpaying(doer, buy, person, name)]) };
  });
  if (said) whisper(parts, doer, said);
}

/** `/unpaid`: takes that back. A leader's takes back a claim too. */
export async function markUnpaid(parts: Parts, doer: Doer, command: string, name: string): Promise<void> {
  const target = await whoseOrder(parts, doer, command, name, PAYABLE);
  if (!target) return;
  const { buy, person, personName, isOwn } = target;
  if (target.for !== undefined) return sayWhole(parts, doer, command, target);
  const { community } = doer.place;
  const count = await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return 1;
    const revoked = await tx.revokePayments(buy, person, isOwn ? ["claim"] : ["claim", "mark"]);
    if (revoked > 0) await auditTakenBack(tx, doer, buy, { person, revoked });
    return revoked;
  });
  const words = wordsOf(doer.language);
  const facts = { title: buy.terms.title, name: personName };
  whisper(parts, doer, {
    text: say(count > 0 ? words.unpaid : words.unpaidNothing, facts),
    ...(count > 0 && !isOwn && choiceButtons(doer, [payingAgain(doer, buy, person, personName)])),
  });
}

/** What marks somebody as paid after all. */
function payingAgain(doer: Doer, buy: Buy, person: string, name: string): Choice {
  return { label: wordsOf(doer.language).pay.paidConfirm, command: "paid", rest: [{ person, name }], buy: buy.id };
}

/** What takes it back that somebody has paid. */
function unpaying(doer: Doer, buy: Buy, person: string, name: string): Choice {
  const { undo } = wordsOf(doer.language).choices;
  return { label: undo, command: "unpaid", rest: person === doer.person.id ? [] : [{ person, name }], buy: buy.id };
}

async function auditTakenBack(tx: ChangeTx, doer: Doer, buy: Buy, after: Record<string, unknown>): Promise<void> {
  const { community, id } = buy;
  await tx.audit({
    ...{ community, actor: doer.person.id, verb: "payment-revoked", buy: id, source: sourceOf(doer), after },
  });
}

/** What a payment is the answer to. */
interface Answering {
  /** The question that it is the yes to. */
  readonly asked?: Asked;
  /** How the person stood on the page or in the preview: that is to be so still. */
  readonly shown?: Standing;
}

interface Paying extends PaymentWord {
  readonly person: string;
}

/** Writes the word down, says how the person stands since, and shows leaders a claim that has a picture. */
async function notePayment(
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
    const amount = paying.amount ?? (isPriced(buy) ? restOf(paying.kind, before) : undefined);
    if (amount === 0 || (isOwn && amount !== undefined && (await isSaidAgain(tx, buy, paying.person, amount)))) {
      return { standing: before, id: undefined, amount };
    }
    const word = { person: paying.person, kind: paying.kind, ...(amount !== undefined && { amount }) };
    const id = await write(parts, tx, doer, buy, word, photo);
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

/** The same amount once more, and more than is due: the same payment, told twice. */
async function isSaidAgain(tx: ChangeTx, buy: Buy, person: string, amount: Money): Promise<boolean> {
  const { words = [] } = (await tx.paymentsOf([buy])).get(`${buy.id}:${person}`) ?? {};
  const { due, claimed } = await standingIn(tx, buy, person);
  return claimed + amount > due && words.some((word) => word.kind === "claim" && word.amount === amount);
}

async function write(
  parts: Parts,
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  { person, kind, amount }: Paying,
  evidence?: string,
): Promise<string> {
  const id = parts.clock.newId();
  const by = doer.person.id;
  const what = { ...(amount !== undefined && { amount }), ...(evidence !== undefined && { evidence }) };
  await tx.addPayment(buy, { id, person, kind, by, ...what });
  await tx.audit({
    ...{ community: buy.community, actor: by, verb: kind === "claim" ? "payment-claimed" : "payment-marked" },
    ...{ buy: buy.id, source: sourceOf(doer), after: { person, payment: id, ...(amount !== undefined && { amount }) } },
  });
  return id;
}

/** How somebody stands in a buy. */
async function standingIn(tx: ChangeTx, buy: Buy, person: string): Promise<Standing> {
  const lines = await tx.ledger.linesOfBuy(buy.community, buy.id);
  return standingsOf(buy, lines, await tx.paymentsOf([buy]), [person]).get(person)!;
}

/** "25.50" or "-2.50" in the buy's currency; undefined where it cannot be one. */
function amountOf(said: string, { terms }: Buy): Money | undefined {
  const size = parseAmount(said.replace("-", ""), terms.currency);
  if (size === undefined || size === 0 || size > MOST_PAYMENT) return undefined;
  return said.startsWith("-") ? -size : size;
}
