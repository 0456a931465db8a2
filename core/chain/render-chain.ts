import type { Chain, Entry } from "./chain.ts";
import { readNumber } from "./numbering.ts";

/**
 * A chain as the bot prints it: what WeChat prints too, so that people go on with it in WeChat's own way. Everybody
 * finds their own words again, and numbers stay as they came.
 */
export function renderChain({ title, entries }: Chain): string {
  const titleLines = title === "" ? [] : title.split("\n");
  // Numbered lines of a title are no entries: an example line parts them, as in WeChat's own chains.
  const example = titleLines.some((line) => readNumber(line)) ? ["例 张三 1"] : [];
  const lines = entries.length > 0 ? entries.map(renderEntry) : ["1. "];
  return ["#接龙", ...titleLines, ...example, "", ...lines].join("\n");
}

/** The same counted from 1, where forks were merged and numbers no longer rise: WeChat's own way goes on from the last. */
export function counted(chain: Chain): Chain {
  const rises = chain.entries.every(({ no }, at) => at === 0 || (no ?? at + 1) > (chain.entries[at - 1]!.no ?? at));
  return rises ? chain : { ...chain, entries: chain.entries.map((entry, at) => ({ ...entry, no: at + 1 })) };
}

function renderEntry({ no, words }: Entry, index: number): string {
  return `${no ?? index + 1}. ${words}`;
}
