import type { Chain, Entry } from "../chain/chain.ts";

/** A chat's chain as it should now be printed, and what is known of how it grew. */
export interface KeptChain {
  readonly title: string;
  /** In the order of the last repost; those taken out are among them, since old copies bring them back. */
  readonly entries: readonly KeptEntry[];
}

/** A line of a kept chain, with what decides who may change it. */
export interface KeptEntry {
  readonly id: string;
  /** As last accepted; its number as it came. */
  readonly entry: Entry;
  /** Who added it, or whose it is where a leader listed it. */
  readonly owner: string;
  /** A leader has listed what its owner had ordered before, so it was no order of its own. */
  readonly listed: boolean;
  /** For whom, where that is not the owner. */
  readonly for?: string;
  /** Its number in the message that added it. */
  readonly firstNo: number | undefined;
  /** Meanings that it had or that others tried to give it: in a copy they change nothing. */
  readonly known: ReadonlySet<string>;
  /** Ids of the entries that the message which added this one contained: its author had seen them. */
  readonly saw: ReadonlySet<string>;
  /** Ids of entries that stood in a chain from which this one had been taken without right: no witnesses for it. */
  readonly missedBy: ReadonlySet<string>;
  readonly removed: boolean;
}

/** A chat without a chain. */
export const NO_CHAIN: KeptChain = { title: "", entries: [] };

/** What is left of a chain to print. */
export function toChain({ title, entries }: KeptChain): Chain {
  return { title, entries: entries.filter(({ removed }) => !removed).map(({ entry }) => entry) };
}
