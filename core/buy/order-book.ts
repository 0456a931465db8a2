import type { Quantity } from "../quantity.ts";
import { type Claim, followClaims } from "./claims.ts";
import { type Amounts, type Holding, itemOf, NOTHING, optionOf, sameAmounts, wholeOf } from "./holding.ts";
import type { Change } from "./ledger.ts";
import type { Moment } from "./moment.ts";
import type { ItemTerms } from "./terms.ts";
import { foldName, isOwnName } from "./whom.ts";

/** One order while statements are folded. */
export interface OrderRecord {
  readonly person: string;
  /** As first written; empty for the person's own. */
  readonly whom: string;
  holding: Holding;
  /** Of items whose stock is limited. */
  readonly claims: Map<number, readonly Claim[]>;
}

/** The orders of a buy while its statements are folded. */
export class OrderBook {
  readonly #orders = new Map<string, OrderRecord>();
  readonly #ofPerson = new Map<string, OrderRecord[]>();
  readonly #names = new Map<string, string>();
  readonly #scarce: readonly number[];

  constructor(items: readonly ItemTerms[]) {
    this.#scarce = items.flatMap(({ stock }, index) => (stock === undefined ? [] : [index + 1]));
  }

  /** Somebody speaks, under a name. */
  meet(person: string, name: string | undefined): void {
    if (name !== undefined) this.#names.set(person, name);
  }

  /** The one other person of this name who has something of their own. */
  personNamed(name: string, but: string): string | undefined {
    const found = [...this.#names].filter(
      ([person, known]) => person !== but && this.holdingOf(person, "").parts.size > 0 && isSameName(known, name),
    );
    return found.length === 1 ? found[0]![0] : undefined;
  }

  all(): Iterable<OrderRecord> {
    return this.#orders.values();
  }

  holdingOf(person: string, whom: string): Holding {
    return this.#orders.get(keyOf(person, whom))?.holding ?? NOTHING;
  }

  /** For whom else a person has something ordered. */
  othersOf(person: string): string[] {
    const records = this.#ofPerson.get(person) ?? [];
    return records.filter(({ whom, holding }) => whom !== "" && holding.parts.size > 0).map(({ whom }) => whom);
  }

  /**
   * Changes an order from now on.
   *
   * @param restated  items whose quantity was said anew
   */
  change(person: string, whom: string, after: Holding, now: Moment, restated?: ReadonlySet<number>): Change[] {
    const record = this.#record(person, whom);
    const [had, has] = [wholeOf(record.holding), wholeOf(after)];
    record.holding = after;
    this.claim(person, whom, has, now, restated);
    return sameAmounts(had, has) ? [] : changesOf(record, had, has);
  }

  /** Follows an order's total with its claims, where stock is limited. */
  claim(person: string, whom: string, amounts: Amounts, now: Moment, restated?: ReadonlySet<number>): void {
    if (this.#scarce.length === 0) return;
    const { claims } = this.#record(person, whom);
    for (const item of this.#scarce) {
      const before = claims.get(item) ?? [];
      claims.set(item, followClaims(before, item, amounts, now, restated?.has(item) ?? false));
    }
  }

  #record(person: string, whom: string): OrderRecord {
    const key = keyOf(person, whom);
    const known = this.#orders.get(key);
    if (known) return known;
    const record: OrderRecord = { person, whom, holding: NOTHING, claims: new Map() };
    this.#orders.set(key, record);
    this.#ofPerson.set(person, [...(this.#ofPerson.get(person) ?? []), record]);
    return record;
  }
}

function isSameName(one: string, other: string): boolean {
  return isOwnName(one, other) || isOwnName(other, one);
}

function keyOf(person: string, whom: string): string {
  return `${person}\n${foldName(whom)}`;
}

/** What an order gained and lost. */
function changesOf({ person, whom }: { person: string; whom: string }, had: Amounts, has: Amounts): Change[] {
  const goods = new Set([...had.keys(), ...has.keys()]);
  return [...goods].flatMap((good) => {
    const [before, after] = [had.get(good) ?? 0, has.get(good) ?? 0] satisfies [Quantity, Quantity];
    if (before === after) return [];
    const option = optionOf(good);
    return [
      {
        person,
        ...(whom !== "" && { for: whom }),
        item: itemOf(good),
        ...(option !== "" && { option }),
        before,
        after,
      },
    ];
  });
}
