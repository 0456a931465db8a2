import type { Quantity } from "../quantity.ts";
import type { NumberRead } from "../text/numerals.ts";
import type { Unit } from "../text/units.ts";
import type { Tag } from "../text/words/tags.ts";
import type { OptionRef } from "./catalog.ts";

/** A piece of a message, with what it may mean. */
export interface Token {
  readonly kind: TokenKind;
  /** In the folded text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly amount?: Amount;
  /** Of an item: who may be meant; empty where the number or letter is none of the catalog's. */
  readonly items?: readonly number[];
  /** How an item was named: 3 name or alias, 2 name without size, 1 part, 0 number, letter, homophone or slip. */
  readonly strength?: 0 | 1 | 2 | 3;
  readonly options?: readonly OptionRef[];
  readonly tags?: ReadonlySet<Tag>;
  /** Of a break: 1 between lines of an order, 2 between sentences, 3 a new line. */
  readonly level?: 1 | 2 | 3;
  /** Of a name: for whom, as written; absent for "for me". */
  readonly whom?: string;
  /** Of a name: it stands before what is ordered, not behind. */
  readonly leads?: boolean;
  /** Which rule found it, for `--explain`. */
  readonly rule?: string;
}

/** What a token may be. */
export type TokenKind =
  | "amount"
  | "unit" // behind "one more", without a number of its own
  | "item"
  | "option"
  | "word"
  | "sign" // + - × x * = in `text`
  | "break"
  | "question" // the mark
  | "colon"
  | "open"
  | "close"
  | "flat"
  | "money"
  | "price" // 25一盒, "3/kg"
  | "size" // 24罐装
  | "time"
  | "phone"
  | "link"
  | "measure" // numbers of something that is not ordered: 3岁, "2 hours"
  | "ordinal-day" // 2号 where it may be a date
  | "bullet"
  | "decor" // emoji, stickers, mentions
  | "name" // for whom, set by a recogniser
  | "note"
  | "other";

/** A quantity as written. */
export interface Amount {
  readonly value: Quantity;
  readonly unit?: Unit;
  /** 1斤2两: further parts, each with its own unit. */
  readonly more?: readonly (readonly [Quantity, Unit])[];
  readonly fault?: NumberRead["fault"];
  readonly style: NumberRead["style"];
  /** "a", "an". */
  readonly article?: true;
  /** 几个: vague in a wish, a question elsewhere. */
  readonly asks?: true;
  /** Digits as written without unit, for flats: "302". */
  readonly digits?: number;
}

/** Whether a token is a word of one of these kinds. */
export function is(token: Token | undefined, ...tags: readonly Tag[]): boolean {
  if (!token?.tags) return false;
  for (const tag of tags) if (token.tags.has(tag)) return true;
  return false;
}
