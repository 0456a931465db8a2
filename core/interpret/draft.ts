import type { OptionRef } from "./catalog.ts";
import type { Amount, Token } from "./tokens.ts";

/** What a line does: replaces, adds, takes away. */
export type Op = "set" | "add" | "less";

/** A line of an order while it is being read: what was said, not yet what it means in the catalog. */
export interface Draft {
  /** Candidates; empty for a number or letter that the catalog does not have; absent where no item was named. */
  items?: readonly number[];
  amount?: Amount | undefined;
  op?: Op;
  /** The quantity stands with + × = or the like, so that it can only be an order. */
  signed?: boolean;
  /** "Eggs - 2": a dash with blanks on both sides. */
  dashed?: boolean;
  /** Options named beside it, one of which belongs to its item. */
  options?: readonly OptionRef[];
  /** 取消苹果: whatever the quantity is. */
  cancel?: boolean;
  /** 每样一份: every item of the buy. */
  all?: boolean;
  /** 苹果换成梨: this line takes the quantity of the line before. */
  swap?: boolean;
  /** 把1斤苹果换成梨: no more can be taken away than there is; in 2斤苹果换成3斤梨 the other has a quantity "for its own". */
  part?: "for as much" | "for its own";
  /** A product that is not in the catalog. */
  unknown?: string;
  /** Unread characters that touch the name: 青苹果, "custard apples". */
  doubtful?: boolean;
  /** The quantity stood before the name. */
  numberFirst?: boolean;
  /** The quantity is so far the size of the goods: 600ml*24瓶. */
  sizing?: boolean;
  /** Quantity words that no single line can take, as 两份三份. */
  tooMany?: boolean;
  note?: string;
  whom?: string | null;
  start: number;
  end: number;
  rules: string[];
}

/** What a clause holds beside its lines, by which it is judged. */
export interface Parsed {
  readonly drafts: readonly Draft[];
  /** Words that no rule took, and where. */
  readonly loose: readonly Token[];
}
