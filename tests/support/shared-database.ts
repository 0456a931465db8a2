import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runMigrations } from "bullmq";
import { Client } from "pg";
import { pino } from "pino";
import { type Embedded, startEmbedded } from "../../prisma/embedded/index.ts";
import { migrate } from "../../prisma/migrate.ts";

/** What a test file needs to make a database of its own. */
export interface DatabaseOffer {
  /** Of a role that may create databases. */
  readonly adminUrl: string;
  /** Names of this run's databases begin with it. */
  readonly prefix: string;
  /** A migrated, empty database to copy. */
  readonly template: string;
}

/** One server for a whole run: the embedded one in a temporary folder, or the caller's (`DATABASE_URL`). */
export class SharedDatabase {
  readonly #log = pino({ level: "warn" });
  readonly #prefix = `plusone_test_${randomBytes(4).toString("hex")}`;
  #offer: Promise<DatabaseOffer> | undefined;
  #embedded: Embedded | undefined;
  #folder: string | undefined;

  open(): Promise<DatabaseOffer> {
    this.#offer ??= this.#begin();
    return this.#offer;
  }

  async close(): Promise<void> {
    if (!this.#offer) return;
    const [offer] = await Promise.allSettled([this.#offer]);
    if (offer.status === "fulfilled" && !this.#embedded) await dropAll(offer.value);
    await this.#embedded?.stop();
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
  }

  async #begin(): Promise<DatabaseOffer> {
    const adminUrl = process.env["DATABASE_URL"] ?? (await this.#startEmbedded());
    const template = `${this.#prefix}_template`;
    await withClient(adminUrl, (client) =>
      client.query(`CREATE DATABASE ${template} ENCODING 'UTF8' TEMPLATE template0`),
    );
    await migrate({ url: withDatabase(adminUrl, template), log: this.#log });
    // The queue's tables too: making them takes longer than everything else about a start.
    await withClient(withDatabase(adminUrl, template), (client) => runMigrations(client, "bullmq"));
    return { adminUrl, prefix: this.#prefix, template };
  }

  async #startEmbedded(): Promise<string> {
    this.#folder = await mkdtemp(join(tmpdir(), "plusone-tests-"));
    // The data lives no longer than the run, so nothing has to reach the disk.
    const settings = { fsync: "off", full_page_writes: "off", max_connections: "200" };
    this.#embedded = await startEmbedded({ folder: this.#folder, log: this.#log, settings });
    return this.#embedded.url;
  }
}

async function dropAll({ adminUrl, prefix }: DatabaseOffer): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)",
      [prefix],
    );
    for (const { name } of rows) await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
  });
}

/** A URL of the same server for another of its databases. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** Does something with a connection that is closed afterwards. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
