import { MAX_QUANTITY, ONE, type Quantity } from "../quantity.ts";
import { convertSum, isMeasured, MULTIPLES, sameUnit, type Unit } from "../text/units.ts";
import type { Catalog, PreparedItem } from "./catalog.ts";
import type { Mine } from "./context.ts";
import type { Draft } from "./draft.ts";
import { type LineReading, UNCLEAR_REASONS, type UnclearReason } from "./reading.ts";
import type { Amount } from "./tokens.ts";

/** The lines of an order, or why it cannot be taken: nothing is half-taken. */
export type Resolved =
  | { readonly ok: true; readonly lines: readonly LineReading[]; readonly whom?: string }
  | { readonly ok: false; readonly reason: UnclearReason; readonly candidates?: readonly number[] };

interface Fault {
  readonly reason: UnclearReason;
  readonly candidates?: readonly number[];
}

/** How drafts are completed: whether somebody clearly wished something, and whether nothing else was said. */
export interface Manner {
  readonly wished: boolean;
  readonly alone: boolean;
  /** Lines of a chain: all `set`, and a name alone is no order. */
  readonly chain?: boolean;
}

/** Finds item, unit and quantity of every draft. */
export function resolve(catalog: Catalog, drafts: readonly Draft[], mine: Mine | undefined, manner: Manner): Resolved {
  const lines: LineReading[] = [];
  const faults: Fault[] = [];
  let swapped: Quantity | undefined;
  for (const [at, draft] of drafts.entries()) {
    if (draft.all) {
      for (const item of catalog.items) {
        const line = lineOf(catalog, { ...draft, items: [item.number] }, mine, manner, undefined);
        if ("reason" in line) faults.push(line);
        else lines.push(line);
      }
      continue;
    }
    const line = lineOf(catalog, draft, mine, manner, swapped);
    if ("reason" in line) {
      faults.push(line);
      continue;
    }
    if (draft.cancel) swapped = held(mine, line.item);
    // Of all that there is, the other takes its place; of a part of it, it comes on top.
    const takesPlace = drafts[at - 1]?.part && lines.at(-1)?.quantity === 0;
    lines.push(takesPlace ? { ...line, op: "set" } : line);
  }
  if (faults.length > 0) return { ok: false, ...worst(faults) };
  return orderOf(lines);
}

/** Lines as one order: one for each item, option and person. */
export function orderOf(lines: readonly LineReading[]): Resolved {
  const merged = mergeLines(lines);
  if (merged.some(isTooMuch)) return { ok: false, reason: "quantity" };
  return { ok: true, ...gatherWhom(merged) };
}

/** Where several reasons apply, the first of their list; its candidates are those of that line. */
function worst(faults: readonly Fault[]): Fault {
  for (const reason of UNCLEAR_REASONS) {
    const fault = faults.find((one) => one.reason === reason);
    if (fault) return fault;
  }
  throw new Error("a fault without one of the known reasons");
}

function lineOf(
  catalog: Catalog,
  draft: Draft,
  mine: Mine | undefined,
  manner: Manner,
  swapped: Quantity | undefined,
): LineReading | Fault {
  if (draft.unknown !== undefined || draft.doubtful || draft.items?.length === 0) return { reason: "unknown-item" };
  const candidates = candidatesOf(catalog, draft, mine);
  if (candidates.length !== 1) return candidates.length > 1 ? { reason: "item", candidates } : { reason: "item" };
  const item = catalog.items[candidates[0]! - 1]!;
  const change = changeOf(item, draft, mine, manner, swapped);
  if ("reason" in change) return change;
  const line: { -readonly [Field in keyof LineReading]: LineReading[Field] } = {
    item: item.number,
    op: change.op,
    quantity: change.quantity,
  };
  const option = draft.options?.find((ref) => ref.item === item.number)?.option;
  if (option !== undefined) line.option = option;
  if (draft.note !== undefined) line.note = draft.note;
  if (draft.whom) line.for = draft.whom;
  return line;
}

type Change = Pick<LineReading, "op" | "quantity">;

const set = (quantity: Quantity): Change => ({ op: "set", quantity });
const add = (quantity: Quantity): Change => ({ op: "add", quantity });

/** What a line does to the quantity of its item. */
function changeOf(
  item: PreparedItem,
  draft: Draft,
  mine: Mine | undefined,
  manner: Manner,
  swapped: Quantity | undefined,
): Change | Fault {
  if (draft.tooMany) return { reason: "quantity" };
  if (draft.cancel && !draft.amount) return set(0);
  if (draft.swap) return swapped && isWholeEnough(item, swapped) ? set(swapped) : { reason: "quantity" };
  if (!draft.amount || draft.sizing) {
    if (draft.op === "add" && draft.signed) return manner.chain ? set(ONE) : add(ONE);
    if (draft.op === "add" || draft.op === "less" || !manner.wished) return { reason: "quantity" };
    return held(mine, item.number) > 0 ? add(0) : set(ONE);
  }
  const quantity = quantityOf(item, draft.amount);
  if (typeof quantity !== "number") return quantity;
  if (manner.chain) return set(quantity);
  if (draft.part) {
    const had = held(mine, item.number);
    if (had === quantity || (had === 0 && draft.part === "for its own")) return set(0);
    if (had < quantity) return { reason: "quantity" };
  }
  const less = draft.op === "less" || (draft.dashed && manner.alone && held(mine, item.number) > 0);
  if (less) return add(-quantity);
  return draft.op === "add" ? add(quantity) : set(quantity);
}

/** What the order that would be changed holds of an item, over all options. */
function held(mine: Mine | undefined, item: number): Quantity {
  const own = mine?.[item];
  if (own === undefined) return 0;
  return typeof own === "number" ? own : Object.values(own).reduce((sum, part) => sum + part, 0);
}

/** Items of the catalog that the order to change holds. Looked at only where it matters: most words mean the same to all. */
export function ownItems({ catalog, mine }: { readonly catalog: Catalog; readonly mine?: Mine | undefined }): number[] {
  return Object.keys(mine ?? {})
    .map(Number)
    .filter((item) => catalog.items[item - 1] && held(mine, item) > 0);
}

function candidatesOf(catalog: Catalog, draft: Draft, mine: Mine | undefined): readonly number[] {
  if (draft.items) {
    if (draft.items.length === 1) return draft.items;
    const byOption =
      draft.options &&
      [...new Set(draft.options.map(({ item }) => item))].filter((item) => draft.items!.includes(item));
    return byOption && byOption.length === 1 ? byOption : [...draft.items].sort((a, b) => a - b);
  }
  if (catalog.items.length === 1) return [1];
  const own = ownItems({ catalog, mine });
  const changes =
    (draft.op === "set" && draft.rules.includes("change")) ||
    (draft.op === "add" && !draft.signed) ||
    draft.op === "less";
  const unit = draft.amount?.unit;
  if (unit && unit.kind !== "neutral") {
    const same = catalog.items.filter(({ sale }) => sale?.id === unit.id);
    const sold = (same.length > 0 ? same : catalog.items.filter(({ sale }) => sale && sameUnit(unit, sale))).map(
      ({ number }) => number,
    );
    if (sold.length === 1 && !(changes && own.length === 1 && own[0] !== sold[0])) return sold;
  }
  return changes && own.length === 1 ? own : [];
}

/** Whether a quantity can be had of an item: a part of one only where it is measured. */
export function isWholeEnough({ sale, bundle }: PreparedItem, quantity: Quantity): boolean {
  return (isMeasured(sale) && bundle === undefined) || quantity % ONE === 0;
}

/** A quantity as written, in thousandths of what the item is sold by. */
function quantityOf(item: PreparedItem, amount: Amount): Quantity | Fault {
  const units = inSaleUnits(item, amount);
  if (units === undefined) return { reason: "unit" };
  if (amount.fault) return { reason: "quantity" };
  if (isTooMuch({ quantity: units }) || !isWholeEnough(item, units)) return { reason: "quantity" };
  return units;
}

function inSaleUnits(item: PreparedItem, amount: Amount): Quantity | undefined {
  const { sale, bundle } = item;
  const { unit, value, more = [] } = amount;
  if (!unit) return value;
  if (bundle !== undefined && sale) return inBundles(sale, bundle, amount);
  if (sale?.id === "taijin" && unit.id === "jin" && more.length === 0) return value;
  if (sale && more.length === 0 && sameUnit(unit, sale)) return value;
  if (sale?.size !== undefined) {
    const asked = [[value, unit] as const, ...more];
    const inTaijin =
      sale.id === "taijin" ? asked.map(([part, of]) => [part, of.id === "jin" ? sale : of] as const) : asked;
    return unit.size === undefined ? countedMass(unit, value) : convertSum(inTaijin, sale);
  }
  if (unit.size !== undefined) return undefined;
  if (unit.id in MULTIPLES) return value * MULTIPLES[unit.id]!;
  if (unit.kind === "neutral") return value;
  return sale === undefined ? value : undefined;
}

/** A dozen of what is sold by mass is a number of its units; a box of it is none. */
function countedMass({ id }: Unit, value: Quantity): Quantity | undefined {
  return id === "打" ? value * MULTIPLES[id]! : undefined;
}

/** Of what is sold as "3斤" or "2 pcs", one is a whole bundle; a mass is counted in bundles. */
function inBundles(sale: Unit, bundle: Quantity, { unit, value, more = [] }: Amount): Quantity | undefined {
  if (unit!.size === undefined)
    return unit!.kind === "neutral" || sameUnit(unit!, sale) || unit!.kind === "container" ? value : undefined;
  const mass = convertSum([[value, unit!], ...more], sale);
  if (mass === undefined) return undefined;
  return Math.round((mass * ONE) / bundle);
}

/** Whether a line asks for more than one may. @source message language, 1.1 */
function isTooMuch({ quantity }: Pick<LineReading, "quantity">): boolean {
  return Math.abs(quantity) > MAX_QUANTITY;
}

/** One line for each item, option and person: quantities add up, notes are joined. */
function mergeLines(lines: readonly LineReading[]): LineReading[] {
  const merged: LineReading[] = [];
  for (const line of lines) {
    const at = merged.findIndex(
      (other) => other.item === line.item && other.option === line.option && other.for === line.for,
    );
    const before = merged[at];
    if (!before) {
      merged.push(line);
      continue;
    }
    const notes = [before.note, line.note].filter((note) => note !== undefined);
    merged[at] = {
      ...before,
      op: before.op === "add" && line.op === "add" ? "add" : "set",
      quantity: before.quantity + line.quantity,
      ...(notes.length > 0 && { note: [...new Set(notes)].join("；") }),
    };
  }
  return merged;
}

/** A name that holds for the whole message stands on the record, not on each line. */
function gatherWhom(lines: readonly LineReading[]): { lines: readonly LineReading[]; whom?: string } {
  const whom = lines[0]?.for;
  if (whom === undefined || lines.some((line) => line.for !== whom)) return { lines };
  return {
    whom,
    lines: lines.map(({ for: _, ...rest }) => rest),
  };
}
