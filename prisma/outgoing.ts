import { randomUUID } from "node:crypto";
import type { Content } from "../bot/ports.ts";
import { splitContent } from "../bot/split-text.ts";
import {
  type Claimed,
  DEFERRED,
  type NewOutgoing,
  type OutgoingEnd,
  type Place,
  type PostKind,
  type Unsent,
} from "../bot/store.ts";
import type { PrismaClient, TransactionClient } from "./client.ts";
import { Prisma } from "./generated/client.ts";
import { columns, type Sql } from "./ledger-tx.ts";
import { moveChat } from "./move-chat.ts";

/** Outgoing messages that are looked up later by their message, and what they are then. */
const POSTS: Readonly<Record<string, PostKind>> = {
  "live-post": "live",
  repost: "live",
  "final-list": "list",
  "pickup-notice": "notice",
  "pickup-reminder": "notice",
};

/**
 * Queues messages, once for each cause and part, due at once by the database's clock. Times are kept in milliseconds: rounded
 * up, a message would be due half a millisecond after it was committed.
 */
export async function addOutgoing(sql: Sql, messages: readonly NewOutgoing[]): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.flatMap(({ place, buy = null, to = null, kind, cause, content, maxText }) =>
    splitContent(content, maxText).map((part, index) => ({
      community: place.community.id,
      id: randomUUID(),
      chat: place.chat,
      platform: place.platform,
      to,
      buy,
      kind,
      cause,
      part: index + 1,
      content: JSON.stringify(part),
    })),
  );
  await sql(
    "add-outgoing",
    `INSERT INTO outgoing ("communityId", id, "chatId", platform, "personId", "buyId", kind, cause, part, content, "dueAt", "createdAt")
     SELECT m.community, m.id, m.chat, m.platform, m.person, m.buy, m.kind, m.cause, m.part, m.content::jsonb,
            date_trunc('milliseconds', clock_timestamp()), clock_timestamp()
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::text[],
                   $9::int[], $10::text[])
         AS m(community, id, chat, platform, person, buy, kind, cause, part, content)
     ON CONFLICT ("communityId", cause, part) DO NOTHING`,
    columns(rows, {
      ...{ community: "id", id: "id", chat: "id", platform: "text", to: "text", buy: "text", kind: "text" },
      ...{ cause: "text", part: "plain", content: "text" },
    }),
  );
}

/** Has a message sent again whose arrival is in doubt, or that surely has not arrived, with those that were said with it. */
export async function resend(tx: TransactionClient, communityId: string, id: string): Promise<boolean> {
  const again = await tx.$executeRaw`
    UPDATE outgoing
       SET state = 'pending', attempts = 0, error = NULL, "saidWith" = NULL,
           "dueAt" = date_trunc('milliseconds', clock_timestamp())
     WHERE "communityId" = ${communityId}::uuid AND (starts_with(id::text, ${id}) OR starts_with("saidWith"::text, ${id}))
       AND state IN ('maybe', 'undeliverable')`;
  return again > 0;
}

/** Has the live posts of open buys that a chat has lost, or has never got, sent once more. */
export async function replacePosts(tx: TransactionClient, { community, chat }: Place): Promise<void> {
  await tx.$executeRaw`
    UPDATE outgoing o
       SET state = 'pending', attempts = 0, "messageId" = NULL, error = NULL, "dueAt" = date_trunc('milliseconds', clock_timestamp())
      FROM buy b
     WHERE o."communityId" = ${community.id}::uuid AND o."chatId" = ${chat}::uuid AND o.kind = 'live-post'
       AND o.state IN ('sent', 'undeliverable')
       AND b."communityId" = o."communityId" AND b.id = o."buyId" AND b.status = 'open'
       AND NOT EXISTS (SELECT 1 FROM post p WHERE p."communityId" = o."communityId" AND p."buyId" = o."buyId"
                                              AND p."chatId" = o."chatId" AND p.kind = 'live')`;
}

/** A claim takes hold of a message for so long. */
const claimed = (leaseMs: number) => Prisma.sql`
  state = 'sending', token = o.token + 1, attempts = o.attempts + 1,
  "leaseUntil" = clock_timestamp() + ${leaseMs} * interval '1 millisecond'`;

/** A `Claimed`, of a message that was claimed and its chat's address. */
const CLAIM = Prisma.sql`
  o."communityId" AS community, o.id, o.token, o.platform, o."chatId" AS chat,
  a."externalId" AS "externalChat", (SELECT c.kind = 'group' FROM chat c
    WHERE c."communityId" = o."communityId" AND c.id = o."chatId") AS "isGroup", o."buyId" AS buy, o.kind, o.content, o.attempts,
  o."personId" AS person, o."saidWith", o.error,
  (SELECT bc.topic FROM buy_chat bc
    WHERE bc."communityId" = o."communityId" AND bc."buyId" = o."buyId" AND bc."chatId" = o."chatId") AS topic,
  CASE WHEN o."personId" IS NOT NULL THEN coalesce((SELECT i."externalId" FROM identity i
    WHERE i."communityId" = o."communityId" AND i."personId" = o."personId" AND i.platform = o.platform
    ORDER BY i."seenAt" DESC LIMIT 1), '') END AS "to"`;

/** What is due so soon is waited for by what is said aloud: it may be said with it. */
const SOON = Prisma.sql`interval '1 second'`;

/**
 * Claims outgoing messages: marked `sending` under a lease before anything leaves. One of a chat at a time, the oldest
 * first: what comes after it waits, also while that is tried again. What is to be said aloud comes last, and waits for
 * company.
 */
export async function claimOutgoing(
  prisma: PrismaClient,
  platforms: readonly string[],
  most: number,
  leaseMs: number,
): Promise<readonly Claimed[]> {
  if (platforms.length === 0 || most <= 0) return [];
  return prisma.$queryRaw<(Claimed & { content: Content })[]>`
    UPDATE outgoing o
       SET ${claimed(leaseMs)}, "saidWith" = CASE WHEN o."saidWith" IS NOT NULL THEN o.id END
      FROM (SELECT w."communityId", w.id FROM outgoing w
             WHERE w.state = 'pending' AND w."dueAt" <= now() AND w.platform = ANY(${[...platforms]})
               AND NOT EXISTS (SELECT 1 FROM outgoing b
                                WHERE b.state IN ('pending', 'sending')
                                  AND b."communityId" = w."communityId" AND b."chatId" = w."chatId"
                                  AND (b.state = 'sending'
                                       OR w."saidWith" IS NOT NULL AND b."saidWith" IS NULL AND b."dueAt" <= now() + ${SOON}
                                       OR b.error IS DISTINCT FROM ${DEFERRED}
                                          AND (w."saidWith" IS NOT NULL OR b."saidWith" IS NULL)
                                          AND (b."createdAt", b.cause, b.part) < (w."createdAt", w.cause, w.part)))
             ORDER BY w."dueAt" LIMIT ${most} FOR UPDATE SKIP LOCKED) due,
           address a
     WHERE o."communityId" = due."communityId" AND o.id = due.id
       AND a."communityId" = o."communityId" AND a."chatId" = o."chatId" AND a.current
    RETURNING ${CLAIM}`;
}

/** Claims what can be said in one message with one that is claimed. Nobody else claims anything of its chat meanwhile. */
export async function claimTogether(
  prisma: PrismaClient,
  first: Claimed,
  most: number,
  leaseMs: number,
): Promise<readonly Claimed[]> {
  return prisma.$queryRaw<(Claimed & { content: Content })[]>`
    WITH claim AS (
      UPDATE outgoing o
         SET ${claimed(leaseMs)}, "saidWith" = ${first.id}::uuid
        FROM (SELECT w."communityId", w.id FROM outgoing w
               WHERE w.state = 'pending' AND w."saidWith" IS NOT NULL AND w."dueAt" <= now() + ${SOON}
                 AND w."communityId" = ${first.community}::uuid AND w."chatId" = ${first.chat}::uuid
                 AND w.kind = ${first.kind} AND w."buyId" IS NOT DISTINCT FROM ${first.buy}::uuid
               ORDER BY w."createdAt", w.cause, w.part LIMIT ${most} FOR UPDATE SKIP LOCKED) due,
             address a
       WHERE o."communityId" = due."communityId" AND o.id = due.id
         AND a."communityId" = o."communityId" AND a."chatId" = o."chatId" AND a.current
      RETURNING ${CLAIM}, o."createdAt", o.cause, o.part)
    SELECT * FROM claim ORDER BY "createdAt", cause, part`;
}

/** What a sender held when its lease ran out may have left, so it becomes `maybe` and is not sent again. */
export async function loseOutgoing(tx: TransactionClient): Promise<readonly Unsent[]> {
  return tx.$queryRaw<Unsent[]>`
    UPDATE outgoing SET state = 'maybe', error = 'the sender was gone before it knew'
     WHERE state = 'sending' AND "leaseUntil" < now()
    RETURNING "communityId" AS community, id, token, "chatId" AS chat, "buyId" AS buy, kind,
              "personId" AS person, "saidWith"`;
}

/**
 * Ends a claim, if it is still ours. A live post that was sent becomes the buy's post in its chat.
 *
 * @returns  whether it was ours
 */
export async function finishOutgoing(tx: TransactionClient, claim: Claimed, end: OutgoingEnd): Promise<boolean> {
  const message = end.state === "sent" ? (end.message ?? null) : null;
  const error = end.state === "sent" ? null : end.error;
  const retryInMs = end.state === "pending" ? end.retryInMs : 0;
  const untried = end.state === "pending" && (end.isUntried || end.error === DEFERRED) ? 1 : 0;
  const ended = await tx.$executeRaw`
    UPDATE outgoing
       SET state = ${end.state}::"OutgoingState", "leaseUntil" = NULL, "messageId" = ${message}, error = ${error},
           attempts = attempts - ${untried}::int,
           "saidWith" = CASE WHEN ${end.isAloud === true} THEN id ELSE "saidWith" END,
           "sentAt" = CASE WHEN ${end.state} = 'sent' THEN clock_timestamp() END,
           "dueAt" = clock_timestamp() + ${retryInMs} * interval '1 millisecond'
     WHERE "communityId" = ${claim.community}::uuid AND id = ${claim.id}::uuid
       AND state = 'sending' AND token = ${claim.token}`;
  if (ended === 0) return false;
  if (end.state === "pending" && end.movedTo !== undefined) {
    await moveChat(tx, { platform: claim.platform, from: claim.externalChat, to: end.movedTo });
  }
  if (end.state === "sent" && end.isTopicGone && claim.buy) {
    const where = { communityId: claim.community, buyId: claim.buy, chatId: claim.chat };
    await tx.buyChat.updateMany({ where, data: { topic: null } });
    // Buys are kept in memory by their version.
    await tx.buy.updateMany({
      where: { communityId: claim.community, id: claim.buy },
      data: { version: { increment: 1 } },
    });
  }
  const kind = POSTS[claim.kind];
  if (message === null || !claim.buy || !kind) return true;
  await tx.post.createMany({
    data: [{ communityId: claim.community, buyId: claim.buy, chatId: claim.chat, messageId: message, kind }],
    skipDuplicates: true,
  });
  return true;
}

/** A live post of which it was in doubt whether it arrived has shown itself. */
export async function adoptPost(prisma: PrismaClient, place: Place, buyId: string, messageId: string): Promise<void> {
  const where = { communityId: place.community.id, buyId, chatId: place.chat };
  await prisma.$transaction(async (tx) => {
    const { count } = await tx.outgoing.updateMany({
      where: { ...where, kind: "live-post", state: "maybe" },
      data: { state: "sent", messageId },
    });
    if (count > 0) await tx.post.createMany({ data: [{ ...where, messageId, kind: "live" }], skipDuplicates: true });
  });
}
