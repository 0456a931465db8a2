import { askAboutPicture, isBarePicture } from "./actions/about-picture.ts";
import { declineInWords } from "./actions/decide-problem.ts";
import { giveNotice } from "./actions/give-notice.ts";
import { defaultsFor, greet } from "./actions/greet.ts";
import { isLeading } from "./actions/may-lead.ts";
import { answerStep } from "./actions/open-steps.ts";
import { orderFor } from "./actions/order-for.ts";
import { refuseAnonymous } from "./actions/refuse-anonymous.ts";
import { answersPickup, seeByReaction } from "./actions/see-pickup.ts";
import { takeOrders } from "./actions/take-orders.ts";
import { askWhichCommand } from "./actions/unknown-command.ts";
import { answerDraft, yesOrNo } from "./answer-draft.ts";
import { clean } from "./clean.ts";
import { commandOf } from "./command-of.ts";
import { doerOf, inOwnLanguage } from "./doer.ts";
import { answerDirectly } from "./in-private.ts";
import { meantCommand } from "./near-command.ts";
import { command } from "./on-command.ts";
import { press } from "./on-press.ts";
import { type Doer, type Parts, whisper } from "./parts.ts";
import type { EditIn, Incoming, MovedIn, RecallIn, TextIn } from "./ports.ts";
import { say, wordsOf } from "./replies/replies.ts";
import { isTooLong, MOST_TEXT } from "./text-limits.ts";

/**
 * The path of what arrives, in order: words about orders together, as one transaction; commands and presses each in
 * their own. Everything in here may run twice for the same event.
 *
 * @param stored  told of events that are done with
 */
export async function handleBatch(
  parts: Parts,
  batch: readonly Incoming[],
  stored: (events: readonly Incoming[]) => void,
): Promise<void> {
  let words: { readonly event: TextIn | EditIn | RecallIn; readonly raw: Incoming }[] = [];
  const takeWords = async () => {
    const taken = words;
    words = [];
    await takeOrders(
      parts,
      taken.map(({ event }) => event),
      ({ place, person, event }) =>
        event.type === "text" && person
          ? answerQuestion(parts, doerOf(event, place, person), event)
          : Promise.resolve(false),
    );
    stored(taken.map(({ raw }) => raw));
  };
  for (const raw of batch) {
    const event = clean(raw);
    if (isWords(event)) {
      words.push({ event, raw });
      continue;
    }
    await takeWords();
    await handleOne(parts, event);
    stored([raw]);
  }
  await takeWords();
}

/** Whether an event can only be about orders: no command, and nothing that may answer a draft's question. */
export function isWords(event: Incoming): event is TextIn | EditIn | RecallIn {
  if (event.type === "recall") return true;
  if (event.type === "edit") return !isTooLong(event.text) && commandOf(event.text)?.command.id !== "order";
  if (event.type !== "text" || event.chat.kind === "direct" || event.sender.anonymous) return false;
  if (isBarePicture(event) || meantCommand(event)) return false;
  return event.text.length <= MOST_TEXT && !commandOf(event.text) && yesOrNo(event.text) === undefined;
}

async function handleOne(parts: Parts, event: Exclude<Incoming, RecallIn>): Promise<void> {
  if (event.type === "reacted") return seeByReaction(parts, event);
  if (event.chat.kind === "direct") return answerDirectly(parts, event);
  if (event.type === "moved") return moveChat(parts, event);
  const place = await parts.store.meetChat(event.platform, event.chat, defaultsFor(event, parts.defaults));
  if (event.type === "notice") return giveNotice(parts, place, event);
  if (event.type === "membership") {
    if (event.change !== "removed") await greet(parts, place, event);
    return;
  }

  const person = await parts.store.meetPerson(place, event.sender);
  const doer = await inOwnLanguage(parts, doerOf(event, place, person), event);
  if (event.type === "button") {
    await press(parts, doer, event);
    return parts.answers.give([{ type: "press", place, press: event.id }]);
  }
  if (isBarePicture(event)) return askAboutPicture(parts, doer, event.photo!, answersPickup(event));
  const called = commandOf(event.text);
  if (called && event.type === "text") return command(parts, doer, called, event);
  const meant = event.type === "text" ? meantCommand(event) : undefined;
  if (meant) return askWhichCommand(parts, doer, meant.word, meant.near, meant.rest);
  // A changed "/order" is that order changed; other commands were carried out when they were said.
  if (called?.command.id === "order" && !isTooLong(event.text)) {
    if (!(await isLeading(parts, doer))) return takeOrders(parts, [event]);
    return orderFor(parts, doer, event, called.word, called.rest);
  }
  if (isTooLong(event.text))
    return whisper(parts, doer, { text: say(wordsOf(doer.language).tooLong, { most: MOST_TEXT }) });
  if (event.type === "text" && (await answerQuestion(parts, doer, event))) return;
  if (event.type === "text" && (await answerDraft(parts, doer, event.text))) return;
  if (event.type === "text" && doer.anonymous) return refuseAnonymous(parts, doer, event);
  return takeOrders(parts, [event]);
}

/** What a leader says that answers a question to them. Whether it was that. */
async function answerQuestion(parts: Parts, doer: Doer, event: TextIn): Promise<boolean> {
  return (await answerStep(parts, doer, event)) || declineInWords(parts, doer, event);
}

/** Its posts stand in the old one, so they are sent once more. */
async function moveChat(parts: Parts, { platform, from, to }: MovedIn): Promise<void> {
  if (!(await parts.store.moveChat(platform, from, to))) return;
  parts.log.info({ platform }, "a chat has a new id");
  parts.wake();
}
