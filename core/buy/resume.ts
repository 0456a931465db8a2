import { Folding } from "./folding.ts";
import { compareMoments } from "./moment.ts";
import type { Reader } from "./reader.ts";
import type { ItemTerms } from "./terms.ts";
import type { Happening } from "./timeline.ts";

/** How far a buy was folded the last time. */
interface Progress {
  readonly folding: Folding;
  readonly items: string;
  readonly taken: readonly Happening[];
}

const progress = new WeakMap<Reader, Progress>();

/**
 * Folds what was said, going on from the last fold with the same reader where what was said then still begins what was
 * said now. A buy grows at its end nearly always, so a fold costs what is new; anything else begins anew. The result is
 * the same.
 */
export function resumeFolding(items: readonly ItemTerms[], reader: Reader, happenings: readonly Happening[]): Folding {
  const terms = JSON.stringify(items);
  const last = progress.get(reader);
  const goesOn = last !== undefined && last.items === terms && begins(last.taken, happenings);
  const folding = goesOn ? last.folding : new Folding(items, reader);
  // A fault on the way would leave a folding that has taken more than is noted.
  progress.delete(reader);
  for (const happening of happenings.slice(goesOn ? last.taken.length : 0)) folding.take(happening);
  progress.set(reader, { folding, items: terms, taken: happenings });
  return folding;
}

function begins(taken: readonly Happening[], happenings: readonly Happening[]): boolean {
  if (taken.length > happenings.length) return false;
  return taken.every((happening, index) => isSame(happening, happenings[index]!));
}

function isSame(one: Happening, other: Happening): boolean {
  if (compareMoments(one.moment, other.moment) !== 0) return false;
  const [a, b] = [one.statement, other.statement];
  if (a.person !== b.person || a.name !== b.name || !a.reply !== !b.reply || !a.leader !== !b.leader) return false;
  if (one.type === "chain") return other.type === "chain" && one.text === other.text && one.isVoid === other.isVoid;
  if (other.type === "chain" || one.versions.length !== other.versions.length) return false;
  return one.versions.every(({ text, at }, index) => {
    const version = other.versions[index]!;
    return text === version.text && at.getTime() === version.at.getTime();
  });
}
