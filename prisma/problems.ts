import type { Buy, ChangeTx, Problem } from "../bot/store.ts";
import type { TransactionClient } from "./client.ts";

export async function addProblem(prisma: TransactionClient, buy: Buy, problem: Problem): Promise<void> {
  const { id, person, item, quantity = null, text, state } = problem;
  await prisma.problem.create({
    data: { communityId: buy.community, id, buyId: buy.id, personId: person, itemNo: item, quantity, text, state },
  });
}

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

export async function decideProblem(
  prisma: TransactionClient,
  ...[buy, id, { state, by, at }]: Parameters<ChangeTx["decideProblem"]>
): Promise<void> {
  await prisma.problem.update({
    where: { communityId_id: { communityId: buy.community, id } },
    data: { state, decidedBy: by, decidedAt: at },
  });
}

interface ProblemRow {
  readonly id: string;
  readonly personId: string;
  readonly itemNo: number;
  readonly quantity: number | null;
  readonly text: string;
  readonly state: Problem["state"];
}

function toProblem({ id, personId, itemNo, quantity, text, state }: ProblemRow): Problem {
  return { id, person: personId, item: itemNo, ...(quantity !== null && { quantity }), text, state };
}
