import { isDigit } from "../text/numerals.ts";
import type { Catalog } from "./catalog.ts";
import { figureAt, isPlainNumber } from "./figures.ts";
import { type Piece, refPiece } from "./piece.ts";
import { flatAt, phoneAt } from "./places.ts";
import { is, type Token } from "./tokens.ts";

const BULLET = /\(?(?:\d{1,2})(?:[.)]\s?(?![\d\s]*$)(?!\d)|、\s?(?=\D))|[①-⑳][.、) ]?(?=\s?[\u3400-\u9fffa-z])/y;
const ENUMERATED = /(\d{1,2})\s?[:：]\s?(?=[^\d\s])/y;

/** What digits begin: a telephone number, a mark of a list, a flat, a figure. */
export function digitsAt(
  catalog: Catalog,
  text: string,
  at: number,
  before: readonly Token[],
  atStart: boolean,
): Piece | undefined {
  const digit = isDigit(text.charCodeAt(at));
  if (!digit || isDigit(text.charCodeAt(at + 1))) {
    const phone = phoneAt(text, at);
    if (phone >= 0) return { kind: "phone", end: phone };
  }
  if (!digit && text[at] !== ".") return undefined;
  if (atStart) {
    BULLET.lastIndex = at;
    const bullet = BULLET.exec(text);
    if (bullet && keepsOrder(text, at + bullet[0].length)) return { kind: "bullet", end: at + bullet[0].length };
    ENUMERATED.lastIndex = at;
    const enumerated = ENUMERATED.exec(text);
    if (enumerated && Number(enumerated[1]) <= 9 && Number(enumerated[1]) > 0 && !text.includes("\n")) {
      // "2: 3份" names an item, "12: 3份" a house.
      if (isDigit(text.charCodeAt(at + enumerated[0].length)))
        return refPiece(catalog, Number(enumerated[1]), at + enumerated[1]!.length, "number");
    }
  }
  const flat = isPlainNumber(text, at) ? -1 : flatAt(catalog, text, at);
  if (flat >= 0) return { kind: "flat", end: flat };
  const figure = figureAt(catalog, text, at, is(before.at(-1), "from"));
  if (figure?.kind === "measure" && isSize(catalog, text.slice(at, figure.end))) return { ...figure, kind: "size" };
  return figure;
}

/** 6寸 of a cake that comes in inches. */
function isSize(catalog: Catalog, measure: string): boolean {
  const size = measure.replaceAll(" ", "");
  return catalog.items.some(({ names }) => names.some(({ text }) => text.replaceAll(" ", "").includes(size)));
}

/** Whether something other than a lone quantity follows on the line. */
function keepsOrder(text: string, at: number): boolean {
  const line = text.slice(at, at + 60).split("\n", 1)[0]!;
  return /[\u3400-\u9fffa-z]/.test(line.replace(/^\d+\s?[\u3400-\u9fff]?$/, ""));
}
