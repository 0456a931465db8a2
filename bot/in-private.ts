import { askAboutPicture, isBarePicture } from "./actions/about-picture.ts";
import { choiceButtons } from "./actions/choices.ts";
import { comeInPrivate } from "./actions/come-later.ts";
import { askedNow } from "./actions/confirm.ts";
import { welcome } from "./actions/greet.ts";
import { directPlace, seeInWords } from "./actions/see-pickup.ts";
import { setOwnLanguage } from "./actions/settings.ts";
import { showCommands } from "./actions/show.ts";
import { asksForPast } from "./actions/show-past.ts";
import { asksForPicture } from "./actions/show-picture.ts";
import { askWhichCommand } from "./actions/unknown-command.ts";
import { yesOrNo } from "./answer-draft.ts";
import { type Called, commandOf } from "./command-of.ts";
import type { CommandId } from "./commands.ts";
import { aloneOf, doerOf, inOwnLanguage } from "./doer.ts";
import { answerLeading, leadDirectly, ledBy } from "./lead-in-private.ts";
import { meantCommand } from "./near-command.ts";
import { command, PASS, TAKE } from "./on-command.ts";
import { answerPreview, press } from "./on-press.ts";
import { deedBuys, type OwnBuy, ownBuys, ownDeed, pictureBuys } from "./own-deed.ts";
import { type Doer, type Parts, whisper } from "./parts.ts";
import type { ButtonIn, Incoming, TextIn } from "./ports.ts";
import { say, wordsOf } from "./replies/replies.ts";
import { isEnough } from "./rights.ts";
import type { Person } from "./store.ts";
import { MOST_LONG_TEXT, MOST_TEXT } from "./text-limits.ts";

/** A private chat has no buy of its own: what is said there is about one's last buys, and orders are made in the group. */
export async function answerDirectly(parts: Parts, event: Incoming): Promise<void> {
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

/** "ok" in private to what was asked there: of a picture, or of who leads. */
async function answerDirectQuestion(parts: Parts, own: readonly OwnBuy[], event: TextIn): Promise<boolean> {
  const isYes = yesOrNo(event.text);
  if (isYes === undefined) return false;
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
