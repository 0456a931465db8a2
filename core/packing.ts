import type { Quantity } from "./quantity.ts";

/** So much of an item, or of an option of it. */
export interface Amount {
  readonly item: number;
  /** Empty without one. */
  readonly option: string;
  readonly quantity: Quantity;
}

/** What is to be packed of an item beside what came of it; undefined where it was not counted. */
export interface PackCheck {
  readonly item: number;
  readonly option: string;
  readonly packed: Quantity;
  readonly came: Quantity | undefined;
}

/** Compares what is to be packed with what came, by item and option: the two must agree before people are told. */
export function checkPacking(
  lines: readonly Amount[],
  arrived: readonly { readonly item: number; readonly option: string; readonly counted: Quantity }[],
): readonly PackCheck[] {
  return columnsOf(lines).map(({ item, option }) => ({
    ...{ item, option, packed: sumOf(lines, { item, option }) },
    came: arrived.find((each) => each.item === item && each.option === option)?.counted,
  }));
}

/** Bags against goods: who gets how much of what, at a glance. */
export interface PackMatrix {
  readonly columns: readonly { readonly item: number; readonly option: string; readonly total: Quantity }[];
  /** In the order of the bags; a cell for each column, 0 where they get none of it. */
  readonly rows: readonly { readonly name: string; readonly cells: readonly Quantity[] }[];
}

/** Lays out bags as a table; columns by item, then by option. */
export function matrixOf(bags: readonly { readonly name: string; readonly lines: readonly Amount[] }[]): PackMatrix {
  const all = bags.flatMap(({ lines }) => lines);
  const columns = columnsOf(all).map((column) => ({ ...column, total: sumOf(all, column) }));
  return {
    columns,
    rows: bags.map(({ name, lines }) => ({ name, cells: columns.map((column) => sumOf(lines, column)) })),
  };
}

/** So much for one of those on an account. */
export interface AmountFor extends Amount {
  /** Of what was ordered, empty or left out: for whose account it is. Of what was handed out, left out: it was not told. */
  readonly for?: string;
}

/**
 * What is still to be handed out of lines of which parts have been: where it was not told for whom, of those whose account
 * it is first.
 *
 * @returns  the lines with what is left of them; those of which nothing is left are gone
 */
export function restOf<Line extends AmountFor>(lines: readonly Line[], parts: readonly AmountFor[]): readonly Line[] {
  const left = new Map(lines.map((line) => [line, line.quantity]));
  const take = (part: AmountFor, among: readonly Line[]) => {
    let { quantity } = part;
    for (const line of among.filter((each) => keyOf(each) === keyOf(part))) {
      const gone = Math.min(left.get(line)!, quantity);
      left.set(line, left.get(line)! - gone);
      quantity -= gone;
    }
  };
  const ownFirst = lines.toSorted((one, other) => Number(!!one.for) - Number(!!other.for));
  for (const part of parts)
    if (part.for !== undefined)
      take(
        part,
        lines.filter((line) => line.for === part.for),
      );
  for (const part of parts) if (part.for === undefined) take(part, ownFirst);
  return lines.flatMap((line) => {
    const quantity = left.get(line)!;
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });
}

function columnsOf(lines: readonly Amount[]): readonly Pick<Amount, "item" | "option">[] {
  const columns = new Map(lines.map(({ item, option }) => [keyOf({ item, option }), { item, option }]));
  return [...columns.values()].sort(
    (one, other) => one.item - other.item || (one.option < other.option ? -1 : one.option > other.option ? 1 : 0),
  );
}

function sumOf(lines: readonly Amount[], { item, option }: Pick<Amount, "item" | "option">): Quantity {
  return lines.reduce((sum, line) => (line.item === item && line.option === option ? sum + line.quantity : sum), 0);
}

function keyOf({ item, option }: Pick<Amount, "item" | "option">): string {
  return `${item}:${option}`;
}
