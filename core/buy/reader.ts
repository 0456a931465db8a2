import type { Chain } from "../chain/chain.ts";
import { contextOf } from "../chain/context.ts";
import { hasNumberedLines, isMarked, isUnmarkedChain } from "../chain/looks-like-chain.ts";
import { type EntryMemory, parseWith } from "../chain/parse-chain.ts";
import { prepareCatalog } from "../interpret/catalog.ts";
import type { CatalogItem, Mine } from "../interpret/context.ts";
import { interpret } from "../interpret/interpret.ts";
import type { Reading } from "../interpret/reading.ts";

/** How a buy's messages are read: its catalog, prepared once. */
export interface Reader {
  readonly items: readonly CatalogItem[];
  read(text: string, context: ReadingContext): Reading;
  /** Whether words, such as a chain's title, name an item. */
  namesItem(words: string): boolean;
  /** Whether a text is a chain, whatever was said before. */
  isChain(text: string): boolean;
  /** The chain that a text holds. @param kept  the chain as last printed: a name alone may order where it is known */
  readChain(text: string, kept: Chain | undefined): Chain | undefined;
}

interface ReadingContext {
  readonly mine?: Mine;
  /** The message replies to the buy's own post. */
  readonly reply?: boolean;
}

/** Entries of chains that are remembered: people post the same ones again and again. */
const MOST_ENTRIES = 1_000;

/** Readings that are remembered: each new message of a buy has the ones before it read again. */
const MOST_READINGS = 1_000;
/** Longer texts are rarely said twice. */
const LONGEST_REMEMBERED = 200;

/** The reader of a buy with these items. */
export function readerOf(items: readonly CatalogItem[]): Reader {
  const catalog = prepareCatalog(items);
  const remembered = new Map<string, Reading>();
  let memory: EntryMemory = new Map();
  const isChain = (text: string, kept?: Chain) =>
    isMarked(text) || (hasNumberedLines(text) && isUnmarkedChain(text, contextOf(catalog), kept));
  return {
    items,
    read(text, { mine = {}, reply = false }) {
      if (text.length > LONGEST_REMEMBERED) return interpret(text, { catalog, mine, reply });
      const key = `${reply} ${JSON.stringify(mine)} ${text}`;
      const known = remembered.get(key);
      if (known) return known;
      const reading = interpret(text, { catalog, mine, reply });
      if (remembered.size >= MOST_READINGS) remembered.clear();
      remembered.set(key, reading);
      return reading;
    },
    namesItem: (words) => contextOf(catalog).items.isNamedIn(words),
    isChain: (text) => isChain(text),
    readChain(text, kept) {
      if (!isChain(text, kept)) return undefined;
      if (memory.size > MOST_ENTRIES) memory = new Map();
      const { title, entries } = parseWith(text, contextOf(catalog), kept, memory);
      return { title, entries };
    },
  };
}
