import { formatAmount, type Money, minorDigits } from "../money.ts";
import { formatQuantity, type Quantity } from "../quantity.ts";

/** A table for a spreadsheet: headings, rows as wide as they are, and what the rows come to. */
export interface Sheet {
  /** At most 31 characters, none of `[]:*?/\`. @source ECMA-376, 18.2.19 (name), as Excel keeps it */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Below the rows: what they come to, and the proof of it. */
  readonly totals?: readonly (readonly Cell[])[];
}

/** What stands in a cell: a text as people wrote it, a number that can be added up, or nothing. */
export type Cell = string | NumberCell | undefined;

/** Money in minor units of its currency, a quantity in thousandths, or a count. */
export type NumberCell =
  | { readonly money: Money; readonly currency: string }
  | { readonly quantity: Quantity }
  | { readonly count: number };

/** A number as a decimal that is exact: `1050` of CNY → `"10.50"`, `1500` thousandths → `"1.5"`. */
export function decimalOf(cell: NumberCell): string {
  if ("money" in cell) return formatAmount(cell.money, cell.currency);
  return "quantity" in cell ? formatQuantity(cell.quantity) : String(cell.count);
}

/** How many digits behind the point are always shown: those of the currency; undefined: as many as there are. */
export function fixedDigits(cell: NumberCell): number | undefined {
  return "money" in cell ? minorDigits(cell.currency) : undefined;
}

/** All rows as they stand below one another, totals last. */
export function bodyOf({ rows, totals }: Sheet): readonly (readonly Cell[])[] {
  return totals ? [...rows, ...totals] : rows;
}

/** What stands in front of a text that a spreadsheet would else take for a formula. */
const GUARD = "'";

/**
 * What spreadsheets take for the beginning of a formula, behind what cannot be seen: the ASCII signs, the full-width
 * ones that some of them fold, and a tab or line end.
 *
 * @source OWASP, "CSV Injection"
 */
const FORMULA = /^(?:[\t\r\n]|[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠])/u;

/** What no XML may hold, so no spreadsheet either, and halves of characters: left out. @source XML 1.0, 2.2 (Char) */
const UNKNOWN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

/** A text that stays one in every spreadsheet: with `GUARD` in front where it would else be a formula. */
export function safeText(text: string): string {
  const known = text.replace(UNKNOWN, "");
  return FORMULA.test(known) ? GUARD + known : known;
}

/** Characters that take the room of two. @source Unicode, UAX #11 (wide and full-width) */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;

const WIDTH = { least: 6, most: 48 } as const;

/** How wide each column is to be, in digits of the usual font, so that what stands in it can be read. */
export function widthsOf(sheet: Sheet): number[] {
  return sheet.columns.map((heading, index) => {
    const texts = bodyOf(sheet).map((row) => textOf(row[index]));
    const widest = [heading, ...texts].reduce((most, text) => Math.max(most, widthOf(text)), 0);
    return Math.min(WIDTH.most, Math.max(WIDTH.least, widest + 2));
  });
}

/** The widest line of a text. */
function widthOf(text: string): number {
  const widths = text.split("\n").map((line) => {
    let width = 0;
    for (const character of line.slice(0, WIDTH.most)) width += WIDE.test(character) ? 2 : 1;
    return width;
  });
  return Math.max(...widths);
}

function textOf(cell: Cell): string {
  if (cell === undefined) return "";
  return typeof cell === "string" ? cell : decimalOf(cell);
}
