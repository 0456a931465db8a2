import { type Allotted, allot } from "./claims.ts";
import { type Good, itemOf, optionOf, wholeOf } from "./holding.ts";
import type { Line, Order } from "./ledger.ts";
import { momentKey } from "./moment.ts";
import type { OrderBook, OrderRecord } from "./order-book.ts";
import type { ItemTerms } from "./terms.ts";

/** What is booked and what waits, once everything has been said. */
export interface Allotment {
  /** Those that came to something, the first that was begun first. */
  readonly orders: readonly Order[];
  /** By statement (`momentKey`): how much it asked for of what is scarce, and how much of that is booked. */
  readonly shares: ReadonlyMap<string, Share>;
}

export interface Share {
  readonly asked: number;
  readonly booked: number;
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
  return { orders: orders.filter(({ lines }) => lines.length > 0), shares: sharesOf([...byOrder.values()].flat()) };
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

function sharesOf(allotted: readonly Allotted[]): Map<string, Share> {
  const shares = new Map<string, Share>();
  for (const { since, booked, quantity } of allotted) {
    const share = shares.get(momentKey(since)) ?? { booked: 0, asked: 0 };
    shares.set(momentKey(since), { booked: share.booked + booked, asked: share.asked + quantity });
  }
  return shares;
}
