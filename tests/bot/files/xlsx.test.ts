import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { parse } from "csv-parse/sync";
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, expect, test } from "vitest";
import { writeXlsx } from "../../../bot/files/xlsx.ts";
import type { Sheet } from "../../../core/sheets/sheet.ts";
import { describeWith, needLibreOffice } from "../../support/needs.ts";

const CNY = "CNY";

const sheets: readonly Sheet[] = [
  {
    name: "Orders",
    columns: ["Person", "Item", "Quantity", "Amount"],
    rows: [
      ["王姐 <302> & co.", "苹果 🌸", { quantity: 1_500 }, { money: 1_050, currency: CNY }],
      ["=1+1", '+2 "apples"', { quantity: 333 }, { money: -5, currency: CNY }],
      ["-Ada", "@SUM(C2:C3)", { count: 1_000 }, { money: 123_456_789, currency: CNY }],
      [" two  blanks", "a\nb\tc", undefined, { money: 1_200, currency: "JPY" }],
      ["＝1＋1", "0012", { quantity: -2_000 }, undefined],
      ["\u0007bell", "3-501", undefined, { money: 0, currency: CNY }],
    ],
    totals: [["Total", undefined, undefined, { money: 123_457_834, currency: CNY }]],
  },
  { name: "结算", columns: ["姓名"], rows: [] },
];

test("headings are frozen, columns are wide enough, and no cell is a formula", async () => {
  const files = unzipSync(await writeXlsx(sheets));
  const [first, second] = [1, 2].map((no) => strFromU8(files[`xl/worksheets/sheet${no}.xml`]!));

  expect(first).toMatch(/<pane ySplit="1"[^>]* state="frozen"\/>/);
  expect(second).toMatch(/<pane ySplit="1"[^>]* state="frozen"\/>/);
  expect(first).toMatch(/<col min="1" max="1" width="18"/);
  expect(first).not.toContain("<f>");
  expect(strFromU8(files["xl/workbook.xml"]!)).toMatch(/name="Orders".*name="结算"/);
});

describeWith("libreoffice", "a workbook that LibreOffice opens", () => {
  let opened: { readonly text: string; readonly isText: boolean }[][];

  beforeAll(async () => {
    opened = await openedByLibreOffice(await writeXlsx(sheets), "Orders");
  });

  test("holds every text as it was written, guarded where it would be a formula", () => {
    expect(opened.map((row) => row.slice(0, 2).map(({ text }) => text))).toEqual([
      ["Person", "Item"],
      ["王姐 <302> & co.", "苹果 🌸"],
      ["'=1+1", '\'+2 "apples"'],
      ["'-Ada", "'@SUM(C2:C3)"],
      [" two  blanks", "a\nb\tc"],
      ["'＝1＋1", "0012"],
      ["bell", "3-501"],
      ["Total", ""],
    ]);
    expect(opened.every((row) => row.slice(0, 2).every(({ text, isText }) => isText || text === ""))).toBe(true);
  });

  test("holds real numbers, exact to the last digit", () => {
    expect(opened.slice(1).map((row) => row.slice(2))).toEqual([
      [number("1.5"), number("10.50")],
      [number("0.333"), number("-0.05")],
      [number("1000"), number("1234567.89")],
      [number(""), number("1200")],
      [number("-2"), number("")],
      [number(""), number("0.00")],
      [number(""), number("1234578.34")],
    ]);
  });
});

const number = (text: string) => ({ text, isText: false });

/** A sheet as LibreOffice understands it: texts in quotes, formulas as such, numbers as shown. */
async function openedByLibreOffice(workbook: Uint8Array, sheet: string) {
  const folder = await mkdtemp(join(tmpdir(), "plusone-libreoffice-"));
  try {
    await writeFile(join(folder, "book.xlsx"), workbook);
    // Its own profile, so that it meets no LibreOffice of somebody else. What the numbers mean: LibreOffice's help, "Filter
    // Options for CSV": comma, quote, UTF-8, from line 1, … texts in quotes, as shown, formulas as such, … all sheets.
    const filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,true,false,false,-1";
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, "profile"))}`;
    const words = [profile, "--headless", "--convert-to", filter, "--outdir", folder, join(folder, "book.xlsx")];
    await promisify(execFile)(await needLibreOffice(), words);
    return parse(await readFile(join(folder, `book-${sheet}.csv`), "utf8"), {
      cast: (text, { quoting }) => ({ text, isText: quoting }),
    }) as unknown as { text: string; isText: boolean }[][];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
