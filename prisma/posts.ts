import type { Buy, LivePost } from "../bot/store.ts";
import type { PrismaClient } from "./generated/client.ts";

const POSTS = `
    SELECT p."communityId" AS community, p."buyId" AS buy, p."chatId" AS chat, c.platform,
           a."externalId" AS "externalChat", p."messageId" AS message, p.shown, clock_timestamp() AS "readAt"
      FROM post p
      JOIN buy b ON b."communityId" = p."communityId" AND b.id = p."buyId"
      JOIN chat c ON c."communityId" = p."communityId" AND c.id = p."chatId"
      JOIN address a ON a."communityId" = c."communityId" AND a."chatId" = c.id AND a.current
     WHERE p.kind = 'live' AND c.platform = ANY($1)`;

/**
 * Live posts of some buys; without those, all that may show less than is known: their buy's tally or terms changed after
 * they were shown. Buys that closed are looked at until their post shows it. A tally may become visible some time after
 * its instant, hence the seconds to spare; looking at a post once too often costs nothing, since its digest stays the
 * same.
 */
export async function stalePosts(
  prisma: PrismaClient,
  platforms: readonly string[],
  buys?: readonly Pick<Buy, "community" | "id">[],
): Promise<readonly LivePost[]> {
  if (platforms.length === 0) return [];
  if (buys) {
    return prisma.$queryRawUnsafe<LivePost[]>(
      `${POSTS} AND (p."communityId", p."buyId") IN (SELECT * FROM unnest($2::uuid[], $3::uuid[]))`,
      [...platforms],
      buys.map(({ community }) => community),
      buys.map(({ id }) => id),
    );
  }
  return prisma.$queryRawUnsafe<LivePost[]>(
    `${POSTS}
       AND (b.status = 'open' OR b."closedAt" > now() - interval '1 day')
       AND (p."shownAt" IS NULL OR p.shown NOT LIKE b.status || ':' || b.version || ':%'
            OR EXISTS (SELECT 1 FROM tally t WHERE t."communityId" = b."communityId" AND t."buyId" = b.id
                                               AND t."changedAt" > p."shownAt" - interval '5 seconds'))`,
    [...platforms],
  );
}

/** Remembers what a live post shows: begins with "status:version:", so that a change of either makes it stale. */
export async function postShown(prisma: PrismaClient, post: LivePost, shown: string): Promise<void> {
  await prisma.post.updateMany({ where: keyOf(post), data: { shown, shownAt: post.readAt } });
}

export async function postGone(prisma: PrismaClient, post: LivePost): Promise<void> {
  await prisma.post.deleteMany({ where: keyOf(post) });
}

function keyOf({ community, buy, chat, message }: LivePost) {
  return { communityId: community, buyId: buy, chatId: chat, messageId: message };
}
