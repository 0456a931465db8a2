import type { Doer, Parts } from "../parts.ts";
import { money, say, wordsOf } from "../replies/replies.ts";
import type { Asked } from "../store.ts";
import { preview } from "./confirm.ts";
import { notePayment, standingIn } from "./note-payment.ts";
import { endedBuy, UNDER_WAY } from "./pick-buy.ts";

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
