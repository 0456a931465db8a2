import type { Catalog } from "../interpret/catalog.ts";
import type { ChainEntry, ChainReading } from "../interpret/reading.ts";
import type { Chain, Entry } from "./chain.ts";
import { compareChains, toChanges } from "./compare-chains.ts";
import { contextOf } from "./context.ts";
import { isMarked, isUnmarked } from "./looks-like-chain.ts";
import { type EntryMemory, parseWith } from "./parse-chain.ts";

/**
 * Reads a text that looks like a chain: the chain, or `none` for rules, prices, a recipe, a poll or news.
 *
 * @param chain    the chain as the bot last printed it: then the reading tells what this message changed of it
 * @param earlier  chain texts seen before, oldest first
 * @source         message language, 1.6
 */
export function readChain(
  text: string,
  catalog: Catalog,
  chain?: string,
  earlier: readonly string[] = [],
): ChainReading | { readonly kind: "none" } {
  const context = contextOf(catalog);
  const memory: EntryMemory = new Map();
  const kept = chain === undefined ? undefined : parseWith(chain, context, "itself", memory);
  const message = parseWith(text, context, kept, memory);
  if (!isMarked(text) && !isUnmarked(message, context, kept)) return { kind: "none" };
  const reading = { kind: "chain", title: message.title, entries: message.entries.map(withoutWords) } as const;
  if (!kept) return reading;

  const versions = earlier.map((version) => parseWith(version, context, "itself", memory));
  const { differences } = compareChains(message, kept, versions);
  return { ...reading, changes: toChanges(differences, message, kept) };
}

/**
 * The chain that a text holds, with everybody's own words.
 *
 * @param known  the chain that it may continue
 */
export function parseChain(text: string, catalog: Catalog, known?: Chain): Chain {
  const { title, entries } = parseWith(text, contextOf(catalog), known);
  return { title, entries };
}

function withoutWords({ words: _, ...entry }: Entry): ChainEntry {
  return entry;
}
