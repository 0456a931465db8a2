import type { Buy, Language, LivePost, ShownBuy, Sums } from "../bot/store.ts";
import type { PrismaClient } from "./generated/client.ts";
import { columns, grouped, type Sql, type SqlLedgerTx } from "./ledger-tx.ts";

const LIVE_POST = `
    SELECT p."communityId" AS community, p."buyId" AS buy, p."chatId" AS chat, c.platform,
           a."externalId" AS "externalChat", c.kind = 'group' AS "isGroup", p."messageId" AS message, p.shown, clock_timestamp() AS "readAt"`;

const ITS_CHAT = `
      JOIN chat c ON c."communityId" = p."communityId" AND c.id = p."chatId"
      JOIN address a ON a."communityId" = c."communityId" AND a."chatId" = c.id AND a.current
     WHERE c.platform = ANY($1::text[])`;

/**
 * Live posts of some buys; without those, all that may show less than is known: their buy's tally or terms changed after
 * they were shown. Buys that closed are looked at until their post shows it. A tally may become visible some time after
 * its instant, hence the seconds to spare; looking at a post once too often costs nothing, since its digest stays the
 * same.
 */
export async function stalePosts(
  sql: Sql,
  platforms: readonly string[],
  buys?: readonly Pick<Buy, "community" | "id">[],
): Promise<readonly LivePost[]> {
  if (platforms.length === 0) return [];
  const rows = buys
    ? await sql(
        "posts-of",
        `${LIVE_POST}
      FROM unnest($2::uuid[], $3::uuid[]) AS k(community, buy) CROSS JOIN LATERAL
           (SELECT * FROM post WHERE "communityId" = k.community AND "buyId" = k.buy AND kind = 'live' OFFSET 0) AS p ${ITS_CHAT}`,
        [platforms, ...columns(buys, { community: "id", id: "id" })],
      )
    : await sql(
        "stale-posts",
        `${LIVE_POST}
      FROM post p
      JOIN buy b ON b."communityId" = p."communityId" AND b.id = p."buyId" ${ITS_CHAT}
       AND p.kind = 'live'
       AND (b.status = 'open' OR b."closedAt" > now() - interval '1 day')
       AND (p."shownAt" IS NULL OR p.shown NOT LIKE b.status || ':' || b.version || ':%'
            OR EXISTS (SELECT 1 FROM tally t WHERE t."communityId" = b."communityId" AND t."buyId" = b.id
                                               AND t."changedAt" > p."shownAt" - interval '5 seconds'))`,
        [platforms],
      );
  return rows as LivePost[];
}

/** Remembers what live posts show: begins with "status:version:", so that a change of either makes them stale. */
export async function postsShown(
  sql: Sql,
  posts: readonly { readonly post: LivePost; readonly shown: string }[],
): Promise<void> {
  await sql(
    "posts-shown",
    `UPDATE post p SET shown = s.shown, "shownAt" = s.at
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[])
            AS s(community, buy, chat, message, shown, at)
      WHERE p."communityId" = s.community AND p."buyId" = s.buy AND p."chatId" = s.chat AND p."messageId" = s.message`,
    columns(
      posts.map(({ post, shown }) => ({ ...post, shown, readAt: post.readAt.toISOString() })),
      { community: "id", buy: "id", chat: "id", message: "text", shown: "text", readAt: "plain" },
    ),
  );
}

/** What the posts of these buys are made of: sums that are kept, since a buy may have thousands of lines. */
export async function shownBuys(
  sql: Sql,
  ledger: SqlLedgerTx,
  asked: readonly Pick<Buy, "community" | "id">[],
): Promise<ReadonlyMap<string, ShownBuy>> {
  const keys = [...new Map(asked.map((key) => [key.id, key])).values()]; // a buy may have several posts
  const buys = await ledger.buysById(keys);
  const values = columns(keys, { community: "id", id: "id" });
  const [chats, sums] = await Promise.all([
    sql(
      "chats-of-buys",
      `SELECT k.buy, m.zone, bc."chatId" AS chat, coalesce(c.language, m.language) AS language
         FROM unnest($1::uuid[], $2::uuid[]) AS k(community, buy) JOIN community m ON m.id = k.community
         JOIN buy_chat bc ON bc."communityId" = k.community AND bc."buyId" = k.buy
         JOIN chat c ON c."communityId" = bc."communityId" AND c.id = bc."chatId"`,
      values,
    ),
    sql(
      "sums-of-buys",
      `SELECT k.buy, found.* FROM unnest($1::uuid[], $2::uuid[]) AS k(community, buy) CROSS JOIN LATERAL
              (SELECT t."itemNo", t.booked, t.waitlisted, t.people FROM tally t
                WHERE t."communityId" = k.community AND t."buyId" = k.buy OFFSET 0) AS found
        ORDER BY found."itemNo"`,
      values,
    ),
  ]);
  const chatsOf = grouped(
    chats as { buy: string; zone: string; chat: string; language: Language }[],
    ({ buy }) => buy,
    (row) => row,
  );
  const sumsOf = grouped(
    sums as (TallyRow & { buy: string })[],
    ({ buy }) => buy,
    (row) => row,
  );
  return new Map(
    buys.flatMap((buy) => {
      const its = chatsOf.get(buy.id) ?? [];
      if (!its[0]) return []; // offered nowhere, it has no post
      const languages = new Map(its.map(({ chat, language }) => [chat, language]));
      return [[buy.id, { buy, zone: its[0].zone, languages, sums: sumsIn(sumsOf.get(buy.id) ?? []) }] as const];
    }),
  );
}

interface TallyRow {
  readonly itemNo: number;
  readonly booked: bigint | string;
  readonly waitlisted: bigint | string;
  readonly people: number;
}

/** What all have together, as it is kept beside the lines. */
export function sumsIn(tallies: readonly TallyRow[]): Sums {
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

/** Forgets a live post whose message is gone. */
export async function postGone(prisma: PrismaClient, post: LivePost): Promise<void> {
  await prisma.post.deleteMany({ where: keyOf(post) });
}

function keyOf({ community, buy, chat, message }: LivePost) {
  return { communityId: community, buyId: buy, chatId: chat, messageId: message };
}
