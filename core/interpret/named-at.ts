import { hanPhraseAt, isHan } from "../text/lexicon.ts";
import { isDigit, isLetter, readNumber } from "../text/numerals.ts";
import { readUnit, sameUnit } from "../text/units.ts";
import { type Catalog, hanPartAt, type Key, keyAt } from "./catalog.ts";
import type { Piece } from "./piece.ts";
import type { Token } from "./tokens.ts";
import { unitAfter } from "./unit-after.ts";

/** Names, aliases and options of the catalog. */
export function namedAt(catalog: Catalog, text: string, at: number, before: readonly Token[]): Piece | undefined {
  const found = keyAt(catalog, text, at);
  if (!found) return undefined;
  const { key, end } = found;
  const isBareNumber = key.atoms.every((atom) => /^[\d.]+$/.test(atom));
  if (isBareNumber) {
    const size = key.items.length === 0 ? numberOptionEnd(catalog, text, end, key, before) : undefined;
    return size === undefined ? undefined : { kind: "option", end: size, options: key.options, rule: "option" };
  }
  if (isLetter(text.charCodeAt(at)) && isLetter(text.charCodeAt(at - 1))) return undefined;
  if (isDigit(text.charCodeAt(at)) && isDigit(text.charCodeAt(at - 1))) return undefined;

  const word = isHan(text.charCodeAt(at)) ? hanPhraseAt(text, at) : undefined;
  if (word && word.end > end && !(key.options.length > 0 && word.tags.has("descriptor"))) return undefined; // 不要 over an option 不
  if (key.items.length > 0 && end === at + 1 && isHan(text.charCodeAt(at)) && !standsAlone(catalog, text, end))
    return undefined;
  // "2 cups" of an item in cups called "Cup": the unit stands behind a number.
  const last = before.at(-1);
  if (last?.kind === "amount" && !last.amount?.unit && key.atoms.length === 1) {
    const unit = readUnit(text, at);
    if (unit && unit.end >= end && catalog.items.some(({ sale }) => sale?.id === unit.unit.id)) return undefined;
  }
  if (key.items.length > 0) {
    const options = key.options.length > 0 ? { options: key.options } : {};
    return {
      kind: "item",
      end,
      items: key.items,
      strength: key.strength,
      rule: key.strength === 3 ? "name" : "short name",
      ...options,
    };
  }
  const sized = optionUnitEnd(catalog, text, end, key);
  if (sized !== undefined) return { kind: "option", end: sized, options: key.options, rule: "option" };
  if (key.atoms.length === 1 && key.atoms[0]!.length === 1 && !isOptionPlace(catalog, text, at, end, before))
    return undefined;
  return { kind: "option", end, options: key.options, rule: "option" };
}

/** 大杯奶茶, 奶茶 大杯 x2: the unit that its goods are sold by belongs to the option where goods or a quantity follow. */
function optionUnitEnd(catalog: Catalog, text: string, at: number, key: Key): number | undefined {
  const unit = isHan(text.charCodeAt(at)) ? readUnit(text, at) : undefined;
  if (!unit) return undefined;
  const isOwn = key.options.some(({ item }) => {
    const sale = catalog.items[item - 1]!.sale;
    return sale !== undefined && sale.size === undefined && sameUnit(unit.unit, sale);
  });
  const behind = text[unit.end] === "的" ? unit.end + 1 : unit.end;
  const rest = text.slice(behind).trimStart();
  const start = text.length - rest.length;
  const follows =
    /^[x×*+]? ?\d|^[一二两三四五六七八九十]/.test(rest) ||
    keyAt(catalog, text, start) ||
    hanPartAt(catalog, text, start);
  return isOwn && follows ? behind : undefined;
}

/** Options that are numbers, as sizes of shoes: 38的, 38码, or of the goods just named and without a unit of its own. */
function numberOptionEnd(
  catalog: Catalog,
  text: string,
  end: number,
  key: Key,
  before: readonly Token[],
): number | undefined {
  if (before.at(-1)?.kind === "sign") return undefined;
  const size = /^\s?(?:码|号(?!楼))/.exec(text.slice(end, end + 3));
  if (size) return end + size[0].length;
  if (text[end] === "的") return end;
  if (Number(key.atoms.join("")) < 20 || unitAfter(catalog, text, end)) return undefined;
  const named = catalog.items.length === 1 ? [1] : before.findLast(({ kind }) => kind === "item")?.items;
  return named?.some((item) => key.options.some((ref) => ref.item === item)) ? end : undefined;
}

/** A name of one character is one only where no unknown character follows: 小 in 小明 is none. */
function standsAlone(catalog: Catalog, text: string, end: number): boolean {
  if (!isHan(text.charCodeAt(end)) || "子儿".includes(text[end]!)) return true;
  if (hanPhraseAt(text, end) || readNumber(text, end) || keyAt(catalog, text, end)) return true;
  return hanPartAt(catalog, text, end) !== undefined;
}

/** One character is an option only beside goods, a quantity or a bracket: 大 in 大家 is none. */
function isOptionPlace(catalog: Catalog, text: string, at: number, end: number, before: readonly Token[]): boolean {
  const next = text[end] ?? "";
  if (/[\d一二两三四五六七八九十半+×x*):：,、/\s的号份各和跟与]/.test(next) || next === "") return true;
  if (keyAt(catalog, text, end)?.key.items.length || hanPartAt(catalog, text, end)) return true;
  if (isLetter(text.charCodeAt(at)) && /[也来要再加改换退少多不]/.test(next)) return true; // S也来一件
  const last = before.at(-1);
  return (last?.kind === "amount" || last?.kind === "item" || last?.kind === "open") && last.end === at;
}
