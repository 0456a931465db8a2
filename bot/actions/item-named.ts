import { readerOf } from "../../core/buy/reader.ts";
import type { BuyTerms } from "../../core/buy/terms.ts";
import type { Parts } from "../parts.ts";
import type { Buy } from "../store.ts";

/** The item that a leader's words name, as residents would, or by its number; without words the only one there is. */
export function itemNamed(words: string, { items }: Pick<BuyTerms, "items">): number | undefined {
  const name = words.trim();
  if (name === "") return items.length === 1 ? 1 : undefined;
  const number = /^#?(\d{1,3})(?:号|號)?$/u.exec(name)?.[1];
  if (number) return items[Number(number) - 1] ? Number(number) : undefined;
  const exact = items.findIndex((item) => item.name.toLowerCase() === name.toLowerCase());
  if (exact >= 0) return exact + 1;
  return lineNamed(readerOf(items), name)?.item;
}

/** The same with the option that they name, where they name one. */
export function optionNamed(parts: Parts, buy: Buy, words: string): { item: number; option: string } | undefined {
  const line = words.trim() === "" ? undefined : lineNamed(parts.readerOf(buy), words.trim());
  const item = line?.item ?? itemNamed(words, buy.terms);
  return item === undefined ? undefined : { item, option: line?.option ?? "" };
}

/** What residents would order by that name. */
function lineNamed(reader: ReturnType<typeof readerOf>, name: string) {
  const reading = reader.read(`${name} +1`, {});
  return reading.kind === "order" && reading.lines.length === 1 ? reading.lines[0] : undefined;
}
