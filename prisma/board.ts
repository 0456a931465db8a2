import type { Pool } from "pg";
import type { BoardSession, BoardStore, BuyRow, Tick } from "../bot/board/ports.ts";

/** A session that nobody uses for so long is over. */
const IDLE = "12 hours";

/** What is kept for the leader's board. Times are the database's. */
export function createBoardStore(pool: Pool): BoardStore {
  return {
    /** What has run out goes with it, so that nothing gathers. */
    async addLink({ digest, place, person, language, validMs }) {
      await pool.query(
        `DELETE FROM board_link WHERE "expiresAt" < now() OR ("communityId" = $1::uuid AND "personId" = $2::uuid)`,
        [place.community.id, person],
      );
      await pool.query(`DELETE FROM board_session WHERE "expiresAt" < now()`);
      await pool.query(
        `INSERT INTO board_link (hash, "communityId", "chatId", "personId", language, "expiresAt")
         VALUES ($1, $2::uuid, $3::uuid, $4::uuid, $5, now() + make_interval(secs => $6::float / 1000))`,
        [digest, place.community.id, place.chat, person, language, validMs],
      );
    },

    /** In one statement: of many who come at once one gets the row. */
    async takeLink(link, { digest, validMs }) {
      const { rowCount } = await pool.query(
        `WITH taken AS (DELETE FROM board_link WHERE hash = $1 RETURNING *)
         INSERT INTO board_session (hash, "communityId", "chatId", "personId", language, "expiresAt")
         SELECT $2, "communityId", "chatId", "personId", language, now() + make_interval(secs => $3::float / 1000)
           FROM taken WHERE "expiresAt" > now()`,
        [link, digest, validMs],
      );
      return rowCount === 1;
    },

    async findSession(digest) {
      const [, { rows }] = await Promise.all([
        pool.query(
          `UPDATE board_session SET "seenAt" = now()
            WHERE hash = $1 AND "seenAt" < now() - interval '5 minutes' AND "seenAt" > now() - interval '${IDLE}'`,
          [digest],
        ),
        pool.query<SessionRow>(
          `SELECT s."communityId" AS community, s."chatId" AS chat, s.language, p.id, p.name, i."externalId",
                  coalesce(r.name::text, 'resident') AS role
             FROM board_session s
             JOIN chat c ON c."communityId" = s."communityId" AND c.id = s."chatId"
             JOIN person p ON p."communityId" = s."communityId" AND p.id = s."personId" AND p."forgottenAt" IS NULL
             JOIN LATERAL (SELECT "externalId" FROM identity
                            WHERE "communityId" = p."communityId" AND "personId" = p.id AND platform = c.platform
                            ORDER BY "seenAt" DESC LIMIT 1) i ON true
             LEFT JOIN role r ON r."communityId" = p."communityId" AND r."personId" = p.id
            WHERE s.hash = $1 AND s."expiresAt" > now() AND s."seenAt" > now() - interval '${IDLE}'`,
          [digest],
        ),
      ]);
      const [row] = rows;
      if (!row) return undefined;
      const { community, chat, language, ...person } = row;
      return { community, chat, language, person };
    },

    async endSession(digest) {
      await pool.query("DELETE FROM board_session WHERE hash = $1", [digest]);
    },

    async endSessions(community, person) {
      for (const table of ["board_link", "board_session"]) {
        await pool.query(`DELETE FROM ${table} WHERE "communityId" = $1::uuid AND "personId" = $2::uuid`, [
          community,
          person,
        ]);
      }
    },

    async chatOf({ community, id }, person) {
      const { rows } = await pool.query<{ chat: string }>(
        `SELECT c.id AS chat FROM buy_chat b
           JOIN chat c ON c."communityId" = b."communityId" AND c.id = b."chatId" AND c."leftAt" IS NULL
          WHERE b."communityId" = $1::uuid AND b."buyId" = $2::uuid
            AND EXISTS (SELECT 1 FROM identity i
                         WHERE i."communityId" = b."communityId" AND i."personId" = $3::uuid AND i.platform = c.platform)
          ORDER BY c.id LIMIT 1`,
        [community, id, person],
      );
      return rows[0]?.chat;
    },

    async buysOf(community, most) {
      const { rows } = await pool.query<Omit<BuyRow, "closesAt"> & { closesAt: Date | null }>(
        `SELECT id, no, title, status::text AS status, "closesAt" FROM buy
          WHERE "communityId" = $1::uuid AND status <> 'draft' ORDER BY no DESC LIMIT $2`,
        [community, most],
      );
      return rows.map(({ closesAt, ...row }) => ({ ...row, ...(closesAt && { closesAt }) }));
    },

    async ticksOf({ community, id }) {
      const { rows } = await pool.query<Tick>(
        `SELECT "personId" AS person, "for", "itemNo" AS item, option, quantity::float8 AS quantity FROM pack_tick
          WHERE "communityId" = $1::uuid AND "buyId" = $2::uuid`,
        [community, id],
      );
      return rows;
    },

    async addTick({ community, id }, { person, for: whom, item, option, quantity }, by) {
      await pool.query(
        `INSERT INTO pack_tick ("communityId", "buyId", "personId", "for", "itemNo", option, quantity, "tickedBy")
         VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7, $8::uuid)
         ON CONFLICT ("communityId", "buyId", "personId", "for", "itemNo", option)
         DO UPDATE SET quantity = excluded.quantity, "tickedBy" = excluded."tickedBy", "tickedAt" = now()`,
        [community, id, person, whom, item, option, quantity, by],
      );
    },

    async dropTick({ community, id }, { person, for: whom, item, option }) {
      await pool.query(
        `DELETE FROM pack_tick WHERE "communityId" = $1::uuid AND "buyId" = $2::uuid AND "personId" = $3::uuid
            AND "for" = $4 AND "itemNo" = $5 AND option = $6`,
        [community, id, person, whom, item, option],
      );
    },
  };
}

type SessionRow = Pick<BoardSession, "community" | "chat" | "language"> & BoardSession["person"];
