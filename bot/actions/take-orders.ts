import type { Answer } from "../answers.ts";
import { languageFor } from "../languages.ts";
import type { Doer, Parts } from "../parts.ts";
import type { EditIn, RecallIn, TextIn } from "../ports.ts";
import { type Heard, NeedsAlone, type Recorded, record } from "../record.ts";
import type { Place } from "../store.ts";
import { acknowledge, receiptOf } from "./acknowledge.ts";
import { comeInWords } from "./come-later.ts";
import { payInWords } from "./mark-paid.ts";
import { collectInWords } from "./mark-picked.ts";
import { reportInWords } from "./report-problem.ts";
import { planReposts } from "./repost.ts";
import { seeInWords } from "./see-pickup.ts";
import { showMine, showTally } from "./show.ts";

/**
 * Stores what was said about orders, and acknowledges it: with a mark, or with words to the person alone.
 *
 * @param isAnswer  takes what leaders say that answers a question to them, and is no order then
 */
export async function takeOrders(
  parts: Parts,
  events: readonly (TextIn | EditIn | RecallIn)[],
  isAnswer?: (heard: Heard) => Promise<boolean>,
): Promise<void> {
  const recorded = await storeOrders(parts, events, undefined, isAnswer);
  parts.answers.give(recorded.flatMap(answersTo));
  for (const each of recorded) await answerQuestion(parts, each);
  const isAboutBuy = new Set<unknown>(recorded.map(({ heard }) => heard.event));
  for (const event of events) {
    if (event.type !== "text" || isAboutBuy.has(event)) continue;
    if ((await comeInWords(parts, event)) || (await seeInWords(parts, event))) continue;
    await reportInWords(parts, event);
  }
}

/**
 * Stores what was said about orders, without a word to who said it.
 *
 * @param about  the buy that it is about, where a button tells
 */
export async function storeOrders(
  parts: Parts,
  events: readonly (TextIn | EditIn | RecallIn)[],
  about?: string,
  isAnswer?: (heard: Heard) => Promise<boolean>,
): Promise<readonly Recorded[]> {
  const heard = await withoutAnswers(await meet(parts, events, about), isAnswer);
  if (heard.length === 0) return [];
  const recorded = await recordSafely(parts, heard);
  for (const { buy } of recorded) parts.wake(buy);
  await planReposts(parts, recorded);
  return recorded;
}

/** Only leaders are asked anything, so the others' words are not looked at. */
async function withoutAnswers(
  heard: readonly Heard[],
  isAnswer: ((heard: Heard) => Promise<boolean>) | undefined,
): Promise<readonly Heard[]> {
  if (!isAnswer) return heard;
  const rest: Heard[] = [];
  for (const each of heard) {
    const mayBeAsked = each.event.type === "text" && (each.person?.role === "leader" || each.person?.role === "owner");
    if (!mayBeAsked || !(await isAnswer(each))) rest.push(each);
  }
  return rest;
}

async function meet(
  parts: Parts,
  events: readonly (TextIn | EditIn | RecallIn)[],
  about: string | undefined,
): Promise<Heard[]> {
  // A private chat has no buy of its own, and who speaks for a whole chat cannot order.
  const heard = events.filter(
    (event) => event.chat.kind !== "direct" && (event.type === "recall" || !event.sender.anonymous),
  );
  const known = await parts.store.meetAll(
    heard.map((event) => ({ ...event, sender: event.type === "recall" ? undefined : event.sender })),
    parts.defaults,
  );
  return known.map(({ place, person }, index) => ({
    place,
    event: place.past ? inPast(place, heard[index]!) : heard[index]!,
    ...(person && { person, ...(about !== undefined && { about }) }),
  }));
}

/** Said before the chat had its new id, where messages are counted anew: the old id tells them apart. */
function inPast<E extends TextIn | EditIn | RecallIn>({ externalChat }: Place, event: E): E {
  const name = (id: string) => `${externalChat}/${id}`;
  return {
    ...event,
    id: name(event.id),
    ...("replyTo" in event && event.replyTo && { replyTo: { ...event.replyTo, id: name(event.replyTo.id) } }),
  };
}

/**
 * Buys are locked together with others at first; those that are folded as a whole, alone. So are those in which something
 * is edited or taken back: it must not pass what it is about, which may be under way elsewhere, unseen.
 */
async function recordSafely(parts: Parts, heard: readonly Heard[]): Promise<readonly Recorded[]> {
  const alone = heard.some(({ event }) => event.type !== "text");
  try {
    return await parts.store.record((tx) => record(tx, heard, parts.readerOf, alone));
  } catch (fault) {
    if (!(fault instanceof NeedsAlone)) throw fault;
    return parts.store.record((tx) => record(tx, heard, parts.readerOf, true));
  }
}

function answersTo(recorded: Recorded): Answer[] {
  const { place, person, event } = recorded.heard;
  if (!person) return [];
  const { mark, says } = acknowledge(recorded);
  const receipt = receiptOf(recorded);
  const whisper = { to: person.externalId, replyTo: event.id };
  return [
    ...(mark
      ? [{ type: "mark", place, message: event.id, mark, to: whisper.to, ...(receipt && { receipt }) } as const]
      : []),
    ...says.map((content) => ({ type: "whisper", place, whisper, content, passing: true }) as const),
  ];
}

/** "What did I order?", "how many are there now?", "I have paid", "collected": in plain words, as a command would. */
async function answerQuestion(parts: Parts, { heard, buy, verdict }: Recorded): Promise<void> {
  const { place, person, event } = heard;
  if (event.type !== "text" || !person || typeof verdict === "string" || verdict.outcome !== "nothing") return;
  const doer: Doer = {
    place,
    person,
    anonymous: false,
    message: event.id,
    at: event.sentAt,
    language: languageFor(person, event.text, place),
  };
  if (verdict.kind === "mine") await showMine(parts, doer, "/my", buy);
  if (verdict.kind === "tally") await showTally(parts, doer, "/tally", buy);
  if (verdict.kind === "paid") await payInWords(parts, doer, buy, verdict.amount, event.photo ?? event.replyTo?.photo);
  if (verdict.kind === "received") await collectInWords(parts, doer);
}
