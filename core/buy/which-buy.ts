import type { Reading } from "../interpret/reading.ts";
import { type Candidate, type Choice, chooseBuy, readFor } from "./choose-buy.ts";
import { endOf, isInTime } from "./closing.ts";
import type { BuyTerms } from "./terms.ts";

/** A buy that was offered where and when a message was said; it may have ended before that. */
export interface Offered<B> extends Candidate<B> {
  readonly terms: Pick<BuyTerms, "openedAt" | "closesAt" | "endedAt">;
}

/** What a message may be about, and what it is about as far as that can be told; undefined for chatter. */
export interface WhichBuy<B> {
  readonly among: readonly B[];
  readonly choice: Choice<B> | undefined;
}

/**
 * The buy that a message is about: of those that were open when it was said, also if their list is final by now; else
 * one that had ended before, for which it is late. Follows from the words and the terms alone: not from when it arrived,
 * nor from what anybody has by then, which something that arrives later may change.
 *
 * @param text    one of the message's texts: an edit may make it about another buy
 * @param saidAt  when the message was first said
 */
export function whichBuy<B>(text: string, saidAt: Date, offered: readonly Offered<B>[]): WhichBuy<B> {
  const open = offered.filter(({ terms }) => isInTime(saidAt, endOf(terms)));
  const choice = chooseBuy(open, text);
  const chosen = open.find(({ buy }) => buy === choice?.buy);
  const ofOpen = { among: open.map(({ buy }) => buy), choice };

  const ended = offered.filter((each) => !open.includes(each)).sort(endedLater);
  const isOfEnded = open.length === 0 || ended.some(({ reply }) => reply);
  const mayBeOfEnded = choice === undefined || (chosen && isUnknownItem(readFor(chosen, text)));
  if (!isOfEnded && !mayBeOfEnded) return ofOpen;

  const late = chooseBuy(ended, text);
  const lateFor = ended.find(({ buy }) => buy === late?.buy);
  if (!isOfEnded && !(lateFor && isOrder(readFor(lateFor, text)))) return ofOpen;
  // What fits several that have ended, as "cancel" does, is about the last of them.
  return { among: ended.map(({ buy }) => buy), choice: late && "among" in late ? { buy: late.among[0]! } : late };
}

function endedLater<B>({ terms: one }: Offered<B>, { terms: other }: Offered<B>): number {
  return Number(endOf(other)) - Number(endOf(one)) || Number(other.openedAt) - Number(one.openedAt);
}

function isUnknownItem(reading: Reading | undefined): boolean {
  return reading?.kind === "unclear" && reading.reason === "unknown-item";
}

function isOrder(reading: Reading | undefined): boolean {
  return reading?.kind === "order" && reading.lines.length > 0;
}
