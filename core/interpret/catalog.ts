import { parseQuantity } from "../quantity.ts";
import { atomAt, atomsOf, matchAtoms } from "../text/atoms.ts";
import { fold } from "../text/fold.ts";
import { isHan } from "../text/lexicon.ts";
import { UNIT_WORDS, type Unit, unitOf } from "../text/units.ts";
import type { CatalogItem } from "./context.ts";
import { GENERIC, type NameParts, partsOf } from "./names.ts";

/** An open buy's items, prepared once so that every message is read fast. */
export interface Catalog {
  readonly items: readonly PreparedItem[];
  /** Names, aliases and options by their first piece, longest first. */
  readonly keys: ReadonlyMap<string, readonly Key[]>;
  /** Numbers of the items in whose names a piece of Chinese stands. */
  readonly hanParts: ReadonlyMap<string, readonly number[]>;
  /** Numbers of the items in whose names a latin word stands. */
  readonly wordParts: ReadonlyMap<string, readonly number[]>;
  /** Item numbers by the letter that their names begin with; empty where not all do. */
  readonly letters: ReadonlyMap<string, number>;
  /** Words of units that only this catalog has, and their plurals. */
  readonly unitWords: ReadonlyMap<string, Unit>;
  /** Characters with which a name, a part of one or an option begins. */
  readonly starts: ReadonlySet<string>;
  /** What is made of this catalog only once it is needed. */
  readonly memory: Map<string, unknown>;
}

/** An item of the catalog, cut and folded for comparing. */
export interface PreparedItem extends CatalogItem {
  /** From 1. */
  readonly number: number;
  readonly sale?: Unit;
  /** Of a bundle ("3斤", "2 pcs"), how many units one of it holds. */
  readonly bundle?: number;
  readonly names: readonly NameParts[];
  /** Folded options, by the order of `options`. */
  readonly foldedOptions: readonly string[];
}

/** What an item or an option is called, as it is looked for. */
export interface Key {
  readonly atoms: readonly string[];
  /** Items that are called so; empty for an option. */
  readonly items: readonly number[];
  /** 3: name or alias; 2: a name without its size or in one of its languages. */
  readonly strength: 2 | 3;
  readonly options: readonly OptionRef[];
}

/** An option of an item, as the catalog writes it. */
export interface OptionRef {
  readonly item: number;
  readonly option: string;
}

/** Longest piece of a Chinese name that is looked up as a part. */
const MAX_PART = 12;

/** Prepares the items of a buy for reading. */
export function prepareCatalog(items: readonly CatalogItem[]): Catalog {
  const letters = lettersOf(items);
  const prepared = items.map((item, index) => prepareItem(item, index + 1, letters.size > 0));
  const [keys, hanParts, wordParts] = [keysOf(prepared), hanPartsOf(prepared), wordPartsOf(prepared)];
  return {
    items: prepared,
    keys,
    hanParts,
    wordParts,
    starts: new Set([...keys.keys(), ...hanParts.keys(), ...wordParts.keys(), "&"].map((start) => start[0]!)),
    letters,
    unitWords: unitWordsOf(prepared),
    memory: new Map(),
  };
}

const LETTER = /^\(?([a-z])(?:\s*[).、:：\]-]\s*|[款号]\s*|\s+|(?=[\u3400-\u9fff]))(?=.)/;

function lettersOf(items: readonly CatalogItem[]): ReadonlyMap<string, number> {
  const letters = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const letter = LETTER.exec(fold(item.name).text.trim())?.[1];
    if (!letter || letters.has(letter)) return new Map();
    letters.set(letter, index + 1);
  }
  return letters.size > 1 ? letters : new Map();
}

function prepareItem(item: CatalogItem, number: number, lettered: boolean): PreparedItem {
  const name = fold(item.name).text.trim();
  const plain = (lettered ? name.replace(LETTER, "") : name).replace(/^\d{1,2}[.)、:]\s*(?=\D)/, "");
  const names = [plain || name, ...(item.aliases ?? []).map((alias) => fold(alias).text.trim())].filter(
    (text) => text !== "",
  );
  return {
    ...item,
    number,
    names: names.map(partsOf),
    foldedOptions: (item.options ?? []).map((option) => fold(option).text.trim()),
    ...saleOf(item.unit),
  };
}

const BUNDLE = /^(\d{1,4}(?:\.\d{1,3})?)\s*(\D+)$/;

function saleOf(unit: string | undefined): { sale?: Unit; bundle?: number } {
  const folded = unit === undefined ? "" : fold(unit).text.trim();
  if (folded === "") return {};
  const bundle = BUNDLE.exec(folded);
  if (bundle) return { sale: unitOf(bundle[2]!.trim()), bundle: parseQuantity(bundle[1]!)! };
  const plain = folded.replace(/^(?:\/|每|一|per )\s*/, "");
  return { sale: unitOf(plain === "" ? folded : plain) };
}

function keysOf(items: readonly PreparedItem[]): ReadonlyMap<string, readonly Key[]> {
  const byName = new Map<string, { atoms: readonly string[]; items: Map<number, 2 | 3>; options: OptionRef[] }>();
  const keyFor = (atoms: readonly string[]) => {
    const name = atoms.join(" ");
    const known = byName.get(name);
    if (known) return known;
    const made = { atoms, items: new Map<number, 2 | 3>(), options: [] as OptionRef[] };
    byName.set(name, made);
    return made;
  };

  for (const item of items) {
    for (const { full, bases } of item.names) {
      if (full.length > 0) keyFor(full).items.set(item.number, 3);
      for (const base of bases) {
        const key = keyFor(base);
        if (!key.items.has(item.number)) key.items.set(item.number, 2);
      }
    }
    for (const [index, folded] of item.foldedOptions.entries()) {
      const atoms = atomsOf(folded);
      if (atoms.length > 0) keyFor(atoms).options.push({ item: item.number, option: item.options![index]! });
    }
  }
  // What else an option is called, where nothing else is called so.
  const named = new Set(byName.keys());
  for (const item of items) {
    for (const [index, folded] of item.foldedOptions.entries()) {
      const others = [
        ...otherWordsFor(folded),
        ...shortFor(folded, item.foldedOptions),
        ...partsOfOption(folded).filter((part) => isOnlyIn(part, folded, items)),
      ];
      for (const other of others) {
        const atoms = atomsOf(other);
        if (atoms.length > 0 && !named.has(atoms.join(" ")))
          keyFor(atoms).options.push({ item: item.number, option: item.options![index]! });
      }
    }
  }

  const index = new Map<string, Key[]>();
  for (const { atoms, items: called, options } of byName.values()) {
    const strength = Math.max(2, ...called.values()) as 2 | 3;
    const numbers = [...called].filter(([, own]) => own === strength).map(([number]) => number);
    const key: Key = { atoms, items: numbers, strength, options };
    const first = index.get(atoms[0]!);
    if (first) first.push(key);
    else index.set(atoms[0]!, [key]);
  }
  for (const keys of index.values()) keys.sort((a, b) => b.atoms.length - a.atoms.length);
  return index;
}

/** M码 and M号 for M, 黑色 for 黑 and the other way round, 芒果味 for 芒果. */
function otherWordsFor(option: string): string[] {
  if (/^(?:[2-5]?x{0,3}[sml]|\d{2,3})$/.test(option)) return [`${option}码`, `${option}号`];
  if (/^[黑白灰红蓝绿黄紫粉橙棕青金银米]$/.test(option)) return [`${option}色`];
  const plain = /^([\u3400-\u9fff]{1,5})[色味]$/.exec(option)?.[1];
  if (plain !== undefined) return plain === "原" ? [] : [plain];
  return /^[\u3400-\u9fff]{2,4}$/.test(option) && !/[杯份号码]$/.test(option) ? [`${option}味`] : [];
}

/** 白菜 of 白菜猪肉, "dark" of "dark chocolate". */
function partsOfOption(option: string): string[] {
  if (/^(?![一二两三四五六七八九十百半])[\u3400-\u9fff]{4,8}$/.test(option))
    return [option.slice(0, 2), option.slice(-2)];
  return /^[a-z]{3,} [a-z]{3,}$/.test(option) ? option.split(" ") : [];
}

/** Whether a part of an option stands in no other option and no name. */
function isOnlyIn(part: string, option: string, items: readonly PreparedItem[]): boolean {
  return items.every(
    ({ names, foldedOptions }) =>
      names.every(({ text }) => !text.includes(part)) &&
      foldedOptions.every((other) => other === option || !other.includes(part)),
  );
}

/** 大 and 大的 where the options are 大果 and 小果: what tells them apart. */
function shortFor(option: string, all: readonly string[]): string[] {
  const end = option.at(-1)!;
  const alike = all.every(
    (one) =>
      /^[\u3400-\u9fff]{2,3}$/.test(one) &&
      !/^[不无没免少多加正半全去原一二两三四五六七八九十百]/.test(one) &&
      one.endsWith(end),
  );
  if (all.length < 2 || !alike) return [];
  const short = option.slice(0, -1);
  return [short, `${short}的`];
}

function hanPartsOf(items: readonly PreparedItem[]): ReadonlyMap<string, readonly number[]> {
  const parts = new Map<string, number[]>();
  for (const item of items) {
    for (const { runs } of item.names) {
      for (const run of runs) {
        for (let from = 0; from < run.length; from++) {
          for (let to = from + 1; to <= Math.min(run.length, from + MAX_PART); to++)
            note(parts, run.slice(from, to), item.number);
        }
      }
    }
  }
  return parts;
}

function wordPartsOf(items: readonly PreparedItem[]): ReadonlyMap<string, readonly number[]> {
  const parts = new Map<string, number[]>();
  for (const item of items) {
    for (const { words } of item.names) {
      for (const word of words) {
        if (GENERIC.has(word)) continue;
        note(parts, word, item.number);
        for (const short of CLIPPED[word] ?? []) note(parts, short, item.number);
      }
    }
  }
  const endings = endingsOf(items);
  for (const [ending, of] of endings) if (of.length > 1 && !parts.has(ending)) parts.set(ending, of);
  return parts;
}

/** What people make of long names, both by their stems. */
const CLIPPED: Readonly<Record<string, readonly string[]>> = {
  cauliflower: ["cauli"],
  strawberri: ["strawb"],
  blueberri: ["blueb"],
  chocolate: ["choc", "choccy", "choccie"],
  avocado: ["avo", "avos"],
  mushroom: ["shroom"],
  cucumber: ["cuke"],
  broccoli: ["broc", "brocc"],
  biscuit: ["biccie", "bickie"],
  zucchini: ["zuke"],
};

const LEAST_ENDING = 5;

/** Of strawberries and blueberries: "berries", which says neither. */
function endingsOf(items: readonly PreparedItem[]): ReadonlyMap<string, number[]> {
  const endings = new Map<string, number[]>();
  for (const item of items) {
    for (const word of new Set(item.names.flatMap(({ words }) => words))) {
      for (let from = 3; from <= word.length - LEAST_ENDING; from++) note(endings, word.slice(from), item.number);
    }
  }
  return endings;
}

function note(parts: Map<string, number[]>, part: string, item: number): void {
  const known = parts.get(part);
  if (!known) parts.set(part, [item]);
  else if (!known.includes(item)) known.push(item);
}

function unitWordsOf(items: readonly PreparedItem[]): ReadonlyMap<string, Unit> {
  const words = new Map<string, Unit>();
  for (const { sale } of items) {
    if (!sale || UNIT_WORDS.has(sale.id)) continue;
    for (const word of [sale.id, `${sale.id}s`, `${sale.id}es`]) if (!UNIT_WORDS.has(word)) words.set(word, sale);
  }
  return words;
}

/** The longest name, alias or option that begins exactly at `at` in a folded text. */
export function keyAt(
  catalog: Catalog,
  text: string,
  at: number,
): { readonly key: Key; readonly end: number } | undefined {
  const first = atomAt(text, at);
  const keys = first && catalog.keys.get(first.atom);
  if (!keys) return undefined;
  for (const key of keys) {
    const end = matchAtoms(text, at, key.atoms);
    if (end >= 0) return { key, end };
  }
  return undefined;
}

/** The longest piece of two or more Chinese characters at `at` that stands in some item's name. */
export function hanPartAt(
  catalog: Catalog,
  text: string,
  at: number,
): { readonly items: readonly number[]; readonly end: number } | undefined {
  if (!catalog.hanParts.has(text.slice(at, at + 2)) || !isHan(text.charCodeAt(at + 1))) return undefined;
  let end = at + 2;
  while (end - at < MAX_PART && catalog.hanParts.has(text.slice(at, end + 1)) && end < text.length) end++;
  return { items: catalog.hanParts.get(text.slice(at, end))!, end };
}
