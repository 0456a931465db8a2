import { type WhichBuy, whichBuy as whichOf } from "../core/buy/which-buy.ts";
import type { ReaderOf } from "./catalogs.ts";
import type { EditIn, TextIn } from "./ports.ts";
import { isEnough } from "./rights.ts";
import type { Buy, Person } from "./store.ts";

/**
 * The buy that a message is about.
 *
 * @param buys       those of its chat
 * @param repliedTo  the buy whose post it replies to
 */
export function whichBuy(
  event: TextIn | EditIn,
  person: Person,
  buys: readonly Buy[],
  repliedTo: string | undefined,
  readerOf: ReaderOf,
): WhichBuy<Buy> {
  const offered = buys.filter(({ terms }) => terms.openedAt <= event.sentAt);
  return whichOf(
    event.text,
    event.sentAt,
    offered.map((buy) => ({
      buy,
      terms: buy.terms,
      reader: readerOf(buy),
      reply: buy.id === repliedTo,
      leader: isLeaderOf(person, buy),
    })),
  );
}

/** Whether what somebody says about a buy is said as one who leads it. */
export function isLeaderOf({ id, role }: Person, { leader }: Buy): boolean {
  return isEnough(role, "leader") || leader === id;
}
