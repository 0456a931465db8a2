import type { Chain } from "../chain/chain.ts";
import type { CatalogItem, Mine } from "../interpret/context.ts";
import type { Reading } from "../interpret/reading.ts";

/** How a buy's messages are read: its catalog, prepared once. */
export interface Reader {
  readonly items: readonly CatalogItem[];
  read(text: string, context: ReadingContext): Reading;
  /** The chain that a text holds. @param kept  the chain as last printed: a name alone may order where it is known */
  readChain(text: string, kept: Chain | undefined): Chain | undefined;
}

export interface ReadingContext {
  readonly mine?: Mine;
  /** The message replies to the buy's own post. */
  readonly reply?: boolean;
}
