import { compareDoors, parseDoor } from "../core/door.ts";
import { purchaseOf } from "../core/purchase.ts";
import { type Settlement, settle } from "../core/settlement.ts";
import { tallyOf } from "../core/tally.ts";
import { keyOf, suppliedLines } from "./actions/handed-lines.ts";
import { compareNames } from "./actions/pickup-orders.ts";
import type { Buy, ChangeTx, Line } from "./store.ts";

/**
 * The settlement of a buy as things stand, and the names of those in it and of its leader. It follows from rows that are
 * only ever added to, so it can be made anew at any time, long after the buy is settled.
 */
export async function settlementOf(
  tx: ChangeTx,
  buy: Buy,
): Promise<{ readonly settlement: Settlement; readonly names: ReadonlyMap<string, string> }> {
  const supplied = (await suppliedLines(tx, buy)).filter(({ line }) => line.quantity > 0);
  const lines = supplied.map(({ line }) => line);
  const gets = new Map(supplied.map((each) => [keyOf(each.line), each.gets]));
  const counted = new Map((await tx.arrivedOf(buy)).map((each) => [`${each.item}:${each.option}`, each.counted]));
  const payments = await tx.paymentsOf([buy]);
  const entries = (await tx.entriesOf([buy])).get(buy.id) ?? [];
  const people = [...new Set([...lines, ...entries].flatMap(({ person }) => (person === undefined ? [] : [person])))];
  const named = [...new Set([...people, buy.leader])].map((person) => ({ community: buy.community, person }));
  const names = await tx.namesOf(named);
  const booked = inOrder(lines, names);
  const settlement = settle({
    terms: buy.terms,
    lines: booked.map((line) => ({ ...line, received: gets.get(keyOf(line)) ?? line.quantity })),
    entries,
    paidBy: new Map(people.map((person) => [person, payments.get(`${buy.id}:${person}`)?.words ?? []])),
    supplied: purchaseOf(buy.terms, tallyOf(buy.terms, booked)).map(({ item, option, quantity }) => ({
      ...{ item, quantity: counted.get(`${item}:${option}`) ?? quantity },
    })),
    commission: buy.commission,
  });
  return { settlement, names };
}

/** By door and name, and then by item. */
function inOrder(lines: readonly Line[], names: ReadonlyMap<string, string>): readonly Line[] {
  const nameOf = ({ person }: Line) => names.get(person) ?? "";
  return [...lines].sort(
    (one, other) =>
      compareDoors(parseDoor(nameOf(one)), parseDoor(nameOf(other))) ||
      compareNames(nameOf(one), nameOf(other)) ||
      compareNames(one.person, other.person) ||
      one.item - other.item,
  );
}
