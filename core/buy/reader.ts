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
  /** Of words that mean the same whatever one has, as most do. */
  const alike = new Map<string, Reading>();
  let memory: EntryMemory = new Map();
  const isChain = (text: string, kept?: Chain) =>
    isMarked(text) || (hasNumberedLines(text) && isUnmarkedChain(text, contextOf(catalog), kept));
  return {
    items,
    read(text, { mine = {}, reply = false }) {
      if (text.length > LONGEST_REMEMBERED) return interpret(text, { catalog, mine, reply });
      const said = reply ? `reply ${text}` : text;
      const known = alike.get(said) ?? remembered.get(`${JSON.stringify(mine)} ${said}`);
      if (known) return known;
      const { seen, isSeen } = watched(mine);
      const reading = interpret(text, { catalog, mine: seen, reply });
      const kept = isSeen() ? remembered : alike;
      if (kept.size >= MOST_READINGS) kept.clear();
      kept.set(isSeen() ? `${JSON.stringify(mine)} ${said}` : said, reading);
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

/** An order that notices whether it is looked at. */
function watched(mine: Mine): { readonly seen: Mine; isSeen(): boolean } {
  let isSeen = false;
  const note = <Result>(result: Result): Result => {
    isSeen = true;
    return result;
  };
  const seen = new Proxy(mine, {
    get: (own, item) => note(Reflect.get(own, item)),
    has: (own, item) => note(Reflect.has(own, item)),
    ownKeys: (own) => note(Reflect.ownKeys(own)),
  });
  return { seen, isSeen: () => isSeen };
}
