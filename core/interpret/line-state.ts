import type { Catalog, OptionRef } from "./catalog.ts";
import type { Clause } from "./clauses.ts";
import type { Draft, Op } from "./draft.ts";
import { is, type Token } from "./tokens.ts";

/** What one clause leaves to the next of its sentence. */
export interface Carry {
  held: Draft[];
  op: Op | undefined;
  mode: "cancel" | undefined;
  last: Draft | undefined;
  eachAmount: Draft | undefined;
  whom: string | null | undefined;
  /** All lines of the sentence so far. */
  all: Draft[];
  /** In a chain a bare number beside a line may belong to the name, which is for the chain to tell. */
  readonly inChain: boolean;
}

/** Nothing is left open yet. @param inChain  the line is an entry of a chain */
export function freshCarry(inChain = false): Carry {
  return {
    held: [],
    op: undefined,
    mode: undefined,
    last: undefined,
    eachAmount: undefined,
    whom: undefined,
    all: [],
    inChain,
  };
}

/**
 * What is known while a clause is read from left to right: names that wait for a quantity, a quantity that waits for its
 * name, signs and words that have not met what they belong to. The readers of quantities, items and words build on it,
 * one upon the other.
 */
export class LineState {
  protected readonly catalog: Catalog;
  protected readonly tokens: readonly Token[];
  protected readonly listed: boolean;
  protected readonly carry: Carry;
  protected readonly drafts: Draft[] = [];
  protected readonly loose: Token[] = [];
  /** A quantity that waits for its name. */
  protected waiting: Draft | undefined;
  protected sign: { op: Op; bare: number; dashed: boolean; token: Token } | undefined;
  protected options: { refs: readonly OptionRef[]; token: Token } | undefined;
  protected discard = false;
  protected swapping: "word" | "change" | undefined;
  protected changes = false;
  /** A word of sums stands before the quantity that follows. */
  protected totals = false;
  protected last = -1;
  protected pendingSwap: Draft | undefined;
  /** What the item that follows should be like. */
  protected remark: string | undefined;
  protected unknown: { text: string; token: Token } | undefined;
  protected insteadOf: Draft | undefined;
  /** "instead of roses I'd like tulips": the first name is the old one. */
  protected insteadFirst = false;
  protected allNext: Token | undefined;
  /** Where it is said what the goods just named should be without. */
  protected leftOut = -1;

  constructor(catalog: Catalog, clause: Clause, carry: Carry) {
    this.catalog = catalog;
    this.tokens = clause.tokens;
    this.listed = clause.listed;
    this.carry = carry;
  }

  /** The next token that says something about goods. */
  protected next(at: number): Token | undefined {
    for (let i = at + 1; i < this.tokens.length; i++) {
      const token = this.tokens[i]!;
      if (token.kind === "decor" || is(token, "polite", "please", "filler", "me")) continue;
      return token;
    }
    return undefined;
  }

  protected before(at: number): Token | undefined {
    for (let i = at - 1; i >= 0; i--) {
      const token = this.tokens[i]!;
      if (token.kind === "decor" || is(token, "polite", "filler", "please")) continue;
      return token;
    }
    return undefined;
  }

  protected complete(draft: Draft): void {
    if (draft.op === "less" && draft.cancel && draft.amount) delete draft.cancel;
    this.drafts.push(draft);
    this.carry.last = draft;
    this.options = undefined;
    this.changes = false;
  }

  /** A quantity whose name never came. */
  protected release(): void {
    const waiting = this.waiting;
    this.waiting = undefined;
    if (!waiting) return;
    this.drafts.push(waiting);
    this.carry.last = waiting;
  }

  protected quantityFollows(at: number): boolean {
    for (let i = at + 1; i < this.tokens.length; i++) {
      const token = this.tokens[i]!;
      if (token.kind === "amount" || (token.kind === "sign" && this.tokens[i + 1]?.kind === "amount")) return true;
      if (token.kind === "item" || token.kind === "break" || is(token, "and")) return false;
    }
    return false;
  }

  protected belongs(token: Token, refs = this.options?.refs ?? []): boolean {
    return refs.some(({ item }) => token.items!.includes(item));
  }

  /** The item that an option without a name is of: the last one named, or the only one that has it. */
  protected mentionOfOption(refs: readonly OptionRef[]): readonly number[] {
    const numbers = [...new Set(refs.map(({ item }) => item))];
    const last = this.carry.last?.items;
    const shared = last && numbers.filter((number) => last.includes(number));
    return shared && shared.length > 0 ? shared : numbers;
  }
}

/** Chinese characters that follow each other without a blank. */
export function touches(left: Token | undefined, right: Token | undefined): boolean {
  if (!left || !right || left.end !== right.start) return false;
  return (left.kind === "other" || right.kind === "other") && !isLatin(left) && !isLatin(right);
}

/** Whether a token begins with a latin letter. */
export function isLatin(token: Token): boolean {
  const code = token.text.charCodeAt(0);
  return code >= 0x61 && code <= 0x7a;
}
