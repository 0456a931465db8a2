import type { PastWindow } from "../bot/store.ts";
import type { PastBuy } from "../core/review.ts";
import type { TransactionClient } from "./client.ts";

/** Buys that were held or failed, the newest first, with what came of them: each question by keys of those buys alone. */
export async function pastBuys(
  prisma: TransactionClient,
  communityId: string,
  which: PastWindow,
): Promise<readonly PastBuy[]> {
  const buys = await prisma.buy.findMany({
    where: {
      communityId,
      ...("buy" in which && { id: which.buy }),
      status: { in: ["closed", "failed", "purchased", "arrived", "settled"] },
    },
    include: { items: { orderBy: { no: "asc" } } },
    orderBy: { no: "desc" },
    take: "most" in which ? which.most : 1,
  });
  const those = { communityId, buyId: { in: buys.map(({ id }) => id) } };
  const lines = await prisma.line.findMany({ where: { ...those, quantity: { gt: 0 } } });
  const missed = await prisma.order.groupBy({
    by: "buyId",
    where: { ...those, noShowAt: { not: null } },
    _count: true,
  });
  const short = await prisma.allotment.groupBy({ by: "buyId", where: { ...those, kind: "short" }, _count: true });
  const late = await prisma.$queryRaw<{ buyId: string; _count: number }[]>`
    SELECT s."buyId", count(*)::int AS _count FROM statement s
      JOIN buy b ON b."communityId" = s."communityId" AND b.id = s."buyId"
     WHERE s."communityId" = ${communityId}::uuid AND s."buyId" = ANY(${those.buyId.in}::uuid[])
       AND s."saidAt" > least(b."endedAt", b."closesAt", b."closedAt")
     GROUP BY s."buyId"`;
  const countOf = (counts: readonly { buyId: string; _count: number }[], buy: string) =>
    counts.find(({ buyId }) => buyId === buy)?._count ?? 0;
  return buys.map(({ id, status, items }): PastBuy => {
    const own = lines.filter(({ buyId }) => buyId === id);
    return {
      isHeld: status !== "failed",
      people: [...new Set(own.map(({ personId }) => personId))],
      items: items.map(({ no, name, unit }) => {
        const of = own.filter(({ itemNo }) => itemNo === no);
        return {
          ...{ name, ...(unit !== null && { unit }) },
          booked: of.reduce((sum, line) => sum + line.quantity, 0),
          people: new Set(of.map(({ personId }) => personId)).size,
        };
      }),
      ...{ late: countOf(late, id), short: countOf(short, id), missed: countOf(missed, id) },
    };
  });
}
