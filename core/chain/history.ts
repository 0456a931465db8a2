import type { Keyed } from "./keys.ts";

/** An entry's place in one version of the chain. */
interface Place {
  readonly index: number;
  readonly no: number | undefined;
}

/** What is known of how a chain grew: which texts an entry has had, and who can have seen whom. */
export class History {
  /** Oldest first, the kept chain last: entry → place. */
  readonly #versions: readonly ReadonlyMap<string, Place>[];
  /** Entry → the version in which it came up first. */
  readonly #firstOf = new Map<string, number>();
  /** Entry → the last earlier version that had it. */
  readonly #lastOf = new Map<string, number>();
  readonly #textsOfNames: ReadonlySet<string>;
  readonly #textsOfEntries: ReadonlySet<string>;

  /** @param earlier  versions before the kept one, oldest first */
  constructor(earlier: readonly (readonly Keyed[])[], kept: readonly Keyed[]) {
    this.#versions = [...earlier, kept].map(
      (entries) => new Map(entries.map(({ id, no }, index) => [id, { index, no }])),
    );
    for (const [version, places] of this.#versions.entries()) {
      for (const id of places.keys()) {
        if (!this.#firstOf.has(id)) this.#firstOf.set(id, version);
        if (version < earlier.length) this.#lastOf.set(id, version);
      }
    }
    const texts = earlier.flat();
    this.#textsOfNames = new Set(texts.map(({ name, words }) => `${name}\n${words}`));
    this.#textsOfEntries = new Set(texts.map(({ id, words }) => `${id}\n${words}`));
  }

  /** Whether an entry had this text before: then whoever posts it started from an old version. */
  knowsText({ name, words }: Keyed): boolean {
    return this.#textsOfNames.has(`${name}\n${words}`);
  }

  /**
   * Whether an entry that is not kept any more is back only because an old copy still had it. Not so when it has new
   * words, or stands below an entry that it never stood below.
   */
  isLeftOver({ id, words }: Keyed, above: Keyed | undefined): boolean {
    const last = this.#lastOf.get(id);
    if (last === undefined || !this.#textsOfEntries.has(`${id}\n${words}`)) return false;
    if (!above) return true;

    const version = this.#versions[last]!;
    const neighbour = version.get(above.id);
    return neighbour !== undefined && neighbour.index < version.get(id)!.index;
  }

  /**
   * Tells of each kept entry whether the author of a message had seen it: the message holds an entry whose own first
   * message already contained it. Entries printed with the same number do not witness for each other.
   *
   * @source message language, 1.6
   */
  witnesses(message: readonly Keyed[]): (missing: Keyed) => boolean {
    const byVersion = new Map<number, Place[]>();
    for (const { id } of message) {
      const first = this.#firstOf.get(id);
      if (first === undefined) continue; // new with this message, which lacks the missing one
      const places = byVersion.get(first) ?? [];
      byVersion.set(first, places);
      places.push(this.#versions[first]!.get(id)!);
    }
    const tests = [...byVersion].map(([first, places]) => {
      const version = this.#versions[first]!;
      // Before the oldest version, and in the bot's own print, only the order tells who came first.
      const isFromMessage = first > 0 && first < this.#versions.length - 1;
      return { version, saw: isFromMessage ? sawByNumber(places) : sawByOrder(places, version) };
    });
    return ({ id }) =>
      tests.some(({ version, saw }) => {
        const place = version.get(id);
        return place !== undefined && saw(place);
      });
  }
}

type Saw = (missing: Place) => boolean;

/** In the first message of the witnesses everything was there, but for those who printed the same number. */
function sawByNumber(witnesses: readonly Place[]): Saw {
  const two = witnesses.filter(({ no }, index) => index === 0 || no !== witnesses[0]!.no).slice(0, 2);
  return (missing) => two.some(({ no, index }) => index !== missing.index && differ(no, missing.no));
}

/**
 * Whoever stands below has seen what stands above. Where two above share a number, the chain was forked, and a number
 * that is too low for its place tells that one of the two was not there.
 */
function sawByOrder(witnesses: readonly Place[], version: ReadonlyMap<string, Place>): Saw {
  const ranked = [...witnesses].sort((one, other) => other.index - one.index);
  const lowest = bestTwo(ranked);
  const lowestComplete = bestTwo(ranked.filter(({ no, index }) => no === undefined || no > index));
  const doubles = doublesOf(version);
  return (missing) => {
    const isBelow = ({ no, index }: Place) => index > missing.index && differ(no, missing.no);
    const double = doubles(missing);
    if (double === undefined) return lowest.some(isBelow);
    if (lowestComplete.some(isBelow)) return true;
    return double > missing.index && hasBetween(ranked, missing.index, double);
  };
}

/** The first of a list, and the first after it that has another number. */
function bestTwo(ranked: readonly Place[]): readonly Place[] {
  const second = ranked.find(({ no }) => differ(no, ranked[0]?.no));
  return [...ranked.slice(0, 1), ...(second ? [second] : [])];
}

/** Of an entry the place of the first other entry with its number. */
function doublesOf(version: ReadonlyMap<string, Place>): (of: Place) => number | undefined {
  const first = new Map<number, number[]>();
  for (const { no, index } of version.values()) {
    if (no === undefined) continue;
    const indexes = first.get(no);
    if (!indexes) first.set(no, [index]);
    else if (indexes.length < 2) indexes.push(index);
  }
  return ({ no, index }) => (no === undefined ? undefined : first.get(no)?.find((other) => other !== index));
}

/** Whether one of the places, which are ranked from the last, lies strictly between two others. */
function hasBetween(ranked: readonly Place[], above: number, below: number): boolean {
  let [low, high] = [0, ranked.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranked[middle]!.index < below) high = middle;
    else low = middle + 1;
  }
  const candidate = ranked[low];
  return candidate !== undefined && candidate.index > above;
}

function differ(one: number | undefined, other: number | undefined): boolean {
  return one === undefined || other === undefined || one !== other;
}
