import type { Quantity } from "../quantity.ts";
import type { Counted } from "../tally.ts";

/** A line of somebody's order. */
export interface HeldLine extends Counted {
  readonly person: string;
  readonly for?: string;
}

/** Somebody's line that has moved up the queue. */
export interface Promotion<T extends HeldLine = HeldLine> {
  readonly line: T;
  /** How much more of it is booked than before. */
  readonly more: Quantity;
}

/**
 * Lines that waited and of which more is booked than before: stock was given back by others, or there is more of it, and
 * those who waited are to be told. What somebody asks for on top waits behind what they asked for before.
 */
export function promotions<T extends HeldLine>(before: Iterable<HeldLine>, after: Iterable<T>): Promotion<T>[] {
  const former = byKey(before, (line) => line.waitlisted > 0);
  if (former.size === 0) return [];
  return [...after].flatMap((line) => {
    const was = former.get(keyOf(line));
    return was !== undefined && line.quantity > was.quantity ? [{ line, more: line.quantity - was.quantity }] : [];
  });
}

/**
 * Lines of which less is booked and more waits than before: an earlier order came to light, somebody took their
 * cancelling back, or there is less to be had. Who was told that it is theirs must hear that it is not.
 */
export function setbacks<T extends HeldLine>(before: Iterable<HeldLine>, after: Iterable<T>): T[] {
  const waiting = [...after].filter((line) => line.waitlisted > 0);
  if (waiting.length === 0) return [];
  const former = byKey(before, (line) => line.quantity > 0);
  return waiting.filter((line) => {
    const was = former.get(keyOf(line));
    return was !== undefined && line.quantity < was.quantity && line.waitlisted > was.waitlisted;
  });
}

function byKey(lines: Iterable<HeldLine>, isWanted: (line: HeldLine) => boolean): Map<string, HeldLine> {
  const found = new Map<string, HeldLine>();
  for (const line of lines) if (isWanted(line)) found.set(keyOf(line), line);
  return found;
}

function keyOf({ person, for: whom = "", item, option = "" }: HeldLine): string {
  return JSON.stringify([person, whom, item, option]);
}
