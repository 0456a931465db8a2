import { looksLikeChain } from "../../../core/chain/looks-like-chain.ts";
import { readChain } from "../../../core/chain/read-chain.ts";
import { prepareCatalog } from "../../../core/interpret/catalog.ts";
import type { CatalogItem } from "../../../core/interpret/context.ts";
import type { ChainChange, ChainEntry } from "../../../core/interpret/reading.ts";

export interface Found {
  readonly title: string;
  readonly entries: readonly string[];
  readonly changes: readonly string[] | undefined;
}

/** A chain in short: "name | item:quantity …"; undefined for a text that is none. */
export function read(
  text: string,
  items: readonly CatalogItem[],
  chain?: string,
  earlier?: readonly string[],
): Found | undefined {
  const catalog = prepareCatalog(items);
  if (!looksLikeChain(text, catalog, chain)) return undefined;

  const reading = readChain(text, catalog, chain, earlier);
  if (reading.kind === "none") return undefined;
  const { title, entries, changes } = reading;
  return { title, entries: entries.map(entryInShort), changes: changes?.map(changeInShort) };
}

function entryInShort({ name, lines, text, cancelled }: ChainEntry): string {
  if (cancelled) return `${name} | cancelled`;
  return `${name} | ${text === undefined ? inShort(lines) : "?"}`;
}

function changeInShort({ type, name, lines = [] }: ChainChange): string {
  return `${type} ${name} ${inShort(lines)}`.trim();
}

function inShort(lines: ChainEntry["lines"]): string {
  return lines.map(({ item, quantity }) => `${item}:${quantity / 1000}`).join(" ");
}
