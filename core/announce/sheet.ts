import { type Folded, fold, written } from "../text/fold.ts";
import { type Amount, markAmounts, readAmount } from "./amounts.ts";

/** Stands where something was taken from the text, and separates like a comma. */
const TAKEN = "\u0001";

/** A stretch of a folded text: `[start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A global pattern, and a small one without which it cannot match. Most texts need few of the many patterns. */
export interface Hinted {
  readonly hint: RegExp;
  readonly pattern: RegExp;
}

/** Patterns are large, and compiling one takes longer than reading a text: only the hint is tried on every text. */
export function hinted(hint: RegExp, source: string, flags: string): Hinted {
  let compiled: RegExp | undefined;
  return {
    hint,
    get pattern() {
      compiled ??= new RegExp(source, flags);
      return compiled;
    },
  };
}

/** 【库存】80盒: a label in brackets is one before a colon. */
const LABEL =
  /(?<=^|\n)(\s{0,3})[([](品名|商品|名称|团品|价格|单价|团价|规格|库存|数量|限量|限购|起订|成团|截单|截止|截团|时间|地点|地址|自提|取货|提货|提货点|自提点|备注|item|price|stock|limit|closing|deadline|pickup|collection|place|where|when)[)\]](?=[^\n:]{0,2}[^\s:])/g;

/**
 * An announcement while it is read: each recogniser takes its words away, so that the next ones cannot take the
 * number of a limit for a price or a price for a name. Positions never change.
 */
export class Sheet {
  readonly folded: Folded;
  /** The whole text, folded. */
  readonly text: string;
  #rest: string;
  readonly #lineStarts: number[] = [0];

  constructor(source: string) {
    this.folded = fold(source);
    this.text = this.folded.text.replace(LABEL, (_all, blank: string, label: string) => `${blank} ${label}:`);
    this.#rest = this.text;
    for (let at = this.text.indexOf("\n"); at >= 0; at = this.text.indexOf("\n", at + 1)) this.#lineStarts.push(at + 1);
  }

  /** The folded text with what was taken blanked out. */
  get rest(): string {
    return this.#rest;
  }

  /** Takes the spans away. */
  take(spans: readonly Span[]): void {
    let rest = "";
    let done = 0;
    for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
      if (end <= done) continue;
      const from = Math.max(start, done);
      rest += this.#rest.slice(done, from) + TAKEN.repeat(end - from);
      done = end;
    }
    this.#rest = rest + this.#rest.slice(done);
  }

  /** Marks the amounts that are left. Afterwards a number in the rest is none of money. */
  markMoney(): void {
    this.#rest = markAmounts(this.#rest);
  }

  /** The amount in a match of a pattern: at its mark, else in the group. */
  amountIn(match: RegExpExecArray, group: string): Amount | undefined {
    const bare = match.groups?.[group];
    if (bare !== undefined && !bare.startsWith("\u0002")) return readAmount(bare);
    const start = match.index + match[0].indexOf("\u0002");
    const length = /\u0002\u0003*/.exec(match[0])?.[0].length;
    return length === undefined ? undefined : readAmount(this.text.slice(start, start + length));
  }

  /** What the reader makes of each match of a pattern in the rest; what it makes something of is taken. */
  collect<T>(hinted: Hinted, read: (match: RegExpExecArray) => T | undefined): (T & Span)[] {
    const found: (T & Span)[] = [];
    if (!hinted.hint.test(this.#rest)) return found;
    for (const match of this.#rest.matchAll(hinted.pattern)) {
      const value = read(match);
      if (value !== undefined) found.push({ ...value, start: match.index, end: match.index + match[0].length });
    }
    this.take(found);
    return found;
  }

  /** What was written there. */
  written({ start, end }: Span): string {
    return written(this.folded, start, end);
  }

  /** The line around a position. */
  lineAt(position: number): Span {
    let [low, high] = [0, this.#lineStarts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return this.#line(low);
  }

  /** The lines before the one of a position, nearest first, as many as are looked at. */
  linesAbove(position: number, count: number): Span[] {
    let index = this.#lineStarts.findIndex((start) => start > position);
    if (index < 0) index = this.#lineStarts.length;
    const lines: Span[] = [];
    for (let at = index - 2; at >= 0 && lines.length < count; at--) lines.push(this.#line(at));
    return lines;
  }

  #line(index: number): Span {
    const next = this.#lineStarts[index + 1];
    return { start: this.#lineStarts[index] ?? 0, end: next === undefined ? this.text.length : next - 1 };
  }
}

/** Whether a clause ends at that character. A point ends one only before a blank. */
export function isSeparator(text: string, at: number): boolean {
  const character = text[at] ?? "\n";
  if (character !== ".") return SEPARATOR.test(character);
  return /^\.(?:\s|$)/.test(text.slice(at, at + 2)) && !ABBREVIATION.test(text.slice(Math.max(0, at - 6), at));
}

/** What stands before a point that ends nothing: "no. 14", "St. Luke's", the number of a list. */
const ABBREVIATION =
  /\n\s{0,2}\d{1,2}$|^\s{0,2}\d{1,2}$|(?:^|[^a-z])(?:no|st|blk|apt|rd|ave|mr|mrs|ms|dr|approx|vs|u\.p|p\.m|a\.m)$/;

const SEPARATOR = /[\n,;。!?|\u0001]/;

/** No clause that says something is longer; a limit keeps the time of reading linear. */
const REACH = 300;

/** The clause around a span: up to the next comma, stop, line break or taken words. Commas in brackets do not count. */
export function clauseAround(text: string, { start, end }: Span): Span {
  let from = start;
  for (let depth = 0; from > Math.max(0, start - REACH); from--) {
    const character = text[from - 1] ?? "";
    if (character === ")") depth++;
    if (character === "(" && depth > 0) depth--;
    if (isSeparator(text, from - 1) && (depth === 0 || character === "\n")) break;
  }
  let until = end;
  for (let depth = 0; until < Math.min(text.length, end + REACH); until++) {
    const character = text[until] ?? "";
    if (character === "(") depth++;
    if (character === ")" && depth > 0) depth--;
    if (isSeparator(text, until) && (depth === 0 || character === "\n")) break;
  }
  return { start: from, end: until };
}
