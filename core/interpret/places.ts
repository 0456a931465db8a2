import { isDigit, isLetter } from "../text/numerals.ts";
import type { Catalog } from "./catalog.ts";
import { ADDRESS, DOOR, FLAT, HASH_FLAT, MONEY_BEFORE, PHONE, WORD_FLAT } from "./figure-patterns.ts";

/** Where the pattern ends that begins exactly at `at`; -1 where it does not. */
export function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found && found[0].length > 0 ? at + found[0].length : -1;
}

/** A telephone number: seven digits or more, in groups that are no quantities. */
export function phoneAt(text: string, at: number): number {
  const end = match(PHONE, text, at);
  if (end < 0) return -1;
  const groups = text.slice(at, end).replace("+", "").split(/[ -]/);
  const digits = groups.join("").length;
  if (digits < 7 || digits > 16) return -1;
  const isGrouped = groups.length === 1 || groups.slice(1).every((group) => group.length >= 3);
  return isGrouped && (groups.length < 3 || text[at] === "+" || groups[0]!.length >= 2) ? end : -1;
}

/** A flat or house ("3栋502", "12A", "#08-123", "blk 5") that begins at `at`. */
export function flatAt(catalog: Catalog, text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 0x23) return match(HASH_FLAT, text, at);
  if (isLetter(code)) {
    const end = match(WORD_FLAT, text, at);
    if (end >= 0 && !/^(?:no|number)/.test(text.slice(at, at + 6))) return end;
  }
  const flat = match(FLAT, text, at);
  if (flat >= 0 && !isLetter(text.charCodeAt(flat))) return flat;
  const address = isDigit(code) ? match(ADDRESS, text, at) : -1;
  if (address >= 0) return address;
  const door = isDigit(code) ? match(DOOR, text, at) : -1;
  if (door >= 0 && !catalog.unitWords.has(text.slice(door - 1, door))) return door;
  return -1;
}

/** Money with its sign in front: "$5", "rm 3.50". */
export function moneyAt(text: string, at: number): number {
  return match(MONEY_BEFORE, text, at);
}
