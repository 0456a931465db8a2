import type { Parts } from "../parts.ts";
import type { NoticeIn } from "../ports.ts";
import { say, time } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Place } from "../store.ts";
import { queueForLeaders } from "../tell-leaders.ts";

/**
 * Tells leaders, once, what only the adapter knows: that it was away, that somebody's words wait or are lost, or that
 * enough was said today.
 */
export async function giveNotice(parts: Parts, place: Place, { id, about }: NoticeIn): Promise<void> {
  const { id: community, zone } = place.community;
  const matter = { community, chat: place.chat, buy: null, cause: `${place.chat}:${id}` };
  const kind = about.what === "full" ? "full" : "unheard";
  await parts.store.change((tx) =>
    queueForLeaders(tx.ledger, matter, kind, (words) => ({ text: noticeText(about, zone, words) })),
  );
  parts.wake();
}

function noticeText(about: NoticeIn["about"], zone: string, words: Words): string {
  switch (about.what) {
    case "away":
      return say(words.wasAway, { from: time(about.awayFrom, zone, words), until: time(about.awayUntil, zone, words) });
    case "held":
      return say(words.isHeld, { name: about.name, text: about.text });
    case "too-many":
      return say(words.tooManyHeld, { most: String(about.most), since: time(about.since, zone, words) });
    case "unread":
      return say(words.isUnread, { name: about.name, since: time(about.since, zone, words) });
    case "full":
      return say(words.dayFull, { most: String(about.most) });
    default:
      return about satisfies never;
  }
}
