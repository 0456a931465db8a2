import { compareDoors, parseDoor } from "../../core/door.ts";
import { restOf } from "../../core/packing.ts";
import type { Buy, ChangeTx, Line, Pickup } from "../store.ts";
import { handedLines } from "./handed-lines.ts";
import { standingsOf } from "./standings.ts";

/** An order on its way to its person. */
export interface PickupOrder {
  readonly person: string;
  readonly name: string;
  /** What is still to be collected; of a collected order, all of it. */
  readonly lines: readonly Line[];
  /** What is still to be paid: a leader marks that somebody has. */
  readonly open: number;
  readonly pickup: Pickup | undefined;
}

/** Orders of which there is something to collect, in the order in which somebody walks from door to door. */
export async function pickupOrders(tx: ChangeTx, buy: Buy): Promise<readonly PickupOrder[]> {
  const lines = await handedLines(tx, buy);
  const booked = await tx.ledger.linesOfBuy(buy.community, buy.id);
  const standings = standingsOf(buy, booked, await tx.paymentsOf([buy]));
  const pickups = await tx.pickupsOf(buy);
  const people = [...new Set(lines.map(({ person }) => person))];
  const names = await tx.namesOf(people.map((person) => ({ community: buy.community, person })));
  return people
    .map((person): PickupOrder => {
      const pickup = pickups.get(person);
      const own = lines.filter((line) => line.person === person);
      return {
        ...{ person, name: names.get(person) ?? "?", lines: restOf(own, pickup?.parts ?? []), pickup },
        open: standings.get(person)?.unmarked ?? 0,
      };
    })
    .sort(
      (one, other) => compareDoors(parseDoor(one.name), parseDoor(other.name)) || compareNames(one.name, other.name),
    );
}

/** The order of names, by their characters: the same for everybody. */
export function compareNames(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
