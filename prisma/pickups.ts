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

/** Writes what is new of people's pickups. */
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

/** Gives people the codes that they say at the pickup; who has one keeps it. */
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

/** Somebody has collected all that is theirs, or a part of it. */
export async function addHandover(
  prisma: TransactionClient,
  buy: Buy,
  id: string,
  personId: string,
  authorId: string,
  part?: HandedPart,
): Promise<void> {
  const data = { communityId: buy.community, id, buyId: buy.id, personId, authorId };
  const what = part && {
    ...{ itemNo: part.item, option: part.option, quantity: part.quantity, forWhom: part.for ?? "" },
  };
  await prisma.handover.create({ data: { ...data, ...what } });
}

/** Takes back what was said last of somebody's pickup. How much of it there was. */
export function revokeLastHandover(prisma: TransactionClient, buy: Buy, personId: string): Promise<number> {
  // What was ticked together has one instant: that of its transaction.
  return prisma.$executeRaw`
    UPDATE handover h SET "revokedAt" = clock_timestamp()
     WHERE h."communityId" = ${buy.community}::uuid AND h."buyId" = ${buy.id}::uuid AND h."personId" = ${personId}::uuid
       AND h."revokedAt" IS NULL
       AND h.at = (SELECT max(o.at) FROM handover o
                    WHERE o."communityId" = h."communityId" AND o."buyId" = h."buyId" AND o."personId" = h."personId"
                      AND o."revokedAt" IS NULL)`;
}

/** Takes back all that was said of it. How much of it there was. */
export async function revokeHandovers(
  prisma: TransactionClient,
  buy: Buy,
  personId: string,
  at: Date,
): Promise<number> {
  const { count } = await prisma.handover.updateMany({
    where: { communityId: buy.community, buyId: buy.id, personId, revokedAt: null },
    data: { revokedAt: at },
  });
  return count;
}

/** By buy: who has collected all that is theirs. */
export async function collectedOf(
  prisma: TransactionClient,
  buys: readonly Buy[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await prisma.handover.findMany({
    where: {
      OR: buys.map(({ community, id }) => ({ communityId: community, buyId: id })),
      ...{ revokedAt: null, itemNo: null },
    },
  });
  const found = new Map<string, Set<string>>();
  for (const { buyId, personId } of rows) found.set(buyId, (found.get(buyId) ?? new Set()).add(personId));
  return found;
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

/** Of whom a platform knows by this id: the last orders in buys that came to something, the newest buy first. */
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
