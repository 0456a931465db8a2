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
export async function giveNotice(parts: Parts, place: Place, { id, chat, about }: NoticeIn): Promise<void> {
  const { id: community, name, zone } = place.community;
  const matter = { community, chat: place.chat, buy: null, cause: `${place.chat}:${id}` };
  const group = chat.title ?? name;
  const kind = about.what === "full" ? "full" : "unheard";
  await parts.store.change((tx) =>
    queueForLeaders(tx.ledger, matter, kind, (words) => ({ text: noticeText(about, group, zone, words) })),
  );
  parts.wake();
}

function noticeText(about: NoticeIn["about"], group: string, zone: string, words: Words): string {
  const at = (instant: Date) => time(instant, zone, words);
  switch (about.what) {
    case "away":
      return say(words.wasAway, { group, from: at(about.awayFrom), until: at(about.awayUntil) });
    case "held":
      return say(words.isHeld, { group, name: about.name, text: about.text });
    case "too-many":
      return say(words.tooManyHeld, { group, most: about.most, since: at(about.since) });
    case "unread":
      return say(words.isUnread, { group, name: about.name, since: at(about.since) });
    case "full":
      return say(words.dayFull, { group, most: about.most });
    default:
      return about satisfies never;
  }
}
