import type { Pool } from "pg";
import type { ChatRef, Clock, Sender } from "../bot/ports.ts";
import type { Buy, Community, CommunityDefaults, Language, Member, Person, Place } from "../bot/store.ts";
import type { TransactionClient } from "./client.ts";
import type { Prisma, PrismaClient } from "./generated/client.ts";
import { columns, grouped, type Sql } from "./ledger-tx.ts";

/** What an address is read with. */
export const WITH_CHAT = { chat: { include: { community: true } } } as const satisfies Prisma.AddressInclude;

type AddressRow = Prisma.AddressGetPayload<{ include: typeof WITH_CHAT }>;

/** A chat of a platform. */
export interface MetChat {
  readonly platform: string;
  readonly chat: ChatRef;
}

/** Somebody in a chat. */
export interface MetPerson {
  readonly place: Place;
  readonly sender: Sender;
}

/**
 * The chats behind the platforms' ids; a community of its own comes with each new one.
 *
 * @param met  by any key, which the answer keeps
 */
export async function meetChats(
  { prisma, sql, clock }: { readonly prisma: PrismaClient; readonly sql: Sql; readonly clock: Clock },
  met: ReadonlyMap<string, MetChat>,
  defaults: CommunityDefaults,
): Promise<ReadonlyMap<string, Place>> {
  const rows = (await sql(
    "find-places",
    `SELECT a.platform, a."externalId", NOT a.current AS past, c.id AS chat, c.kind::text AS kind, ${COMMUNITY}
       FROM unnest($1::text[], $2::text[]) AS met(platform, external)
       JOIN address a ON a.platform = met.platform AND a."externalId" = met.external
       JOIN chat c ON c."communityId" = a."communityId" AND c.id = a."chatId"
       JOIN community m ON m.id = a."communityId"`,
    [[...met.values()].map(({ platform }) => platform), [...met.values()].map(({ chat }) => chat.id)],
  )) as (PlaceRow & { readonly past: boolean })[];
  const places = new Map(
    rows.map((row): [string, Place] => [
      `${row.platform}:${row.externalId}`,
      { ...(row.past && { past: true }), ...placeOf(row) },
    ]),
  );
  const found = new Map<string, Place>();
  for (const [key, { platform, chat }] of met) {
    found.set(
      key,
      places.get(`${platform}:${chat.id}`) ?? (await meetNewChat(prisma, clock, platform, chat, defaults)),
    );
  }
  return found;
}

/** Two processes that meet a chat at once end up with one: the address is unique, and whoever comes second takes the first's. */
async function meetNewChat(
  prisma: PrismaClient,
  clock: Clock,
  platform: string,
  chat: ChatRef,
  defaults: CommunityDefaults,
): Promise<Place> {
  const where = { platform_externalId: { platform, externalId: chat.id } };
  const communityId = clock.newId();
  const chatId = clock.newId();
  await prisma.$transaction(async (tx) => {
    // Taken first, so that of two only one goes on.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${platform}:${chat.id}`}, 0))`;
    if (await tx.address.findUnique({ where })) return;
    const title = chat.title ?? "";
    await tx.community.create({ data: { id: communityId, name: title || chat.id, ...defaults } });
    await tx.chat.create({ data: { communityId, id: chatId, platform, kind: chat.kind, title } });
    await tx.address.create({ data: { platform, externalId: chat.id, communityId, chatId } });
  });
  return toPlace(await prisma.address.findUniqueOrThrow({ where, include: WITH_CHAT }));
}

/**
 * The people behind senders. Names follow what the platform shows. Multi-row SQL, since every message has a sender: one
 * question where all are known by their names.
 *
 * @param met  by any key, which the answer keeps; a person may be there under several names, of which the last stays
 */
export async function meetPeople(
  pool: Pool,
  clock: Clock,
  met: ReadonlyMap<string, MetPerson>,
): Promise<ReadonlyMap<string, Person>> {
  const byId = new Map([...met.values()].map((each) => [idOf(each), each]));
  // Sorted, so that two processes cannot lock each other out.
  const wanted = new Map([...byId].sort(([one], [other]) => (one < other ? -1 : 1)));
  const rows = await findPeople(pool, [...wanted.values()]);
  const known = new Map(rows.map((row) => [`${row.community}:${row.platform}:${row.externalId}`, row]));

  const unknown = [...wanted].filter(([id]) => !known.has(id)).map(([, each]) => each);
  if (unknown.length > 0) {
    await addPeople(pool, clock, unknown);
    for (const row of await findPeople(pool, unknown)) {
      known.set(`${row.community}:${row.platform}:${row.externalId}`, row);
    }
  }
  const renamed = [...wanted].filter(([id, { sender }]) => known.get(id)!.name !== sender.name).map(([, each]) => each);
  if (renamed.length > 0) await renamePeople(pool, renamed);

  return new Map(
    [...met].map(([key, each]): [string, Person] => {
      const { person, role, language } = known.get(idOf(each))!;
      const { id: externalId, name } = each.sender;
      return [key, { id: person, name, externalId, role: role ?? "resident", ...(language && { language }) }];
    }),
  );
}

interface PersonRow {
  readonly community: string;
  readonly platform: string;
  readonly externalId: string;
  readonly person: string;
  readonly name: string;
  readonly role: Person["role"] | null;
  readonly language: Language | null;
}

async function findPeople(pool: Pool, people: readonly MetPerson[]): Promise<readonly PersonRow[]> {
  const { rows } = await pool.query<PersonRow>({
    name: "find-people",
    text: `SELECT i."communityId" AS community, i.platform, i."externalId", i."personId" AS person, i.name, r.name AS role, p.language
             FROM unnest($1::uuid[], $2::text[], $3::text[]) AS met(community, platform, external)
             JOIN identity i ON i."communityId" = met.community AND i.platform = met.platform
                            AND i."externalId" = met.external
             JOIN person p ON p."communityId" = i."communityId" AND p.id = i."personId"
             LEFT JOIN role r ON r."communityId" = i."communityId" AND r."personId" = i."personId"`,
    values: idColumns(people),
  });
  return rows;
}

/** Of two processes that meet somebody at once, the one that comes second makes nobody. */
async function addPeople(pool: Pool, clock: Clock, people: readonly MetPerson[]): Promise<void> {
  await pool.query({
    name: "add-people",
    text: `WITH met AS (
             INSERT INTO identity ("communityId", platform, "externalId", "personId", name)
             SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[])
             ON CONFLICT DO NOTHING
             RETURNING "communityId", "personId", name)
           INSERT INTO person ("communityId", id, name) SELECT * FROM met`,
    values: [...idColumns(people), people.map(() => clock.newId()), people.map(({ sender }) => sender.name)],
  });
}

async function renamePeople(pool: Pool, people: readonly MetPerson[]): Promise<void> {
  await pool.query({
    name: "rename-people",
    text: `WITH renamed AS (
             UPDATE identity i SET name = met.name
               FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS met(community, platform, external, name)
              WHERE i."communityId" = met.community AND i.platform = met.platform AND i."externalId" = met.external
             RETURNING i."communityId", i."personId", i.name)
           UPDATE person p SET name = renamed.name FROM renamed
            WHERE p."communityId" = renamed."communityId" AND p.id = renamed."personId"`,
    values: [...idColumns(people), people.map(({ sender }) => sender.name)],
  });
}

function idColumns(people: readonly MetPerson[]): unknown[][] {
  return [
    people.map(({ place }) => place.community.id),
    people.map(({ place }) => place.platform),
    people.map(({ sender }) => sender.id),
  ];
}

function idOf({ place, sender }: MetPerson): string {
  return `${place.community.id}:${place.platform}:${sender.id}`;
}

/** Names of people of a community, by id. */
export async function namesOf(
  prisma: TransactionClient,
  communityId: string,
  people: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await prisma.person.findMany({
    where: { communityId, id: { in: [...people] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

interface PlaceRow extends CommunityRow {
  readonly chat: string;
  readonly platform: string;
  readonly externalId: string;
  readonly kind: "group" | "direct";
  /** Of places that belong to a buy. */
  readonly topic?: string | null;
}

/** Columns of a `CommunityRow`, of a community m. */
const communityWith = (language: string) => `m.id, m.name, m.zone, ${language} AS language, m.currency, m."quietFrom",
            m."quietUntil", m."lastCallMinutes", m."remindPayment"`;

/** Those of a community itself. */
export const OWN_COMMUNITY = communityWith("m.language");

/** Those for a chat c in it, which may have its own language. */
const COMMUNITY = communityWith("coalesce(c.language, m.language)");

function placeOf(row: PlaceRow, known?: Community): Place {
  const { chat, platform, externalId: externalChat, kind, topic, language } = row;
  const own = known && language ? { ...known, language: language as Language } : known;
  return { community: own ?? toCommunity(row), chat, platform, externalChat, kind, ...(topic && { topic }) };
}

/** Where what a button is about belongs, among the communities of whoever pressed it. Private presses are rare. */
export async function placeOfButton(
  sql: Sql,
  platform: string,
  sender: string,
  about: string,
): Promise<Place | undefined> {
  const [row] = (await sql(
    "place-of-button",
    `WITH mine AS (SELECT "communityId" FROM identity WHERE platform = $1 AND "externalId" = $2),
          about AS (
            SELECT bc."communityId", bc."chatId" FROM buy_chat bc JOIN mine USING ("communityId") WHERE bc."buyId" = $3::uuid
             UNION
            SELECT bc."communityId", bc."chatId" FROM plan p JOIN mine USING ("communityId")
              JOIN buy_chat bc ON bc."communityId" = p."communityId" AND bc."buyId" = p."buyId" WHERE p.id = $3::uuid
             UNION
            SELECT bc."communityId", bc."chatId" FROM problem p JOIN mine USING ("communityId")
              JOIN buy_chat bc ON bc."communityId" = p."communityId" AND bc."buyId" = p."buyId" WHERE p.id = $3::uuid
             UNION
            SELECT d."communityId", d."chatId" FROM dialogue d JOIN mine USING ("communityId") WHERE d.data->>'id' = $3::text
             UNION
            SELECT c."communityId", c.id FROM chat c JOIN mine USING ("communityId") WHERE c.id = $3::uuid
             UNION
            SELECT o."communityId", o."chatId" FROM outgoing o JOIN mine USING ("communityId") WHERE o.id = $3::uuid)
     SELECT a.platform, a."externalId", c.id AS chat, c.kind::text AS kind, ${COMMUNITY}
       FROM about
       JOIN address a ON a."communityId" = about."communityId" AND a."chatId" = about."chatId" AND a.current AND a.platform = $1
       JOIN chat c ON c."communityId" = a."communityId" AND c.id = a."chatId"
       JOIN community m ON m.id = a."communityId"
      ORDER BY a."externalId" LIMIT 1`,
    [platform, sender, about],
  )) as PlaceRow[];
  return row && placeOf(row);
}

/** Buys of a community that are looked through for what somebody was last about. */
const LATELY = 20;

/** The chat, on that platform, of the last buy that somebody leads or has said something about. */
export async function placeOfLast(sql: Sql, platform: string, externalId: string): Promise<Place | undefined> {
  const [row] = (await sql(
    "place-of-last",
    `SELECT a.platform, a."externalId", c.id AS chat, c.kind::text AS kind, ${COMMUNITY}
       FROM identity i
      CROSS JOIN LATERAL (SELECT * FROM buy WHERE "communityId" = i."communityId" AND "openedAt" IS NOT NULL
                           ORDER BY no DESC LIMIT ${LATELY}) AS b
       JOIN buy_chat bc ON bc."communityId" = b."communityId" AND bc."buyId" = b.id
       JOIN address a ON a."communityId" = bc."communityId" AND a."chatId" = bc."chatId" AND a.current AND a.platform = i.platform
       JOIN chat c ON c."communityId" = a."communityId" AND c.id = a."chatId"
       JOIN community m ON m.id = b."communityId"
      WHERE i.platform = $1 AND i."externalId" = $2 AND c."leftAt" IS NULL
        AND (b."leaderId" = i."personId"
             OR EXISTS (SELECT 1 FROM statement s WHERE s."communityId" = b."communityId" AND s."buyId" = b.id
                                                    AND s."personId" = i."personId"))
      ORDER BY b."openedAt" DESC, bc."chatId" LIMIT 1`,
    [platform, externalId],
  )) as PlaceRow[];
  return row && placeOf(row);
}

/** Communities that one person may belong to and still be asked which one is meant. */
const MOST_GROUPS = 10;

/** One group, on that platform, of each community in which somebody is known. */
export async function groupsWith(sql: Sql, platform: string, externalId: string): Promise<readonly Place[]> {
  const rows = (await sql(
    "groups-with",
    `SELECT DISTINCT ON (c."communityId") a.platform, a."externalId", c.id AS chat, c.kind::text AS kind, ${COMMUNITY}
       FROM identity i
       JOIN chat c ON c."communityId" = i."communityId" AND c.platform = i.platform AND c.kind = 'group' AND c."leftAt" IS NULL
       JOIN address a ON a."communityId" = c."communityId" AND a."chatId" = c.id AND a.current
       JOIN community m ON m.id = c."communityId"
      WHERE i.platform = $1 AND i."externalId" = $2
      ORDER BY c."communityId", c.id LIMIT ${MOST_GROUPS}`,
    [platform, externalId],
  )) as PlaceRow[];
  return rows.map((row) => placeOf(row));
}

/** By buy: where its chats are reached now. @param known  their communities by id, where they have been read already */
export async function placesOf(
  sql: Sql,
  buys: readonly Buy[],
  known?: ReadonlyMap<string, Community>,
): Promise<ReadonlyMap<string, readonly Place[]>> {
  const rows = (await sql(
    known ? "known-places-of" : "places-of",
    `SELECT found.* FROM unnest($1::uuid[], $2::uuid[]) AS b(community, buy) CROSS JOIN LATERAL
       (SELECT bc."buyId" AS buy, bc."chatId" AS chat, a.platform, a."externalId", c.kind::text AS kind, bc.topic,
               ${known ? `bc."communityId" AS id, c.language` : COMMUNITY}
          FROM buy_chat bc
          JOIN address a ON a."communityId" = bc."communityId" AND a."chatId" = bc."chatId" AND a.current
          JOIN chat c ON c."communityId" = bc."communityId" AND c.id = bc."chatId"
          ${known ? "" : `JOIN community m ON m.id = bc."communityId"`}
         WHERE bc."communityId" = b.community AND bc."buyId" = b.buy OFFSET 0) AS found
      ORDER BY found.chat`,
    columns(buys, { community: "id", id: "id" }),
  )) as (PlaceRow & { readonly buy: string })[];
  return grouped(
    rows,
    ({ buy }) => buy,
    (row) => placeOf(row, known?.get(row.id)),
  );
}

/** A community as the database has it. */
export interface CommunityRow {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly language: string;
  readonly currency: string;
  readonly quietFrom: number | null;
  readonly quietUntil: number | null;
  readonly lastCallMinutes: number;
  readonly remindPayment: boolean;
}

/** Row → a community in our terms. */
export function toCommunity(row: CommunityRow): Community {
  const { id, name, zone, currency, quietFrom: from, quietUntil: until, lastCallMinutes, remindPayment } = row;
  return {
    ...{ id, name, zone, currency, lastCallMinutes, remindPayment },
    language: row.language as Language,
    ...(from !== null && until !== null && { quiet: { from, until } }),
  };
}

/** Row → a place in our terms. */
export function toPlace({ platform, externalId, current, chat }: AddressRow): Place {
  return {
    ...(!current && { past: true }),
    community: toCommunity({ ...chat.community, language: chat.language ?? chat.community.language }),
    chat: chat.id,
    platform,
    externalChat: externalId,
    kind: chat.kind,
  };
}

/** The groups of a community, as they are reached now. */
export async function groupsOf(prisma: TransactionClient, communityId: string): Promise<readonly Place[]> {
  const rows = await prisma.address.findMany({
    where: { communityId, current: true, chat: { kind: "group", leftAt: null } },
    include: WITH_CHAT,
    orderBy: { chatId: "asc" },
  });
  return rows.map(toPlace);
}

/** Those who have a role, by name. */
export async function rolesOf(prisma: TransactionClient, communityId: string): Promise<readonly Member[]> {
  const rows = await prisma.role.findMany({
    where: { communityId, name: { not: "resident" } },
    include: { person: { select: { name: true } } },
  });
  return rows
    .map(({ personId: id, name: role, person: { name } }) => ({ id, name, role }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Where a code was asked for by which other chats may join, while it is valid. */
export async function linkOf(prisma: TransactionClient, code: string, at: Date): Promise<Place | undefined> {
  const asked = await prisma.dialogue.findFirst({
    where: { kind: "link", expiresAt: { gt: at }, data: { path: ["data", "code"], equals: code } },
  });
  const row =
    asked &&
    (await prisma.address.findFirst({
      where: { communityId: asked.communityId, chatId: asked.chatId, current: true },
      include: WITH_CHAT,
    }));
  return row ? toPlace(row) : undefined;
}

/** A chat joins another community: as a new chat there, to which its addresses lead from now on. */
export async function joinCommunity(
  prisma: TransactionClient,
  { community: { id: before }, chat, platform, kind }: Place,
  communityId: string,
  chatId: string,
): Promise<boolean> {
  const [state] = await prisma.$queryRaw<{ busy: boolean }[]>`
    WITH held AS (SELECT 1 FROM address WHERE "communityId" = ${before}::uuid AND "chatId" = ${chat}::uuid FOR UPDATE),
         own AS (SELECT b.id, b.status FROM buy b JOIN buy_chat bc ON bc."communityId" = b."communityId" AND bc."buyId" = b.id
                  WHERE bc."communityId" = ${before}::uuid AND bc."chatId" = ${chat}::uuid)
    SELECT (SELECT count(*) FROM held) = 0
        OR EXISTS (SELECT 1 FROM own WHERE status IN ('open', 'closed', 'purchased', 'arrived'))
        OR EXISTS (SELECT 1 FROM plan p WHERE p."communityId" = ${before}::uuid AND p."endedAt" IS NULL
                                          AND p."buyId" IN (SELECT id FROM own))
        OR EXISTS (SELECT 1 FROM timer t WHERE t."communityId" = ${before}::uuid AND t.state = 'pending'
                                           AND t."buyId" IN (SELECT id FROM own))
        OR EXISTS (SELECT 1 FROM outgoing o WHERE o."communityId" = ${before}::uuid AND o."chatId" = ${chat}::uuid
                                              AND o.state IN ('pending', 'sending')) AS busy`;
  if (state?.busy !== false) return false;
  // Each keeps the language that it had.
  await prisma.$executeRaw`
    UPDATE chat c SET language = m.language FROM community m
     WHERE m.id = c."communityId" AND c."communityId" IN (${before}::uuid, ${communityId}::uuid) AND c.language IS NULL`;
  const left = await prisma.chat.update({
    where: { communityId_id: { communityId: before, id: chat } },
    data: { leftAt: new Date() },
  });
  const { title, language } = left;
  await prisma.chat.create({ data: { communityId, id: chatId, platform, kind, title, language } });
  await prisma.address.updateMany({ where: { communityId: before, chatId: chat }, data: { communityId, chatId } });
  return true;
}
