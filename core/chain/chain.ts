import type { ChainEntry } from "../interpret/reading.ts";

/** A group chain (`#接龙`) as posted. @source message language, 1.6 */
export interface Chain {
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** One entry of a chain, with the words in which it was posted. */
export interface Entry extends ChainEntry {
  /** What stands behind the number, as posted, so that people find their own words again. */
  readonly words: string;
}

/** The most characters of a chain that are read; more is answered, not parsed. @source message language, 1.6 */
export const MAX_CHAIN_LENGTH = 20_000;
