import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Buy, BuyStatus } from "../store.ts";
import { endedBuy, UNDER_WAY } from "./pick-buy.ts";
import { whoseOrder } from "./whose-order.ts";

/** States in which a buy is paid for; what is usual first. */
const PAYABLE: readonly BuyStatus[] = ["closed", "purchased", "arrived", "open"];

/**
 * `/paid`: alone it is one's own claim. From a leader, with a name or in reply to somebody's order, it marks that person
 * as paid. Claims and marks are kept apart; either ends the reminders.
 */
export async function markPaid(parts: Parts, doer: Doer, command: string, name: string): Promise<void> {
  const target = await whoseOrder(parts, doer, command, name, PAYABLE);
  if (!target) return;
  const { buy, person, personName, isOwn } = target;
  const { community } = doer.place;
  await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return;
    await tx.addPayment(buy, person, isOwn ? "claim" : "mark", doer.person.id);
    const verb = isOwn ? "payment-claimed" : "payment-marked";
    const source = sourceOf(doer);
    await tx.audit({ community: community.id, actor: doer.person.id, verb, buy: buy.id, source, after: { person } });
  });
  const words = wordsOf(doer.language);
  const facts = { title: buy.terms.title, name: personName };
  whisper(parts, doer, { text: say(isOwn ? words.paidClaimed : words.paidMarked, facts) });
}

/** `/unpaid`: takes that back. A leader's takes back a claim too. */
export async function markUnpaid(parts: Parts, doer: Doer, command: string, name: string): Promise<void> {
  const target = await whoseOrder(parts, doer, command, name, PAYABLE);
  if (!target) return;
  const { buy, person, personName, isOwn } = target;
  const { community } = doer.place;
  const count = await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return 1;
    const revoked = await tx.revokePayments(buy, person, isOwn ? ["claim"] : ["claim", "mark"]);
    const source = sourceOf(doer);
    const after = { person, revoked };
    await tx.audit({
      community: community.id,
      actor: doer.person.id,
      verb: "payment-revoked",
      buy: buy.id,
      source,
      after,
    });
    return revoked;
  });
  const words = wordsOf(doer.language);
  const facts = { title: buy.terms.title, name: personName };
  whisper(parts, doer, { text: say(count > 0 ? words.unpaid : words.unpaidNothing, facts) });
}

/** "I have paid", by the button under a reminder. */
export async function claimPaid(parts: Parts, doer: Doer, buyId: string): Promise<void> {
  const buy = await parts.store.findBuy(doer.place.community.id, buyId);
  if (!buy || doer.anonymous) return;
  const words = wordsOf(doer.language);
  await parts.store.change(async (tx) => {
    if (await tx.claim(buy.community, sourceOf(doer)))
      await tx.addPayment(buy, doer.person.id, "claim", doer.person.id);
  });
  whisper(parts, doer, { text: say(words.paidClaimed, { title: buy.terms.title }) });
}

/** "I have paid", in plain words: for the buy that closed last, else for the one that is open. Of who ordered nothing it is talk. */
export async function payInWords(parts: Parts, doer: Doer, open: Buy): Promise<void> {
  const buy = (await endedBuy(parts, doer, UNDER_WAY)) ?? open;
  const lines = await parts.store.linesOf(buy.community, buy.id);
  if (lines.some(({ person }) => person === doer.person.id)) await claimPaid(parts, doer, buy.id);
}
