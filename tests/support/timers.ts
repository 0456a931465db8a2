import { withClient } from "./shared-database.ts";

/** Makes the pending timers of a kind due now: as if their time had come. How many there were. */
export async function bringForward(url: string, kind: string, ref?: string): Promise<number> {
  return withClient(url, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE timer SET "dueAt" = now() WHERE state = 'pending' AND kind = $1 AND ($2::text IS NULL OR ref = $2)`,
      [kind, ref ?? null],
    );
    return rowCount ?? 0;
  });
}

/** Timers of a kind, oldest first. */
export async function timersOf(
  url: string,
  kind: string,
  ref?: string,
): Promise<{ state: string; ref: string; dueAt: Date }[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query(
      `SELECT state, ref, "dueAt" FROM timer WHERE kind = $1 AND ($2::text IS NULL OR ref = $2) ORDER BY "dueAt"`,
      [kind, ref ?? null],
    );
    return rows;
  });
}
