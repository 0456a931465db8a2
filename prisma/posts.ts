import type { Buy, LivePost, ShownBuy, Sums } from "../bot/store.ts";
import { WHOLE_BUY, wholeBuy } from "./change-tx.ts";
import type { PrismaClient } from "./generated/client.ts";

const POSTS = `
    SELECT p."communityId" AS community, p."buyId" AS buy, p."chatId" AS chat, c.platform,
           a."externalId" AS "externalChat", c.kind = 'group' AS "isGroup", p."messageId" AS message, p.shown, clock_timestamp() AS "readAt"
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

/** Remembers what live posts show: begins with "status:version:", so that a change of either makes them stale. */
export async function postsShown(
  prisma: PrismaClient,
  posts: readonly { readonly post: LivePost; readonly shown: string }[],
): Promise<void> {
  await prisma.$executeRawUnsafe(
    `UPDATE post p SET shown = s.shown, "shownAt" = s.at
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[])
            AS s(community, buy, chat, message, shown, at)
      WHERE p."communityId" = s.community AND p."buyId" = s.buy AND p."chatId" = s.chat AND p."messageId" = s.message`,
    posts.map(({ post }) => post.community),
    posts.map(({ post }) => post.buy),
    posts.map(({ post }) => post.chat),
    posts.map(({ post }) => post.message),
    posts.map(({ shown }) => shown),
    posts.map(({ post }) => post.readAt),
  );
}

/** What the posts of these buys are made of: sums that are kept, since a buy may have thousands of lines. */
export async function shownBuys(
  prisma: PrismaClient,
  buys: readonly Pick<Buy, "community" | "id">[],
): Promise<ReadonlyMap<string, ShownBuy>> {
  const rows = await prisma.buy.findMany({
    where: { OR: buys.map(({ community, id }) => ({ communityId: community, id })) },
    include: { ...WHOLE_BUY, community: true },
  });
  const tallies = await prisma.tally.findMany({
    where: { OR: buys.map(({ community, id }) => ({ communityId: community, buyId: id })) },
    orderBy: { itemNo: "asc" },
  });
  return new Map(
    rows.map((row) => [
      row.id,
      { buy: wholeBuy(row), zone: row.community.zone, sums: sumsIn(tallies.filter(({ buyId }) => buyId === row.id)) },
    ]),
  );
}

/** What all have together, as it is kept beside the lines. */
export function sumsIn(
  tallies: readonly {
    readonly itemNo: number;
    readonly booked: bigint;
    readonly waitlisted: bigint;
    readonly people: number;
  }[],
): Sums {
  return {
    items: tallies
      .filter(({ itemNo }) => itemNo > 0)
      .map(({ itemNo, booked, waitlisted }) => ({
        item: itemNo,
        quantity: Number(booked),
        waitlisted: Number(waitlisted),
      })),
    people: tallies.find(({ itemNo }) => itemNo === 0)?.people ?? 0,
  };
}

export async function postGone(prisma: PrismaClient, post: LivePost): Promise<void> {
  await prisma.post.deleteMany({ where: keyOf(post) });
}

function keyOf({ community, buy, chat, message }: LivePost) {
  return { communityId: community, buyId: buy, chatId: chat, messageId: message };
}
