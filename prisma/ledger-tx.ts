import type { Writable } from "node:stream";
import type { ClientBase, Pool } from "pg";
import type {
  Buy,
  LeaderAt,
  LedgerTx,
  Line,
  LineChanges,
  MessageKey,
  NewEdit,
  NewRecall,
  NewStatement,
  Notice,
  OrderKey,
  PersonKey,
  Rows,
} from "../bot/store.ts";
import type { Statement } from "../core/buy/statement.ts";
import { type BuyRow, type ItemRow, toBuy, toItem } from "./rows.ts";

/** How long after its closing a buy is still looked at, so that late words are noticed. */
const LATE_DAYS = 2;

/** What a process remembers of buys. */
export interface BuyCache {
  /** By `buy:version`: all of a buy but `coupled` changes only together with its version. */
  readonly buys: Map<string, Buy>;
  /** By `buy:version` too, as long as `buys`: platforms' ids that chats of the buy had once, as `platform:id`. */
  readonly pastIds: Map<string, readonly string[]>;
  /** By chat: what was found when its buys were last locked. */
  readonly here: Map<string, readonly Buy[]>;
}

/** Buys, and chats, that are kept in memory. */
const MOST_CACHED = 20_000;

/** The buys that the work went on with were not those that it has locked. */
export class StaleBuys extends Error {
  override readonly name = "StaleBuys";
}

/** A chat has another id since it was met: it must be met again, or what is said there would count as said elsewhere. */
export class MovedChat extends Error {
  override readonly name = "MovedChat";
}

/** Runs one statement of SQL, prepared under its name where the connection can. Gives its rows. */
export type Sql = (name: string, text: string, values: unknown[]) => Promise<unknown[]>;

/**
 * SQL on a connection of the pool, as named prepared statements, in a transaction that has just been asked for: the first
 * statement goes with it, and counts only if it has begun.
 */
export function sqlOn(client: ClientBase, begun: Promise<unknown>): Sql {
  const hold = holdTogether(client);
  return async (name, text, values) => {
    hold();
    const [, { rows }] = await Promise.all([begun, client.query({ name, text, values })]);
    return rows;
  };
}

/** SQL on any connection of the pool, as named prepared statements, each for itself. */
export function sqlFrom(pool: Pool): Sql {
  return async (name, text, values) => (await pool.query({ name, text, values })).rows;
}

/** What is asked in one turn goes out in one piece: each write costs the system more than its bytes do. */
function holdTogether(client: ClientBase): () => void {
  const { connection } = client as unknown as { readonly connection: { readonly stream: Writable } };
  let isHeld = false;
  return () => {
    if (isHeld) return;
    isHeld = true;
    connection.stream.cork();
    process.nextTick(() => {
      isHeld = false;
      connection.stream.uncork();
    });
  };
}

/**
 * The hot path: what is said, as multi-row SQL, one statement a call. A prepared statement keeps its plan, and one made
 * while a table is small may read all of it ever after; so what is looked up by key is looked up row by row
 * (`CROSS JOIN LATERAL (… OFFSET 0)`), where no other plan can be made. What two processes may write at once is written in
 * the order of its keys, so that they cannot lock each other out; lines belong to orders, which are locked by then.
 */
export class SqlLedgerTx implements LedgerTx {
  readonly #sql: Sql;
  readonly #cache: BuyCache;
  readonly #last: Promise<unknown>[];
  readonly #mayGuess: boolean;
  /** The locks that the work has not waited for. */
  #guessed: Promise<unknown> = Promise.resolve();

  /**
   * @param last  gets what the transaction waits for at its end
   * @param mayGuess  whether work may go on with the buys that its chats had last, while they are being locked: then
   *   `checkGuess` must be asked before anything is kept
   */
  constructor(sql: Sql, cache: BuyCache, last: Promise<unknown>[] = [], mayGuess = false) {
    this.#sql = sql;
    this.#cache = cache;
    this.#last = last;
    this.#mayGuess = mayGuess;
  }

  /** @throws StaleBuys when the work went on with other buys than it has locked */
  async checkGuess(): Promise<void> {
    await this.#guessed;
  }

  endWith(writes: Promise<unknown>): void {
    writes.catch(() => undefined); // the transaction tells
    this.#last.push(writes);
  }

  async lockBuys(chats: Parameters<LedgerTx["lockBuys"]>[0], alone: boolean): Promise<readonly Buy[]> {
    const guess = this.#mayGuess ? this.#lastHere(chats) : undefined;
    const locked = this.#lock(chats, alone);
    if (!guess) {
      this.#checkIds(chats, await locked);
      return locked;
    }
    this.#guessed = locked.then((buys) => {
      if (buys.length !== guess.size || !buys.every((buy) => isSame(buy, guess.get(buy.id)))) throw new StaleBuys();
    });
    this.#guessed.catch(() => undefined); // whoever checks is told
    const buys = [...guess.values()];
    this.#checkIds(chats, buys);
    return buys;
  }

  /** A move makes another version of each buy of its chat, so the ids of the past are as new as the buys are. */
  #checkIds(chats: Parameters<LedgerTx["lockBuys"]>[0], buys: readonly Buy[]): void {
    const past = new Set(buys.flatMap((buy) => this.#cache.pastIds.get(cacheKey(buy)) ?? []));
    if (past.size > 0 && chats.some((chat) => !chat.past && past.has(`${chat.platform}:${chat.externalChat}`)))
      throw new MovedChat();
  }

  /** @throws MovedChat where a chat is gone, since its id has become that of another */
  async #checkChats(chats: Parameters<LedgerTx["lockBuys"]>[0]): Promise<void> {
    if (chats.length === 0) return;
    const gone = await this.#query(
      "chats-gone",
      `SELECT 1 FROM unnest($1::uuid[], $2::uuid[]) AS said(community, chat)
        WHERE NOT EXISTS (SELECT 1 FROM chat c WHERE c."communityId" = said.community AND c.id = said.chat)`,
      columns(chats, { community: "id", chat: "id" }),
    );
    if (gone.length > 0) throw new MovedChat();
  }

  /** The buys of all these chats, by id, as they were last; undefined when one has not been looked at yet. */
  #lastHere(chats: Parameters<LedgerTx["lockBuys"]>[0]): ReadonlyMap<string, Buy> | undefined {
    const buys = new Map<string, Buy>();
    for (const { chat } of chats) {
      const here = this.#cache.here.get(chat);
      if (!here) return undefined;
      for (const buy of here) buys.set(buy.id, buy);
    }
    return buys;
  }

  async #lock(chats: Parameters<LedgerTx["lockBuys"]>[0], alone: boolean): Promise<readonly Buy[]> {
    const rows = await this.#query<LockedRow>(
      alone ? "lock-buys-alone" : "lock-buys",
      `SELECT b."communityId", b.id, b.version, b.coupled
         FROM buy b
        WHERE (b."communityId", b.id) IN (
                SELECT here."communityId", here."buyId"
                  FROM unnest($1::uuid[], $2::uuid[]) AS said(community, chat) CROSS JOIN LATERAL
                       (SELECT bc."communityId", bc."buyId" FROM buy_chat bc
                         WHERE bc."communityId" = said.community AND bc."chatId" = said.chat OFFSET 0) AS here)
          AND (b.status = 'open' OR b."closedAt" > now() - interval '${LATE_DAYS} days')
        ORDER BY b."communityId", b.id
          FOR ${alone ? "UPDATE" : "SHARE"} OF b`,
      columns(chats, { community: "id", chat: "id" }),
    );
    const buys = await this.#whole(rows);
    for (const { chat } of chats) {
      keep(
        this.#cache.here,
        chat,
        buys.filter((buy) => buy.chats.includes(chat)),
      );
    }
    const withBuys = new Set(buys.flatMap((buy) => buy.chats));
    await this.#checkChats(chats.filter(({ chat }) => !withBuys.has(chat)));
    return buys;
  }

  async postsAmong(messages: readonly MessageKey[]) {
    if (messages.length === 0) return [];
    return this.#query<MessageKey & { buy: string }>(
      "posts-among",
      `SELECT m.community, m.chat, m.message, found.buy
         FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS m(community, chat, message) CROSS JOIN LATERAL
              (SELECT p."buyId" AS buy FROM post p
                WHERE p."communityId" = m.community AND p."chatId" = m.chat AND p."messageId" = m.message OFFSET 0) AS found`,
      columns(messages, MESSAGE),
    );
  }

  async statementsAmong(messages: readonly MessageKey[]) {
    if (messages.length === 0) return [];
    return this.#query<MessageKey & { buy: string; person: string }>(
      "statements-among",
      `SELECT m.community, m.chat, m.message, found.buy, found.person
         FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS m(community, chat, message) CROSS JOIN LATERAL
              (SELECT s."buyId" AS buy, s."personId" AS person FROM statement s
                WHERE s."communityId" = m.community AND s."chatId" = m.chat AND s."messageId" = m.message OFFSET 0) AS found`,
      columns(messages, MESSAGE),
    );
  }

  async addStatements(statements: readonly NewStatement[]) {
    if (statements.length === 0) return [];
    // Where a message and an edit of it come together, the one that knows the first text wins.
    const known = [...statements].sort((a, b) => Number(a.text !== undefined) - Number(b.text !== undefined));
    const rows = unique(known, (each) => [each.buy, each.chat, each.message]);
    return this.#query<MessageKey & { buy: string; receivedAt: Date }>(
      "add-statements",
      `INSERT INTO statement ("communityId", "buyId", "chatId", "messageId", position, "personId", name, "saidAt", text, reply, leader, "receivedAt", "textAt")
       SELECT s.community, s.buy, s.chat, s.message, s.position, s.person, s.name, s.said, s.text, s.reply, s.leader,
              greatest(clock_timestamp(), s.closed),
              CASE WHEN s.text IS NOT NULL THEN greatest(clock_timestamp(), s.closed) END
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::uuid[], $7::text[],
                     $8::timestamptz[], $9::text[], $10::boolean[], $11::boolean[], $12::timestamptz[])
           AS s(community, buy, chat, message, position, person, name, said, text, reply, leader, closed)
       ON CONFLICT ("communityId", "buyId", "chatId", "messageId")
         DO UPDATE SET text = coalesce(statement.text, excluded.text),
                       "textAt" = coalesce(statement."textAt", excluded."textAt")
       RETURNING "communityId" AS community, "buyId" AS buy, "chatId" AS chat, "messageId" AS message,
                 coalesce("textAt", "receivedAt") AS "receivedAt"`,
      columns(
        rows.map((row) => ({ ...row, saidAt: row.saidAt.toISOString(), closedAt: instant(row.closedAt) })),
        {
          ...{ community: "id", buy: "id", chat: "id", message: "text", position: "plain", person: "id", name: "text" },
          ...{ saidAt: "plain", text: "text", reply: "plain", leader: "plain", closedAt: "text" },
        },
      ),
    );
  }

  /** Platforms that count in whole seconds may date two edits alike: then their order tells, in whichever they come. */
  async addEdits(edits: readonly NewEdit[]) {
    if (edits.length === 0) return [];
    const inOrder = [...edits].sort((one, other) => one.order - other.order);
    const rows = unique(inOrder, (each) => [each.buy, each.chat, each.message, each.at.toISOString()]);
    const added = await this.#query<MessageKey & { buy: string; isNew: boolean }>(
      "add-edits",
      `INSERT INTO statement_edit ("communityId", "buyId", "chatId", "messageId", at, "order", text, "receivedAt")
       SELECT e.community, e.buy, e.chat, e.message, e.at, e."order", e.text, greatest(clock_timestamp(), e.closed)
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::bigint[], $7::text[], $8::timestamptz[])
           AS e(community, buy, chat, message, at, "order", text, closed)
       ON CONFLICT ("communityId", "buyId", "chatId", "messageId", at)
         DO UPDATE SET text = excluded.text, "order" = excluded."order" WHERE excluded."order" >= statement_edit."order"
       RETURNING "communityId" AS community, "buyId" AS buy, "chatId" AS chat, "messageId" AS message, (xmax = 0) AS "isNew"`,
      columns(
        rows.map((row) => ({ ...row, at: row.at.toISOString(), closedAt: instant(row.closedAt) })),
        {
          community: "id",
          buy: "id",
          chat: "id",
          message: "text",
          at: "plain",
          order: "plain",
          text: "text",
          closedAt: "text",
        },
      ),
    );
    return added.filter(({ isNew }) => isNew);
  }

  async addRecalls(recalls: readonly NewRecall[]) {
    if (recalls.length === 0) return [];
    const rows = unique(recalls, (each) => [each.chat, each.message]);
    return this.#query<MessageKey>(
      "add-recalls",
      `INSERT INTO recall ("communityId", "chatId", "messageId", at, "receivedAt")
       SELECT r.community, r.chat, r.message, r.at, greatest(clock_timestamp(), r.closed)
         FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[])
           AS r(community, chat, message, at, closed)
       ON CONFLICT DO NOTHING
       RETURNING "communityId" AS community, "chatId" AS chat, "messageId" AS message`,
      columns(
        rows.map((row) => ({ ...row, at: row.at.toISOString(), closedAt: instant(row.closedAt) })),
        { ...MESSAGE, at: "plain", closedAt: "text" },
      ),
    );
  }

  async lockOrders(orders: readonly OrderKey[]): Promise<void> {
    if (orders.length === 0) return;
    await this.#query(
      "lock-orders",
      `SELECT count(pg_advisory_xact_lock(key)) FROM (
         SELECT DISTINCT uuid_hash_extended(buy, uuid_hash_extended(person, 0)) AS key
           FROM unnest($1::uuid[], $2::uuid[]) AS o(buy, person)
          ORDER BY key) AS keys`,
      columns(orders, { buy: "id", person: "id" }),
    );
  }

  async statementsOf(orders: readonly OrderKey[]) {
    if (orders.length === 0) return [];
    const rows = await this.#query<StatementRow>(
      "statements-of",
      `SELECT found.* FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS o(community, buy, person) CROSS JOIN LATERAL
         (${STATEMENTS} WHERE s."communityId" = o.community AND s."buyId" = o.buy AND s."personId" = o.person OFFSET 0) AS found`,
      columns(orders, { community: "id", buy: "id", person: "id" }),
    );
    return rows.map(toStatement);
  }

  async statementsOfBuy(community: string, buy: string, knownBefore?: Date) {
    const rows = await this.#query<StatementRow>(
      knownBefore ? "statements-known" : "statements-of-buy",
      `${knownBefore ? LISTED : STATEMENTS}
        WHERE s."communityId" = $1::uuid AND s."buyId" = $2::uuid${
          knownBefore ? ` AND (s."receivedAt" < $3::timestamptz OR s."acceptedAt" IS NOT NULL)` : ""
        }`,
      [community, buy, ...(knownBefore ? [knownBefore.toISOString()] : [])],
    );
    return rows.map(toStatement);
  }

  async linesOf(orders: readonly OrderKey[]) {
    if (orders.length === 0) return [];
    const rows = await this.#query<LineRow>(
      "lines-of",
      `SELECT found.* FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS o(community, buy, person) CROSS JOIN LATERAL
         (${LINES} WHERE l."communityId" = o.community AND l."buyId" = o.buy AND l."personId" = o.person OFFSET 0) AS found`,
      columns(orders, { community: "id", buy: "id", person: "id" }),
    );
    return rows.map(toLine);
  }

  async linesOfBuy(community: string, buy: string) {
    const rows = await this.#query<LineRow>("lines-of-buy", `${LINES} WHERE l."communityId" = $1 AND l."buyId" = $2`, [
      community,
      buy,
    ]);
    return rows.map(toLine);
  }

  async statementsOfBuys(buys: readonly Pick<Buy, "community" | "id">[]) {
    const rows = await this.#query<StatementRow>(
      "statements-of-buys",
      `SELECT found.* FROM unnest($1::uuid[], $2::uuid[]) AS b(community, buy) CROSS JOIN LATERAL
         (${STATEMENTS} WHERE s."communityId" = b.community AND s."buyId" = b.buy OFFSET 0) AS found`,
      columns(buys, { community: "id", id: "id" }),
    );
    return grouped(rows, (row) => row.buy, toStatement);
  }

  async linesOfBuys(buys: readonly Pick<Buy, "community" | "id">[]) {
    const rows = await this.#query<LineRow>(
      "lines-of-buys",
      `SELECT found.* FROM unnest($1::uuid[], $2::uuid[]) AS b(community, buy) CROSS JOIN LATERAL
         (${LINES} WHERE l."communityId" = b.community AND l."buyId" = b.buy OFFSET 0) AS found`,
      columns(buys, { community: "id", id: "id" }),
    );
    return grouped(rows, (row) => row.buyId, toLine);
  }

  /**
   * Buys by their ids, locked alone; those that somebody else holds are waited for, or left out. They are not remembered:
   * a closing makes another version of each.
   */
  async lockBuysById(keys: readonly { community: string; buy: string }[], wait: boolean): Promise<readonly Buy[]> {
    if (keys.length === 0) return [];
    const rows = await this.#query<LockedRow>(
      wait ? "lock-buys-by-id" : "lock-free-buys-by-id",
      `SELECT b."communityId", b.id, b.version, b.coupled
         FROM buy b
        WHERE (b."communityId", b.id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))
        ORDER BY b."communityId", b.id
          FOR UPDATE OF b ${wait ? "" : "SKIP LOCKED"}`,
      columns(keys, { community: "id", buy: "id" }),
    );
    return this.#whole(rows, false);
  }

  /** Buys by their ids, as they are now, locked by nobody. */
  async buysById(keys: readonly Pick<Buy, "community" | "id">[]): Promise<readonly Buy[]> {
    const rows = await this.#query<LockedRow>(
      "buys-by-id",
      `SELECT found.* FROM unnest($1::uuid[], $2::uuid[]) AS k(community, buy) CROSS JOIN LATERAL
              (SELECT b."communityId", b.id, b.version, b.coupled FROM buy b
                WHERE b."communityId" = k.community AND b.id = k.buy OFFSET 0) AS found`,
      columns(keys, { community: "id", id: "id" }),
    );
    return this.#whole(rows);
  }

  async saveLines({ saved, dropped, tallies }: LineChanges): Promise<void> {
    await Promise.all([this.#dropLines(dropped), this.#saveLines(saved), this.#moveTallies(tallies)]);
  }

  async #dropLines(dropped: LineChanges["dropped"]): Promise<void> {
    if (dropped.length === 0) return;
    await this.#query(
      "drop-lines",
      `DELETE FROM line WHERE ctid = ANY (ARRAY(
         SELECT found.ctid
           FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::text[])
                AS d(community, buy, person, whom, item, option) CROSS JOIN LATERAL
                (SELECT l.ctid FROM line l
                  WHERE l."communityId" = d.community AND l."buyId" = d.buy AND l."personId" = d.person
                    AND l."forWhom" = d.whom AND l."itemNo" = d.item AND l.option = d.option OFFSET 0) AS found))`,
      columns(dropped, LINE),
    );
  }

  async #saveLines(saved: LineChanges["saved"]): Promise<void> {
    if (saved.length === 0) return;
    await this.#query(
      "save-lines",
      `INSERT INTO line ("communityId", "buyId", "personId", "forWhom", "itemNo", option, quantity, waitlisted, note)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::text[], $7::int[], $8::int[], $9::text[])
         ON CONFLICT ("communityId", "buyId", "personId", "forWhom", "itemNo", option)
           DO UPDATE SET quantity = excluded.quantity, waitlisted = excluded.waitlisted, note = excluded.note`,
      columns(saved, { ...LINE, quantity: "plain", waitlisted: "plain", note: "text" }),
    );
  }

  async #moveTallies(tallies: LineChanges["tallies"]): Promise<void> {
    if (tallies.length === 0) return;
    await this.#query(
      "move-tallies",
      `WITH moved AS (
           SELECT t."communityId", t."buyId", t."itemNo", d.booked, d.waitlisted, d.people
             FROM tally t
             JOIN unnest($1::uuid[], $2::uuid[], $3::int[], $4::bigint[], $5::bigint[], $6::int[])
               AS d(community, buy, item, booked, waitlisted, people)
               ON t."communityId" = d.community AND t."buyId" = d.buy AND t."itemNo" = d.item
            ORDER BY t."communityId", t."buyId", t."itemNo"
              FOR UPDATE OF t),
            done AS (
         UPDATE tally t
            SET booked = t.booked + m.booked, waitlisted = t.waitlisted + m.waitlisted, people = t.people + m.people,
                "changedAt" = clock_timestamp()
           FROM moved m
          WHERE t."communityId" = m."communityId" AND t."buyId" = m."buyId" AND t."itemNo" = m."itemNo"
         RETURNING 1)
         SELECT CASE WHEN count(*) < cardinality($1::uuid[])
                     THEN (count(*) || ' of the items have a tally: they are made with the buy')::int END FROM done`,
      columns(tallies, {
        community: "id",
        buy: "id",
        item: "plain",
        booked: "plain",
        waitlisted: "plain",
        people: "plain",
      }),
    );
  }

  async setCoupled(community: string, buy: string): Promise<void> {
    await this.#query(
      "set-coupled",
      `UPDATE buy SET coupled = true WHERE "communityId" = $1 AND id = $2 AND NOT coupled`,
      [community, buy],
    );
  }

  async noteSoldOut(community: string, buy: string): Promise<void> {
    await this.#query(
      "note-sold-out",
      `INSERT INTO timer ("communityId", id, "buyId", kind, "dueAt")
       SELECT $1::uuid, gen_random_uuid(), $2::uuid, 'sold-out', clock_timestamp()
        WHERE NOT EXISTS (SELECT 1 FROM timer WHERE "communityId" = $1::uuid AND "buyId" = $2::uuid AND kind = 'sold-out')`,
      [community, buy],
    );
  }

  async addNotices(notices: readonly Notice[]): Promise<void> {
    if (notices.length === 0) return;
    await this.#query(
      "add-notices",
      `INSERT INTO outgoing ("communityId", id, "chatId", platform, "personId", "buyId", kind, cause, content, "dueAt", "createdAt")
       SELECT n.community, gen_random_uuid(), n.chat, c.platform, n.person, n.buy, n.kind, n.cause, n.content::jsonb,
              date_trunc('milliseconds', clock_timestamp()), clock_timestamp()
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[])
           AS n(community, buy, chat, person, kind, cause, content)
         JOIN chat c ON c."communityId" = n.community AND c.id = n.chat
       ON CONFLICT ("communityId", cause, part) DO NOTHING`,
      columns(
        notices.map((notice) => ({
          ...notice,
          cause: `${notice.cause}:${notice.person}`,
          content: JSON.stringify(notice.content),
        })),
        { community: "id", buy: "text", chat: "id", person: "id", kind: "text", cause: "text", content: "text" },
      ),
    );
  }

  async namesOf(people: readonly PersonKey[]): Promise<ReadonlyMap<string, string>> {
    if (people.length === 0) return new Map();
    const rows = await this.#query<{ id: string; name: string }>(
      "names-of",
      `SELECT id, name FROM person WHERE ("communityId", id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))`,
      columns(people, { community: "id", person: "id" }),
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  leadersAt(community: string, chat: string, buy: string | null): Promise<readonly LeaderAt[]> {
    return this.#query<LeaderAt>(
      "leaders-at",
      `SELECT DISTINCT ON (i."personId", i.platform)
              i."personId" AS person, i.platform, c.id AS chat, coalesce(p.language, c.language, m.language) AS language
         FROM role r
         JOIN community m ON m.id = r."communityId"
         JOIN person p ON p."communityId" = r."communityId" AND p.id = r."personId"
         JOIN identity i ON i."communityId" = r."communityId" AND i."personId" = r."personId"
         JOIN chat c ON c."communityId" = r."communityId" AND c.platform = i.platform AND c.kind = 'group' AND c."leftAt" IS NULL
         LEFT JOIN buy_chat b ON b."communityId" = c."communityId" AND b."chatId" = c.id AND b."buyId" = $3::uuid
        WHERE r."communityId" = $1::uuid AND r.name IN ('owner', 'leader')
        ORDER BY i."personId", i.platform, c.id = $2::uuid DESC, b."chatId" IS NOT NULL DESC, c.id`,
      [community, chat, buy],
    );
  }

  async rowsOf(community: string, buy: string): Promise<Rows> {
    const lines = await this.linesOfBuy(community, buy);
    const sums = await this.#query<{ item: number; booked: string; waitlisted: string; people: number }>(
      "sums-of",
      `SELECT "itemNo" AS item, booked, waitlisted, people FROM tally
        WHERE "communityId" = $1::uuid AND "buyId" = $2::uuid ORDER BY "itemNo"`,
      [community, buy],
    );
    const people = await this.#query<{ person: string }>(
      "people-of",
      `SELECT DISTINCT "personId" AS person FROM statement WHERE "communityId" = $1::uuid AND "buyId" = $2::uuid`,
      [community, buy],
    );
    return {
      lines,
      sums: {
        items: sums
          .filter(({ item }) => item > 0)
          .map(({ item, booked, waitlisted }) => ({ item, quantity: Number(booked), waitlisted: Number(waitlisted) })),
        people: sums.find(({ item }) => item === 0)?.people ?? 0,
      },
      people: people.map(({ person }) => person),
    };
  }

  async replaceRows({ community, id: buy }: Buy, { lines, sums }: Rows): Promise<void> {
    const key = { community, buy };
    const of = `"communityId" = $1::uuid AND "buyId" = $2::uuid`;
    await this.#query("drop-lines-of", `DELETE FROM line WHERE ${of}`, [community, buy]);
    await this.saveLines({ saved: lines.map((line) => ({ ...line, ...key })), dropped: [], tallies: [] });
    await this.#query("drop-sums-of", `DELETE FROM tally WHERE ${of}`, [community, buy]);
    const whole = { item: 0, quantity: 0, waitlisted: 0, people: sums.people };
    await this.#query(
      "add-sums",
      `INSERT INTO tally ("communityId", "buyId", "itemNo", booked, waitlisted, people, "changedAt")
       SELECT *, clock_timestamp()
         FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::bigint[], $5::bigint[], $6::int[])`,
      columns(
        [whole, ...sums.items.map((sum) => ({ ...sum, people: 0 }))].map((sum) => ({ ...sum, ...key })),
        { community: "id", buy: "id", item: "plain", quantity: "plain", waitlisted: "plain", people: "plain" },
      ),
    );
  }

  /** What is kept is taken before more is read: that may push it out. */
  async #whole(rows: readonly LockedRow[], isKept = true): Promise<readonly Buy[]> {
    const buys = new Map(rows.map((row) => [row.id, this.#cache.buys.get(cacheKey(row))]));
    const missing = rows.filter(({ id }) => !buys.get(id));
    for (const { buy, pastIds } of await this.#loadBuys(missing)) {
      buys.set(buy.id, buy);
      if (!isKept) continue;
      keep(this.#cache.buys, cacheKey(buy), buy);
      keep(this.#cache.pastIds, cacheKey(buy), pastIds);
    }
    return rows.map(({ id, coupled }) => ({ ...buys.get(id)!, coupled }));
  }

  async #loadBuys(missing: readonly LockedRow[]): Promise<readonly { buy: Buy; pastIds: readonly string[] }[]> {
    if (missing.length === 0) return [];
    const keys = columns(missing, { communityId: "id", id: "id" });
    const [buys, items] = await Promise.all([this.#buyRows(keys), this.#itemRows(keys)]);
    const byBuy = grouped(items, (item) => item.buyId, toItem);
    return buys.map((row) => ({ buy: toBuy(row, byBuy.get(row.id) ?? [], row.chats), pastIds: row.pastIds }));
  }

  #buyRows(keys: string[]) {
    return this.#query<BuyRow & { chats: string[]; pastIds: string[] }>(
      "buys-of",
      `SELECT b.*, ARRAY(SELECT c."chatId" FROM buy_chat c
                         WHERE c."communityId" = b."communityId" AND c."buyId" = b.id) AS chats,
              ARRAY(SELECT a.platform || ':' || a."externalId"
                      FROM buy_chat c JOIN address a ON a."communityId" = c."communityId" AND a."chatId" = c."chatId"
                     WHERE c."communityId" = b."communityId" AND c."buyId" = b.id AND NOT a.current) AS "pastIds"
         FROM buy b JOIN unnest($1::uuid[], $2::uuid[]) AS k(community, buy)
           ON b."communityId" = k.community AND b.id = k.buy`,
      keys,
    );
  }

  #itemRows(keys: string[]) {
    return this.#query<ItemRow & { communityId: string; buyId: string }>(
      "items-of",
      `SELECT i.*, coalesce((SELECT json_agg(json_build_object('from', t."from", 'price', t.price))
                               FROM tier t WHERE t."communityId" = i."communityId" AND t."buyId" = i."buyId"
                                AND t."itemNo" = i.no), '[]'::json) AS tiers
         FROM item i JOIN unnest($1::uuid[], $2::uuid[]) AS b(community, buy)
           ON i."communityId" = b.community AND i."buyId" = b.buy
        ORDER BY i."communityId", i."buyId", i.no`,
      keys,
    );
  }

  #query<Row>(name: string, text: string, values: unknown[]): Promise<Row[]> {
    return this.#sql(name, text, values) as Promise<Row[]>;
  }
}

interface LockedRow {
  readonly communityId: string;
  readonly id: string;
  readonly version: number;
  readonly coupled: boolean;
}

interface StatementRow {
  readonly buy: string;
  readonly chat: string;
  readonly id: string;
  readonly position: string | bigint;
  readonly person: string;
  readonly name: string;
  /** Seconds. */
  readonly saidAt: number;
  readonly text: string | null;
  readonly reply: boolean;
  readonly leader: boolean;
  readonly recalledAt: number | null;
  readonly isAccepted: boolean;
  readonly edits: readonly { readonly at: string; readonly text: string }[] | null;
}

/** Statements with what became of them, as far as that is known: a condition on when something was stored. */
const statementsWith = (known: (at: string) => string, knownText: string) => `
  SELECT s."buyId" AS buy, s."chatId" AS chat, s."messageId" AS id, s.position, s."personId" AS person,
         s.name, extract(epoch FROM s."saidAt")::float8 AS "saidAt", CASE WHEN ${knownText} THEN s.text END AS text, s.reply, s.leader,
         s."acceptedAt" IS NOT NULL AS "isAccepted",
         (SELECT extract(epoch FROM r.at)::float8 FROM recall r
           WHERE ${known('r."receivedAt"')} AND r."communityId" = s."communityId" AND r."chatId" = s."chatId"
             AND r."messageId" = s."messageId") AS "recalledAt",
         (SELECT json_agg(json_build_object('at', e.at, 'text', e.text) ORDER BY e.at) FROM statement_edit e
           WHERE ${known('e."receivedAt"')} AND e."communityId" = s."communityId" AND e."buyId" = s."buyId"
             AND e."chatId" = s."chatId" AND e."messageId" = s."messageId") AS edits
    FROM statement s`;

const STATEMENTS = statementsWith(() => "true", "true");

/** Those of a final list, $3: what was stored before it, and what a leader took onto it since, as it was then. */
const LISTED = statementsWith(
  (at) => `(${at} < $3::timestamptz OR ${at} <= s."acceptedAt")`,
  `(s."textAt" < $3::timestamptz OR s."acceptedAt" IS NOT NULL)`,
);

function toStatement(row: StatementRow): Statement & { readonly buy: string } {
  const edits = (row.edits ?? []).map((edit) => ({ at: new Date(edit.at), text: edit.text }));
  const saidAt = toDate(row.saidAt);
  return {
    buy: row.buy,
    chat: row.chat,
    id: row.id,
    position: Number(row.position),
    person: row.person,
    name: row.name,
    saidAt,
    versions: row.text === null ? edits : [{ at: saidAt, text: row.text }, ...edits],
    ...(row.recalledAt !== null && { recalledAt: toDate(row.recalledAt) }),
    ...(row.reply && { reply: true }),
    ...(row.leader && { leader: true }),
    ...(row.isAccepted && { accepted: true }),
  };
}

function toDate(seconds: number): Date {
  return new Date(Math.round(seconds * 1000));
}

interface LineRow {
  readonly buyId: string;
  readonly personId: string;
  readonly forWhom: string;
  readonly itemNo: number;
  readonly option: string;
  readonly quantity: number;
  readonly waitlisted: number;
  readonly note: string | null;
}

const LINES = `SELECT l."buyId", l."personId", l."forWhom", l."itemNo", l.option, l.quantity, l.waitlisted, l.note FROM line l`;

function toLine(row: LineRow): Line & { readonly buy: string } {
  return { buy: row.buyId, ...lineOf(row) };
}

/** A line as the bot has it. */
export function lineOf(row: Omit<LineRow, "buyId">): Line {
  return {
    person: row.personId,
    for: row.forWhom,
    item: row.itemNo,
    option: row.option,
    quantity: row.quantity,
    waitlisted: row.waitlisted,
    ...(row.note !== null && { note: row.note }),
  };
}

/** Remembers, and forgets what was remembered first. */
function keep<Value>(cache: Map<string, Value>, key: string, value: Value): void {
  if (!cache.has(key) && cache.size >= MOST_CACHED) cache.delete(cache.keys().next().value!);
  cache.set(key, value);
}

function isSame(buy: Buy, other: Buy | undefined): boolean {
  return buy.version === other?.version && buy.coupled === other.coupled;
}

function cacheKey(row: Pick<BuyRow, "id" | "version">): string {
  return `${row.id}:${row.version}`;
}

/** Rows by key, each in our terms, in the order in which they came. */
export function grouped<Row, Value>(
  rows: readonly Row[],
  key: (row: Row) => string,
  to: (row: Row) => Value,
): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(to(row));
    else groups.set(key(row), [to(row)]);
  }
  return groups;
}

/** How a value stands in an array: `id` and `plain` hold nothing that needs quotes. */
type Kind = "id" | "plain" | "text";

const MESSAGE = { community: "id", chat: "id", message: "text" } as const;
const LINE = { community: "id", buy: "id", person: "id", for: "text", item: "plain", option: "text" } as const;

/**
 * Rows → one array for each column, as `unnest` takes them, in PostgreSQL's own notation: `pg` would look at every value
 * again.
 */
export function columns<Row>(rows: readonly Row[], kinds: Partial<Record<keyof Row, Kind>>): string[] {
  return Object.entries<Kind | undefined>(kinds).map(([name, kind]) => {
    const values = rows.map((row) => row[name as keyof Row] as unknown);
    return `{${(kind === "text" ? values.map(quoted) : values).join(",")}}`;
  });
}

/** Nothing for none: the greatest of an instant and nothing is the instant. */
function instant(at: Date | undefined): string | undefined {
  return at?.toISOString();
}

/** @source PostgreSQL manual, 8.15.6: inside quotes only these two are special */
function quoted(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  return `"${String(value).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** Sorted by key, each key once: an upsert may not touch a row twice. */
function unique<Row>(rows: readonly Row[], key: (row: Row) => readonly string[]): Row[] {
  return [...new Map(rows.map((row) => [key(row).join("\u0000"), row]))]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, row]) => row);
}
