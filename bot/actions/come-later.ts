import { readComing } from "../../core/coming-words.ts";
import { languageFor } from "../languages.ts";
import type { OwnBuy } from "../own-deed.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import type { TextIn } from "../ports.ts";
import { say, time, wordsOf } from "../replies/replies.ts";
import type { Buy } from "../store.ts";
import { missingOf } from "./no-show.ts";
import { buyCaredFor } from "./pick-buy.ts";
import { answersPickup } from "./see-pickup.ts";
import { comingTimer } from "./timers.ts";

/** "late until friday", 晚点周五, as an answer to a word about the pickup. Whether it was that. */
export async function comeInWords(parts: Parts, event: TextIn): Promise<boolean> {
  if (event.chat.kind === "direct" || event.sender.anonymous || !event.replyTo || !answersPickup(event)) return false;
  const place = await parts.store.meetChat(event.platform, event.chat, parts.defaults);
  if (!readComing(event.text, { now: event.sentAt, zone: place.community.zone })) return false;
  const person = await parts.store.meetPerson(place, event.sender);
  const language = languageFor(person, event.text, place);
  const said = { message: event.id, replyTo: event.replyTo.id, at: event.sentAt };
  const doer: Doer = { place, person, anonymous: false, ...said, language };
  const buy = await buyCaredFor(parts, doer);
  return buy !== undefined && noteComing(parts, doer, buy, event.text);
}

/** The same in the private chat: of the last buy of which they were told that their goods are there. */
export async function comeInPrivate(
  parts: Parts,
  own: readonly OwnBuy[],
  event: TextIn,
  doerIn: (own: OwnBuy) => Promise<Doer>,
): Promise<boolean> {
  for (const each of own) {
    const { zone } = each.place.community;
    if (!readComing(event.text, { now: event.sentAt, zone })) continue;
    const pickup = (await parts.store.look((tx) => tx.pickupsOf(each.buy))).get(each.person);
    if (pickup?.noticedAt && (await noteComing(parts, await doerIn(each), each.buy, event.text))) return true;
  }
  return false;
}

/** Of who has nothing to collect it is talk. */
async function noteComing(parts: Parts, doer: Doer, buy: Buy, text: string): Promise<boolean> {
  const { person, place, at: now } = doer;
  const { zone } = place.community;
  const comes = readComing(text, { now, zone });
  if (!comes) return false;
  const isWaiting = await parts.store.change(async (tx) => {
    const locked = await tx.lockBuy(buy.community, buy.id);
    if (!locked || !(await missingOf(tx, locked)).includes(person.id)) return false;
    await tx.markPickups(locked, [person.id], { seenAt: await tx.now(), comes });
    if (comes.at) await tx.setTimers([comingTimer(locked, person.id, comes.at)]);
    return true;
  });
  if (!isWaiting) return false;
  const words = wordsOf(doer.language);
  const { keep } = buy.pickup ?? {};
  const facts = { title: buy.terms.title, ...(comes.at && { time: time(comes.at, zone, words) }) };
  const noted = say(comes.at ? words.coming.notedAt : words.coming.noted, facts);
  whisper(parts, doer, [noted, ...(keep ? [say(words.kept, { keep })] : [])].join("\n"), { passing: true });
  return true;
}
