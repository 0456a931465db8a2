import { endOf, isInTime } from "../../../core/buy/closing.ts";
import { foldBuy } from "../../../core/buy/fold.ts";
import type { Ledger } from "../../../core/buy/ledger.ts";
import type { Statement, Version } from "../../../core/buy/statement.ts";
import type { BuyTerms } from "../../../core/buy/terms.ts";
import { whichBuy } from "../../../core/buy/which-buy.ts";
import { isOfferedAt, isReplyTo, keepPost, keepRepost, type OpenedBuy } from "./opened-buy.ts";
import { runCommand } from "./run-command.ts";
import type { Message, Transcript } from "./transcript.ts";

/** A buy that a transcript opened, and what became of it. */
export interface PlayedBuy {
  readonly terms: BuyTerms;
  readonly status: "open" | "closed" | "cancelled" | "failed";
  /** Where it was offered. */
  readonly chats: readonly string[];
  readonly ledger: Ledger;
}

/** What came out of a recorded chat. */
export interface Played {
  readonly buys: readonly PlayedBuy[];
  /** Questions to which no buy belongs: they fit several. */
  readonly between: readonly { readonly id: string; readonly reason: string }[];
  /** How many messages did nothing. */
  readonly ignored: number;
}

/**
 * Plays a recorded chat through the fold that a live one goes through, by a clock that stops at the last event.
 *
 * @param zone      IANA, in which announcements are read
 * @param currency  of announcements that name none, where the zone has none
 */
export function play(transcript: Transcript, zone: string, currency: string): Played {
  const buys: OpenedBuy[] = [];
  const said: Message[] = [];
  for (const message of transcript.messages) {
    if (isBot(message)) keepPost(message, buys);
    if (isBot(message) || message.speaker === "channel") continue;
    keepRepost(message, buys);
    if (!runCommand(message, transcript, buys, zone, currency) && !message.speaker) said.push(message);
  }
  const between: { id: string; reason: string }[] = [];
  let ignored = transcript.messages.length - said.length;
  for (const message of said) {
    const { versionsOf, reason } = sortVersions(message, buys);
    for (const [buy, versions] of versionsOf) buy.statements.push(toStatement(message, versions, buy));
    if (reason !== undefined) between.push({ id: message.id, reason });
    else if (versionsOf.size === 0) ignored++;
  }
  const played = buys.map((buy) => finish(buy, transcript.endsAt));
  for (const { ledger } of played) ignored += ledger.verdicts.filter(({ outcome }) => outcome === "nothing").length;
  return { buys: played, between, ignored };
}

/** Where a recording does not say who is a bot, by their names they call themselves so. */
function isBot({ person, name, speaker }: Message): boolean {
  return (
    speaker === "bot" ||
    [person, name].some((word) => /(?:^|[^a-z])(?:bot|plusone)(?:[^a-z]|$)|机器人|機器人/i.test(word))
  );
}

/**
 * What a message says to each buy, as it is stored of a live one: each of its texts goes to the buy that it is about, and
 * empties what it said to others before. Nobody is there to answer which of several buys is meant, so a question stays one.
 */
function sortVersions(message: Message, buys: readonly OpenedBuy[]) {
  const offered = buys
    .filter((buy) => isOfferedAt(message, buy))
    .map((buy) => ({ ...buy, buy, reply: isReplyTo(message, buy), leader: message.leader }));
  const counts = (at: Date | undefined, among: readonly OpenedBuy[]) =>
    at !== undefined && among.some(({ terms }) => isInTime(at, endOf(terms)));
  const versionsOf = new Map<OpenedBuy, Version[]>();
  let reason: string | undefined;
  for (const { text, at } of message.versions) {
    const { among, choice } = whichBuy(text, message.at, offered);
    for (const { buy } of offered) {
      const earlier = versionsOf.get(buy);
      if (buy === choice?.buy) versionsOf.set(buy, [...(earlier ?? []), { text, at }]);
      else earlier?.push({ text: "", at });
    }
    if (!counts(at, among)) continue;
    const isAsked = choice && !choice.buy && !counts(message.recalledAt, among);
    reason = isAsked ? choice.reason : undefined;
  }
  return { versionsOf, reason };
}

function toStatement(message: Message, versions: readonly Version[], buy: OpenedBuy): Statement {
  const { chat, id, position, person, name, at, recalledAt, leader } = message;
  return {
    chat,
    id,
    position,
    person,
    name,
    saidAt: at,
    versions,
    ...(recalledAt && { recalledAt }),
    reply: isReplyTo(message, buy),
    leader,
  };
}

function finish({ terms, reader, chats, isCancelled, statements }: OpenedBuy, endsAt: Date | undefined): PlayedBuy {
  const end = endOf(terms);
  const isEnded = end !== undefined && endsAt !== undefined && end <= endsAt;
  const ledger = foldBuy(terms, reader, statements);
  const isFailed = isEnded && ledger.minimum?.isReached === false;
  const status = isCancelled ? "cancelled" : isFailed ? "failed" : isEnded ? "closed" : "open";
  return { terms, status, chats: [...chats.keys()], ledger };
}
