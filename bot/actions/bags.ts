import { compareDoors, type Door, parseDoor } from "../../core/door.ts";
import type { Line } from "../store.ts";

/** What is handed out to one person, or to somebody for whom they ordered. */
export interface Bag {
  readonly person: string;
  /** Empty for themselves. */
  readonly for: string;
  /** What the names tell of where it goes. */
  readonly door?: Door;
  readonly lines: readonly Line[];
}

/**
 * Bags in the order in which somebody walks from door to door.
 *
 * @param lines  what people get
 * @param names  by person
 */
export function bagsOf(lines: readonly Line[], names: ReadonlyMap<string, string>): Bag[] {
  const bags = new Map<string, Line[]>();
  for (const line of lines) {
    const key = JSON.stringify([line.person, line.for]);
    const own = bags.get(key);
    if (own) own.push(line);
    else bags.set(key, [line]);
  }
  return [...bags.values()]
    .map((own): Bag => {
      const { person, for: whom } = own[0]!;
      const door = parseDoor(whom) ?? parseDoor(names.get(person) ?? "");
      return { person, for: whom, ...(door && { door }), lines: own };
    })
    .sort((one, other) => compareDoors(one.door, other.door) || compare(labelOf(one, names), labelOf(other, names)));
}

/** What is written on a bag: "Mei 12A (Ada)". */
export function labelOf(
  { person, for: whom }: Pick<Bag, "person" | "for">,
  names: ReadonlyMap<string, string>,
): string {
  const name = names.get(person) ?? "?";
  return whom === "" ? name : `${whom} (${name})`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
