import { isLetter } from "../text/numerals.ts";
import { type Catalog, hanPartAt, keyAt } from "./catalog.ts";
import { figureAt } from "./figures.ts";
import { type Piece, refPiece } from "./piece.ts";
import { flatAt, moneyAt } from "./places.ts";
import type { TokenKind } from "./tokens.ts";

const STICKER = /\[[^\][\n\d]{1,12}\]/y;
const MENTION = /@\S{1,40}/y;
const HASH = /#\s?(\d{1,2})(?![\d-])/y;

/** Signs, marks of a list, stickers, mentions; and what else no letter, figure or character of Chinese begins. */
export function signAt(catalog: Catalog, text: string, at: number, atStart: boolean): Piece {
  const sign = text[at]!;
  const end = at + 1;
  const circle = text.charCodeAt(at) - 0x2460;
  if (circle >= 0 && circle < 20) {
    const follows = /^[.、) ]*(?=[\u3400-\u9fffa-z])/.exec(text.slice(end, end + 4));
    const next = end + (follows?.[0].length ?? 0);
    const isBullet =
      follows !== null &&
      atStart &&
      (keyAt(catalog, text, next) !== undefined || hanPartAt(catalog, text, next) !== undefined);
    return isBullet ? { kind: "bullet", end } : refPiece(catalog, circle + 1, end, "number");
  }
  switch (sign) {
    case "\n":
      return { kind: "break", level: 3, end };
    case ",":
    case "、":
    case "/":
      return { kind: "break", level: 1, end };
    case ";":
    case "。":
    case "!":
      return { kind: "break", level: 2, end };
    case ".":
      return isLetter(text.charCodeAt(end)) ? { kind: "decor", end } : { kind: "break", level: 2, end };
    case "?":
      return { kind: "question", end };
    case ":":
      return { kind: "colon", end };
    case "(":
    case "{":
      return { kind: "open", end };
    case ")":
    case "}":
      return { kind: "close", end };
    case "[": {
      const sticker = stickyEnd(STICKER, text, at);
      if (sticker > 0 && !keyAt(catalog, text, end)) return { kind: "decor", end: sticker };
      return { kind: "open", end };
    }
    case "]":
      return { kind: "close", end };
    case "&":
      return { kind: "word", end, tags: AND };
    case "@": {
      const mention = stickyEnd(MENTION, text, at);
      return { kind: "decor", end: mention > 0 ? mention : end };
    }
    case "#": {
      const flat = flatAt(catalog, text, at);
      if (flat >= 0) return { kind: "flat", end: flat };
      HASH.lastIndex = at;
      const hash = HASH.exec(text);
      return hash ? refPiece(catalog, Number(hash[1]), at + hash[0].length, "number") : { kind: "decor", end };
    }
    case "-":
      if (atStart && text[end] === " ") return { kind: "bullet", end };
      if (text[end] === "-") return { kind: "decor", end: end + 1 }; // 苹果——2斤
      if (isLetter(text.charCodeAt(at - 1)) && isLetter(text.charCodeAt(end))) return { kind: "decor", end }; // T-shirt
      return { kind: "sign", end };
    case "+":
    case "×":
    case "*":
    case "=":
      return { kind: "sign", end };
    default:
      return symbolAt(catalog, text, at);
  }
}

const AND: ReadonlySet<"and"> = new Set(["and"]);

function symbolAt(catalog: Catalog, text: string, at: number): Piece {
  const money = moneyAt(text, at);
  if (money >= 0) return { kind: "money", end: money };
  const number = figureAt(catalog, text, at);
  if (number) return number;
  const point = text.codePointAt(at)!;
  const kind: TokenKind = point > 0xff && /\p{L}/u.test(String.fromCodePoint(point)) ? "other" : "decor";
  return { kind, end: at + (point > 0xffff ? 2 : 1) };
}

function stickyEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found ? at + found[0].length : -1;
}
