import { bodyOf, type Cell, decimalOf, type Sheet, safeText } from "./sheet.ts";

/** By which Excel knows that a file is UTF-8. */
const BOM = "\ufeff";

/**
 * A sheet as CSV: numbers as plain decimals, texts that would be formulas behind `GUARD`, lines ended by CR LF.
 *
 * @source RFC 4180, 2
 */
export function renderCsv(sheet: Sheet): string {
  const lines = [sheet.columns, ...bodyOf(sheet)].map((row) => `${row.map(field).join(",")}\r\n`);
  return BOM + lines.join("");
}

function field(cell: Cell): string {
  if (cell === undefined) return "";
  const text = typeof cell === "string" ? safeText(cell) : decimalOf(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
