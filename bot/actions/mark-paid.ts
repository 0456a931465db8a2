import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Buy, BuyStatus } from "../store.ts";
import { isLeading } from "./may-lead.ts";
import { pickBuy } from "./pick-buy.ts";

/** States in which a buy is usually paid for. */
const PAYABLE: readonly BuyStatus[] = ["closed", "purchased", "arrived"];

/**
 * `/paid`: alone it is one's own claim. From a leader, with a name or in reply to somebody's order, it marks that person
 * as paid. Claims and marks are kept apart; either ends the reminders.
 */
export async function markPaid(parts: Parts, doer: Doer, command: string, name: string): Promise<void> {
  const target = await payerOf(parts, doer, command, name);
  if (!target) return;
  const { buy, person, personName, isOwn } = target;
  const { community } = doer.place;
  await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return;
    await tx.addPayment(buy, person, isOwn ? "claim" : "mark", doer.person.id);
    const [verb, source] = [isOwn ? "payment-claimed" : "payment-marked", sourceOf(doer)];
    await tx.audit({ community: community.id, actor: doer.person.id, verb, buy: buy.id, source, after: { person } });
  });
  const words = wordsOf(doer.language);
  const facts = { title: buy.terms.title, name: personName };
  whisper(parts, doer, { text: say(isOwn ? words.paidClaimed : words.paidMarked, facts) });
}

/** `/unpaid`: takes that back. A leader's takes back a claim too. */
export async function markUnpaid(parts: Parts, doer: Doer, command: string, name: string): Promise<void> {
  const target = await payerOf(parts, doer, command, name);
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

interface Payer {
  readonly buy: Buy;
  readonly person: string;
  readonly personName: string;
  /** The doer's own payment: a claim. */
  readonly isOwn: boolean;
}

/** Whose payment is meant, of which buy; where that cannot be told, the doer hears so. */
async function payerOf(parts: Parts, doer: Doer, command: string, name: string): Promise<Payer | undefined> {
  const words = wordsOf(doer.language);
  const { place, person, replyTo } = doer;
  const key = replyTo && { community: place.community.id, chat: place.chat, message: replyTo };
  const [replied] = key ? await parts.store.record((tx) => tx.statementsAmong([key])) : [];
  const isOther = name !== "" || (replied !== undefined && replied.person !== person.id);
  if (isOther && !(await isLeading(parts, doer))) {
    whisper(parts, doer, { text: say(words.paidOnlyOwn, { command }) });
    return undefined;
  }
  const buy = replied
    ? await parts.store.findBuy(place.community.id, replied.buy)
    : await payableBuy(parts, doer, command);
  if (!buy) return undefined;

  const lines = await parts.store.linesOf(buy.community, buy.id);
  const names = await parts.store.namesOf(buy.community, [...new Set(lines.map((line) => line.person))]);
  const wanted = isOther ? (name === "" ? replied?.person : undefined) : person.id;
  const exact = [...names].filter(([id, each]) => (wanted ? id === wanted : each.toLowerCase() === name.toLowerCase()));
  const found = exact.length > 0 || wanted ? exact : [...names].filter(([, each]) => each.includes(name));
  const [[id, personName] = []] = found;
  if (found.length === 1 && id !== undefined && personName !== undefined) {
    return { buy, person: id, personName, isOwn: !isOther };
  }
  const facts = {
    title: buy.terms.title,
    name: name || person.name,
    names: found.map(([, each]) => each).join(words.comma),
  };
  whisper(parts, doer, { text: say(found.length > 1 ? words.paidWho : words.paidNobody, { ...facts, command }) });
  return undefined;
}

/** The buy whose post is replied to, else the last that closed, however long ago, else the one that is open. */
async function payableBuy(parts: Parts, doer: Doer, command: string): Promise<Buy | undefined> {
  const { place, replyTo } = doer;
  const replied = replyTo && (await parts.store.buyOfPost(place, replyTo));
  if (replied) return parts.store.findBuy(place.community.id, replied);
  const [closed] = (await parts.store.buysOf(place)).filter(({ status }) => PAYABLE.includes(status));
  if (closed) return closed;
  const last = await parts.store.lastBuy(place);
  return last && PAYABLE.includes(last.status) ? last : pickBuy(parts, doer, command, ["open"]);
}
