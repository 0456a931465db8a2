import { languageOf, toldIn } from "../languages.ts";
import { wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Buy, ChangeTx, Place } from "../store.ts";

/** How somebody is told of a buy. */
export interface Listener {
  /** The chat in which they spoke of it last; none where they have not. */
  readonly chat?: string;
  /** The same as a place, else the first of the buy; none where it stands nowhere any more. */
  readonly places: readonly Place[];
  /** The buy, as it is written of to them. */
  readonly told: Buy;
  readonly words: Words;
}

/**
 * Where people are told of these buys, and in which language: the one that they have asked for, else that in which they
 * write of it, else that of their chat.
 */
export async function listenersOf(
  tx: Pick<ChangeTx, "speakersOf" | "placesOf">,
  buys: readonly Buy[],
): Promise<(buy: Buy, person: string) => Listener> {
  const speakers = await tx.speakersOf(buys);
  const places = await tx.placesOf(buys);
  return (buy, person) => {
    const speaker = speakers.get(`${buy.id}:${person}`);
    const all = places.get(buy.id) ?? [];
    const place = all.find(({ chat }) => chat === speaker?.chat) ?? all[0];
    const here = place ? toldIn(buy, place, all) : buy;
    const language = speaker?.language ?? languageOf(speaker?.said ?? "", here.language);
    return {
      ...(speaker && { chat: speaker.chat }),
      places: place ? [place] : [],
      told: { ...buy, language },
      words: wordsOf(language),
    };
  };
}
