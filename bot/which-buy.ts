import { type Choice, chooseBuy } from "../core/buy/choose-buy.ts";
import { endOf, isInTime } from "../core/buy/closing.ts";
import type { ReaderOf } from "./catalogs.ts";
import type { EditIn, TextIn } from "./ports.ts";
import type { Buy } from "./store.ts";

/** What a message may be about, and what it is about as far as that can be told; undefined for chatter. */
export interface WhichBuy {
  readonly among: readonly Buy[];
  readonly choice: Choice<Buy> | undefined;
}

/**
 * The buy that a message is about: of those that were open when it was said, also if their list is final by now; else
 * one that had ended before, for which it is late. Follows from the message and the terms alone, never from when it
 * arrived.
 *
 * @param buys       those of its chat
 * @param repliedTo  the buy whose post it replies to
 */
export function whichBuy(
  event: TextIn | EditIn,
  buys: readonly Buy[],
  repliedTo: string | undefined,
  readerOf: ReaderOf,
): WhichBuy {
  const begun = buys.filter(({ terms }) => terms.openedAt <= event.sentAt);
  const open = begun.filter(({ terms }) => isInTime(event.sentAt, endOf(terms)));
  // What fits several that have ended, as "cancel" does, is about the last of them.
  const ended = begun
    .filter((buy) => !open.includes(buy))
    .sort((one, other) => (endedLater(one, other) === one ? -1 : 1));
  const choose = (among: readonly Buy[]) =>
    chooseBuy(
      among.map((buy) => ({ buy, reader: readerOf(buy), reply: buy.id === repliedTo })),
      event.text,
    );

  const choice = choose(open);
  const isOfEnded = open.length === 0 || ended.some(({ id }) => id === repliedTo);
  const mayBeOfEnded = choice === undefined || (choice.buy && readsAs("unknown-item", choice.buy));
  if (!isOfEnded && !mayBeOfEnded) return { among: open, choice };

  const late = choose(ended);
  if (!isOfEnded && !(late?.buy && readsAs("order", late.buy))) return { among: open, choice };
  return { among: ended, choice: late && !late.buy ? { buy: late.among.reduce(endedLater) } : late };

  function readsAs(what: "unknown-item" | "order", buy: Buy): boolean {
    const reading = readerOf(buy).read(event.text, {});
    if (what === "order") return reading.kind === "order" && reading.lines.length > 0;
    return reading.kind === "unclear" && reading.reason === "unknown-item";
  }
}

function endedLater(one: Buy, other: Buy): Buy {
  return +endOf(one.terms)! >= +endOf(other.terms)! ? one : other;
}
