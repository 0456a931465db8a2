import type { Parts } from "../parts.ts";
import type { NoticeIn } from "../ports.ts";
import { say, time } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Place } from "../store.ts";
import { tellLeaders } from "../tell-leaders.ts";

/**
 * Tells a chat's leaders what only the adapter knows: that it was away, that somebody's words wait, or that enough was
 * said today.
 */
export async function giveNotice(parts: Parts, place: Place, { about }: NoticeIn): Promise<void> {
  const { zone } = place.community;
  await tellLeaders(parts, place, (words) => ({ text: noticeText(about, zone, words) }));
}

function noticeText(about: NoticeIn["about"], zone: string, words: Words): string {
  switch (about.what) {
    case "away":
      return say(words.wasAway, { from: time(about.awayFrom, zone, words), until: time(about.awayUntil, zone, words) });
    case "held":
      return say(words.isHeld, { name: about.name, text: about.text });
    case "full":
      return say(words.dayFull, { most: String(about.most) });
    default:
      return about satisfies never;
  }
}
