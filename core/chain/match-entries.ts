import type { Keyed } from "./keys.ts";

/** Which entry of the one chain is which of the other; undefined where there is none. */
export interface Matching {
  /** Per entry of the message its place in the kept chain. */
  readonly keptOf: Places;
  /** Per entry of the kept chain its place in the message. */
  readonly messageOf: Places;
}

type Places = readonly (number | undefined)[];
type Join = (at: number, index: number) => void;

/**
 * Matches entries by name, several of one name by their text and then in order; then, in the same place, where one
 * name contains the other or the rest of the line is the same. Never by the printed number.
 *
 * @param wasSeen  whether the message's author had seen an entry of the kept chain: only then can another name with the
 *                 same order be that entry under a new name, and not somebody who continued an older copy
 * @source         message language, 1.6
 */
export function matchEntries(
  message: readonly Keyed[],
  kept: readonly Keyed[],
  wasSeen: (keptIndex: number) => boolean,
): Matching {
  const keptOf: (number | undefined)[] = message.map(() => undefined);
  const messageOf: (number | undefined)[] = kept.map(() => undefined);
  const matching = { keptOf, messageOf };
  const join: Join = (at, index) => {
    keptOf[at] = index;
    messageOf[index] = at;
  };

  joinEqual(message, kept, matching, join, ({ name, words }) => `${name}\n${words}`);
  joinEqual(message, kept, matching, join, ({ name }) => name);
  joinInPlace(message, kept, matching, join, hasRelatedName);
  joinInPlace(message, kept, matching, join, (one, other, index) => hasSameOrder(one, other) && wasSeen(index));
  return matching;
}

/** Joins entries of one key in the order in which both chains have them. */
function joinEqual(
  message: readonly Keyed[],
  kept: readonly Keyed[],
  { keptOf, messageOf }: Matching,
  join: Join,
  keyOf: (entry: Keyed) => string,
): void {
  const waiting = new Map<string, number[]>();
  for (let index = kept.length - 1; index >= 0; index--) {
    const key = keyOf(kept[index]!);
    if (messageOf[index] !== undefined || key === "") continue;
    const indexes = waiting.get(key);
    if (indexes) indexes.push(index);
    else waiting.set(key, [index]);
  }
  for (const [at, entry] of message.entries()) {
    const index = keptOf[at] === undefined ? waiting.get(keyOf(entry))?.pop() : undefined;
    if (index !== undefined) join(at, index);
  }
}

/** Joins entries that stand in one place: counted from the nearest matched entry above, or from the one below. */
function joinInPlace(
  message: readonly Keyed[],
  kept: readonly Keyed[],
  { keptOf, messageOf }: Matching,
  join: Join,
  isSame: (one: Keyed, other: Keyed, keptIndex: number) => boolean,
): void {
  if (keptOf.every((index) => index !== undefined) || messageOf.every((at) => at !== undefined)) return;

  const keptGaps = gapsOf(messageOf, (matched) => matched);
  const messageGaps = gapsOf(keptOf, (_, place) => place);
  const keptAt = new Map<string, number>();
  for (const [index, gaps] of keptGaps.entries())
    for (const gap of gaps) keptAt.set(`${gap.name} ${gap.offset}`, index);

  for (const [at, gaps] of messageGaps.entries()) {
    const near = gaps.flatMap(({ name, offset }) => [offset, offset - 1, offset + 1].map((o) => `${name} ${o}`));
    for (const place of near) {
      const index = keptAt.get(place);
      if (keptOf[at] !== undefined || index === undefined || messageOf[index] !== undefined) continue;
      if (isSame(message[at]!, kept[index]!, index)) join(at, index);
    }
  }
}

interface Gap {
  readonly name: string;
  /** How many unmatched entries lie between this one and the matched neighbour. */
  readonly offset: number;
}

/** For every unmatched place the gaps it lies in, named by the matched neighbour above and below. */
function gapsOf(places: Places, nameOf: (matched: number, place: number) => number): Gap[][] {
  const gaps: Gap[][] = places.map(() => []);
  for (const [side, order] of [
    ["above", [...places.keys()]],
    ["below", [...places.keys()].reverse()],
  ] as const) {
    let name = `${side} none`;
    let offset = 0;
    for (const place of order) {
      const matched = places[place];
      if (matched === undefined) gaps[place]!.push({ name, offset: offset++ });
      else [name, offset] = [`${side} ${nameOf(matched, place)}`, 0];
    }
  }
  return gaps;
}

function hasRelatedName(one: Keyed, other: Keyed): boolean {
  if (one.name === "" || other.name === "") return one.name === other.name;
  return one.name.includes(other.name) || other.name.includes(one.name);
}

function hasSameOrder(one: Keyed, other: Keyed): boolean {
  return one.order !== "" && one.order === other.order;
}
