import type { Parts } from "./parts.ts";
import type { Content } from "./ports.ts";
import { wordsOf } from "./replies/replies.ts";
import type { Words } from "./replies/words.ts";
import type { Buy, LedgerTx, Place } from "./store.ts";

/** Says something to each leader of a chat alone, at once or not at all: what is kept elsewhere as well. */
export async function tellLeaders(parts: Parts, place: Place, content: (words: Words) => Content): Promise<void> {
  const leaders = await parts.store.leadersOf(place);
  const said = content(wordsOf(place.community.language));
  parts.answers.give(leaders.map((to) => ({ type: "whisper", place, whisper: { to, isLeader: true }, content: said })));
}

/**
 * The same to a buy's leaders on every platform on which it is offered: about something that any of them may decide.
 *
 * @param here  where it was said; a private chat is nobody else's
 */
export async function tellLeadersOf(
  parts: Parts,
  buy: Buy,
  here: Place,
  content: (words: Words, place: Place) => Content,
): Promise<void> {
  const all = (await parts.store.look((tx) => tx.placesOf([buy]))).get(buy.id) ?? [];
  const told = new Map(
    [...all, ...(here.kind === "direct" ? [] : [here])].map((place) => [place.platform, place]), // of several on one platform, one
  );
  for (const place of told.values()) await tellLeaders(parts, place, (words) => content(words, place));
}

/** What leaders are told that must not be lost: it is queued. Where that cannot be sent itself, nobody is told of it. */
const WORDS = ["late-order", "unsent", "parked", "failing", "full", "unheard"] as const;
/** The kind of such a word. */
export type LeaderWord = (typeof WORDS)[number];

/** These words, by the kinds of messages. */
export const LEADER_WORDS: ReadonlySet<string> = new Set(WORDS);

/** What a word to leaders is about. */
export interface LeaderMatter {
  readonly community: string;
  /** Where it has shown. */
  readonly chat: string;
  readonly buy: string | null;
  /** What it follows from: one word for each. */
  readonly cause: string;
}

/**
 * Queues a word to each leader of a community, on every platform on which they are known: written in the transaction of
 * what it is about, so that neither is there without the other.
 */
export async function queueForLeaders(
  tx: Pick<LedgerTx, "leadersAt" | "addNotices">,
  { community, chat, buy, cause }: LeaderMatter,
  kind: LeaderWord,
  content: (words: Words) => Content,
): Promise<void> {
  const leaders = await tx.leadersAt(community, chat, buy);
  await tx.addNotices(
    leaders.map(({ person, platform, chat: there, language }) => ({
      ...{ community, buy, person, kind, chat: there, cause: `${kind}:${cause}:${platform}` },
      content: content(wordsOf(language)),
    })),
  );
}
