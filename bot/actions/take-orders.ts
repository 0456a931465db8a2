import type { TakenOutcome, Verdict } from "../../core/buy/ledger.ts";
import type { Answer } from "../answers.ts";
import { languageOf } from "../languages.ts";
import type { Doer, Parts } from "../parts.ts";
import type { Content, EditIn, Mark, RecallIn, TextIn } from "../ports.ts";
import { type Heard, NeedsAlone, type Recorded, record } from "../record.ts";
import { quantity, say, time, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Buy } from "../store.ts";
import { question, questionOfOption } from "./question.ts";
import { showMine, showTally } from "./show.ts";

/**
 * Stores what was said about orders, and acknowledges it: with a mark, or with a question to the person alone.
 *
 * @param silent  the caller answers by itself
 */
export async function takeOrders(
  parts: Parts,
  events: readonly (TextIn | EditIn | RecallIn)[],
  silent?: "silent",
): Promise<void> {
  if (events.length === 0) return;
  const heard = await meet(parts, events);
  const recorded = await recordSafely(parts, heard);
  if (recorded.length > 0) parts.wake();
  if (silent) return;
  parts.answers.give(recorded.flatMap(answersTo));
  for (const each of recorded) await answerQuestion(parts, each);
}

/** Buys are locked together with others at first; those that are folded as a whole, alone. */
async function recordSafely(parts: Parts, heard: readonly Heard[]): Promise<readonly Recorded[]> {
  try {
    return await parts.store.record((tx) => record(tx, heard, parts.readerOf, false));
  } catch (fault) {
    if (!(fault instanceof NeedsAlone)) throw fault;
    return parts.store.record((tx) => record(tx, heard, parts.readerOf, true));
  }
}

async function meet(parts: Parts, events: readonly (TextIn | EditIn | RecallIn)[]): Promise<Heard[]> {
  const heard: Heard[] = [];
  for (const event of events) {
    const place = await parts.store.meetChat(event.platform, event.chat, parts.defaults);
    if (event.type === "recall") {
      heard.push({ place, event });
      continue;
    }
    // Who speaks for a whole chat cannot order; a direct chat has no buy of its own.
    if (event.sender.anonymous || event.chat.kind === "direct") continue;
    heard.push({ place, event, person: await parts.store.meetPerson(place, event.sender) });
  }
  return heard;
}

function answersTo({ heard, buy, verdict }: Recorded): Answer[] {
  const { place, person, event } = heard;
  if (!person || event.type === "recall") return [];
  const words = wordsOf(languageOf(event.text, place.community.language));
  const mark = (what: Mark): Answer => ({ type: "mark", place, message: event.id, mark: what });
  const ask = (content: Content): Answer => ({
    type: "whisper",
    place,
    whisper: { to: person.externalId, replyTo: event.id },
    content,
  });

  if (verdict === "which-buy") {
    return [mark("unclear"), ask({ text: say(words.whichBuy, { titles: buy.terms.title, command: event.text }) })];
  }
  if (verdict === "delivered-late") return lateAnswers(place.community.zone, buy, words, mark, ask);
  switch (verdict.outcome) {
    case "booked":
    case "changed":
    case "cancelled":
      return takenAnswers(buy, verdict, words, mark, ask, event);
    case "unclear":
      return [mark("unclear"), ask(question(buy, verdict, words, event.id))];
    case "late":
      return lateAnswers(place.community.zone, buy, words, mark, ask);
    case "nothing":
      return [];
    default:
      return verdict satisfies never;
  }
}

function takenAnswers(
  buy: Buy,
  verdict: Verdict & TakenOutcome,
  words: Words,
  mark: (what: Mark) => Answer,
  ask: (content: Content) => Answer,
  event: TextIn | EditIn,
): Answer[] {
  const answers: Answer[] = [];
  if (verdict.waiting) {
    answers.push(mark("waitlisted"), ask({ text: waitingText(buy, verdict, words) }));
  } else {
    answers.push(mark(verdict.outcome === "booked" && event.type === "text" ? "booked" : "changed"));
  }
  const [missing] = verdict.optionMissing;
  if (missing !== undefined) answers.push(ask(questionOfOption(buy, missing, words, event.id)));
  return answers;
}

function waitingText(buy: Buy, verdict: Verdict & TakenOutcome, words: Words): string {
  const change = verdict.changes.find(({ after, before }) => after > before);
  const item = change && buy.terms.items[change.item - 1];
  const sentence = verdict.waiting === "partly" ? words.waitlistedSome : words.waitlistedAll;
  const asked = change ? quantity(change.after, item?.unit) : "";
  return say(sentence, { item: item?.name ?? buy.terms.title, asked });
}

function lateAnswers(
  zone: string,
  buy: Buy,
  words: Words,
  mark: (what: Mark) => Answer,
  ask: (content: Content) => Answer,
): Answer[] {
  const closedAt = buy.terms.endedAt ?? buy.terms.closesAt ?? buy.closedAt;
  if (!closedAt) return [];
  return [mark("late"), ask({ text: say(words.late, { title: buy.terms.title, time: time(closedAt, zone, words) }) })];
}

/** "What did I order?", "how many are there now?": in plain words, as a command would. */
async function answerQuestion(parts: Parts, { heard, buy, verdict }: Recorded): Promise<void> {
  const { place, person, event } = heard;
  if (event.type !== "text" || !person || typeof verdict === "string" || verdict.outcome !== "nothing") return;
  const doer: Doer = {
    place,
    person,
    anonymous: false,
    message: event.id,
    at: event.sentAt,
    language: languageOf(event.text, place.community.language),
  };
  if (verdict.kind === "mine") await showMine(parts, doer, "/my", buy);
  if (verdict.kind === "tally") await showTally(parts, doer, "/tally", buy);
}
