import type { Buy, HandedPart, OrderKey, Pickup, PickupChange } from "../bot/store.ts";
import type { PrismaClient, TransactionClient } from "./client.ts";

/** By person: how far their order is on its way to them. */
export async function pickupsOf(prisma: TransactionClient, buy: Buy): Promise<ReadonlyMap<string, Pickup>> {
  const of = { communityId: buy.community, buyId: buy.id };
  const orders = await prisma.order.findMany({ where: of });
  const handovers = await prisma.handover.findMany({ where: { ...of, revokedAt: null } });
  const collected = new Set(handovers.filter(({ itemNo }) => itemNo === null).map(({ personId }) => personId));
  const parts = new Map<string, HandedPart[]>();
  for (const { personId, itemNo, option, quantity, forWhom } of handovers) {
    if (itemNo === null || quantity === null || collected.has(personId)) continue;
    const part = { item: itemNo, option, quantity, ...(forWhom !== "" && { for: forWhom }) };
    parts.set(personId, [...(parts.get(personId) ?? []), part]);
  }
  const known = (person: string): Pickup => {
    const own = parts.get(person);
    return { isCollected: collected.has(person), ...(own && { parts: own }) };
  };
  const people = new Map([...collected, ...parts.keys()].map((person) => [person, known(person)]));
  for (const { personId, code, noticedAt, seenAt, noShowAt, comesAt, comesSaid } of orders) {
    people.set(personId, {
      ...(code !== null && { code }),
      ...(noticedAt && { noticedAt }),
      ...(seenAt && { seenAt }),
      ...(noShowAt && { noShowAt }),
      ...(comesSaid !== null && { comes: { said: comesSaid, ...(comesAt && { at: comesAt }) } }),
      ...known(personId),
    });
  }
  return people;
}

export async function markPickups(
  prisma: TransactionClient,
  buy: Buy,
  people: readonly string[],
  { comes, ...change }: PickupChange,
): Promise<void> {
  const of = { communityId: buy.community, buyId: buy.id };
  await prisma.order.createMany({ data: people.map((personId) => ({ ...of, personId })), skipDuplicates: true });
  const coming = comes && { comesSaid: comes.said, comesAt: comes.at ?? null };
  await prisma.order.updateMany({ where: { ...of, personId: { in: [...people] } }, data: { ...change, ...coming } });
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

/** States of buys whose goods wait to be collected. */
const WAITING = ["closed", "purchased", "arrived"] as const;

/** Of whom a platform knows by this id: orders whose pickup they were told of and have not shown to have seen. */
export async function unseenPickups(
  prisma: PrismaClient,
  platform: string,
  externalId: string,
): Promise<readonly OrderKey[]> {
  return prisma.$queryRaw<OrderKey[]>`
    SELECT o."communityId" AS community, o."buyId" AS buy, o."personId" AS person
      FROM identity i
      JOIN "order" o ON o."communityId" = i."communityId" AND o."personId" = i."personId"
      JOIN buy b ON b."communityId" = o."communityId" AND b.id = o."buyId"
     WHERE i.platform = ${platform} AND i."externalId" = ${externalId}
       AND o."noticedAt" IS NOT NULL AND o."seenAt" IS NULL AND b.status::text = ANY(${[...WAITING]})`;
}

/** States of buys in which there is something to say of an order beside changing it. */
const ORDERED = ["open", ...WAITING, "settled"] as const;

/** Orders that are looked through for what somebody may mean. */
const LATELY = 20;

export async function ordersOf(
  prisma: PrismaClient,
  platform: string,
  externalId: string,
): Promise<readonly OrderKey[]> {
  return prisma.$queryRaw<OrderKey[]>`
    SELECT b."communityId" AS community, b.id AS buy, i."personId" AS person
      FROM identity i
      JOIN buy b ON b."communityId" = i."communityId" AND b.status::text = ANY(${[...ORDERED]})
     WHERE i.platform = ${platform} AND i."externalId" = ${externalId}
       AND EXISTS (SELECT 1 FROM line l WHERE l."communityId" = b."communityId" AND l."buyId" = b.id
                                          AND l."personId" = i."personId")
     ORDER BY b."openedAt" DESC, b.id LIMIT ${LATELY}`;
}
