import type { Folded } from "../text/fold.ts";
import type { Catalog } from "./catalog.ts";
import type { Clause } from "./clauses.ts";
import type { Mine } from "./context.ts";
import type { Reading } from "./reading.ts";
import type { Token } from "./tokens.ts";

/** What a message is read against. */
export interface Context {
  readonly catalog: Catalog;
  /** The order that the message would change. */
  readonly mine?: Mine;
  /** The message replies to the buy's own post. */
  readonly reply?: boolean;
  /** The chain as the bot last printed it. */
  readonly chain?: string;
  /** Chain texts seen before, oldest first. */
  readonly earlier?: readonly string[];
}

/** A message on its way to a reading. */
export interface Message {
  readonly folded: Folded;
  readonly context: Context;
  readonly tokens: readonly Token[];
  readonly clauses: readonly Clause[];
  /** Short enough to ask or tell in free words; see `mayAskOrTell`. */
  readonly isShort: boolean;
}

/** A reading, and where in the message which rules made it. */
export interface Finding {
  readonly reading: Reading;
  /** Asked for only by `--explain`. */
  readonly rules: () => readonly Step[];
}

/** Which rule read which words. */
export interface Step {
  readonly rule: string;
  /** In the message as posted. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Looks for one kind of reading; undefined where the message is not of it. */
export type Recogniser = (message: Message) => Finding | undefined;
