import type { Clause } from "./clauses.ts";
import type { Draft } from "./draft.ts";
import { is, type Token } from "./tokens.ts";

/** What the clauses before it in the same sentence were. */
export interface Before {
  /** A wish or an order stands before, so that the list goes on. */
  readonly wished: boolean;
  readonly reply: boolean;
  readonly oneItem: boolean;
  /** The order to change has one line, so that words of change need no name. */
  oneLine(): boolean;
  /** Whether the order to change holds one of these items. */
  holds(items: readonly number[]): boolean;
  /** Lines of this sentence stand before. */
  readonly ordered: boolean;
}

/** A clause with its drafts, and what was wished in it or before it. */
export interface View {
  readonly clause: Clause;
  readonly drafts: readonly Draft[];
  readonly loose: readonly Token[];
  readonly before: Before;
  readonly from: number;
  readonly until: number;
  /** Where a wish that nothing else can mean begins; what stands before it does not count. */
  readonly head: number;
  readonly wished: boolean;
  readonly wishes: boolean;
  readonly asks: boolean;
  readonly signed: boolean;
  readonly measured: boolean;
}

/** Looks at a clause once for all rules that judge it. */
export function viewOf(clause: Clause, drafts: readonly Draft[], loose: readonly Token[], before: Before): View {
  const { tokens } = clause;
  const from = Math.min(...drafts.map(({ start }) => start));
  const until = Math.max(...drafts.map(({ end }) => end));
  const headToken = tokens.find((token, at) => isHead(token, tokens[at + 1]) && token.start < until);
  return {
    clause,
    drafts,
    loose,
    before,
    from,
    until,
    head: headToken?.start ?? (before.wished ? clause.tokens[0]!.start : -1),
    wished:
      before.wished ||
      headToken !== undefined ||
      tokens.some(({ kind }) => kind === "name") || // "2 for me", "3 for mum"
      tokens.some((token) => is(token, "wish", "head", "verb", "please", "join", "add", "less", "set", "swap")),
    wishes: before.wished || headToken !== undefined || tokens.some((token) => is(token, "wish", "please", "join")),
    asks: tokens.some((token) => is(token, "please")),
    signed: drafts.some(({ signed }) => signed),
    measured: drafts.some(({ amount }) => amount?.unit),
  };
}

/** 我要 is a wish, 我要的苹果呢 asks for what was wished. */
function isHead(token: Token, next: Token | undefined): boolean {
  const tells = (next?.text === "的" || next?.text === "了") && next.start === token.end;
  return is(token, "head") && !is(token, "ask-mine") && !tells;
}
