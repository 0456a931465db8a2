import type { Parts } from "./parts.ts";
import type { Content } from "./ports.ts";
import { wordsOf } from "./replies/replies.ts";
import type { Words } from "./replies/words.ts";
import type { Buy, Place } from "./store.ts";

/** Says something to each leader of a chat alone: what needs a person. At once or not at all; the log has it too. */
export async function tellLeaders(parts: Parts, place: Place, content: (words: Words) => Content): Promise<void> {
  const leaders = await parts.store.leadersOf(place);
  const said = content(wordsOf(place.community.language));
  parts.answers.give(leaders.map((to) => ({ type: "whisper", place, whisper: { to }, content: said })));
}

/**
 * The same to a buy's leaders on every platform on which it is offered: about something that any of them may decide.
 *
 * @param here  where it was said
 */
export async function tellLeadersOf(
  parts: Parts,
  buy: Buy,
  here: Place,
  content: (words: Words, place: Place) => Content,
): Promise<void> {
  const all = (await parts.store.look((tx) => tx.placesOf([buy]))).get(buy.id) ?? [];
  const told = new Map([...all, here].map((place) => [place.platform, place])); // of several on one platform, one
  for (const place of told.values()) await tellLeaders(parts, place, (words) => content(words, place));
}
