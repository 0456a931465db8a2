import type { Pool } from "pg";
import type { Binding, HeldMessage, LoginStore, Sent } from "../bot/ports.ts";

/** What outlives the logins of one platform. */
export function createLoginStore(pool: Pool, platform: string): LoginStore {
  return {
    async load() {
      await dropPictures(pool, platform);
      const [bindings, held, presence] = await Promise.all([
        pool.query<Binding>(
          `SELECT room, "sessionId", "knownId", name, leaders FROM binding WHERE platform = $1 ORDER BY "boundAt"`,
          [platform],
        ),
        pool.query<HeldMessage>(
          `SELECT id, room, name, question, event, "heldAt" FROM held_message WHERE platform = $1 ORDER BY "heldAt", id`,
          [platform],
        ),
        pool.query<{ heardAt: Date; sent: Sent }>(`SELECT "heardAt", sent FROM presence WHERE platform = $1`, [
          platform,
        ]),
      ]);
      const [last] = presence.rows;
      return {
        bindings: bindings.rows,
        held: held.rows,
        ...(last && { heardAt: last.heardAt, ...(last.sent.day && { sent: last.sent }) }),
      };
    },

    /** In one statement: a room or person has one id at a time. */
    async bind({ room, sessionId, knownId, name, leaders }) {
      await pool.query(
        `WITH former AS (DELETE FROM binding
                          WHERE platform = $1 AND room = $2 AND "knownId" = $4 AND "sessionId" <> $3)
         INSERT INTO binding (platform, room, "sessionId", "knownId", name, leaders)
         VALUES ($1, $2, $3, $4, $5, $6::text[])
         ON CONFLICT (platform, room, "sessionId")
         DO UPDATE SET "knownId" = excluded."knownId", name = excluded.name, leaders = excluded.leaders, "boundAt" = now()`,
        [platform, room, sessionId, knownId, name, leaders],
      );
    },

    async hold({ id, room, name, question, event, heldAt }) {
      await pool.query(
        `INSERT INTO held_message (platform, id, room, name, question, event, "heldAt")
         VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7) ON CONFLICT (platform, id) DO NOTHING`,
        [platform, id, room, name, question, JSON.stringify(event), heldAt],
      );
    },

    async letGo(ids) {
      await pool.query("DELETE FROM held_message WHERE platform = $1 AND id = ANY($2::text[])", [platform, ids]);
    },

    async heard(at, sent) {
      await pool.query(
        `INSERT INTO presence (platform, "heardAt", sent) VALUES ($1, $2, $3::jsonb)
         ON CONFLICT (platform) DO UPDATE SET "heardAt" = excluded."heardAt", sent = excluded.sent`,
        [platform, at, JSON.stringify(sent)],
      );
    },

    async keepPicture(name, data) {
      await pool.query("INSERT INTO picture (platform, name, data) VALUES ($1, $2, $3)", [platform, name, data]);
    },

    async picture(name) {
      const found = "SELECT data FROM picture WHERE platform = $1 AND name = $2";
      const { rows } = await pool.query<{ data: Buffer }>(found, [platform, name]);
      return rows[0]?.data;
    },
  };
}

/** Pictures that nothing refers to after a week: what was asked about them is answered by then, or was not meant. */
async function dropPictures(pool: Pool, platform: string): Promise<void> {
  await pool.query(
    `DELETE FROM picture p
      WHERE p.platform = $1 AND p."keptAt" < now() - interval '7 days'
        AND NOT EXISTS (SELECT FROM buy b WHERE b.photo = p.name)
        AND NOT EXISTS (SELECT FROM problem o WHERE o.photo = p.name)
        AND NOT EXISTS (SELECT FROM payment m WHERE m.evidence = p.name)
        AND NOT EXISTS (SELECT FROM pay_way w WHERE w.kind = 'picture' AND w.account = p.name)`,
    [platform],
  );
}
