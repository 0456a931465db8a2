import type { Buy, NewPayment, Payment, Payments } from "../bot/store.ts";
import type { Money } from "../core/money.ts";
import type { PayWay } from "../core/pay/ways.ts";
import type { PaymentWord } from "../core/payments.ts";
import type { TransactionClient } from "./client.ts";
import { columns, type Sql } from "./ledger-tx.ts";

/** By buy and person: what was said about their money, and what changes what they owe. */
export async function paymentsOf(
  prisma: TransactionClient,
  buys: readonly Buy[],
): Promise<ReadonlyMap<string, Payments>> {
  const of = { OR: buys.map(({ community, id }) => ({ communityId: community, buyId: id })) };
  const payments = await prisma.payment.findMany({
    where: { ...of, revokedAt: null },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });
  const entries = await prisma.entry.findMany({ where: { ...of, personId: { not: null } } });
  const found = new Map<string, { words: PaymentWord[]; entries: number }>();
  const at = (buy: string, person: string) => {
    const key = `${buy}:${person}`;
    const known = found.get(key) ?? { words: [], entries: 0 };
    found.set(key, known);
    return known;
  };
  for (const { buyId, personId, kind, amount, forWhom } of payments) {
    const word = { kind, ...(amount !== null && { amount: Number(amount) }), ...(forWhom !== "" && { for: forWhom }) };
    at(buyId, personId).words.push(word);
  }
  for (const { buyId, personId, amount } of entries) at(buyId, personId!).entries += Number(amount);
  return found;
}

/** Writes a word about money that has changed hands. */
export async function addPayment(prisma: TransactionClient, buy: Buy, payment: NewPayment): Promise<void> {
  const { id, person, kind, amount, evidence = null, by, for: forWhom = "" } = payment;
  await prisma.payment.create({
    data: {
      ...{ communityId: buy.community, id, buyId: buy.id, personId: person, forWhom, kind, evidence, authorId: by },
      amount: amount === undefined ? null : BigInt(amount),
    },
  });
}

/** One such word, taken back or not. */
export async function findPayment(
  prisma: TransactionClient,
  communityId: string,
  id: string,
): Promise<Payment | undefined> {
  const row = await prisma.payment.findUnique({ where: { communityId_id: { communityId, id } } });
  if (!row) return undefined;
  const { buyId: buy, personId: person, kind, amount, revokedAt, forWhom } = row;
  return {
    ...{ buy, person, kind, isRevoked: revokedAt !== null },
    ...(amount !== null && { amount: Number(amount) }),
    ...(forWhom !== "" && { for: forWhom }),
  };
}

/** Takes back one word about a payment. False where there is none, or it is taken back. */
export async function revokePayment(
  prisma: TransactionClient,
  { community: communityId, id: buyId }: Buy,
  payment: string,
  at: Date,
): Promise<boolean> {
  if (!/^[0-9a-f-]{36}$/.test(payment)) return false;
  const { count } = await prisma.payment.updateMany({
    where: { communityId, buyId, id: payment, revokedAt: null },
    data: { revokedAt: at },
  });
  return count === 1;
}

/** Takes back what was said of somebody's payment, by kind. How much of it there was. */
export async function revokePayments(
  prisma: TransactionClient,
  { community: communityId, id: buyId }: Buy,
  personId: string,
  kinds: readonly ("claim" | "mark")[],
  at: Date,
): Promise<number> {
  const { count } = await prisma.payment.updateMany({
    where: { communityId, buyId, personId, kind: { in: [...kinds] }, revokedAt: null },
    data: { revokedAt: at },
  });
  return count;
}

/** By buy and person: what they have kept from other buys of its leader, and not used. */
export async function balancesOf(sql: Sql, buys: readonly Buy[]): Promise<ReadonlyMap<string, Money>> {
  if (buys.length === 0) return new Map();
  const rows = (await sql(
    "balances-of",
    `SELECT w.id AS buy, e."personId" AS person, sum(e.amount)::text AS amount
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS w(community, id, leader)
       JOIN entry e ON e."communityId" = w.community AND e.kind = 'carried'
       JOIN buy b ON b."communityId" = e."communityId" AND b.id = e."buyId" AND b."leaderId" = w.leader
        AND b.status NOT IN ('cancelled', 'failed')
      GROUP BY w.id, e."personId" HAVING sum(e.amount) > 0`,
    columns(buys, { community: "id", id: "id", leader: "id" }),
  )) as { buy: string; person: string; amount: string }[];
  return new Map(rows.map(({ buy, person, amount }) => [`${buy}:${person}`, Number(amount)]));
}

/** The same, locked by leader until the transaction ends; read again under the lock. */
export async function lockBalances(sql: Sql, buys: readonly Buy[]): Promise<ReadonlyMap<string, Money>> {
  const balances = await balancesOf(sql, buys);
  if (balances.size === 0) return balances;
  const concerned = buys.filter(({ id }) => [...balances.keys()].some((key) => key.startsWith(id)));
  await sql(
    "lock-balances",
    `SELECT count(pg_advisory_xact_lock(key)) FROM (
       SELECT DISTINCT hashtextextended(w.community || ' balances ' || w.leader, 0) AS key
         FROM unnest($1::uuid[], $2::uuid[]) AS w(community, leader) ORDER BY key) AS keys`,
    columns(concerned, { community: "id", leader: "id" }),
  );
  return balancesOf(sql, buys);
}

/** How somebody is paid, in the order in which it was set. */
export async function payWaysOf(
  prisma: TransactionClient,
  communityId: string,
  personId: string,
): Promise<readonly PayWay[]> {
  const rows = await prisma.payWay.findMany({
    where: { communityId, personId },
    orderBy: [{ at: "asc" }, { kind: "asc" }],
  });
  return rows.map(({ kind, account, holder, platform }): PayWay => {
    if (kind === "text") return { kind, text: account };
    return kind === "picture"
      ? { kind, photo: account, platform: platform ?? "", text: holder }
      : { kind, account, holder };
  });
}

/** Sets a way, instead of the one of its kind that was there. */
export async function setPayWay(
  prisma: TransactionClient,
  communityId: string,
  personId: string,
  way: PayWay,
  at: Date,
): Promise<void> {
  const { kind } = way;
  const key = { communityId, personId, kind };
  const row = {
    account: way.kind === "text" ? way.text : way.kind === "picture" ? way.photo : way.account,
    holder: way.kind === "text" ? "" : way.kind === "picture" ? way.text : way.holder,
    platform: way.kind === "picture" ? way.platform : null,
    at,
  };
  await prisma.payWay.upsert({
    where: { communityId_personId_kind: key },
    create: { ...key, ...row },
    update: row,
  });
}

/** Takes ways away: one, or all. How many there were. */
export async function dropPayWays(
  prisma: TransactionClient,
  communityId: string,
  personId: string,
  kind?: PayWay["kind"],
): Promise<number> {
  const { count } = await prisma.payWay.deleteMany({ where: { communityId, personId, ...(kind && { kind }) } });
  return count;
}
