import type { Reading, UnclearReason } from "../interpret/reading.ts";
import { isLeaderTalk } from "./leader-talk.ts";
import { mayConcern } from "./may-concern.ts";
import type { Reader } from "./reader.ts";

/** A buy that a message may be about. */
export interface Candidate<B> {
  readonly buy: B;
  readonly reader: Reader;
  /** The message replies to this buy's own post. */
  readonly reply: boolean;
  /** Who says it leads this buy. */
  readonly leader: boolean;
}

/** The buy that a message is about; without one the person is to be asked which of some, or what. */
export type Choice<B> =
  | { readonly buy: B }
  | { readonly buy: undefined; readonly reason: UnclearReason; readonly among: readonly B[] };

/**
 * Chooses the buy that a message is about, of those open in its chat: the one it replies to; else the only one in which
 * it reads as an order. Undefined for chatter.
 *
 * @source message language, 3 (closing): messages then need an item that fits one buy
 */
export function chooseBuy<B>(candidates: readonly Candidate<B>[], text: string): Choice<B> | undefined {
  const replied = candidates.find(({ reply }) => reply);
  const concerned = (replied ? [replied] : candidates).filter(({ reader, reply }) => mayConcern(text, reader, reply));
  if (concerned.length <= 1) return concerned[0] && { buy: concerned[0].buy };

  const readings = concerned.map((candidate) => {
    const reading = readFor(candidate, text);
    return { buy: candidate.buy, reading, closeness: closenessOf(reading, candidate.reader) };
  });
  const best = Math.max(...readings.map(({ closeness }) => closeness));
  const closest = readings.filter(({ closeness }) => closeness === best);
  if (best === 0) return undefined;
  if (closest.length === 1) return { buy: closest[0]!.buy };

  const reasons = closest.flatMap(({ reading }) => (reading?.kind === "unclear" ? [reading.reason] : []));
  const reason = reasons.length === closest.length ? reasons[0]! : "item";
  return { buy: undefined, reason, among: closest.map(({ buy }) => buy) };
}

/** A message as words about a buy; undefined where it is a leader's talk about it. */
export function readFor<B>({ reader, reply, leader }: Candidate<B>, text: string): Reading | undefined {
  const reading = reader.read(text, { reply });
  return leader && isLeaderTalk(text, reading) ? undefined : reading;
}

/** "cancel": by itself it fits every buy. */
const NOTHING_TO_CHANGE = 1;

/** How well a message fits a buy: an order of its items or a chain, words about one of them, a question, chatter. */
function closenessOf(reading: Reading | undefined, reader: Reader): number {
  if (!reading) return 0;
  if (reading.kind === "chain") {
    if (reading.entries.every(({ lines }) => lines.length === 0)) return 3;
    return reader.namesItem(reading.title) ? 6 : 5;
  }
  if (reading.kind === "order") return reading.lines.length > 0 ? 5 : NOTHING_TO_CHANGE;
  if (reading.kind !== "unclear") return 0;
  // An unknown product may be another buy's; a known one with an odd unit or number is this one's.
  return reading.reason === "unknown-item" ? 2 : reading.reason === "item" ? 3 : 4;
}
