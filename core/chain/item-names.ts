import type { CatalogItem } from "../interpret/context.ts";
import { fold } from "../text/fold.ts";

/** The names and aliases of a buy's items, folded, to tell the name of a person from one. */
export interface ItemNames {
  /** How many items the buy has. */
  readonly count: number;
  /** Whether a text holds the whole name or alias of an item. */
  holdsItem(text: string): boolean;
  /** Whether a text is nothing but the name of an item, a part of it, or words that go with goods. */
  isItem(text: string): boolean;
  /** Where in a text the whole name or alias of an item begins, as far as it is written like there. */
  startsIn(text: string): number[];
  /** Whether a line is the name of an item and the number that it costs: "酸奶 6". */
  isPriceOf(line: string): boolean;
  /** Whether a title speaks of one of the items. */
  isNamedIn(title: string): boolean;
}

const LATIN = /[a-z]/;
/** Words of names that say little about the goods. */
const COMMON = new Set([..."大小新老好的一个斤份子号家果肉水"]);

/** Prepares the names of a buy's items for looking for them in chains. */
export function toItemNames(items: readonly CatalogItem[]): ItemNames {
  const names = items.flatMap(({ name, aliases = [] }) => [name, ...aliases].map((text) => fold(text).text.trim()));
  const written = items.flatMap(({ name, aliases = [] }) =>
    [name, ...aliases].map((text) => text.trim().toLowerCase()),
  );
  const long = [...new Set(names.filter((name) => name !== ""))];
  const words = new Set(long.flatMap((name) => name.match(/[a-z]{3,}/g) ?? []));

  return {
    count: items.length,
    holdsItem: (text) => {
      const folded = fold(text).text;
      return long.some((name) => (name.length > 1 || LATIN.test(name) ? holds(folded, name) : folded.trim() === name));
    },
    isItem: (text) => {
      const folded = fold(text).text.trim();
      return long.some((name) => name === folded || (folded.length > 1 && holds(name, folded)));
    },
    startsIn: (text) => {
      const lower = text.toLowerCase();
      if (lower.length !== text.length) return [];
      return written.flatMap((name) => placesOf(lower, name));
    },
    isPriceOf: (line) => {
      const [, name = "", number] = /^(\D{1,40}?)[\s:：—-]*(\d{1,6}(?:\.\d{1,2})?)$/.exec(fold(line).text.trim()) ?? [];
      const hundredths = Math.round(Number(number) * 100);
      return items.some(
        (item) =>
          item.price === hundredths &&
          [item.name, ...(item.aliases ?? [])].some((own) => fold(own).text.trim() === name),
      );
    },
    isNamedIn: (title) => {
      const folded = fold(title).text;
      if (long.some((name) => holds(folded, name))) return true;
      const latin = folded.match(/[a-z]{3,}/g) ?? [];
      if (latin.some((word) => words.has(word) || words.has(word.replace(/e?s$/, "")) || words.has(`${word}s`)))
        return true;
      return long.some((name) => sharesWord(folded, name));
    },
  };
}

function placesOf(text: string, part: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(part); part !== "" && at >= 0; at = text.indexOf(part, at + part.length)) places.push(at);
  return places;
}

/** In latin script only whole words count: "sam" is no part of "samosa". */
function holds(text: string, part: string): boolean {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    const before = LATIN.test(part[0]!) && LATIN.test(text[at - 1] ?? "");
    const after = LATIN.test(part.at(-1)!) && LATIN.test((text[at + part.length] ?? "").replace("s", ""));
    if (!before && !after) return true;
  }
  return false;
}

/** Two signs in a row, or one telling sign: 金柚 speaks of 柚子. */
function sharesWord(text: string, name: string): boolean {
  for (let at = 0; at < name.length; at++) {
    if (!/[一-龥]/.test(name[at]!)) continue;
    const pair = name.slice(at, at + 2);
    if (/^[一-龥]{2}$/.test(pair) && text.includes(pair)) return true;
    if (name.length <= 3 && !COMMON.has(name[at]!) && text.includes(name[at]!)) return true;
  }
  return false;
}
