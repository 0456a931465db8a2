import type { Chain } from "../chain/chain.ts";
import { type Author, type Comparison, meaningOf, nameMark } from "./compare-to-kept.ts";
import type { KeptChain, KeptEntry } from "./kept-chain.ts";

/**
 * How far a message changes the kept chain: `taken` where its author may; `refused` where none of it counts, though
 * others copy it; `void` where it was taken back later, so that it was never said, though others had copied it.
 */
export type Force = "taken" | "refused" | "void";

/**
 * The kept chain after a message. What is refused or void becomes known all the same: copies of it are nobody's wish.
 * Printed numbers stay as they came, and the order of lines is that of the message.
 *
 * @param id  tells the entries of this message from all others
 */
export function continueChain(
  kept: KeptChain,
  message: Chain,
  { steps, keptOf }: Comparison,
  author: Author,
  id: string,
  force: Force,
): KeptChain {
  const entries: (KeptEntry | undefined)[] = [...kept.entries];
  const idOf = (at: number) => entries[keptOf[at] ?? -1]?.id ?? `${id} ${at}`;
  const inMessage = new Set(message.entries.map((_, at) => idOf(at)));
  const fresh = new Map<number, KeptEntry>();
  for (const step of steps) {
    if (step.type === "added") {
      const entry = message.entries[step.at]!;
      fresh.set(step.at, {
        id: idOf(step.at),
        entry,
        owner: step.of ?? author.person,
        listed: step.of !== undefined,
        ...(step.for !== undefined && { for: step.for }),
        firstNo: entry.no,
        known: new Set([meaningOf(entry)]),
        saw: new Set([...inMessage].filter((other) => other !== idOf(step.at))),
        missedBy: new Set(),
        removed: force === "void",
      });
      continue;
    }
    const former = entries[step.kept]!;
    if (step.type === "removed") {
      const counts = force === "taken" && step.allowed;
      entries[step.kept] = counts
        ? { ...former, removed: true }
        : { ...former, missedBy: new Set([...former.missedBy, ...inMessage]) };
      continue;
    }
    const entry = message.entries[step.at]!;
    const known = new Set([...former.known, meaningOf(entry), nameMark(entry)]);
    const counts = force === "taken" && (step.type === "restored" || step.allowed) && entry.text === undefined;
    entries[step.kept] = counts ? { ...former, entry, known, removed: false } : { ...former, known };
  }
  const order = keptOf.map((index, at) => (index === undefined ? fresh.get(at) : entries[index]));
  return {
    title: message.title || kept.title,
    entries: merge(
      order.filter((e) => e !== undefined),
      entries,
      fresh.size,
    ),
  };
}

/** The order of the message; what it lacks stays behind the entry that it stood behind. */
function merge(order: readonly KeptEntry[], entries: readonly (KeptEntry | undefined)[], added: number): KeptEntry[] {
  const isIn = new Set(order.map(({ id }) => id));
  if (isIn.size - added === entries.length) return [...order];
  const behind = new Map<string | undefined, KeptEntry[]>();
  let last: string | undefined;
  for (const entry of entries) {
    if (!entry) continue;
    if (isIn.has(entry.id)) last = entry.id;
    else behind.set(last, [...(behind.get(last) ?? []), entry]);
  }
  return [...(behind.get(undefined) ?? []), ...order.flatMap((entry) => [entry, ...(behind.get(entry.id) ?? [])])];
}
