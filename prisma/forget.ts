import { lateCause } from "../bot/late.ts";
import type { ForgottenWords } from "../bot/store.ts";
import type { TransactionClient } from "./client.ts";
import { columns } from "./ledger-tx.ts";

/** By buy in which somebody has said something: how many messages of theirs are kept. */
export async function messagesOf(
  prisma: TransactionClient,
  communityId: string,
  person: string,
): Promise<ReadonlyMap<string, number>> {
  // Looked up from the buys of the community, since statements have no index by person alone.
  const found = await prisma.$queryRaw<{ buy: string; messages: number }[]>`
    SELECT b.id AS buy, s.messages FROM buy b
     CROSS JOIN LATERAL (SELECT count(*)::int AS messages FROM statement s
                          WHERE s."communityId" = b."communityId" AND s."buyId" = b.id AND s."personId" = ${person}::uuid) s
     WHERE b."communityId" = ${communityId}::uuid AND s.messages > 0`;
  return new Map(found.map(({ buy, messages }) => [buy, messages]));
}

/** Who somebody is goes from every table; numbers stay. */
export async function forget(
  prisma: TransactionClient,
  communityId: string,
  personId: string,
  name: string,
  words: readonly ForgottenWords[],
): Promise<void> {
  const own = { communityId, personId };
  const identities = await prisma.identity.findMany({ where: own });
  await rewrite(prisma, communityId, name, words);
  await forgetPictures(prisma, own);
  await prisma.rating.updateMany({ where: own, data: { reason: null } });
  await prisma.order.updateMany({ where: own, data: { comesSaid: null, comesAt: null } });
  await prisma.problem.updateMany({ where: own, data: { text: "–", photo: null } });
  await prisma.payment.updateMany({ where: own, data: { method: null, evidence: null } });
  await prisma.payWay.deleteMany({ where: own });
  await prisma.outgoing.updateMany({ where: own, data: { content: { text: "–" } } });
  // What leaders were told of it quotes them.
  const quoting = words.map(({ buy, chat, message }) => `${lateCause(buy, chat, message)}%`);
  await prisma.$executeRaw`
    UPDATE outgoing SET content = '{"text":"–"}'
     WHERE "communityId" = ${communityId}::uuid AND kind = 'late-order' AND cause LIKE ANY(${quoting})`;
  await prisma.dialogue.deleteMany({ where: own });
  await prisma.boardLink.deleteMany({ where: own });
  await prisma.boardSession.deleteMany({ where: own });
  await prisma.role.deleteMany({ where: own });
  await prisma.identity.deleteMany({ where: own });
  for (const { platform, externalId } of identities) {
    await prisma.parked.deleteMany({
      where: { communityId, event: { path: ["sender", "id"], equals: externalId } },
    });
    await prisma.binding.deleteMany({ where: { platform, knownId: externalId, room: { not: "" } } });
  }
  await prisma.person.update({
    where: { communityId_id: { communityId, id: personId } },
    data: { name, flat: null, language: null, forgottenAt: new Date() },
  });
}

/** What they have shown, where it is kept here. */
async function forgetPictures(prisma: TransactionClient, own: { communityId: string; personId: string }) {
  const problems = await prisma.problem.findMany({ where: own, select: { photo: true } });
  const payments = await prisma.payment.findMany({ where: own, select: { evidence: true } });
  const ways = await prisma.payWay.findMany({ where: { ...own, kind: "picture" }, select: { account: true } });
  const names = [
    ...problems.map(({ photo }) => photo),
    ...payments.map(({ evidence }) => evidence),
    ...ways.map(({ account }) => account),
  ].filter((each) => each !== null);
  await prisma.picture.deleteMany({ where: { name: { in: names } } });
}

async function rewrite(
  prisma: TransactionClient,
  communityId: string,
  name: string,
  words: readonly ForgottenWords[],
): Promise<void> {
  const said = `unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) AS w(buy, chat, message, text)`;
  const values = columns(
    words.map((each) => ({ text: null, ...each })),
    { buy: "id", chat: "id", message: "text", text: "text" },
  );
  await prisma.$executeRawUnsafe(
    `UPDATE statement s SET name = $6, text = CASE WHEN s.text IS NOT NULL THEN coalesce(w.text, s.text) END FROM ${said}
      WHERE s."communityId" = $1::uuid AND s."buyId" = w.buy AND s."chatId" = w.chat AND s."messageId" = w.message`,
    communityId,
    ...values,
    name,
  );
  await prisma.$executeRawUnsafe(
    `UPDATE statement_edit e SET text = coalesce(w.text, e.text) FROM ${said}
      WHERE e."communityId" = $1::uuid AND e."buyId" = w.buy AND e."chatId" = w.chat AND e."messageId" = w.message`,
    communityId,
    ...values,
  );
}
