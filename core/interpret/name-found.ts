import { type Folded, written } from "../text/fold.ts";
import { is, type Token } from "./tokens.ts";

/** A longer name is none. */
export const MAX_WHOM = 24;

/** For whom, and the token behind it; no token where the words name nobody. */
export interface NameFound {
  readonly token?: Token;
  readonly next: number;
}

/** The token of a name, as it was written. */
export function nameToken(folded: Folded, start: number, end: number, leads: boolean): Token {
  return {
    kind: "name",
    start,
    end,
    text: folded.text.slice(start, end),
    whom: written(folded, start, end),
    leads,
    rule: "for",
  };
}

/** "Auntie May", "Aunty Joy": words elsewhere. */
export function isGivenName(token: Token, before: Token, folded: Folded): boolean {
  return is(before, "title", "relation") && /^[A-Z][a-z]+$/.test(written(folded, token.start, token.end));
}
