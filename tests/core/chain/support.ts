import type { Chain, Entry } from "../../../core/chain/chain.ts";
import { compareChains } from "../../../core/chain/compare-chains.ts";

/** A chain of "number name quantity" entries, one a line: `1 阿文 2`. Without a quantity the words are not read. */
export function chainOf(text: string): Chain {
  const lines = text.split(/[\n/]/).map((line) => line.trim());
  return { title: "金柚", entries: lines.filter((line) => line !== "").map(entryOf) };
}

function entryOf(line: string): Entry {
  const [, no, name, count] = /^(\d+) (\S+)(?: ([\d.]+))?$/.exec(line) ?? [];
  if (name === undefined) throw new Error(`not an entry: ${line}`);
  if (count === undefined) return { no: Number(no), name, lines: [], text: name, words: name };
  const quantity = Math.round(Number(count) * 1000);
  return { no: Number(no), name, lines: [{ item: 1, op: "set", quantity }], words: `${name} ${count}个` };
}

/** What a message changed, in short: "added 菁菁 1", "removed 阿文". */
export function changesOf(message: Chain, kept: Chain, earlier: readonly Chain[] = [], own?: string): string[] {
  const { differences } = compareChains(message, kept, earlier, ({ name }) => name === own);
  return differences.map((difference) => {
    if (difference.type === "removed") return `removed ${kept.entries[difference.kept]!.name}`;
    const { name, lines } = message.entries[difference.at]!;
    if (difference.type === "moved") return `moved ${name}`;
    return `${difference.type} ${name} ${lines.map(({ quantity }) => quantity / 1000).join(" ")}`.trim();
  });
}
