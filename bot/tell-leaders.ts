import type { Parts } from "./parts.ts";
import type { Content } from "./ports.ts";
import { wordsOf } from "./replies/replies.ts";
import type { Words } from "./replies/words.ts";
import type { Place } from "./store.ts";

/** Says something to each leader of a chat alone: what needs a person. At once or not at all; the log has it too. */
export async function tellLeaders(parts: Parts, place: Place, content: (words: Words) => Content): Promise<void> {
  const leaders = await parts.store.leadersOf(place);
  const said = content(wordsOf(place.community.language));
  parts.answers.give(leaders.map((to) => ({ type: "whisper", place, whisper: { to }, content: said })));
}
