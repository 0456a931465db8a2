import { isHan } from "./lexicon.ts";
import { isDigit, isLetter } from "./numerals.ts";
import { stem } from "./stem.ts";

/** The smallest piece by which names are compared: a character, a word without its plural, or a number. */
export interface Atom {
  readonly atom: string;
  readonly end: number;
}

/** The piece that begins exactly at `at`; undefined at blanks and punctuation. */
export function atomAt(text: string, at: number): Atom | undefined {
  const code = text.charCodeAt(at);
  if (isHan(code)) return { atom: text[at]!, end: at + 1 };
  if (isLetter(code)) {
    const end = endOfWord(text, at);
    return { atom: stem(text.slice(at, end)), end };
  }
  if (isDigit(code)) {
    let end = at + 1;
    while (isDigit(text.charCodeAt(end)) || (text[end] === "." && isDigit(text.charCodeAt(end + 1)))) end++;
    return { atom: text.slice(at, end), end };
  }
  if (code === 0x26) return { atom: "and", end: at + 1 };
  if (code < 0x2190) return undefined;
  const point = text.codePointAt(at)!;
  const isSymbol = (point >= 0x1f000 && point <= 0x1faff) || (point >= 0x2600 && point <= 0x27bf) || isKana(point);
  return isSymbol ? { atom: String.fromCodePoint(point), end: at + (point > 0xffff ? 2 : 1) } : undefined;
}

function isKana(point: number): boolean {
  return (
    (point >= 0x3040 && point <= 0x30ff) || (point >= 0xac00 && point <= 0xd7a3) || (point >= 0x1100 && point <= 0x11ff)
  );
}

/** End of the latin word that begins at `at`, with an apostrophe inside. */
export function endOfWord(text: string, at: number): number {
  let end = at + 1;
  while (isLetter(text.charCodeAt(end)) || (text[end] === "'" && isLetter(text.charCodeAt(end + 1)))) end++;
  return end;
}

/** All pieces of a text, without what stands between them. */
export function atomsOf(text: string): string[] {
  const atoms: string[] = [];
  for (let at = 0; at < text.length; ) {
    const found = atomAt(text, at);
    if (found) atoms.push(found.atom);
    at = found?.end ?? at + 1;
  }
  return atoms;
}

/** What may stand inside of a name that is written a little differently: "Coca Cola", "rice(1kg)". */
const SOFT = new Set([..." -·|/_.'\"()&*×,:"]);

/** Where a name made of `atoms` ends in the text, when it begins at `at`; -1 when it does not. */
export function matchAtoms(text: string, at: number, atoms: readonly string[]): number {
  let position = at;
  for (let i = 0; i < atoms.length; i++) {
    let found = atomAt(text, position);
    for (let skipped = 0; i > 0 && !found && skipped < 2 && SOFT.has(text[position] ?? ""); skipped++) {
      position++;
      found = atomAt(text, position);
    }
    if (i > 0 && found?.atom === "and" && atoms[i] !== "and") {
      position = found.end;
      while (text[position] === " ") position++;
      found = atomAt(text, position);
    }
    if (!found || found.atom !== atoms[i]) return -1;
    position = found.end;
  }
  return position;
}
