import type { Content } from "../bot/ports.ts";
import type { Claimed, OutgoingEnd } from "../bot/store.ts";
import type { PrismaClient } from "./generated/client.ts";

/**
 * Claims outgoing messages: marked `sending` under a lease before anything leaves. What a sender held when its lease
 * ran out may have left, so it becomes `maybe` and is not sent again. Parts of one text go in order: a part waits while
 * one before it is not sent.
 */
export async function claimOutgoing(
  prisma: PrismaClient,
  platforms: readonly string[],
  most: number,
  leaseMs: number,
): Promise<readonly Claimed[]> {
  if (platforms.length === 0) return [];
  await prisma.$executeRaw`
    UPDATE outgoing SET state = 'maybe', error = 'the sender was gone before it knew'
     WHERE state = 'sending' AND "leaseUntil" < clock_timestamp()`;
  return prisma.$queryRaw<(Claimed & { content: Content })[]>`
    UPDATE outgoing o
       SET state = 'sending', token = o.token + 1, attempts = o.attempts + 1,
           "leaseUntil" = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
      FROM (SELECT w."communityId", w.id FROM outgoing w
             WHERE w.state = 'pending' AND w."dueAt" <= clock_timestamp() AND w.platform = ANY(${[...platforms]})
               AND NOT EXISTS (SELECT 1 FROM outgoing b
                                WHERE b."communityId" = w."communityId" AND b.cause = w.cause AND b.part < w.part
                                  AND b.state IN ('pending', 'sending'))
             ORDER BY w."dueAt", w."createdAt", w.part LIMIT ${most} FOR UPDATE SKIP LOCKED) due,
           address a
     WHERE o."communityId" = due."communityId" AND o.id = due.id
       AND a."communityId" = o."communityId" AND a."chatId" = o."chatId" AND a.current
    RETURNING o."communityId" AS community, o.id, o.token, o.platform, o."chatId" AS chat,
              a."externalId" AS "externalChat", o."buyId" AS buy, o.kind, o.content, o.attempts`;
}

/** Ends a claim, if it is still ours. A live post that was sent becomes the buy's post in its chat. */
export async function finishOutgoing(prisma: PrismaClient, claim: Claimed, end: OutgoingEnd): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const message = end.state === "sent" ? (end.message ?? null) : null;
    const error = end.state === "sent" ? null : end.error;
    const retryInMs = end.state === "pending" ? end.retryInMs : 0;
    const ended = await tx.$executeRaw`
      UPDATE outgoing
         SET state = ${end.state}::"OutgoingState", "leaseUntil" = NULL, "messageId" = ${message}, error = ${error},
             "sentAt" = CASE WHEN ${end.state} = 'sent' THEN clock_timestamp() END,
             "dueAt" = clock_timestamp() + ${retryInMs} * interval '1 millisecond'
       WHERE "communityId" = ${claim.community}::uuid AND id = ${claim.id}::uuid
         AND state = 'sending' AND token = ${claim.token}`;
    if (ended === 0 || message === null || !claim.buy) return;
    const kind = claim.kind === "live-post" ? "live" : claim.kind === "final-list" ? "list" : undefined;
    if (!kind) return;
    await tx.post.createMany({
      data: [{ communityId: claim.community, buyId: claim.buy, chatId: claim.chat, messageId: message, kind }],
      skipDuplicates: true,
    });
  });
}
