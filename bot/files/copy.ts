import type { PurchaseLine } from "../../core/purchase.ts";
import { renderCsv } from "../../core/sheets/csv.ts";
import type { Sheet } from "../../core/sheets/sheet.ts";
import { type BuyFacts, masked } from "../actions/buy-facts.ts";
import type { Document } from "../ports.ts";
import { say } from "../replies/replies.ts";
import { purchaseSheet, SHEETS, type SheetName, sheetOf } from "../replies/sheets.ts";
import type { Words } from "../replies/words.ts";
import type { Buy } from "../store.ts";
import { writeXlsx } from "./xlsx.ts";

/** What a copy of a buy is to be. */
export interface Wish {
  /** XLSX holds all sheets, CSV one. */
  readonly format: "xlsx" | "csv";
  readonly isMasked: boolean;
  readonly sheet: SheetName;
}

const XLSX = /^(?:xlsx?|excel|spreadsheet|表格|试算表|試算表)$/i;
const CSV = /^csv$/i;
const MASKED = /^(?:masked?|anonym(?:ous)?|脱敏|脫敏|匿名|遮蔽)$/i;

/** By which words a sheet is asked for. */
const NAMED: Readonly<Record<SheetName, RegExp>> = {
  orders: /^(?:orders?|list|订单|訂單|名单|名單)$/i,
  items: /^(?:items?|tally|商品|统计|統計)$/i,
  bags: /^(?:doors?|bags?|pack|pickup|楼栋|樓棟|分拣|分揀|取货|取貨)$/i,
  purchase: /^(?:po|purchase|supplier|采购单|採購單|采购|採購)$/i,
  settlement: /^(?:settle(?:ment)?|money|结算|結算)$/i,
};

/** What somebody asks for: "csv settlement masked"; undefined where a word of it is not understood. */
export function readWish(text: string): Wish | undefined {
  let wish: Wish = { format: "xlsx", isMasked: false, sheet: "orders" };
  for (const word of text.split(/[\s,，、]+/).filter(Boolean)) {
    const sheet = SHEETS.find((name) => NAMED[name].test(word));
    if (XLSX.test(word)) wish = { ...wish, format: "xlsx" };
    else if (CSV.test(word)) wish = { ...wish, format: "csv" };
    else if (MASKED.test(word)) wish = { ...wish, isMasked: true };
    else if (sheet) wish = { ...wish, sheet, format: "csv" };
    else return undefined;
  }
  return wish;
}

/** A copy of a buy as a file. */
export async function writeCopy(facts: BuyFacts, { format, isMasked, sheet }: Wish, words: Words): Promise<Document> {
  const shown = isMasked ? masked(facts) : facts;
  const sheets = (format === "csv" ? [sheet] : SHEETS).map((name) => sheetOf(name, shown, words));
  const { title } = facts.buy.terms;
  return {
    name: fileName(
      [title, facts.buy.no, format === "csv" && words.sheets.names[sheet], isMasked && words.exportMasked],
      format,
    ),
    data: await write(sheets, format),
    caption: say(words.exportDone, { title, no: facts.buy.no }),
  };
}

/** What asks for the purchase order as a file; undefined for anything else. */
export function readFormat(text: string): Wish["format"] | undefined {
  if (XLSX.test(text)) return "xlsx";
  return CSV.test(text) ? "csv" : undefined;
}

/** The purchase order as a file: nothing in it is for leaders only. */
export async function writePurchase(
  buy: Buy,
  lines: readonly PurchaseLine[],
  revision: number,
  format: Wish["format"],
  words: Words,
): Promise<Document> {
  const no = `${buy.no}-${revision}`;
  return {
    name: fileName([words.sheets.names.purchase, no], format),
    data: await write([purchaseSheet(buy, lines, words, { withCosts: false })], format),
    caption: say(words.po, { title: buy.terms.title, no }),
  };
}

async function write(sheets: readonly Sheet[], format: Wish["format"]): Promise<Uint8Array> {
  return format === "csv" ? new TextEncoder().encode(sheets.map(renderCsv).join("")) : writeXlsx(sheets);
}

/** Longest part of a file's name, in characters. */
const MOST_PART = 40;

/** "Apples-12-Settlement.csv": without what some disk does not take. */
export function fileName(parts: readonly (string | number | false)[], format: string): string {
  const named = parts.flatMap((part) => {
    if (part === false) return [];
    const plain = String(part).replace(/[^\p{L}\p{M}\p{N}._-]+/gu, "-");
    return [...plain]
      .slice(0, MOST_PART)
      .join("")
      .replace(/^[-.]+|[-.]+$/g, "");
  });
  return `${named.filter((part) => part !== "").join("-")}.${format}`;
}
