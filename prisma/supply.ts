import type { Clock } from "../bot/ports.ts";
import type {
  Allotment,
  AllotmentKind,
  Arrived,
  Buy,
  NewRevision,
  Offer,
  Purchase,
  PurchaseState,
} from "../bot/store.ts";
import type { TransactionClient } from "./client.ts";

/** The purchase order of a buy with its revisions, the first first. */
export async function purchaseOf(prisma: TransactionClient, buy: Buy): Promise<Purchase | undefined> {
  const row = await prisma.purchaseOrder.findFirst({
    where: { communityId: buy.community, buyId: buy.id },
    include: { revisions: { include: { lines: true }, orderBy: { no: "asc" } } },
  });
  if (!row) return undefined;
  return {
    id: row.id,
    state: row.state,
    stateAt: row.stateAt,
    revisions: row.revisions.map(({ no, sentAt, lines }) => ({
      no,
      ...(sentAt && { sentAt }),
      lines: lines.map(({ itemNo, option, quantity }) => ({ item: itemNo, option, quantity: Number(quantity) })),
    })),
  };
}

/** The supplier has this now: a revision more of the buy's purchase order. */
export async function addRevision(prisma: TransactionClient, buy: Buy, revision: NewRevision): Promise<void> {
  const { order: id, no, text, by, at, lines } = revision;
  const key = { communityId: buy.community, id };
  const state = { state: "sent", stateAt: at, stateBy: by } as const;
  await prisma.purchaseOrder.upsert({
    where: { communityId_id: key },
    create: { ...key, buyId: buy.id, ...state },
    update: state,
  });
  await prisma.purchaseRevision.create({
    data: { communityId: buy.community, orderId: id, no, text, authorId: by, at, sentAt: at },
  });
  await prisma.purchaseLine.createMany({
    data: lines.map(({ item, option, quantity, boxes = null, cost = null }) => ({
      ...{ communityId: buy.community, orderId: id, revision: no, itemNo: item, option },
      ...{ quantity: BigInt(quantity), boxes, cost },
    })),
  });
}

/** The supplier does not have it after all. */
export async function dropRevision(
  prisma: TransactionClient,
  { community: communityId }: Buy,
  orderId: string,
  no: number,
): Promise<void> {
  await prisma.purchaseRevision.deleteMany({ where: { communityId, orderId, no } });
}

/** What the supplier has answered, or that it was sent. */
export async function setPurchaseState(
  prisma: TransactionClient,
  buy: Buy,
  order: string,
  change: { readonly state: PurchaseState; readonly by: string; readonly at: Date },
): Promise<void> {
  await prisma.purchaseOrder.update({
    where: { communityId_id: { communityId: buy.community, id: order } },
    data: { state: change.state, stateBy: change.by, stateAt: change.at },
  });
}

/** What came, by item and option: the last count of each. */
export async function arrivedOf(prisma: TransactionClient, buy: Buy): Promise<readonly Arrived[]> {
  const rows = await prisma.arrival.findMany({
    where: { communityId: buy.community, buyId: buy.id },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });
  const last = new Map(rows.map((row) => [`${row.itemNo}:${row.option}`, row]));
  return [...last.values()].map(({ itemNo, option, counted }) => ({ item: itemNo, option, counted: Number(counted) }));
}

/** Writes what came, as one count. */
export async function addArrivals(
  prisma: TransactionClient,
  clock: Clock,
  buy: Buy,
  arrived: readonly Arrived[],
  authorId: string,
  at: Date,
): Promise<void> {
  await prisma.arrival.createMany({
    data: arrived.map(({ item, option, counted }) => ({
      ...{ communityId: buy.community, id: clock.newId(), buyId: buy.id, itemNo: item, option },
      ...{ counted: BigInt(counted), authorId, at },
    })),
  });
}

/** Forgets the last count. */
export async function dropLastArrivals(
  prisma: TransactionClient,
  { community: communityId, id: buyId }: Buy,
): Promise<void> {
  const last = await prisma.arrival.aggregate({ where: { communityId, buyId }, _max: { at: true } });
  if (last._max.at) await prisma.arrival.deleteMany({ where: { communityId, buyId, at: last._max.at } });
}

/** What people get where it is not what they ordered. */
export async function allotmentsOf(prisma: TransactionClient, buy: Buy): Promise<readonly Allotment[]> {
  const rows = await prisma.allotment.findMany({ where: { communityId: buy.community, buyId: buy.id } });
  return rows.map(({ personId, forWhom, itemNo, option, kind, quantity, refund }) => ({
    ...{ person: personId, for: forWhom, item: itemNo, option, kind, quantity, refund: Number(refund) },
  }));
}

/** Writes what people get, in the place of what was written of the same line and kind. */
export async function allot(
  prisma: TransactionClient,
  buy: Buy,
  allotments: readonly Allotment[],
  by: string,
): Promise<void> {
  const rows = allotments.map(({ person, for: forWhom, item, option, kind, quantity, refund }) => ({
    ...{ key: { communityId: buy.community, buyId: buy.id, personId: person, forWhom, itemNo: item, option, kind } },
    ...{ quantity, refund: BigInt(refund), authorId: by },
  }));
  await prisma.allotment.deleteMany({ where: { OR: rows.map(({ key }) => key) } });
  await prisma.allotment.createMany({ data: rows.map(({ key, ...row }) => ({ ...key, ...row })) });
}

/** Forgets what was allotted for one reason. */
export async function forgetAllotments(prisma: TransactionClient, buy: Buy, kind: AllotmentKind): Promise<void> {
  await prisma.allotment.deleteMany({ where: { communityId: buy.community, buyId: buy.id, kind } });
}

/** What came over and was offered to people who waited for it. */
export async function offersOf(prisma: TransactionClient, buy: Buy): Promise<readonly Offer[]> {
  const rows = await prisma.offer.findMany({ where: { communityId: buy.community, buyId: buy.id } });
  return rows.map(({ personId, forWhom, itemNo, option, quantity, state }) => {
    return { person: personId, for: forWhom, item: itemNo, option, quantity, state };
  });
}

/** Writes offers, in the place of those for the same lines. */
export async function putOffers(prisma: TransactionClient, buy: Buy, offers: readonly Offer[]): Promise<void> {
  const rows = offers.map(({ person, for: forWhom, item, option, quantity, state }) => ({
    key: { communityId: buy.community, buyId: buy.id, personId: person, forWhom, itemNo: item, option },
    ...{ quantity, state },
  }));
  await prisma.offer.deleteMany({ where: { OR: rows.map(({ key }) => key) } });
  await prisma.offer.createMany({ data: rows.map(({ key, ...row }) => ({ ...key, ...row })) });
}
