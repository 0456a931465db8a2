import type { Buy, ChangeTx, Problem } from "../bot/store.ts";
import type { TransactionClient } from "./client.ts";

/** Writes a complaint. */
export async function addProblem(prisma: TransactionClient, buy: Buy, problem: Problem): Promise<void> {
  const { id, person, for: forWhom, item, option, quantity = null, text, photo = null, state } = problem;
  await prisma.problem.create({
    data: {
      ...{ communityId: buy.community, id, buyId: buy.id, personId: person, forWhom, itemNo: item, option },
      ...{ quantity, text, photo, state },
    },
  });
}

/** A complaint, and its buy. */
export async function findProblem(
  prisma: TransactionClient,
  communityId: string,
  id: string,
): Promise<(Problem & { readonly buy: string }) | undefined> {
  const row = await prisma.problem.findUnique({ where: { communityId_id: { communityId, id } } });
  return row ? { ...toProblem(row), buy: row.buyId } : undefined;
}

/** The oldest first. */
export async function problemsOf(prisma: TransactionClient, buy: Buy): Promise<readonly Problem[]> {
  const rows = await prisma.problem.findMany({
    where: { communityId: buy.community, buyId: buy.id },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });
  return rows.map(toProblem);
}

/** What is left out stays. */
export async function updateProblem(
  prisma: TransactionClient,
  ...[buy, id, { text, quantity, photo }]: Parameters<ChangeTx["updateProblem"]>
): Promise<void> {
  await prisma.problem.update({
    where: { communityId_id: { communityId: buy.community, id } },
    data: { text, ...(quantity !== undefined && { quantity }), ...(photo !== undefined && { photo }) },
  });
}

/** Decides a complaint, or opens it again. */
export async function decideProblem(
  prisma: TransactionClient,
  ...[buy, id, { state, reason, by, at }]: Parameters<ChangeTx["decideProblem"]>
): Promise<void> {
  await prisma.problem.update({
    where: { communityId_id: { communityId: buy.community, id } },
    data: {
      ...{ state, reason: reason || null },
      ...(state === "open" ? { decidedBy: null, decidedAt: null } : { decidedBy: by, decidedAt: at }),
    },
  });
}

interface ProblemRow {
  readonly id: string;
  readonly personId: string;
  readonly forWhom: string;
  readonly itemNo: number;
  readonly option: string;
  readonly quantity: number | null;
  readonly text: string;
  readonly photo: string | null;
  readonly reason: string | null;
  readonly state: Problem["state"];
}

function toProblem(row: ProblemRow): Problem {
  const { id, personId, forWhom, itemNo, option, quantity, text, photo, reason, state } = row;
  return {
    ...{ id, person: personId, for: forWhom, item: itemNo, option, text, state },
    ...(quantity !== null && { quantity }),
    ...(photo !== null && { photo }),
    ...(reason !== null && { reason }),
  };
}
