import type { ChangeTx, NewPlan, Place, Plan } from "../bot/store.ts";
import type { TransactionClient } from "./client.ts";

/** Plans of a chat's buys that have not ended, the next first. */
export async function plansOf(prisma: TransactionClient, { community, chat }: Place): Promise<readonly Plan[]> {
  const rows = await prisma.$queryRaw<PlanRow[]>`
    SELECT p.* FROM plan p JOIN buy_chat c ON c."communityId" = p."communityId" AND c."buyId" = p."buyId"
     WHERE p."communityId" = ${community.id}::uuid AND c."chatId" = ${chat}::uuid AND p."endedAt" IS NULL
     ORDER BY p."nextAt"`;
  return rows.map(toPlan);
}

/** Writes a new plan. */
export async function createPlan(
  prisma: TransactionClient,
  { community, id, buy, rule, nextAt, author }: NewPlan,
): Promise<void> {
  const data = { communityId: community, id, buyId: buy, rule, nextAt: nextAt ?? null, authorId: author };
  await prisma.plan.create({ data });
}

/** A plan, whether it has ended or not. */
export async function findPlan(prisma: TransactionClient, communityId: string, id: string): Promise<Plan | undefined> {
  const row = await prisma.plan.findUnique({ where: { communityId_id: { communityId, id } } });
  return row ? toPlan(row) : undefined;
}

/** What is left out stays. */
export async function updatePlan(
  prisma: TransactionClient,
  ...[{ community, id }, { buy, ...change }]: Parameters<ChangeTx["updatePlan"]>
): Promise<void> {
  await prisma.plan.update({
    where: { communityId_id: { communityId: community, id } },
    data: { ...change, ...(buy !== undefined && { buyId: buy }) },
  });
}

/** Plans that one person made are another's from now on. */
export async function movePlans(
  prisma: TransactionClient,
  communityId: string,
  from: string,
  to: string,
): Promise<void> {
  await prisma.plan.updateMany({ where: { communityId, authorId: from, endedAt: null }, data: { authorId: to } });
}

/** Row → a plan in our terms. */
function toPlan(row: PlanRow): Plan {
  const { communityId: community, id, buyId: buy, rule, authorId: author } = row;
  return { community, id, buy, rule, author, nextAt: row.nextAt ?? undefined, endedAt: row.endedAt ?? undefined };
}

interface PlanRow {
  readonly communityId: string;
  readonly id: string;
  readonly buyId: string;
  readonly rule: string;
  readonly nextAt: Date | null;
  readonly authorId: string;
  readonly endedAt: Date | null;
}
