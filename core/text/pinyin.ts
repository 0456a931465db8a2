import { SYLLABLES } from "./pinyin-table.ts";

let readings: ReadonlyMap<string, readonly string[]> | undefined;

/** How a simplified character may be read, without tone; none for rare ones. */
export function syllablesOf(character: string): readonly string[] {
  readings ??= readTable();
  return readings.get(character) ?? [];
}

function readTable(): ReadonlyMap<string, readonly string[]> {
  const table = new Map<string, string[]>();
  for (const row of SYLLABLES.trim().split("\n")) {
    const [syllable, characters] = row.split(" ");
    for (const character of characters!) {
      const known = table.get(character);
      if (known) known.push(syllable!);
      else table.set(character, [syllable!]);
    }
  }
  return table;
}

/** More ways to read a word than this are left out. */
const MAX_WAYS = 16;

/** All ways to read a word of simplified characters, as syllables; none where one of them is unknown. */
export function waysToRead(word: string): readonly (readonly string[])[] {
  let ways: string[][] = [[]];
  for (const character of word) {
    const syllables = syllablesOf(character);
    if (syllables.length === 0) return [];
    ways = ways.flatMap((way) => syllables.map((syllable) => [...way, syllable])).slice(0, MAX_WAYS);
  }
  return ways;
}
