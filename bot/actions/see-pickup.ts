import { saysSeen, showsSeen } from "../../core/seen-words.ts";
import { languageFor } from "../languages.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import type { ReactedIn, TextIn } from "../ports.ts";
import { wordsOf } from "../replies/replies.ts";
import type { Buy, ChangeTx, Community, OrderKey, Place } from "../store.ts";

/** What every word about a pickup begins with, in all languages: so one that is quoted is known for what it is. */
const PICKUP_SIGN = "🧺";

/** Whether a message answers a word about a pickup. */
export function answersPickup({ replyTo }: Pick<TextIn, "replyTo">): boolean {
  return replyTo?.text?.includes(PICKUP_SIGN) === true;
}

/** "Got it", by the button under the word: the person knows. */
export async function seePickup(parts: Parts, doer: Doer, buyId: string): Promise<void> {
  const { community } = doer.place;
  const buy = await parts.store.findBuy(community.id, buyId);
  if (!buy || doer.anonymous) return;
  const isNew = await parts.store.change(async (tx) => {
    return (await tx.claim(community.id, sourceOf(doer))) && (await markSeen(tx, buy, doer.person.id));
  });
  if (isNew) whisper(parts, doer, { text: wordsOf(doer.language).pickupSeen });
}

/** A sign under a word about a pickup, or under anything in the private chat with us: they have seen it. */
export async function seeByReaction(parts: Parts, event: ReactedIn): Promise<void> {
  if (!showsSeen(event.emoji) || event.sender.anonymous) return;
  const told = await parts.store.unseenPickups(event.platform, event.sender.id);
  if (told.length === 0) return;
  if (event.chat.kind === "direct") return void (await markAll(parts, told));
  const place = await parts.store.meetChat(event.platform, event.chat, parts.defaults);
  const about = await parts.store.buyOfPost(place, event.message);
  await markAll(
    parts,
    told.filter(({ buy }) => buy === about),
  );
}

/**
 * "收到", "on my way": in a chat, or in the private one with us.
 *
 * @returns  whether they have shown so to have seen a word that waited for it
 */
export async function seeInWords(parts: Parts, event: TextIn): Promise<boolean> {
  const isDirect = event.chat.kind === "direct";
  const isAnswer = isDirect || answersPickup(event);
  if (event.sender.anonymous || !saysSeen(event.text, isAnswer)) return false;
  const told = await parts.store.unseenPickups(event.platform, event.sender.id);
  if (told.length === 0) return false;
  const place = isDirect ? undefined : await parts.store.meetChat(event.platform, event.chat, parts.defaults);
  const here = told.filter(({ community }) => community === (place?.community.id ?? community));
  const seen = await markAll(parts, here);
  if (seen.length === 0) return false;
  const whisper = { to: event.sender.id, replyTo: event.id };
  const answering = place ?? directPlace(parts, event);
  const { pickupSeen } = wordsOf(languageFor(undefined, event.text, answering));
  parts.answers.give([{ type: "whisper", place: answering, whisper, content: { text: pickupSeen }, passing: true }]);
  return true;
}

/** A private chat as a place to answer in. */
export function directPlace({ defaults }: Parts, { platform, chat }: Pick<TextIn, "platform" | "chat">): Place {
  const community: Community = { id: "", name: "", lastCallMinutes: 0, remindPayment: false, ...defaults };
  return { community, chat: "", platform, externalChat: chat.id, kind: "direct" };
}

async function markAll(parts: Parts, told: readonly OrderKey[]): Promise<readonly OrderKey[]> {
  const seen: OrderKey[] = [];
  for (const key of told) {
    const isNew = await parts.store.change(async (tx) => {
      const buy = await tx.findBuy(key.community, key.buy);
      return buy !== undefined && (await markSeen(tx, buy, key.person));
    });
    if (isNew) seen.push(key);
  }
  return seen;
}

async function markSeen(tx: ChangeTx, buy: Buy, person: string): Promise<boolean> {
  const known = (await tx.pickupsOf(buy)).get(person);
  if (!known?.noticedAt || known.seenAt) return false;
  await tx.markPickups(buy, [person], { seenAt: await tx.now() });
  return true;
}
