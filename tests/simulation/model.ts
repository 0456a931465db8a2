import type { Offer, Wish } from "./wishes.ts";

/** What somebody said, as far as it was known when the list became final. */
export interface Said {
  readonly person: string;
  readonly at: number;
  readonly position: number;
  /** What it means now: its words, or those of the last change that counts. */
  readonly wish: Wish;
}

/** What somebody has of an item, in whole units. */
export interface Has {
  readonly booked: number;
  readonly waiting: number;
}

export interface Expected {
  /** By person, by item. */
  readonly orders: ReadonlyMap<string, ReadonlyMap<number, Has>>;
  /** In cents, of those who have something. */
  readonly amounts: ReadonlyMap<string, number>;
  readonly sums: readonly Has[];
  readonly status: "closed" | "failed";
}

/** What must come of a buy, told by few lines that share nothing with Plusone's own reading and folding. */
export function expect({ items, minimumPeople = 0 }: Offer, said: readonly Said[]): Expected {
  // By person and item: units, each with when it was asked for; the last asked for is given back first.
  const units = new Map<string, Map<number, number[]>>();
  const inOrder = [...said].sort((one, other) => one.at - other.at || one.position - other.position);
  for (const [index, { person, wish }] of inOrder.entries()) {
    const own = units.get(person) ?? new Map<number, number[]>();
    units.set(person, own);
    if (wish.type === "talk") continue;
    if (wish.type === "cancel") {
      own.clear();
      continue;
    }
    if (wish.type === "chain") own.clear(); // an entry says all that they want
    const has = own.get(wish.item) ?? [];
    const wanted = Math.max(0, wish.type !== "add" ? wish.count : has.length + wish.count);
    own.set(wish.item, [...has, ...Array.from({ length: wanted }, () => index)].slice(0, wanted));
  }

  const orders = new Map<string, Map<number, Has>>();
  const sums = items.map(({ stock = Number.POSITIVE_INFINITY }, index) => {
    const queue = [...units].flatMap(([person, own]) => (own.get(index + 1) ?? []).map((since) => ({ person, since })));
    queue.sort((one, other) => one.since - other.since);
    for (const [place, { person }] of queue.entries()) {
      const order = orders.get(person) ?? new Map<number, Has>();
      const { booked, waiting } = order.get(index + 1) ?? { booked: 0, waiting: 0 };
      const isBooked = place < stock;
      orders.set(person, order.set(index + 1, { booked: booked + +isBooked, waiting: waiting + +!isBooked }));
    }
    const booked = Math.min(queue.length, stock);
    return { booked, waiting: queue.length - booked };
  });

  const prices = items.map(({ price, tier }, index) => (tier && sums[index]!.booked >= tier.from ? tier.price : price));
  const amounts = new Map<string, number>();
  for (const [person, order] of orders) {
    let amount = 0;
    for (const [item, { booked }] of order) amount += booked * prices[item - 1]!;
    amounts.set(person, amount);
  }
  const people = [...orders.values()].filter((order) => [...order.values()].some(({ booked }) => booked > 0)).length;
  return { orders, amounts, sums, status: people >= minimumPeople ? "closed" : "failed" };
}
