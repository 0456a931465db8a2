import type { TransactionClient } from "./client.ts";

/** A chat's old id and its new one, in its platform's terms. */
export interface Move {
  readonly platform: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Reaches a chat by its new id from now on; the old one still leads to it. Its messages are counted anew there, so what
 * is known by the number of a message gets the old id before it: or an order would be taken for one that came before.
 * Live posts stay behind, and are sent once more.
 *
 * @returns false where nothing was to be done: the chat is not known, or has moved already, or the new id has become a
 *          chat with buys of its own
 */
export async function moveChat(tx: TransactionClient, { platform, from, to }: Move): Promise<boolean> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${platform}:${to}`}, 0))`; // as who meets it does
  const address = (externalId: string) =>
    tx.address.findUnique({ where: { platform_externalId: { platform, externalId } } });
  const [old, taken] = [await address(from), await address(to)];
  if (!old || taken?.chatId === old.chatId) return false;
  if (taken && !(await dropNew(tx, taken.communityId))) return false;

  const { communityId, chatId } = old;
  // Nothing is being said to these buys while the numbers change.
  await tx.$queryRaw`
    SELECT 1 FROM buy b JOIN buy_chat c ON c."communityId" = b."communityId" AND c."buyId" = b.id
     WHERE c."communityId" = ${communityId}::uuid AND c."chatId" = ${chatId}::uuid ORDER BY b.id FOR UPDATE OF b`;
  // Another version of each: so other processes, which remember chats for a while, see that this one has moved.
  await tx.buy.updateMany({
    where: { communityId, chats: { some: { chatId } } },
    data: { version: { increment: 1 } },
  });
  await tx.address.updateMany({ where: { communityId, chatId, platform }, data: { current: false } });
  await tx.address.create({ data: { platform, externalId: to, communityId, chatId } });
  await leaveLivePosts(tx, communityId, chatId);
  for (const table of ["statement", "statement_edit", "recall", "post"]) {
    await tx.$executeRawUnsafe(
      `UPDATE ${table} SET "messageId" = $3 || '/' || "messageId" WHERE "communityId" = $1::uuid AND "chatId" = $2::uuid`,
      ...[communityId, chatId, from],
    );
  }
  return true;
}

/** Somebody was heard under the new id before the move was: without a buy, there is nothing to keep of that. */
async function dropNew(tx: TransactionClient, communityId: string): Promise<boolean> {
  const dropped = await tx.$executeRaw`
    DELETE FROM community c WHERE c.id = ${communityId}::uuid
       AND NOT EXISTS (SELECT 1 FROM buy b WHERE b."communityId" = c.id)
       AND (SELECT count(*) FROM chat t WHERE t."communityId" = c.id) = 1`;
  return dropped === 1;
}

async function leaveLivePosts(tx: TransactionClient, communityId: string, chatId: string): Promise<void> {
  await tx.$executeRaw`
    WITH left_behind AS (
      DELETE FROM post p USING buy b
       WHERE p."communityId" = ${communityId}::uuid AND p."chatId" = ${chatId}::uuid AND p.kind = 'live'
         AND b."communityId" = p."communityId" AND b.id = p."buyId" AND b.status = 'open'
      RETURNING p."buyId")
    UPDATE outgoing o
       SET state = 'pending', attempts = 0, "messageId" = NULL, error = NULL, "dueAt" = date_trunc('milliseconds', clock_timestamp())
      FROM left_behind l
     WHERE o."communityId" = ${communityId}::uuid AND o."chatId" = ${chatId}::uuid AND o."buyId" = l."buyId"
       AND o.kind = 'live-post' AND o.state = 'sent'`;
}
