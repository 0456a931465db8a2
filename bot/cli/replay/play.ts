import { endOf } from "../../../core/buy/closing.ts";
import { foldBuy } from "../../../core/buy/fold.ts";
import type { Ledger } from "../../../core/buy/ledger.ts";
import type { Statement } from "../../../core/buy/statement.ts";
import type { BuyTerms } from "../../../core/buy/terms.ts";
import { isReplyTo, keepPost, keepRepost, type OpenedBuy } from "./opened-buy.ts";
import { runCommand } from "./run-command.ts";
import type { Message, Transcript } from "./transcript.ts";
import { whichBuy } from "./which-buy.ts";

/** A buy that a transcript opened, and what became of it. */
export interface PlayedBuy {
  readonly terms: BuyTerms;
  readonly status: "open" | "closed" | "cancelled" | "failed";
  /** Where it was offered. */
  readonly chats: readonly string[];
  readonly ledger: Ledger;
}

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
    if (isBot(message)) {
      keepPost(message, buys);
      continue;
    }
    keepRepost(message, buys);
    if (!runCommand(message, transcript, buys, zone, currency)) said.push(message);
  }
  const between: { id: string; reason: string }[] = [];
  let ignored = transcript.messages.length - said.length;
  for (const message of said) {
    const choice = whichBuy(message, buys);
    if (choice?.buy) choice.buy.statements.push(toStatement(message, choice.buy));
    else if (choice) between.push({ id: message.id, reason: choice.reason });
    else ignored++;
  }
  const played = buys.map((buy) => finish(buy, transcript.endsAt));
  for (const { ledger } of played) ignored += ledger.verdicts.filter(({ outcome }) => outcome === "nothing").length;
  return { buys: played, between, ignored };
}

/** A recording does not say who is a bot: by their names they call themselves so. */
function isBot({ person, name }: Message): boolean {
  return [person, name].some((word) => /(?:^|[^a-z])(?:bot|plusone)(?:[^a-z]|$)|机器人|機器人/i.test(word));
}

function toStatement(message: Message, buy: OpenedBuy): Statement {
  const { chat, id, position, person, name, at, versions, recalledAt, leader } = message;
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
