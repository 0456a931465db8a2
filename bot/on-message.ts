import { askAboutPicture } from "./actions/about-picture.ts";
import { choiceButtons } from "./actions/choices.ts";
import { comeInPrivate } from "./actions/come-later.ts";
import { askedNow } from "./actions/confirm.ts";
import { declineInWords } from "./actions/decide-problem.ts";
import { giveNotice } from "./actions/give-notice.ts";
import { defaultsFor, greet, welcome } from "./actions/greet.ts";

import { isAllowed, isLeading } from "./actions/may-lead.ts";
import { answeredDraft, dropDraft, openDraft } from "./actions/open-buy.ts";
import { answerStep } from "./actions/open-steps.ts";
import { orderFor } from "./actions/order-for.ts";
import { refuseAnonymous } from "./actions/refuse-anonymous.ts";
import { answersPickup, directPlace, seeByReaction, seeInWords } from "./actions/see-pickup.ts";
import { setOwnLanguage } from "./actions/settings.ts";
import { showCommands } from "./actions/show.ts";
import { asksForPast } from "./actions/show-past.ts";
import { asksForPicture } from "./actions/show-picture.ts";
import { takeOrders } from "./actions/take-orders.ts";
import { askWhichCommand } from "./actions/unknown-command.ts";
import { clean } from "./clean.ts";
import { type Called, commandOf } from "./command-of.ts";
import type { CommandId } from "./commands.ts";
import { languageFor, showsLanguage, toldIn } from "./languages.ts";
import { nearCommands, unknownCommand } from "./near-command.ts";
import { command, MOST_LONG_TEXT, PASS, TAKE } from "./on-command.ts";
import { answerPreview, press, whoAnswers } from "./on-press.ts";
import { deedBuys, type OwnBuy, ownBuys, ownDeed, pictureBuys } from "./own-deed.ts";
import { type Doer, type Parts, whisper } from "./parts.ts";
import type { ButtonIn, EditIn, Incoming, MovedIn, RecallIn, TextIn } from "./ports.ts";
import { say, wordsOf } from "./replies/replies.ts";
import { isEnough } from "./rights.ts";
import type { Person, Place } from "./store.ts";

/** A message longer than this is answered, not read. @source message language, and Telegram's own limit */
const MOST_TEXT = 4_096;

/** What a leader writes under a draft to open it, or to drop it. */
const YES = /^\s*(ok|okay|yes|yep|open|go|好|好的|可以|开|開|确认|確認|是|行|嗯)[\s!！。.~]*$/i;
const NO = /^\s*(no|cancel|drop|不|不要|不开|不開|取消|算了)[\s!！。.~]*$/i;

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
  return event.text.length <= MOST_TEXT && !commandOf(event.text) && !YES.test(event.text) && !NO.test(event.text);
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

/** A picture without a word: told only where it replies to a message of ours. */
function isBarePicture({ type, text, photo }: TextIn | EditIn): boolean {
  return type === "text" && text === "" && photo !== undefined;
}

/**
 * What a command that there is not may stand for. In a group with other bots it may be one of theirs: unless it is said to
 * us, it has to be like one of ours.
 */
function meantCommand(event: TextIn) {
  const unknown = unknownCommand(event.text, (text) => commandOf(text) !== undefined);
  const isToUs = event.toUs === true || event.chat.kind === "direct" || (event.replyTo && !event.replyTo.sender);
  const near = unknown ? nearCommands(unknown.name, isToUs === true) : [];
  return unknown && (near.length > 0 || event.chat.kind === "direct") ? { ...unknown, near } : undefined;
}

/** Its posts stand in the old one, so they are sent once more. */
async function moveChat(parts: Parts, { platform, from, to }: MovedIn): Promise<void> {
  if (!(await parts.store.moveChat(platform, from, to))) return;
  parts.log.info({ platform }, "a chat has a new id");
  parts.wake();
}

/** A button under words that went to the private chat: it is of the group that they are about. */
async function pressDirectly(parts: Parts, event: ButtonIn): Promise<void> {
  const about = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(event.data)?.[0];
  const place = about && (await parts.store.placeOfButton(event.platform, event.sender.id, about));
  if (place) {
    const chat = { id: place.externalChat, kind: place.kind };
    const doer = doerOf(event, place, await parts.store.meetPerson(place, event.sender));
    await press(parts, await inOwnLanguage(parts, doer, event), { ...event, chat });
  }
  return parts.answers.give([{ type: "press", place: place || directPlace(parts, event), press: event.id }]);
}

/** What may be asked in private: it shows something and changes nothing. */
const ASKED_ALONE: ReadonlySet<CommandId> = new Set(["my", "pay", "tally", "list", "export", "pack", "board"]);

/** Whether a command only shows something, so that it may be asked in private. */
function isAsking({ command: { id }, rest }: Called): boolean {
  if (id === "pay") return rest === "";
  if (id === "my") return !TAKE.test(rest) && !PASS.test(rest);
  return ASKED_ALONE.has(id) || (id === "pickup" && asksForPicture(rest));
}

/**
 * What somebody asks in private is about the group of the buy that they were last about.
 *
 * @returns  whether there is one
 */
async function askDirectly(parts: Parts, called: Called, event: TextIn): Promise<boolean> {
  const place = await parts.store.placeOfLast(event.platform, event.sender.id);
  if (!place) return false;
  const person = await parts.store.meetPerson(place, event.sender);
  const doer = await inOwnLanguage(parts, aloneOf(event, place, person), event);
  const who = asksForPast(called.rest) ? "leader" : asksForPicture(called.rest) ? "helper" : called.command.who;
  // Who runs the group on its platform is not asked for here: the first command in the group makes them a leader.
  if (!isEnough(person.role, who)) {
    const words = wordsOf(doer.language);
    const only = who === "helper" ? words.helpersOnly : words.leadersOnly;
    whisper(parts, doer, { text: say(only, { command: called.word }) });
  } else await command(parts, doer, called, event);
  return true;
}

/**
 * What somebody says in private of their own order (paid, collected, a complaint, an answer to an offer) is about the buy
 * for which it is open; where that may be several, they are asked.
 *
 * @returns  whether it was that
 */
async function doDirectly(parts: Parts, own: readonly OwnBuy[], event: TextIn): Promise<boolean> {
  if (own.length === 0) return false;
  const picture = isBarePicture(event) ? event.photo : undefined;
  const called = picture === undefined ? ownDeed(parts, own, event) : commandOf("/paid");
  const buys =
    picture !== undefined
      ? await pictureBuys(parts, own, event.sentAt)
      : called
        ? await deedBuys(parts, own, called, event.sentAt)
        : [];
  const [first] = buys;
  if (!called || !first) return false;
  const person = await parts.store.meetPerson(first.place, event.sender);
  const alone = await inOwnLanguage(parts, aloneOf(event, first.place, person), event);
  if (buys.length > 1) {
    const words = wordsOf(alone.language);
    const label = ({ buy }: OwnBuy) => buy.terms.title;
    const choices = buys.map((each) => ({
      label: label(each),
      rest: [called.rest],
      buy: each.buy.id,
      isWordless: true,
    }));
    const text = say(words.whichOwn, { titles: buys.map(label).join(words.comma) });
    whisper(parts, alone, { text, ...(picture === undefined && choiceButtons({ ...alone, called }, choices)) });
    return true;
  }
  const doer: Doer = { ...alone, about: { buy: first.buy.id, isChosen: true } };
  await (picture === undefined ? command(parts, doer, called, event) : askAboutPicture(parts, doer, picture, true));
  return true;
}

/** What leaders begin in private as well: announcements and chains are written, or pasted, at one's desk. */
const LED_ALONE: ReadonlySet<CommandId> = new Set(["open", "again", "import"]);

/**
 * What a leader begins in private is of the group that they lead; of several, they name one. So is their answer to what
 * was asked last.
 *
 * @returns  whether it was that
 */
async function leadDirectly(parts: Parts, event: TextIn): Promise<boolean> {
  const called = commandOf(event.text);
  if (called && !LED_ALONE.has(called.command.id)) return false;
  const led = await ledBy(parts, event);
  if (led.length === 0) return false;
  if (!called) return answerLeading(parts, led, event);

  const { word, rest } = called;
  const named = led.filter(({ place }) => restAfter(place.community.name, rest) !== undefined);
  const [doer, ...others] = named.length > 0 ? named : called.command.id === "import" ? await open(parts, led) : led;
  if (doer && others.length === 0) {
    const own = restAfter(doer.place.community.name, rest) ?? rest;
    await command(parts, doer, { ...called, rest: own }, event);
    return true;
  }
  const words = wordsOf(led[0]!.language);
  const names = led.map(({ place }) => place.community.name);
  const example = `${word} ${names[0]} …`;
  whisper(parts, led[0]!, { text: say(words.whichGroup, { groups: names.join(words.comma), example }) });
  return true;
}

/** Somebody alone, for each community that they lead. */
async function ledBy(parts: Parts, event: TextIn): Promise<readonly Doer[]> {
  const led: Doer[] = [];
  for (const place of await parts.store.groupsWith(event.platform, event.sender.id)) {
    const person = await parts.store.meetPerson(place, event.sender);
    if (!(await isLeading(parts, doerOf(event, place, person)))) continue;
    const role = isEnough(person.role, "leader") ? person.role : "leader";
    led.push(await inOwnLanguage(parts, aloneOf(event, place, { ...person, role }), event));
  }
  return led;
}

/** Those in whose groups something is open; all where that is so nowhere. */
async function open(parts: Parts, led: readonly Doer[]): Promise<readonly Doer[]> {
  const there: Doer[] = [];
  for (const doer of led) {
    if ((await parts.store.buysOf(doer.place)).some(({ status }) => status === "open")) there.push(doer);
  }
  return there.length > 0 ? there : led;
}

/** What stands behind a group's name; undefined where that does not stand before it. */
function restAfter(name: string, rest: string): string | undefined {
  if (name === "" || !rest.toLowerCase().startsWith(name.toLowerCase())) return undefined;
  const behind = rest.slice(name.length);
  return /^(?:$|[\s:：])/.test(behind) ? behind.replace(/^[\s:：]+/, "") : undefined;
}

/** Answers what a leader was asked last, in whichever of their groups. */
async function answerLeading(parts: Parts, led: readonly Doer[], event: TextIn): Promise<boolean> {
  const waiting: { readonly doer: Doer; readonly at: Date }[] = [];
  for (const doer of led) {
    const asked = await askedNow(parts, doer);
    const draft = await answeredDraft(parts, doer);
    for (const at of [asked?.askedAt, draft?.terms.openedAt]) if (at) waiting.push({ doer, at });
  }
  const last = waiting.sort((one, other) => +other.at - +one.at)[0];
  if (!last) return false;
  return (await answerStep(parts, last.doer, event)) || answerDraft(parts, last.doer, event.text);
}

/** "ok" in private to what was asked there: of a picture, or of who leads. */
async function answerDirectQuestion(parts: Parts, own: readonly OwnBuy[], event: TextIn): Promise<boolean> {
  const isYes = YES.test(event.text);
  if (!isYes && !NO.test(event.text)) return false;
  for (const { place } of own) {
    const doer = aloneOf(event, place, await parts.store.meetPerson(place, event.sender));
    const asked = await askedNow(parts, doer);
    if (asked?.kind !== "picture") continue;
    await answerPreview(parts, doer, isYes, asked.id);
    return true;
  }
  return answerLeading(parts, await ledBy(parts, event), event);
}

/** "Late until Friday", in private. */
function comeDirectly(parts: Parts, own: readonly OwnBuy[], event: TextIn): Promise<boolean> {
  return comeInPrivate(parts, own, event, async ({ place }) => {
    const doer = aloneOf(event, place, await parts.store.meetPerson(place, event.sender));
    return inOwnLanguage(parts, doer, event);
  });
}

/** A private chat has no buy of its own: what is said there is about one's last buys, and orders are made in the group. */
async function answerDirectly(parts: Parts, event: Incoming): Promise<void> {
  if (event.type === "button") return pressDirectly(parts, event);
  if (event.type !== "text") return;
  const own = event.text.length > MOST_TEXT ? [] : await ownBuys(parts, event);
  // "ok" is the answer to a question, if there is one, before it says that something was seen.
  if (await answerDirectQuestion(parts, own, event)) return;
  if (await seeInWords(parts, event)) return;
  if (await doDirectly(parts, own, event)) return;
  if (!isBarePicture(event) && event.text.length <= MOST_LONG_TEXT && (await leadDirectly(parts, event))) return;
  // Behind what leaders are asked: "Friday 9pm" may answer that.
  if (await comeDirectly(parts, own, event)) return;
  const here = directPlace(parts, event);
  const person: Person = { id: "", name: event.sender.name, externalId: event.sender.id, role: "resident" };
  const doer = doerOf(event, here, person);
  const called = commandOf(event.text);
  if (called?.command.id === "settings") return setOwnLanguage(parts, doer, called.word, called.rest);
  if (called && isAsking(called) && (await askDirectly(parts, called, event))) return;
  if (isBarePicture(event)) return whisper(parts, doer, { text: wordsOf(doer.language).pictureOfWhat });
  if (called?.command.id === "start") return welcome(parts, doer);
  const meant = meantCommand(event);
  if (!meant || meant.near.length === 0) return showCommands(parts, doer, "leader", meant?.word);
  // A button is of the group that they were last about.
  const last = await parts.store.placeOfLast(event.platform, event.sender.id);
  const place = last && { ...doer.place, chat: last.chat };
  askWhichCommand(parts, { ...doer, ...(place && { place }) }, meant.word, meant.near, meant.rest);
}

/** "ok" or "no" from somebody who has a draft here; false where it was no answer to one. */
async function answerDraft(parts: Parts, doer: Doer, text: string): Promise<boolean> {
  const isYes = YES.test(text);
  if (!isYes && !NO.test(text)) return false;
  const asked = await askedNow(parts, doer);
  const draft = await answeredDraft(parts, doer);
  const who = asked && !draft ? whoAnswers(asked) : "leader";
  if (!(asked || draft) || !(await isAllowed(parts, doer, who))) return false;
  // Of two questions the answer is to the last.
  if (asked && !(draft && draft.terms.openedAt > asked.askedAt)) {
    await answerPreview(parts, doer, isYes, asked.id);
    return true;
  }
  if (!draft) return false;
  await (isYes ? openDraft(parts, doer, draft.id) : dropDraft(parts, doer, draft.id));
  return true;
}

/** Chains and announcements may be longer than what people write themselves. */
function isTooLong(text: string): boolean {
  if (text.length <= MOST_TEXT) return false;
  return text.length > MOST_LONG_TEXT || !/^\s{0,20}[#＃]?(接[龙龍]|group note)/i.test(text);
}

function doerOf(event: TextIn | EditIn | ButtonIn, place: Place, person: Person): Doer {
  const isText = event.type !== "button";
  return {
    place: event.topic === undefined ? place : { ...place, topic: event.topic },
    person,
    anonymous: event.sender.anonymous === true,
    at: isText ? event.sentAt : event.pressedAt,
    language: languageFor(person, isText ? event.text : "", place),
    ...(isText ? { message: event.id } : { press: event.id }),
    ...(isText && event.replyTo && { replyTo: event.replyTo.id }),
    ...(isText && event.replyTo?.sender && { repliedTo: event.replyTo.sender }),
  };
}

/** Somebody of a group in the private chat with us, where messages are counted apart: what they reply to is of no group. */
function aloneOf(event: TextIn, place: Place, person: Person): Doer {
  const { replyTo: _, repliedTo: __, ...doer } = doerOf(event, place, person);
  return { ...doer, place: { ...place, externalChat: event.chat.id, kind: "direct" } };
}

/**
 * Where neither a setting nor what they do now shows the language of who leads or helps, it is that in which they
 * announced their last buy here, else that in which the chat's last buy is written of.
 */
async function inOwnLanguage(parts: Parts, doer: Doer, event: TextIn | EditIn | ButtonIn): Promise<Doer> {
  const { person, place, anonymous } = doer;
  const isShown = person.language !== undefined || (event.type !== "button" && showsLanguage(event.text));
  if (isShown || (person.role === "resident" && !anonymous)) return doer;
  const buys = await parts.store.buysOf(place);
  const own = buys.find(({ leader }) => leader === person.id);
  if (own) return { ...doer, language: own.language };
  const last = buys.find(({ status }) => status !== "draft");
  if (!last) return doer;
  const places = (await parts.store.look((tx) => tx.placesOf([last]))).get(last.id) ?? [];
  return { ...doer, language: toldIn(last, place, places).language };
}
