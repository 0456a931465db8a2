import type { Order } from "../core/buy/ledger.ts";
import type { Buy, Line, LineChanges } from "./store.ts";

/** The orders of a fold as the rows that they are kept in. */
export function linesOfOrders(orders: readonly Order[]): readonly Line[] {
  return orders.flatMap((order) =>
    order.lines.map((line) => ({
      person: order.person,
      for: order.for ?? "",
      item: line.item,
      option: line.option ?? "",
      quantity: line.quantity,
      waitlisted: line.waitlisted,
      ...(line.note !== undefined && { note: line.note }),
    })),
  );
}

/** What must be written so that the rows are what the fold says, and by how much the tallies move. */
export function lineChanges(buy: Buy, before: readonly Line[], after: readonly Line[]): LineChanges {
  if (before.length === after.length && before.every((line, index) => isSame(line, after[index]!))) return UNCHANGED;
  const old = new Map(before.map((line) => [keyOf(line), line]));
  const saved: Line[] = [];
  const gone = new Map(old);
  for (const line of after) {
    const key = keyOf(line);
    if (!sameLine(old.get(key), line)) saved.push(line);
    gone.delete(key);
  }
  const dropped = [...gone.values()];
  if (saved.length === 0 && dropped.length === 0) return UNCHANGED;

  const moves = new Map<number, { booked: number; waitlisted: number; people: number }>();
  const people = countPeople(after) - countPeople(before);
  if (people !== 0) moves.set(0, { booked: 0, waitlisted: 0, people });
  const move = (line: Line, sign: 1 | -1) => {
    const sum = moves.get(line.item) ?? { booked: 0, waitlisted: 0, people: 0 };
    sum.booked += sign * line.quantity;
    sum.waitlisted += sign * line.waitlisted;
    moves.set(line.item, sum);
  };
  for (const line of before) move(line, -1);
  for (const line of after) move(line, 1);

  const key = { community: buy.community, buy: buy.id };
  return {
    saved: saved.map((line) => ({ ...line, ...key })),
    dropped: dropped.map((line) => ({ ...line, ...key })),
    tallies: [...moves]
      .filter(([, sum]) => sum.booked !== 0 || sum.waitlisted !== 0 || sum.people !== 0)
      .map(([item, sum]) => ({ ...key, item, ...sum })),
  };
}

const UNCHANGED: LineChanges = { saved: [], dropped: [], tallies: [] };

/** The changes of several buys as one. */
export function joined(changes: readonly LineChanges[]): LineChanges {
  return {
    saved: changes.flatMap(({ saved }) => saved),
    dropped: changes.flatMap(({ dropped }) => dropped),
    tallies: changes.flatMap(({ tallies }) => tallies),
  };
}

/** How many persons have something booked. */
export function countPeople(lines: readonly Line[]): number {
  return new Set(lines.flatMap((line) => (line.quantity > 0 ? [line.person] : []))).size;
}

function keyOf(line: Line): string {
  return `${line.person}\0${line.for}\0${line.item}\0${line.option}`; // texts hold no NUL
}

function isSame(one: Line, other: Line): boolean {
  const { person, for: whom, item, option } = other;
  return (
    one.person === person && one.for === whom && one.item === item && one.option === option && sameLine(one, other)
  );
}

function sameLine(a: Line | undefined, b: Line): boolean {
  return a !== undefined && a.quantity === b.quantity && a.waitlisted === b.waitlisted && a.note === b.note;
}
