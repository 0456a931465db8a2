import { endOf } from "../core/buy/closing.ts";
import { LONGEST_GRACE_MS } from "./actions/grace.ts";
import type { Buy, NewTimer, Pickup, Timer } from "./store.ts";

/** A closing is put off for minutes at most: while something is on its way that was said before it, or while it fails. */
const PUT_OFF_MS = 15 * 60_000;

/** Where a timer of a buy is not what its state and closing time ask for. */
export type TimerDifference =
  /** An open buy closes then, and nothing will do it. */
  | { readonly about: "closing-missing"; readonly end: Date }
  /** It would be closed at another time, or though it has no closing time. */
  | { readonly about: "closing-elsewhen"; readonly dueAt: Date; readonly end: Date | undefined }
  /** It is open no more, and waits to be closed. */
  | { readonly about: "closing-over"; readonly dueAt: Date };

/** Where a pickup code is not what it must be: there for whoever was told of their pickup, four digits, of one alone. */
export type CodeDifference =
  | { readonly about: "code-missing"; readonly person: string }
  | { readonly about: "code-odd" | "code-shared"; readonly person: string; readonly code: string };

/**
 * An open buy with a closing time has a timer for that, and for no other time; one that is not open has none.
 *
 * @param timers  its pending ones
 * @param now     by the database's clock
 */
export function compareTimers({ status, terms }: Buy, timers: readonly Timer[], now: Date): TimerDifference[] {
  const closings = timers.filter(({ kind }) => kind === "close");
  if (status !== "open") return closings.map(({ dueAt }) => ({ about: "closing-over", dueAt }));
  const end = endOf(terms);
  if (end && closings.length === 0) return [{ about: "closing-missing", end }];
  // What a leader ends is dated by the platform's clock and due by the database's.
  const from = terms.endedAt ? Number.NEGATIVE_INFINITY : (end?.getTime() ?? Number.POSITIVE_INFINITY);
  const until = Math.max((end?.getTime() ?? 0) + LONGEST_GRACE_MS, now.getTime()) + PUT_OFF_MS;
  const elsewhen = closings.filter(({ dueAt }) => dueAt.getTime() < from || dueAt.getTime() > until);
  return elsewhen.map(({ dueAt }) => ({ about: "closing-elsewhen", dueAt, end }));
}

/** The timer that an open buy must have; none where it has no closing time. */
export function closingOf(buy: Buy): readonly NewTimer[] {
  const end = buy.status === "open" ? endOf(buy.terms) : undefined;
  return end ? [{ buy, kind: "close", dueAt: new Date(end.getTime() + LONGEST_GRACE_MS) }] : [];
}

/** @param pickups  by person */
export function compareCodes(pickups: ReadonlyMap<string, Pickup>): CodeDifference[] {
  const owners = new Map<string, string>();
  return [...pickups].flatMap(([person, { code, noticedAt }]): CodeDifference[] => {
    if (code === undefined) return noticedAt ? [{ about: "code-missing", person }] : [];
    if (!/^\d{4}$/.test(code)) return [{ about: "code-odd", person, code }];
    if (owners.has(code)) return [{ about: "code-shared", person, code }];
    owners.set(code, person);
    return [];
  });
}
