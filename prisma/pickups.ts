import type { Buy, Pickup, PickupChange } from "../bot/store.ts";
import type { TransactionClient } from "./client.ts";

/** By person: how far their order is on its way to them. */
export async function pickupsOf(prisma: TransactionClient, buy: Buy): Promise<ReadonlyMap<string, Pickup>> {
  const of = { communityId: buy.community, buyId: buy.id };
  const orders = await prisma.order.findMany({ where: of });
  const handovers = await prisma.handover.findMany({ where: { ...of, revokedAt: null } });
  const collected = new Set(handovers.map(({ personId }) => personId));
  const people = new Map<string, Pickup>([...collected].map((person) => [person, { isCollected: true }]));
  for (const { personId, code, noticedAt, seenAt, noShowAt } of orders) {
    people.set(personId, {
      ...(code !== null && { code }),
      ...(noticedAt && { noticedAt }),
      ...(seenAt && { seenAt }),
      ...(noShowAt && { noShowAt }),
      isCollected: collected.has(personId),
    });
  }
  return people;
}

export async function markPickups(
  prisma: TransactionClient,
  buy: Buy,
  people: readonly string[],
  change: PickupChange,
): Promise<void> {
  const of = { communityId: buy.community, buyId: buy.id };
  await prisma.order.createMany({ data: people.map((personId) => ({ ...of, personId })), skipDuplicates: true });
  await prisma.order.updateMany({ where: { ...of, personId: { in: [...people] } }, data: change });
}

export async function giveCodes(
  prisma: TransactionClient,
  buy: Buy,
  codes: ReadonlyMap<string, string>,
): Promise<void> {
  const of = { communityId: buy.community, buyId: buy.id };
  await prisma.order.createMany({
    data: [...codes].map(([personId, code]) => ({ ...of, personId, code })),
    skipDuplicates: true, // whoever has an order row without a code gets theirs below
  });
  for (const [personId, code] of codes) {
    await prisma.order.updateMany({ where: { ...of, personId, code: null }, data: { code } });
  }
}
