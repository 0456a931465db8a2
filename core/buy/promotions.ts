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
 * Lines of which more is booked and less waits than before: stock was given back by others, and those who waited are to
 * be told.
 */
export function promotions<T extends HeldLine>(before: Iterable<HeldLine>, after: Iterable<T>): Promotion<T>[] {
  const former = new Map<string, HeldLine>();
  for (const line of before) if (line.waitlisted > 0) former.set(keyOf(line), line);
  if (former.size === 0) return [];
  return [...after].flatMap((line) => {
    const was = former.get(keyOf(line));
    const hasMovedUp = was !== undefined && line.quantity > was.quantity && line.waitlisted < was.waitlisted;
    return hasMovedUp ? [{ line, more: line.quantity - was.quantity }] : [];
  });
}

function keyOf({ person, for: whom = "", item, option = "" }: HeldLine): string {
  return JSON.stringify([person, whom, item, option]);
}
