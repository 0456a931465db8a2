import { languageFor, showsLanguage, toldIn } from "./languages.ts";
import type { Doer, Parts } from "./parts.ts";
import type { ButtonIn, EditIn, TextIn } from "./ports.ts";
import type { Person, Place } from "./store.ts";

/** Who does something with an event, and in which language they are answered. */
export function doerOf(event: TextIn | EditIn | ButtonIn, place: Place, person: Person): Doer {
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
export function aloneOf(event: TextIn, place: Place, person: Person): Doer {
  const { replyTo: _, repliedTo: __, ...doer } = doerOf(event, place, person);
  return { ...doer, place: { ...place, externalChat: event.chat.id, kind: "direct" } };
}

/**
 * Where neither a setting nor what they do now shows the language of who leads or helps, it is that in which they
 * announced their last buy here, else that in which the chat's last buy is written of.
 */
export async function inOwnLanguage(parts: Parts, doer: Doer, event: TextIn | EditIn | ButtonIn): Promise<Doer> {
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
