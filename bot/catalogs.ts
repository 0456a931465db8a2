import type { Reader } from "../core/buy/reader.ts";
import { readerOf } from "../core/buy/reader.ts";
import type { ItemTerms } from "../core/buy/terms.ts";
import type { Buy } from "./store.ts";

/** The reader of a buy's messages: its catalog, prepared once. */
export type ReaderOf = (buy: Buy) => Reader;

/** Buys whose catalogs are kept prepared. */
const MOST_KEPT = 500;

/** Prepares each catalog once: buys that offer the same, as those that come again do, share it. */
export function createCatalogs(): ReaderOf {
  const kept = new Map<string, Reader>();
  /** The store gives the same items for the same version of a buy. */
  const byItems = new WeakMap<readonly ItemTerms[], Reader>();
  return (buy) => {
    const { items } = buy.terms;
    const at = byItems.get(items);
    if (at) return at;
    const key = JSON.stringify(items);
    const known = kept.get(key);
    if (known) {
      byItems.set(items, known);
      return known;
    }
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
    const reader = readerOf(items);
    byItems.set(items, reader);
    kept.set(key, reader);
    return reader;
  };
}
