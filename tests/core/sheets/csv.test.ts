import { CsvError, parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderCsv } from "../../../core/sheets/csv.ts";
import { type Cell, safeText } from "../../../core/sheets/sheet.ts";
import { anyText } from "../../support/any-text.ts";

/** A strict reader of somebody else's: what is not RFC 4180 with a BOM is an error. */
const read = (csv: string): string[][] =>
  parse(csv, { bom: true, record_delimiter: "\r\n", relax_column_count: false, relax_quotes: false });

describe("a sheet as CSV", () => {
  test("begins with the mark of UTF-8 and ends each line with CR LF", () => {
    const rows: Cell[][] = [
      ["王姐, 302", { quantity: 1_500 }, { money: -350, currency: "CNY" }],
      ['says "ripe"', undefined, { money: 0, currency: "CNY" }],
    ];

    const csv = renderCsv({ name: "Orders", columns: ["Name", "Quantity", "Amount"], rows });

    expect(csv).toBe('\ufeffName,Quantity,Amount\r\n"王姐, 302",1.5,-3.50\r\n"says ""ripe""",,0.00\r\n');
  });

  test("read back is what was in it, whatever people wrote, but for the guard before formulas", () => {
    const text = fc.oneof(
      anyText({ maxLength: 12 }),
      fc.string({
        unit: fc.constantFrom("=", "+", "-", "@", "＝", '"', ",", "\r", "\n", "\t", " ", "a", "果", "🌸"),
        maxLength: 12,
      }),
    );
    const table = fc
      .integer({ min: 2, max: 4 })
      .chain((width) =>
        fc.array(fc.array(text, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 3 }),
      );
    fc.assert(
      fc.property(table, ([columns = [], ...rows]) => {
        const csv = renderCsv({ name: "x", columns, rows });

        expect(read(csv)).toEqual([columns, ...rows].map((row) => row.map(safeText)));
      }),
    );
  });

  test("is not read so by a reader that would take anything", () => {
    expect(() => read('a,b\r\n"x,1\r\n')).toThrow(CsvError);
    expect(() => read("a,b\r\nx\r\n")).toThrow(CsvError);
  });
});
