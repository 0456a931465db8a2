import { type Doer, type Parts, whisper } from "../parts.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Buy, BuyStatus } from "../store.ts";

/** States of which people may want to see what was ordered. */
export const SHOWN: readonly BuyStatus[] = ["open", "closed", "failed", "purchased", "arrived", "settled"];

/** States between a closing with orders and the settlement: goods are bought, come, and are handed out. */
export const UNDER_WAY: readonly BuyStatus[] = ["closed", "purchased", "arrived"];

/**
 * The buy that a command means: the one whose post it replies to, else the only one of the wanted states, else, for
 * those who only look, the one that closed last. Where it cannot be told, the doer hears so.
 */
export async function pickBuy(
  parts: Parts,
  doer: Doer,
  command: string,
  wanted: readonly BuyStatus[],
): Promise<Buy | undefined> {
  const words = wordsOf(doer.language);
  const buys = (await parts.store.buysOf(doer.place)).filter((buy) => wanted.includes(buy.status));
  const meant = await meantBuy(parts, doer);
  if (meant && wanted.includes(meant.status)) return meant;
  if (doer.about?.buy !== undefined) {
    whisper(parts, doer, { text: words.noBuy });
    return undefined;
  }

  const open = buys.filter((buy) => buy.status === "open");
  const [first] = open.length > 0 ? open : buys;
  if (first && open.length <= 1) return first;
  whisper(parts, doer, {
    text: first
      ? say(words.whichBuy, { titles: open.map((buy) => buy.terms.title).join(words.comma), command })
      : words.noBuy,
  });
  return undefined;
}

/** The ended buy that a command means, however long ago it closed; the doer hears where there is none. */
export async function pickEnded(parts: Parts, doer: Doer, command: string, wanted: readonly BuyStatus[]) {
  return (await endedBuy(parts, doer, wanted)) ?? pickBuy(parts, doer, command, wanted);
}

/** The one whose post is replied to, else the last that closed, however long ago. */
export async function endedBuy(parts: Parts, doer: Doer, wanted: readonly BuyStatus[]): Promise<Buy | undefined> {
  const { place } = doer;
  const named = await meantBuy(parts, doer);
  if (named && wanted.includes(named.status)) return named;
  if (doer.about?.buy !== undefined) return undefined;
  const [closed] = (await parts.store.buysOf(place)).filter(({ status }) => wanted.includes(status));
  if (closed) return closed;
  const last = await parts.store.lastBuy(place);
  return last && wanted.includes(last.status) ? last : undefined;
}

/** The buy that is meant without a word, however long ago it closed: on whose page it was done, or whose post is replied to. */
export async function meantBuy(parts: Parts, { place, about, replyTo }: Doer): Promise<Buy | undefined> {
  const id = about?.buy ?? (replyTo && (await parts.store.buyOfPost(place, replyTo)));
  return id ? parts.store.findBuy(place.community.id, id) : undefined;
}
