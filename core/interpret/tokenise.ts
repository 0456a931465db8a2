import type { Folded } from "../text/fold.ts";
import { isHan } from "../text/lexicon.ts";
import { isDigit, isLetter } from "../text/numerals.ts";
import type { Catalog } from "./catalog.ts";
import { digitsAt } from "./digits-at.ts";
import { hanAt } from "./han-at.ts";
import { latinAt } from "./latin-at.ts";
import { namedAt } from "./named-at.ts";
import type { Growing, Piece } from "./piece.ts";
import { signAt } from "./sign-at.ts";
import type { Token } from "./tokens.ts";

/** Cuts a folded text into tokens: the catalog's names first, then figures, then words, the longest at each place. */
export function tokenise(folded: Folded, catalog: Catalog): Token[] {
  const { text } = folded;
  const tokens: Token[] = [];
  let at = 0;
  let steps = 0;
  while (at < text.length && steps++ <= text.length) {
    if (text[at] === " ") {
      at++;
      continue;
    }
    const token = pieceAt(catalog, text, at, tokens) as Growing;
    token.start = at;
    token.text = text.slice(at, token.end);
    push(tokens, token, text);
    at = token.end;
  }
  return tokens;
}

function goesOn(text: string, at: number): boolean {
  return at < text.length && !/[\s,。!~?;]/.test(text[at]!);
}

const OF_OPTION = /^[装款版型]的?$/;

/** Unread characters that touch become one token, so that an unknown product is one thing. */
function push(tokens: Token[], found: Token, text: string): void {
  const last = tokens.at(-1) as Growing | undefined;
  // 刺多: no more of anything
  const isMuch = found.text === "多" && last?.kind === "other" && last.end === found.start && !goesOn(text, found.end);
  const token: Token = isMuch ? { kind: "other", start: found.start, end: found.end, text: found.text } : found;
  const joins =
    last?.kind === "other" &&
    token.kind === "other" &&
    last.end === token.start &&
    isHan(last.text.charCodeAt(0)) &&
    isHan(token.text.charCodeAt(0));
  // 大家庭装, 红色款: a size or make is no word of its own
  if (last?.kind === "option" && token.kind !== "item" && last.end === token.start && OF_OPTION.test(token.text)) {
    last.end = token.end;
    last.text = text.slice(last.start, token.end);
  } else if (joins) {
    last.end = token.end;
    last.text = text.slice(last.start, token.end);
  } else tokens.push(token);
}

function pieceAt(catalog: Catalog, text: string, at: number, before: readonly Token[]): Piece {
  const code = text.charCodeAt(at);
  const atStart = before.length === 0 || before.at(-1)!.level === 3;
  const named = catalog.starts.has(text[at]!) ? namedAt(catalog, text, at, before) : undefined;
  if (named) return named;
  if (isDigit(code) || (code === 0x2b && isDigit(text.charCodeAt(at + 1))) || code === 0x2e) {
    const piece = digitsAt(catalog, text, at, before, atStart);
    if (piece) return piece;
  }
  if (isHan(code)) return hanAt(catalog, text, at, before);
  if (isLetter(code)) return latinAt(catalog, text, at, before);
  return signAt(catalog, text, at, atStart);
}
