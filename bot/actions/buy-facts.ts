import { compareDoors, type Door, parseDoor } from "../../core/door.ts";
import type { PurchaseLine } from "../../core/purchase.ts";
import type { Quantity } from "../../core/quantity.ts";
import type { Settlement } from "../../core/settlement.ts";
import { maskContacts, maskName } from "../../core/sheets/mask.ts";
import { settlementOf } from "../settlement.ts";
import type { Arrived, Buy, ChangeTx, Line } from "../store.ts";
import { handedLines, keyOf } from "./handed-lines.ts";
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

export interface CopiedLine extends Line {
  /** What they get: less than booked where less came. */
  readonly handed: Quantity;
}

export interface Someone {
  readonly name: string;
  readonly hasCollected: boolean;
}

/** What is handed out to one person, or to somebody for whom they ordered. */
export interface Bag {
  readonly person: string;
  readonly for: string;
  /** What the names tell of where it goes. */
  readonly door?: Door;
  readonly lines: readonly CopiedLine[];
}

/** Reads them. */
export async function buyFacts(tx: ChangeTx, buy: Buy): Promise<BuyFacts> {
  const handed = new Map((await handedLines(tx, buy)).map((line) => [keyOf(line), line.quantity]));
  const lines = (await tx.ledger.linesOfBuy(buy.community, buy.id))
    .filter(({ quantity, waitlisted }) => quantity > 0 || waitlisted > 0)
    .map((line) => ({ ...line, handed: handed.get(keyOf(line)) ?? 0 }));
  const { settlement } = await settlementOf(tx, buy);
  const ids = [...new Set([...lines, ...settlement.accounts].map(({ person }) => person))];
  const names = await tx.namesOf(ids.map((person) => ({ community: buy.community, person })));
  const pickups = await tx.pickupsOf(buy);
  const people = ids.map(
    (id) => [id, { name: names.get(id) ?? "?", hasCollected: pickups.get(id)?.isCollected === true }] as const,
  );
  return {
    ...{ buy, people: new Map(people), lines, settlement },
    bags: bagsOf(lines, new Map(people)),
    arrived: await tx.arrivedOf(buy),
    purchase: (await purchaseFacts(tx, buy)).lines,
  };
}

function bagsOf(lines: readonly CopiedLine[], people: BuyFacts["people"]): Bag[] {
  const bags = new Map<string, CopiedLine[]>();
  for (const line of lines) {
    const key = JSON.stringify([line.person, line.for]);
    if (line.handed > 0) bags.set(key, [...(bags.get(key) ?? []), line]);
  }
  const nameOf = (person: string) => people.get(person)!.name;
  return [...bags.values()]
    .map((own): Bag => {
      const { person, for: whom } = own[0]!;
      const door = parseDoor(whom) ?? parseDoor(nameOf(person));
      return { person, for: whom, ...(door && { door }), lines: own };
    })
    .sort((one, other) => compareDoors(one.door, other.door) || compare(nameOf(one.person), nameOf(other.person)));
}

/** The same for eyes that need not know who is who: names and contacts shortened, doors no closer than the building. */
export function masked(facts: BuyFacts): BuyFacts {
  const mask = (line: CopiedLine): CopiedLine => ({
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

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
