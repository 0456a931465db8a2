import { LINK_MS } from "../board/door.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import { say, wordsOf } from "../replies/replies.ts";

/** `/board`: a link to the leader's board, for the doer alone. */
export async function openBoard(parts: Parts, doer: Doer): Promise<void> {
  const words = wordsOf(doer.language).board;
  // Nobody is behind who speaks for the chat, and what is said to them all may read.
  if (doer.anonymous) return whisper(parts, doer, { text: words.anonymous });
  const link = await parts.board?.link(doer.place, doer.person, doer.language);
  if (!link) return whisper(parts, doer, { text: words.closed });
  whisper(parts, doer, {
    text: say(words.link, { link, minutes: LINK_MS / 60_000 }),
    publicly: words.alone,
  });
}
