import type { Reader } from "../core/buy/reader.ts";
import { readerOf } from "../core/buy/reader.ts";
import type { Buy } from "./store.ts";

/** The reader of a buy's messages: its catalog, prepared once. */
export type ReaderOf = (buy: Buy) => Reader;

/** Buys whose catalogs are kept prepared. */
const MOST_KEPT = 500;

/** Prepares each buy's catalog once for each version of its terms. */
export function createCatalogs(): ReaderOf {
  const kept = new Map<string, Reader>();
  return (buy) => {
    const key = `${buy.id}:${buy.version}`;
    const known = kept.get(key);
    if (known) return known;
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
    const reader = readerOf(buy.terms.items);
    kept.set(key, reader);
    return reader;
  };
}
