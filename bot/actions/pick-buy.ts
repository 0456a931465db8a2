import { type Doer, type Parts, whisper } from "../parts.ts";
import type { Content } from "../ports.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Buy, BuyStatus } from "../store.ts";
import { choiceButtons } from "./choices.ts";
import { problemsUntil } from "./timers.ts";

/** States of which people may want to see what was ordered. */
export const SHOWN: readonly BuyStatus[] = ["open", "closed", "failed", "purchased", "arrived", "settled"];

/** States between a closing with orders and the settlement: goods are bought, come, and are handed out. */
export const UNDER_WAY: readonly BuyStatus[] = ["closed", "purchased", "arrived"];

/**
 * The buy that a command means: the one whose post it replies to, else the only one of those that are wanted, else, for
 * those who only look, the one that closed last. Where it cannot be told, the doer hears so.
 */
export async function pickBuy(
  parts: Parts,
  doer: Doer,
  command: string,
  wanted: readonly BuyStatus[] | ((buy: Buy) => boolean),
): Promise<Buy | undefined> {
  const words = wordsOf(doer.language);
  const isWanted = typeof wanted === "function" ? wanted : ({ status }: Buy) => wanted.includes(status);
  const all = await parts.store.buysOf(doer.place);
  const buys = all.filter(isWanted);
  const meant = await meantBuy(parts, doer);
  if (meant && isWanted(meant)) return meant;
  if (doer.about?.buy !== undefined) {
    whisper(parts, doer, { text: words.noBuy });
    return undefined;
  }

  const isForOpen = typeof wanted !== "function" && wanted.includes("open");
  const open = buys.filter((buy) => buy.status === "open");
  const [first] = open.length > 0 ? open : buys;
  if (first && open.length <= 1) return first;
  if (first) sayWhich(parts, doer, open, say(words.whichBuy, { titles: titlesOf(open, words), command }));
  else whisper(parts, doer, noneContent(doer, command, isForOpen, all));
  return undefined;
}

/** Which of several buys is meant is said by a reply to its post, or by a press. */
export function sayWhich(parts: Parts, doer: Doer, buys: readonly Buy[], text: string): void {
  const rest = doer.called ? [doer.called.rest] : [];
  const choices = buys.map(({ id, terms }) => ({ label: terms.title, rest, buy: id, isWordless: true }));
  whisper(parts, doer, { text, ...choiceButtons(doer, choices) });
}

/** The titles of some buys, as a list in a sentence. */
export function titlesOf(buys: readonly Buy[], words: Words): string {
  return buys.map(({ terms }) => terms.title).join(words.comma);
}

/** None is as far as it would have to be: what there is, and what leads on from there. */
function noneContent(doer: Doer, command: string, isForOpen: boolean, all: readonly Buy[]): Content {
  const words = wordsOf(doer.language);
  const buy = all.find(({ status }) => status !== "draft" && status !== "cancelled");
  if (!buy || (buy.status === "open") === isForOpen) return { text: words.noBuy };
  return isForOpen ? closedContent(doer, buy) : { text: say(words.notClosed, { title: buy.terms.title, command }) };
}

/** What a leader hears who wants something of a buy that takes no orders any more. */
export function closedContent(doer: Doer, { id, terms }: Buy): Content {
  const words = wordsOf(doer.language);
  const reopen = { label: words.choices.reopen, command: "reopen", rest: [], buy: id } as const;
  return { text: say(words.extendClosed, { title: terms.title }), ...choiceButtons(doer, [reopen]) };
}

/** The ended buy that a command means, however long ago it closed; the doer hears where there is none. */
export async function pickEnded(parts: Parts, doer: Doer, command: string, wanted: readonly BuyStatus[]) {
  return (await endedBuy(parts, doer, wanted)) ?? pickBuy(parts, doer, command, wanted);
}

/**
 * Whether what people got can still be spoken of: they collect it, report that something is wrong with it, and money goes
 * back. After the settlement that goes on while problems may be reported, and the sums follow.
 */
export function isCaredFor(buy: Buy, at: Date): boolean {
  return UNDER_WAY.includes(buy.status) || (buy.status === "settled" && at <= problemsUntil(buy));
}

/** The one that a word about goods means: the one replied to, else the last under way, else one settled lately. */
export async function buyCaredFor(parts: Parts, doer: Doer): Promise<Buy | undefined> {
  const named = await meantBuy(parts, doer);
  if (named && isCaredFor(named, doer.at)) return named;
  const buy = (await endedBuy(parts, doer, UNDER_WAY)) ?? (await endedBuy(parts, doer, ["settled"]));
  return buy && isCaredFor(buy, doer.at) ? buy : undefined;
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
