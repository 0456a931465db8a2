import type { Chain, Entry } from "../chain/chain.ts";
import { type Keyed, keyOf, keysOf } from "../chain/keys.ts";
import { matchEntries } from "../chain/match-entries.ts";
import type { KeptChain, KeptEntry } from "./kept-chain.ts";
import { likeness } from "./whom.ts";

/** Who posts a chain. */
export interface Author {
  readonly person: string;
  readonly name: string | undefined;
  readonly leader: boolean;
  /** Who else has ordered under a name: a leader who lists them says nothing new. */
  readonly personNamed?: (name: string) => string | undefined;
  /** Their chain holds nobody's lines but theirs: it was pasted for them. */
  readonly alone?: true;
}

/**
 * One thing that a message does to the kept chain. `at` is a place in the message, `kept` one in the kept chain; `of` is
 * the person whose order a leader has listed.
 */
export type Step =
  | { readonly type: "added"; readonly at: number; readonly for?: string; readonly of?: string }
  /** Its owner brings back what they had taken out. */
  | { readonly type: "restored"; readonly at: number; readonly kept: number }
  | { readonly type: "edited"; readonly at: number; readonly kept: number; readonly allowed: boolean }
  | { readonly type: "removed"; readonly kept: number; readonly allowed: boolean };

/** What a message does to the kept chain. */
export interface Comparison {
  readonly steps: readonly Step[];
  /** Per entry of the message its place in the kept chain; undefined for one that is added. */
  readonly keptOf: readonly (number | undefined)[];
}

/**
 * What a message does to the kept chain, and what of it its author may do.
 *
 * Differs from comparing two texts by what a chat knows beside them: who added which entry with which message.
 *
 * @source message language, 1.6 and 3 (chains)
 */
export function compareToKept(message: Chain, kept: KeptChain, author: Author): Comparison {
  const isTheirs = ({ owner }: KeptEntry) => !author.alone || owner === author.person;
  const live = [...kept.entries.keys()].filter((index) => {
    const entry = kept.entries[index]!;
    return !entry.removed && isTheirs(entry);
  });
  const liveEntries = live.map((index) => kept.entries[index]!);
  const keys = keysOf(message.entries);
  const liveKeys = keysOf(liveEntries.map(({ entry }) => entry));
  const wasSeen = seenBy(author, keys, liveEntries, liveKeys);
  const { keptOf: places, messageOf } = matchEntries(keys, liveKeys, (place) => wasSeen(liveEntries[place]!));

  const keptOf: (number | undefined)[] = places.map((place) => (place === undefined ? undefined : live[place]));
  const steps: Step[] = [];
  const added: number[] = [];
  for (const [at, entry] of message.entries.entries()) {
    const index = keptOf[at];
    if (index !== undefined) {
      const allowed = judgeEdit(entry, kept.entries[index]!, author);
      if (allowed !== undefined) steps.push({ type: "edited", at, kept: index, allowed });
      continue;
    }
    const former = findRemoved(entry, kept, keptOf, author);
    if (former === undefined) added.push(at);
    else keptOf[at] = former;
    if (former !== undefined && kept.entries[former]!.owner === author.person)
      steps.push({ type: "restored", at, kept: former });
  }
  for (const [place, index] of live.entries()) {
    const entry = kept.entries[index]!;
    if (messageOf[place] !== undefined || !wasSeen(entry)) continue;
    const isVoid = entry.entry.lines.length === 0;
    steps.push({ type: "removed", kept: index, allowed: isVoid || author.leader || entry.owner === author.person });
  }
  return { steps: [...steps, ...assign(added, message, kept, steps, author)], keptOf };
}

/** What an entry says, however it is written. */
export function meaningOf({ lines, note, text, cancelled }: Entry): string {
  if (cancelled) return "cancelled";
  if (text !== undefined) return `unread ${keyOf(text)}`;
  const parts = lines.map((line) => [line.item, line.quantity, line.option ?? "", keyOf(line.note ?? "")].join(" "));
  return [...parts.sort(), keyOf(note ?? "")].join("\n");
}

/**
 * Whether the author had seen an entry: it is their own, or the message holds an entry whose own first message already
 * contained it. Entries printed with the same number do not witness for each other.
 */
function seenBy(author: Author, keys: readonly Keyed[], live: readonly KeptEntry[], liveKeys: readonly Keyed[]) {
  const names = new Set(keys.map(({ name }) => name));
  const witnesses = live.filter((_, place) => names.has(liveKeys[place]!.name));
  return (missing: KeptEntry): boolean =>
    missing.owner === author.person ||
    witnesses.some(
      (witness) =>
        witness.saw.has(missing.id) &&
        !missing.missedBy.has(witness.id) &&
        (witness.firstNo === undefined || witness.firstNo !== missing.firstNo),
    );
}

/** Undefined where an entry says nothing new, or only what an old copy said; else whether its author may change it. */
function judgeEdit(entry: Entry, kept: KeptEntry, author: Author): boolean | undefined {
  if (entry === kept.entry) return undefined; // readers remember entries, and most of a chain is a copy
  const meaning = meaningOf(entry);
  const allowed = author.leader || kept.owner === author.person;
  if (meaning === meaningOf(kept.entry)) {
    // A name written in full is no harm; another's name on somebody's order is.
    const isOther = likeness(entry.name, kept.entry.name) === 0 && !kept.known.has(nameMark(entry));
    return isOther || (allowed && keyOf(entry.name) !== keyOf(kept.entry.name)) ? allowed : undefined;
  }
  if (kept.owner === author.person) return true;
  return kept.known.has(meaning) ? undefined : allowed;
}

/** How a refused name is kept among the meanings that are known. */
export function nameMark({ name }: Entry): string {
  return `name ${keyOf(name)}`;
}

/** An entry that was taken out, as an old copy has it, or as its owner wants it again. */
function findRemoved(
  entry: Entry,
  kept: KeptChain,
  taken: readonly (number | undefined)[],
  author: Author,
): number | undefined {
  const name = keyOf(entry.name);
  const meaning = meaningOf(entry);
  const isCopy = (former: KeptEntry) => !author.alone && former.known.has(meaning);
  const index = kept.entries.findIndex(
    (former, place) =>
      former.removed &&
      !taken.includes(place) &&
      keyOf(former.entry.name) === name &&
      (former.owner === author.person || isCopy(former)),
  );
  return index < 0 ? undefined : index;
}

/**
 * Whose added entries are: of several the one with the sender's name, or else the last, is the sender's and the others
 * are for those whom they name; so is a single one under another name by somebody who has an entry already.
 */
function assign(
  added: readonly number[],
  message: Chain,
  kept: KeptChain,
  steps: readonly Step[],
  author: Author,
): Step[] {
  if (author.alone) return added.map((at) => ({ type: "added", at }));
  const nameAt = (at: number) => message.entries[at]!.name;
  const listed = new Map(added.map((at) => [at, author.personNamed?.(nameAt(at))]));
  const theirs = added.filter((at) => listed.get(at) === undefined);
  const names = theirs.map((at) => likeness(nameAt(at), author.name));
  let own = names.indexOf(2);
  if (own < 0) own = names.indexOf(1);
  if (own < 0 && (theirs.length > 1 || !hasEntry(kept, steps, author))) own = theirs.length - 1;
  return added.map((at): Step => {
    const of = listed.get(at);
    if (of !== undefined) return { type: "added", at, of };
    const place = theirs.indexOf(at);
    // Several entries under the sender's own name are all theirs.
    const isOwn = place === own || names[place] === 2 || nameAt(at) === "";
    return isOwn ? { type: "added", at } : { type: "added", at, for: nameAt(at) };
  });
}

function hasEntry(kept: KeptChain, steps: readonly Step[], author: Author): boolean {
  return kept.entries.some(
    (entry, index) =>
      !entry.removed &&
      entry.owner === author.person &&
      entry.for === undefined &&
      !steps.some((step) => step.type === "removed" && step.kept === index),
  );
}
