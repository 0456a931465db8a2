import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { startEmbedded } from "../../../prisma/embedded/index.ts";
import { migrate } from "../../../prisma/migrate.ts";
import { withClient, withDatabase } from "../../support/shared-database.ts";

/** A PostgreSQL as Plusone runs it, with fsync on, in a temporary folder; or the one of `DATABASE_URL`. */
export interface BenchServer {
  /** A migrated database of its own. */
  database(name: string): Promise<string>;
  /** Settings that decide how fast it may be, as it tells them. */
  settings(): Promise<string>;
  stop(): Promise<void>;
}

export async function startServer(): Promise<BenchServer> {
  const log = pino({ level: "warn" });
  const folder = await mkdtemp(join(tmpdir(), "plusone-bench-"));
  const embedded = process.env["DATABASE_URL"] ? undefined : await startEmbedded({ folder, log });
  const url = embedded?.url ?? process.env["DATABASE_URL"]!;
  const made: string[] = [];
  return {
    async database(name) {
      const own = `plusone_bench_${name}`;
      await withClient(url, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${own} WITH (FORCE)`);
        await client.query(`CREATE DATABASE ${own} ENCODING 'UTF8' TEMPLATE template0`);
      });
      made.push(own);
      await migrate({ url: withDatabase(url, own), log });
      return withDatabase(url, own);
    },
    async settings() {
      return withClient(url, async (client) => {
        const { rows } = await client.query<{ name: string; setting: string }>(
          `SELECT name, current_setting(name) AS setting FROM pg_settings
            WHERE name IN ('server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'max_wal_size')
            ORDER BY name DESC`,
        );
        return rows.map(({ name, setting }) => `${name} ${setting}`).join(", ");
      });
    },
    async stop() {
      await withClient(url, async (client) => {
        for (const name of made) await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      });
      await embedded?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
