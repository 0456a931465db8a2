import { readUnit } from "../text/units.ts";
import type { Clause } from "./clauses.ts";

/** What a clause says whose words are all of a small vocabulary: which parts they play in it. */
export interface Parts<Role extends string> {
  has(...roles: readonly Role[]): boolean;
  /** Figures stand in it. */
  readonly counted: boolean;
  /** It asks for a figure: 几个. */
  readonly asksMany: boolean;
  /** Goods of the buy are named in it. */
  readonly named: boolean;
}

/** Whoever says more tells something else. */
const MAX_WORDS = 16;

/**
 * Reads clauses of nothing but known words, goods and figures. Undefined where a word is none of them: then the clause
 * says something else. So a few hundred words carry any sentence that can be made of them, where lists of phrases
 * would know only those that somebody thought of.
 *
 * @param words  by the part that they play; a word may play several
 */
export function closedWords<Role extends string>(
  words: Readonly<Record<Role, string>>,
): (clause: Clause) => Parts<Role> | undefined {
  const roles = new Map<string, Role[]>();
  for (const [role, list] of Object.entries(words) as [Role, string][])
    for (const word of list.split(/\s+/)) roles.set(word, [...(roles.get(word) ?? []), role]);
  const longest = Math.max(...[...roles.keys()].filter(hasHan).map((word) => word.length));

  return ({ tokens }) => {
    if (tokens.length > MAX_WORDS) return undefined;
    const found = new Set<Role>();
    const take = (word: string): boolean => {
      const own = roles.get(word);
      for (const role of own ?? []) found.add(role);
      return own !== undefined;
    };
    let counted = false;
    let asksMany = false;
    let text = "";
    let end = -1;
    for (const { kind, text: own, amount, start, end: next } of tokens) {
      const isFigure = (kind === "amount" || kind === "money") && !roles.has(own);
      counted ||= isFigure && !amount?.asks;
      asksMany ||= amount?.asks === true;
      text += `${start === end ? "" : " "}${isFigure || BESIDE.has(kind) ? " " : own}`;
      end = next;
    }
    for (const [piece] of spelledOut(text).matchAll(PIECES)) {
      if (!hasHan(piece)) {
        if (!take(piece)) return undefined;
        continue;
      }
      for (let at = 0; at < piece.length; ) {
        let length = Math.min(longest, piece.length - at);
        while (length > 0 && !roles.has(piece.slice(at, at + length))) length--;
        if (length === 0) return undefined;
        take(piece.slice(at, at + length));
        at += length;
      }
    }
    return {
      has: (...wanted) => wanted.some((role) => found.has(role)),
      counted,
      asksMany,
      named: tokens.some(({ kind }) => kind === "item"),
    };
  };
}

/** What stands beside the words, whatever it is. */
const BESIDE: ReadonlySet<string> = new Set(["item", "unit", "decor", "question"]);

const PIECES = /[\u3400-\u9fff]+|[^\s\u3400-\u9fff?？!.,]+/g;

/** "what's", "how many" as words of their own. */
function spelledOut(text: string): string {
  return text
    .replace(/how (?=many|much)/g, "")
    .replace(/how (?:far|close|near)(?![a-z])/g, "many")
    .replace(/(多少|几多|many ?)([a-z]+|[\u3400-\u9fff])/g, (said, many, word) => (isUnit(word) ? many : said))
    .replace(/for (?:me|us)(?![a-z])/g, "mine")
    .replace(/'s\b/g, " is")
    .replace(/'m\b/g, " am")
    .replace(/(?<=we|i)'ve\b/g, " have");
}

/** How many bags, 多少瓶; 多少钱 is not counted in 钱. */
function isUnit(word: string): boolean {
  return readUnit(word, 0)?.end === word.length && !/^(?:[钱块人户家]|cans?)$/.test(word);
}

/** Whether Chinese characters stand in it. */
export function hasHan(text: string): boolean {
  return /[\u3400-\u9fff]/.test(text);
}
