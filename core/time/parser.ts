import type { Parser } from "chrono-node/en";
import { Found } from "./found.ts";
import type { Phrase } from "./phrase.ts";

type Context = Parameters<Parser["extract"]>[0];

/** One way to name a time. */
export interface Rule {
  readonly pattern: RegExp;
  /** What must not stand before the match. Beside the pattern, because chrono hands a parser only the rest of the text. */
  readonly notAfter?: RegExp;
  /** What must stand before it. */
  readonly after?: RegExp;
  readonly read: (match: RegExpMatchArray) => Phrase | undefined;
}

/** How far a rule may look back. */
const LOOK_BACK = 24;

/** A parser of chrono's from a rule of ours. */
export function parser({ pattern, notAfter, after, read }: Rule): Parser {
  return {
    pattern: () => pattern,
    extract(context: Context, match: RegExpMatchArray) {
      const index = match.index ?? 0;
      const before = context.text.slice(Math.max(0, index - LOOK_BACK), index);
      if (notAfter?.test(before) || (after && !after.test(before))) return null;
      const phrase = read(match);
      return phrase ? new Found(context.reference, index, match[0], phrase) : null;
    },
  };
}
