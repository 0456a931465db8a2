import { lineAmount, type Money } from "../../core/money.ts";
import type { Quantity } from "../../core/quantity.ts";
import { type Tally, tallyOf } from "../../core/tally.ts";
import type { Allotment, AllotmentKind, Buy, ChangeTx, Line } from "../store.ts";

/** A line of an order, and what its person gets of it. */
export interface Supplied {
  readonly line: Line;
  readonly gets: Quantity;
  /** What they would get without the weight of it. */
  readonly unweighed: Quantity;
  readonly allotted: Readonly<Partial<Record<AllotmentKind, Allotment>>>;
}

/** The lines of a buy, and what people get of them: what they have booked, or what was allotted for a reason. */
export async function suppliedLines(tx: ChangeTx, buy: Buy): Promise<readonly Supplied[]> {
  const lines = await tx.ledger.linesOfBuy(buy.community, buy.id);
  const allotments = new Map<string, Supplied["allotted"]>();
  for (const each of await tx.allotmentsOf(buy)) {
    allotments.set(keyOf(each), { ...allotments.get(keyOf(each)), [each.kind]: each });
  }
  return lines.map((line) => {
    const allotted = allotments.get(keyOf(line)) ?? {};
    const unweighed = (allotted.surplus ?? allotted.short ?? line).quantity;
    return { line, allotted, unweighed, gets: allotted.weighed?.quantity ?? unweighed };
  });
}

/** What people get, as lines. Who gets nothing has none. */
export async function handedLines(tx: ChangeTx, buy: Buy): Promise<readonly Line[]> {
  return (await suppliedLines(tx, buy))
    .map(({ line, gets }) => ({ ...line, quantity: gets, waitlisted: 0 }))
    .filter(({ quantity }) => quantity > 0);
}

/** What quantities of items cost in a buy, by what is booked: a shortage makes nothing dearer. */
export function pricing(buy: Buy, supplied: readonly Supplied[]): (item: number, quantity: Quantity) => Money {
  const tally: Tally = tallyOf(
    buy.terms,
    supplied.map(({ line }) => line),
  );
  return (item, quantity) => lineAmount(tally.items[item - 1]?.price ?? 0, quantity);
}

/** Names a line of an order in its buy. */
export function keyOf({ person, for: whom, item, option }: Pick<Line, "person" | "for" | "item" | "option">): string {
  return JSON.stringify([person, whom, item, option]);
}

/** Whether a line is of this item and option. */
export function isOf(line: Pick<Line, "item" | "option">, each: Pick<Line, "item" | "option">): boolean {
  return line.item === each.item && line.option === each.option;
}
