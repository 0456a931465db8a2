import type { Chain, Entry } from "./chain.ts";
import { type Comparison, compareChains, type Difference } from "./compare-chains.ts";

/**
 * The kept chain after a message: nobody who continued another version is lost. Order and numbers are those of the
 * message; what its author had not seen stays behind the entry that it stood behind.
 *
 * @param counts  whether a difference is to be taken over; all are where nothing is said
 * @source        message language, 1.6 and 3 (chains)
 */
export function mergeChains(
  kept: Chain,
  message: Chain,
  { differences, keptOf }: Comparison = compareChains(message, kept),
  counts: (difference: Difference) => boolean = () => true,
): Chain {
  const taken = differences.filter(counts);
  const removed = new Set(taken.flatMap((one) => (one.type === "removed" ? [one.kept] : [])));
  const fresh = new Set(taken.flatMap((one) => (one.type === "added" || one.type === "edited" ? [one.at] : [])));
  const behind = unseenBehind(kept, new Set(keptOf), removed);

  const entries: Entry[] = [...(behind.get(undefined) ?? [])];
  for (const [at, entry] of message.entries.entries()) {
    const index = keptOf[at];
    if (fresh.has(at)) entries.push(entry);
    else if (index !== undefined) entries.push(renumbered(kept.entries[index]!, entry.no));
    if (index !== undefined) entries.push(...(behind.get(index) ?? []));
  }
  return { title: message.title === "" ? kept.title : message.title, entries };
}

/** Entries that the message lacks and that stay, by the entry before them that the message has. */
function unseenBehind(
  { entries }: Chain,
  inMessage: ReadonlySet<number | undefined>,
  removed: ReadonlySet<number>,
): Map<number | undefined, Entry[]> {
  const behind = new Map<number | undefined, Entry[]>();
  let last: number | undefined;
  for (const [index, entry] of entries.entries()) {
    if (inMessage.has(index)) last = index;
    else if (!removed.has(index)) {
      const unseen = behind.get(last);
      if (unseen) unseen.push(entry);
      else behind.set(last, [entry]);
    }
  }
  return behind;
}

function renumbered(entry: Entry, no: number | undefined): Entry {
  return no === undefined || no === entry.no ? entry : { ...entry, no };
}
