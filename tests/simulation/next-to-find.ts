import type { MemoryDatabase } from "../support/memory-store/index.ts";

/** Tells when there will be something to do that needs nobody to say or press anything; looked for anew after a change. */
export function nextToFind(database: MemoryDatabase): () => number {
  let [found, foundAfter] = [0, -1];
  return () => {
    if (database.changes !== foundAfter) {
      foundAfter = database.changes;
      found = find(database);
    }
    return found;
  };
}

function find({ timers, outgoing, posts, buys, tallies }: MemoryDatabase): number {
  let next = Number.POSITIVE_INFINITY;
  for (const { dueAt } of timers.each("state", "pending")) next = Math.min(next, dueAt.getTime());
  for (const { dueAt } of outgoing.each("state", "pending")) next = Math.min(next, dueAt.getTime());
  for (const { leaseUntil } of outgoing.each("state", "sending")) next = Math.min(next, leaseUntil!.getTime());
  for (const { buy: id, shown, shownAt } of posts.each("kind", "live")) {
    const buy = buys.get(id)!;
    if (!shownAt || !shown?.startsWith(`${buy.status}:${buy.version}:`)) return 0;
    for (const { changedAt } of tallies.each("buy", id)) if (changedAt > shownAt) return 0;
  }
  return next;
}
