import { isHan, isPhrase } from "../text/lexicon.ts";
import { syllablesOf, waysToRead } from "../text/pinyin.ts";
import { isOneSlip } from "../text/slip.ts";
import { stem } from "../text/stem.ts";
import type { Catalog } from "./catalog.ts";

/** Items that an unknown word may mean by its sound or with one slip. */
export interface Guess {
  readonly items: readonly number[];
  readonly rule: "part" | "homophone" | "pinyin" | "initials" | "slip";
}

interface Sounds {
  /** Syllables joined with blanks → items, of whole names and of their parts. */
  readonly spoken: ReadonlyMap<string, ReadonlySet<number>>;
  readonly typed: ReadonlyMap<string, ReadonlySet<number>>;
  readonly initials: ReadonlyMap<string, ReadonlySet<number>>;
  /** All syllables of all names: a word with another sounds like none of them. */
  readonly syllables: ReadonlySet<string>;
  readonly written: readonly { readonly item: number; readonly forms: readonly string[]; readonly stem: string }[];
}

/**
 * What an unknown word beside a quantity may mean: a part of one character, a homophone, pinyin, initials, or a slip.
 *
 * @returns  the items that fit by the first of these that fits any; the caller asks where there are several
 */
export function guess(catalog: Catalog, word: string): Guess | undefined {
  if (isHan(word.charCodeAt(0))) {
    const part = catalog.hanParts.get(word) ?? catalog.hanParts.get(withoutSuffix(word));
    if (part) return { items: part, rule: "part" };
    return word.length > 1 ? homophone(catalog, word) : undefined;
  }
  const guessed = guessedOf(catalog);
  const known = guessed.get(word);
  if (known !== undefined) return known ?? undefined;
  const found = latinGuess(catalog, word);
  if (guessed.size >= MOST_GUESSED) guessed.clear();
  guessed.set(word, found ?? null);
  return found;
}

/** Guesses that are remembered: a group has the same few thousand words. */
const MOST_GUESSED = 5_000;

function guessedOf(catalog: Catalog): Map<string, Guess | null> {
  const known = catalog.memory.get("guessed") as Map<string, Guess | null> | undefined;
  if (known) return known;
  const guessed = new Map<string, Guess | null>();
  catalog.memory.set("guessed", guessed);
  return guessed;
}

function latinGuess(catalog: Catalog, word: string): Guess | undefined {
  const plain = word.replace(/['\s]/g, "");
  if (!/^[a-z]{2,40}$/.test(plain)) return undefined;
  const sounds = soundsOf(catalog);
  const typed = sounds.typed.get(plain);
  if (typed) return { items: [...typed], rule: "pinyin" };
  const initials = sounds.initials.get(plain);
  if (initials) return { items: [...initials], rule: "initials" };
  return slip(catalog, word);
}

/** 橙子 is 橙, but 茄子 is no 番茄 and 瓜子 no 西瓜. */
const SAME_WITH_SUFFIX = new Set("橙梨桃柚李栗枣杏柿包饺橘桔榛椰粽虾饼");

function withoutSuffix(word: string): string {
  const isSame = word.length === 2 && /[子儿]$/.test(word) && SAME_WITH_SUFFIX.has(word[0]!);
  return isSame ? word[0]! : word.replace(/(?<=..)的$/, "");
}

function homophone(catalog: Catalog, word: string): Guess | undefined {
  if (word.length > 8) return undefined;
  const { spoken, syllables } = soundsOf(catalog);
  for (const character of word) if (!soundsLike(character, syllables)) return undefined;
  const items = new Set<number>();
  for (const way of waysToRead(word)) for (const item of spoken.get(way.join(" ")) ?? []) items.add(item);
  return items.size > 0 ? { items: [...items], rule: "homophone" } : undefined;
}

function soundsLike(character: string, syllables: ReadonlySet<string>): boolean {
  for (const syllable of syllablesOf(character)) if (syllables.has(syllable)) return true;
  return false;
}

function slip(catalog: Catalog, word: string): Guess | undefined {
  if (word.length < 4 || isPhrase(word, "talk")) return undefined;
  const stemmed = stem(word);
  const items = new Set<number>();
  for (const { item, forms, stem: known } of soundsOf(catalog).written) {
    if (forms.some((form) => isOneSlip(word, form)) || isOneSlip(stemmed, known)) items.add(item);
  }
  return items.size > 0 ? { items: [...items].sort((a, b) => a - b), rule: "slip" } : undefined;
}

/** The longer words of all names, each as singular and plural. */
function writtenOf(catalog: Catalog): Sounds["written"] {
  return catalog.items.flatMap(({ number, names }) =>
    names.flatMap(({ surface }) =>
      surface
        .filter((known) => known.length >= 5)
        .map((known) => {
          const plural = known.endsWith("s") ? known.slice(0, -1) : `${known}s`;
          return { item: number, forms: plural.length >= 5 ? [known, plural] : [known], stem: stem(known) };
        }),
    ),
  );
}

const LONGEST = 8;

function soundsOf(catalog: Catalog): Sounds {
  const known = catalog.memory.get("sounds") as Sounds | undefined;
  if (known) return known;

  const spoken = new Map<string, Set<number>>();
  const typed = new Map<string, Set<number>>();
  const initials = new Map<string, Set<number>>();
  for (const [part, items] of catalog.hanParts) {
    if (part.length > LONGEST) continue;
    const isWhole = catalog.items.some(({ names }) =>
      names.some(({ text, bases }) => text === part || bases.some((base) => base.join("") === part)),
    );
    if (part.length < 2 && !isWhole) continue;
    for (const way of waysToRead(part)) {
      if (part.length > 1) addAll(spoken, way.join(" "), items);
      addAll(typed, way.join(""), items);
      if (part.length > 1) addAll(initials, way.map((syllable) => syllable[0]).join(""), items);
    }
  }
  // A whole name wins over a part of another: both are kept apart by looking at whole names again.
  for (const item of catalog.items) {
    for (const { runs, text } of item.names) {
      const whole = runs.length === 1 && runs[0] === text ? text : undefined;
      if (!whole || whole.length > LONGEST) continue;
      for (const way of waysToRead(whole)) {
        keepWhole(catalog, spoken, way.join(" "), whole);
        keepWhole(catalog, typed, way.join(""), whole);
      }
    }
  }
  const syllables = new Set([...spoken.keys()].flatMap((way) => way.split(" ")));
  const sounds: Sounds = { spoken, typed, initials, syllables, written: writtenOf(catalog) };
  catalog.memory.set("sounds", sounds);
  return sounds;
}

function addAll(index: Map<string, Set<number>>, key: string, items: readonly number[]): void {
  const known = index.get(key);
  if (known) for (const item of items) known.add(item);
  else index.set(key, new Set(items));
}

/** Items whose whole name sounds so, where there are any. */
function keepWhole(catalog: Catalog, index: Map<string, Set<number>>, key: string, sound: string): void {
  const whole = new Set<number>();
  for (const item of catalog.items) {
    for (const { text } of item.names) {
      if (text.length !== sound.length) continue;
      if (waysToRead(text).some((way) => way.join(" ") === key || way.join("") === key)) whole.add(item.number);
    }
  }
  if (whole.size > 0) index.set(key, whole);
}
