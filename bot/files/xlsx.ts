import { bodyOf, type Cell, decimalOf, fixedDigits, type Sheet, safeText, widthsOf } from "../../core/sheets/sheet.ts";

/** Of headings and totals. */
const BOLD = { fontWeight: "bold" } as const;

/**
 * Sheets as one XLSX file: real numbers, headings that stay in sight, columns as wide as their content. The writer is
 * loaded with the first call.
 */
export async function writeXlsx(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const { default: writeExcelFile } = await import("write-excel-file/node");
  const written = sheets.map((sheet) => ({
    sheet: sheet.name,
    stickyRowsCount: 1,
    columns: widthsOf(sheet).map((width) => ({ width })),
    data: [
      sheet.columns.map((heading) => ({ ...BOLD, ...cellOf(heading), alignVertical: "top" as const, wrap: true })),
      ...bodyOf(sheet).map((row) => row.map((cell) => ({ ...(sheet.totals?.includes(row) && BOLD), ...cellOf(cell) }))),
    ],
  }));
  return writeExcelFile(written).toBuffer();
}

function cellOf(cell: Cell) {
  if (cell === undefined || cell === "") return {};
  if (typeof cell === "string") return { type: String, value: safeText(cell), wrap: cell.includes("\n") };
  // A spreadsheet knows floats only: the nearest one of the exact decimal, shown with the digits of that.
  return { type: Number, value: Number(decimalOf(cell)), ...formatOf(fixedDigits(cell)) };
}

function formatOf(digits: number | undefined) {
  if (digits === undefined) return {};
  return { format: digits === 0 ? "0" : `0.${"0".repeat(digits)}` };
}
