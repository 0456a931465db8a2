import type { Money } from "../../core/money.ts";
import { readPayment } from "../../core/read-payment.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { quoted, say, wordsOf } from "../replies/replies.ts";
import type { Buy } from "../store.ts";
import { choiceButtons } from "./choices.ts";
import { markOnBoard } from "./confirm-payment.ts";
import { isAllowed } from "./may-lead.ts";
import { amountSaid, auditTakenBack, notePayment, PAYABLE, payingAgain, standingIn } from "./note-payment.ts";
import { proposePayments } from "./paid-several.ts";
import { endedBuy, UNDER_WAY } from "./pick-buy.ts";
import { ownAll } from "./several.ts";
import { isPriced } from "./standings.ts";
import { sayWhole, whoseOrder } from "./whose-order.ts";

/**
 * `/paid`: alone it is one's own claim. From a leader, with a name or in reply to somebody's order, it marks that person
 * as paid; with a minus, as given money back. An amount may follow. Claims and marks are kept apart; either ends the
 * reminders. Several names, or "all", are shown first.
 *
 * @param photo  the picture that shows it
 */
export async function markPaid(parts: Parts, doer: Doer, command: string, text: string, photo?: string): Promise<void> {
  if (await proposePayments(parts, doer, command, text)) return;
  const target = await whoseOrder(parts, doer, command, await ownAll(parts, doer, text), PAYABLE, readPayment);
  if (!target) return;
  const { buy, person, personName, isOwn, amount: said, for: whom } = target;
  const words = wordsOf(doer.language);
  const amount = said === undefined ? undefined : amountSaid(said, buy);
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
  const paying = { person, kind, ...(amount && { amount }), ...(whom !== undefined && { for: whom }) } as const;
  await notePayment(parts, doer, buy, paying, name, {}, photo);
}

/** From a leader: a number so far over what all of it costs may be a door, or a slip. Whether it is to be shown first. */
async function isFarOver(parts: Parts, doer: Doer, buy: Buy, person: string, amount: Money): Promise<boolean> {
  if (!isPriced(buy) || doer.place.kind === "direct" || !(await isAllowed(parts, doer, "helper"))) return false;
  const { due } = await parts.store.look((tx) => standingIn(tx, buy, person));
  return due > 0 && amount > 2 * due;
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
  const amount = said === undefined ? undefined : amountSaid(said, buy);
  const claim = { person: doer.person.id, kind: "claim", ...(amount !== undefined && { amount }) } as const;
  await notePayment(parts, doer, buy, claim, doer.person.name, {}, photo);
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
