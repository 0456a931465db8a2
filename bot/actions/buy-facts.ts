import type { PurchaseLine } from "../../core/purchase.ts";
import type { Quantity } from "../../core/quantity.ts";
import type { Settlement } from "../../core/settlement.ts";
import { maskContacts, maskName } from "../../core/sheets/mask.ts";
import { settlementOf } from "../settlement.ts";
import type { Arrived, Buy, ChangeTx, Line } from "../store.ts";
import { type Bag, bagsOf } from "./bags.ts";
import { handedLines, suppliedLines } from "./handed-lines.ts";
import { purchaseFacts } from "./purchase.ts";

/** All that a copy of a buy is made of, as it was at one moment. */
export interface BuyFacts {
  readonly buy: Buy;
  /** Who has a line or an entry, by id, in their order. */
  readonly people: ReadonlyMap<string, Someone>;
  /** Booked or waiting. */
  readonly lines: readonly CopiedLine[];
  /** In the order in which somebody walks from door to door. */
  readonly bags: readonly Bag[];
  readonly arrived: readonly Arrived[];
  readonly purchase: readonly PurchaseLine[];
  readonly settlement: Settlement;
}

/** A line of an order as it is written into files. */
export interface CopiedLine extends Line {
  /** What they get of it: what is booked, or what came, or what was weighed. */
  readonly gets: Quantity;
}

/** Somebody of a buy, as files name them. */
export interface Someone {
  readonly name: string;
  readonly hasCollected: boolean;
}

/** Reads them. */
export async function buyFacts(tx: ChangeTx, buy: Buy): Promise<BuyFacts> {
  const supplied = await suppliedLines(tx, buy);
  const lines = supplied
    .map(({ line, gets }) => ({ ...line, gets }))
    .filter(({ quantity, waitlisted, gets }) => quantity > 0 || waitlisted > 0 || gets > 0);
  const { settlement } = await settlementOf(tx, buy);
  const ids = [...new Set([...lines, ...settlement.accounts].map(({ person }) => person))];
  const names = await tx.namesOf(ids.map((person) => ({ community: buy.community, person })));
  const pickups = await tx.pickupsOf(buy);
  const people = ids.map(
    (id) => [id, { name: names.get(id) ?? "?", hasCollected: pickups.get(id)?.isCollected === true }] as const,
  );
  return {
    ...{ buy, people: new Map(people), lines, settlement },
    bags: bagsOf(await handedLines(tx, buy), names),
    arrived: await tx.arrivedOf(buy),
    purchase: (await purchaseFacts(tx, buy)).lines,
  };
}

/** The same for eyes that need not know who is who: names and contacts shortened, doors no closer than the building. */
export function masked(facts: BuyFacts): BuyFacts {
  const mask = <L extends Line>(line: L): L => ({
    ...line,
    for: maskName(line.for),
    ...(line.note !== undefined && { note: maskContacts(line.note) }),
  });
  const bags = facts.bags.map(({ door, ...bag }): Bag => {
    const building = door?.building;
    return { ...bag, for: maskName(bag.for), ...(building && { door: { building } }), lines: bag.lines.map(mask) };
  });
  const people = [...facts.people].map(([id, one]) => [id, { ...one, name: maskName(one.name) }] as const);
  return { ...facts, people: new Map(people), lines: facts.lines.map(mask), bags };
}
