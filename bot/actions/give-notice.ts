import type { Parts } from "../parts.ts";
import type { NoticeIn } from "../ports.ts";
import { say, time } from "../replies/replies.ts";
import type { Place } from "../store.ts";
import { tellLeaders } from "../tell-leaders.ts";

/** Tells a chat's leaders what only the adapter knows: that it was away, or that somebody's words wait. */
export async function giveNotice(parts: Parts, place: Place, { about }: NoticeIn): Promise<void> {
  const { zone } = place.community;
  await tellLeaders(parts, place, (words) => ({
    text:
      about.what === "away"
        ? say(words.wasAway, { from: time(about.awayFrom, zone, words), until: time(about.awayUntil, zone, words) })
        : say(words.isHeld, { name: about.name, text: about.text }),
  }));
}
