import type { Buy, ChangeTx, Line } from "../store.ts";

/** What people get: what they have booked, or what was allotted of it where less came. Who gets nothing has no line. */
export async function handedLines(tx: ChangeTx, buy: Buy): Promise<readonly Line[]> {
  const lines = await tx.ledger.linesOfBuy(buy.community, buy.id);
  const allotted = new Map((await tx.allotmentsOf(buy)).map((each) => [keyOf(each), each.quantity]));
  return lines
    .map((line) => ({ ...line, quantity: allotted.get(keyOf(line)) ?? line.quantity, waitlisted: 0 }))
    .filter(({ quantity }) => quantity > 0);
}

/** Names a line of an order in its buy. */
export function keyOf({ person, for: whom, item, option }: Pick<Line, "person" | "for" | "item" | "option">): string {
  return JSON.stringify([person, whom, item, option]);
}
