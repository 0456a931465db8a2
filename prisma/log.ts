import type { AuditVerb } from "../bot/audit.ts";
import type { Buy, Logged, LogWindow } from "../bot/store.ts";
import type { TransactionClient } from "./client.ts";
import type { Prisma } from "./generated/client.ts";

/** Entries of a community's log, the newest first. */
export async function logOf(
  prisma: TransactionClient,
  communityId: string,
  { most, skip = 0, ...which }: LogWindow,
): Promise<readonly Logged[]> {
  const rows = await prisma.audit.findMany({
    where: {
      communityId,
      ...("buy" in which ? { buyId: which.buy } : { actorId: which.actor, at: { gte: which.since } }),
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: most,
    skip,
  });
  return rows.map(toLogged);
}

/** Whether somebody with a role has done anything for a buy since. */
export async function isTended(prisma: TransactionClient, { community, id }: Buy, since: Date): Promise<boolean> {
  const [row] = await prisma.$queryRaw<{ tended: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM audit a
                     JOIN role r ON r."communityId" = a."communityId" AND r."personId" = a."actorId" AND r.name <> 'resident'
                    WHERE a."communityId" = ${community}::uuid AND a."buyId" = ${id}::uuid AND a.at > ${since}) AS tended`;
  return row?.tended === true;
}

/** Row → an entry of the log in our terms. */
function toLogged(row: Prisma.AuditGetPayload<object>): Logged {
  const { communityId: community, id, at, actorId, buyId, source } = row;
  return {
    ...{ community, id, at, actor: actorId ?? undefined, verb: row.verb as AuditVerb },
    ...(buyId !== null && { buy: buyId }),
    ...(source !== null && { source }),
    ...(row.before !== null && { before: row.before as Prisma.JsonObject }),
    ...(row.after !== null && { after: row.after as Prisma.JsonObject }),
  };
}
