import type { ChainChange } from "../interpret/reading.ts";
import type { Chain, Entry } from "./chain.ts";
import { History } from "./history.ts";
import { keyOf, keysOf } from "./keys.ts";
import { matchEntries } from "./match-entries.ts";

/** One thing that a message changed, with the places of the entries it is about: in the message, in the kept chain. */
export type Difference =
  | { readonly type: "added"; readonly at: number }
  | { readonly type: "edited" | "moved"; readonly at: number; readonly kept: number }
  | { readonly type: "removed"; readonly kept: number };

/** What a message changed, and which of its entries are which of the kept chain. */
export interface Comparison {
  readonly differences: readonly Difference[];
  /** Per entry of the message its place in the kept chain. */
  readonly keptOf: readonly (number | undefined)[];
}

/**
 * What a message changed of the chain that is kept. Several people continue a chain at once, so a message is no new
 * state: what its author cannot have seen is not taken away, and what they copied from an old version is not put back.
 *
 * @param earlier  chains seen before, oldest first
 * @param isOwn    whether an entry is the sender's: owners have seen their own entries and may go back to an old text
 * @source         message language, 1.6 and 3 (chains)
 */
export function compareChains(
  message: Chain,
  kept: Chain,
  earlier: readonly Chain[] = [],
  isOwn: (entry: Entry) => boolean = () => false,
): Comparison {
  const keys = keysOf(message.entries);
  const keptKeys = keysOf(kept.entries);
  const history = new History(
    earlier.map(({ entries }) => keysOf(entries)),
    keptKeys,
  );
  const isWitnessed = history.witnesses(keys);
  const wasSeen = (index: number) => isOwn(kept.entries[index]!) || isWitnessed(keptKeys[index]!);
  const { keptOf, messageOf } = matchEntries(keys, keptKeys, wasSeen);

  const differences: Difference[] = [];
  for (const [at, entry] of message.entries.entries()) {
    const index = keptOf[at];
    if (index === undefined) {
      if (isOwn(entry) || !history.isLeftOver(keys[at]!, keys[at - 1])) differences.push({ type: "added", at });
    } else if (!saysTheSame(entry, kept.entries[index]!)) {
      if (isOwn(kept.entries[index]!) || !history.knowsText(keys[at]!))
        differences.push({ type: "edited", at, kept: index });
    }
  }
  for (const at of movedAmong(keptOf)) differences.push({ type: "moved", at, kept: keptOf[at]! });
  for (const index of kept.entries.keys()) {
    if (messageOf[index] === undefined && wasSeen(index)) differences.push({ type: "removed", kept: index });
  }
  return { differences, keptOf };
}

/** The differences in the words of the message language. */
export function toChanges(differences: readonly Difference[], message: Chain, kept: Chain): ChainChange[] {
  return differences.map((difference) => {
    if (difference.type === "removed") return { type: "removed", name: kept.entries[difference.kept]!.name };
    const { name, lines } = message.entries[difference.at]!;
    return difference.type === "moved" ? { type: "moved", name } : { type: difference.type, name, lines };
  });
}

/** A new printed number, blanks, payment marks and telephone numbers change nothing. */
function saysTheSame(one: Entry, other: Entry): boolean {
  return keyOf(one.words) === keyOf(other.words) || meaningOf(one) === meaningOf(other);
}

function meaningOf({ name, lines, note, text, cancelled }: Entry): string {
  const parts = lines.map((line) => [line.item, line.quantity, line.option, line.note, line.for]);
  return JSON.stringify([keyOf(name), parts, note, text === undefined ? undefined : keyOf(text), cancelled]);
}

/** The fewest entries whose new place explains the new order: all but a longest rising run. */
function movedAmong(keptOf: readonly (number | undefined)[]): number[] {
  const places = keptOf.flatMap((kept, at) => (kept === undefined ? [] : [at]));
  const tails: number[] = []; // tails[n]: the place that ends the best rising run of n + 1 entries
  const previous = new Map<number, number | undefined>();
  for (const at of places) {
    let low = 0;
    for (let high = tails.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (keptOf[tails[middle]!]! < keptOf[at]!) low = middle + 1;
      else high = middle;
    }
    previous.set(at, tails[low - 1]);
    tails[low] = at;
  }
  const rising = new Set<number>();
  for (let at = tails.at(-1); at !== undefined; at = previous.get(at)) rising.add(at);
  return places.filter((at) => !rising.has(at));
}
