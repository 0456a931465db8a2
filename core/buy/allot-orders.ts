import type { Quantity } from "../quantity.ts";
import { type Allotted, allot } from "./claims.ts";
import { type Good, itemOf, optionOf, wholeOf } from "./holding.ts";
import type { Line, Order, Waiting } from "./ledger.ts";
import { momentKey } from "./moment.ts";
import type { OrderBook, OrderRecord } from "./order-book.ts";
import type { ItemTerms } from "./terms.ts";

/** What is booked and what waits, once everything has been said. */
export interface Allotment {
  /** Those that came to something, the first that was begun first. */
  readonly orders: readonly Order[];
  /** By statement (`momentKey`): what it asked for and did not get all of. */
  readonly waiting: ReadonlyMap<string, readonly Waiting[]>;
}

/** Gives what is scarce to those who asked first; everything else is booked as asked. */
export function allotOrders(book: OrderBook, items: readonly ItemTerms[]): Allotment {
  const byOrder = new Map<OrderRecord, Allotted[]>();
  for (const [index, { stock }] of items.entries()) {
    if (stock === undefined) continue;
    const claims = [...book.all()].flatMap((record) =>
      (record.claims.get(index + 1) ?? []).map((claim) => ({ ...claim, record })),
    );
    for (const { record, ...claim } of allot(stock, claims)) {
      const allotted = byOrder.get(record);
      if (allotted) allotted.push(claim);
      else byOrder.set(record, [claim]);
    }
  }
  const orders = [...book.all()].map((record) => toOrder(record, byOrder.get(record) ?? []));
  return { orders: orders.filter(({ lines }) => lines.length > 0), waiting: waitingOf([...byOrder.values()].flat()) };
}

function toOrder({ person, whom, holding }: OrderRecord, allotted: readonly Allotted[]): Order {
  const booked = new Map<Good, number>();
  for (const claim of allotted) booked.set(claim.good, (booked.get(claim.good) ?? 0) + claim.booked);
  const lines = [...wholeOf(holding)].map(([good, asked]): Line => {
    const quantity = booked.get(good) ?? asked;
    const [option, note] = [optionOf(good), holding.notes.get(good)];
    return {
      item: itemOf(good),
      ...(option !== "" && { option }),
      quantity,
      waitlisted: asked - quantity,
      ...(note !== undefined && { note }),
    };
  });
  return { person, ...(whom !== "" && { for: whom }), lines: lines.sort((one, other) => one.item - other.item) };
}

function waitingOf(allotted: readonly Allotted[]): ReadonlyMap<string, readonly Waiting[]> {
  const byMoment = new Map<string, Map<Good, { asked: Quantity; booked: Quantity }>>();
  for (const { since, good, booked, quantity } of allotted) {
    const key = momentKey(since);
    const goods = byMoment.get(key) ?? new Map<Good, { asked: Quantity; booked: Quantity }>();
    const before = goods.get(good) ?? { asked: 0, booked: 0 };
    byMoment.set(key, goods.set(good, { asked: before.asked + quantity, booked: before.booked + booked }));
  }
  const waiting = [...byMoment].map(([key, goods]) => [key, [...goods].flatMap(waitingFor)] as const);
  return new Map(waiting.filter(([, each]) => each.length > 0));
}

function waitingFor([good, { asked, booked }]: readonly [Good, { asked: Quantity; booked: Quantity }]): Waiting[] {
  const option = optionOf(good);
  return booked < asked ? [{ item: itemOf(good), ...(option !== "" && { option }), asked, booked }] : [];
}
