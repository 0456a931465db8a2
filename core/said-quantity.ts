import { type Catalog, prepareCatalog } from "./interpret/catalog.ts";
import { figureAt } from "./interpret/figures.ts";
import type { Amount } from "./interpret/tokens.ts";
import { ONE, type Quantity } from "./quantity.ts";
import { fold } from "./text/fold.ts";
import { isLetter } from "./text/numerals.ts";
import { convertSum, sameUnit, unitOf } from "./text/units.ts";

/** An item, as far as its quantities go. */
export interface MeasuredItem {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** What its quantities are counted in. */
  readonly unit?: string | undefined;
  /** How many units are in one of the supplier's boxes. */
  readonly boxSize?: Quantity;
}

/** A quantity that stands somewhere in words. */
export interface SaidQuantity {
  /** In the folded text. */
  readonly start: number;
  readonly end: number;
  /** In the item's unit; undefined where it was said in a unit that does not lead there. */
  readonly quantity: Quantity | undefined;
  /** Whether a unit was said. */
  readonly hasUnit: boolean;
  /** "half", 一半: of whatever there is. */
  readonly isHalf?: true;
}

/** The supplier's boxes, whatever they are called. */
const BOXES: ReadonlySet<string> = new Set(["箱", "box", "carton", "case"]);

/** Quantities in folded words, as residents say them in orders: 两斤半, "2 kg", "half", 3盒. What is none is left out. */
export function quantitiesIn(text: string, item: MeasuredItem): readonly SaidQuantity[] {
  const catalog = prepareCatalog([{ name: item.name, ...(item.unit !== undefined && { unit: item.unit }) }]);
  const found: SaidQuantity[] = [];
  for (let at = 0; at < text.length; ) {
    const half = halfAt(text, at);
    if (half !== undefined) {
      found.push({ start: at, end: half, quantity: undefined, hasUnit: false, isHalf: true });
      at = half;
      continue;
    }
    const figure = startsWord(text, at) ? figureAt(catalog, text, at) : undefined;
    if (!figure) {
      at++;
      continue;
    }
    const said = figure.amount && saidIn(figure.amount, item, catalog);
    if (said) found.push({ start: at, end: figure.end, ...said });
    at = Math.max(figure.end, at + 1);
  }
  return found;
}

/** 一半, "half of": where it ends. */
function halfAt(text: string, at: number): number | undefined {
  const match = /^(?:一半|half(?: of|(?= (?:my|the|were|was|are|is)(?![a-z]))))/.exec(text.slice(at, at + 12));
  return match && !isLetter(text.charCodeAt(at - 1)) ? at + match[0].length : undefined;
}

/** "B2", "#02" and "Blk 3" are no quantities, nor is what stands in a word. */
function startsWord(text: string, at: number): boolean {
  if (/(?<![a-z])(?:blk|block|unit|level|lvl|floor|apt|no)[. ]{1,2}$/.test(text.slice(0, at))) return false;
  const before = text.charCodeAt(at - 1);
  if (isLetter(before) || text[at - 1] === "#" || text[at - 1] === ".") return false;
  return !/\d/.test(text[at - 1] ?? "");
}

function saidIn(amount: Amount, item: MeasuredItem, catalog: Catalog) {
  const hasUnit = amount.unit !== undefined;
  if (amount.fault || (!hasUnit && (amount.article || amount.style === "hanzi"))) return undefined;
  return { quantity: inItemsUnit(amount, item, catalog), hasUnit };
}

function inItemsUnit({ value, unit: asked, more = [] }: Amount, item: MeasuredItem, catalog: Catalog) {
  if (!asked) return value;
  const sold = catalog.items[0]!.sale ?? (item.unit === undefined ? undefined : unitOf(fold(item.unit).text));
  if (sold === undefined ? asked.kind === "neutral" : sameUnit(asked, sold)) return more.length > 0 ? undefined : value;
  const converted = sold && convertSum([[value, asked], ...more], sold);
  if (converted !== undefined) return converted;
  return item.boxSize !== undefined && BOXES.has(asked.id) && more.length === 0
    ? Math.round((value * item.boxSize) / ONE)
    : undefined;
}
