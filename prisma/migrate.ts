import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client, type DatabaseError } from "pg";
import type { Logger as Log } from "pino";
import { PlusoneError } from "../bot/fault.ts";
import { packageRoot } from "../bot/package-root.ts";
import { databaseFault } from "./database-fault.ts";

/** What the migrations are applied to. */
export interface MigrateOptions {
  readonly url: string;
  readonly log: Log;
  /** Default: prisma/migrations of this package. */
  readonly folder?: string;
}

/**
 * Brings the database up to date: applies, in order, the migrations that it does not have. Each is one transaction with
 * its entry in Prisma's own table, so a process that is killed leaves all of it or nothing, and any number may start at
 * once. `prisma migrate deploy` sees the same history.
 *
 * @returns names of those applied
 */
export async function migrate({ url, log, folder = join(packageRoot, "prisma", "migrations") }: MigrateOptions) {
  const migrations = readMigrations(folder);
  const client = new Client({
    connectionString: url,
    application_name: "plusone migrate",
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", (error) => log.warn({ err: error }, "the connection broke while migrating")); // the query rejects too
  try {
    await client.connect();
    await checkServer(client);
    await takeLock(client, log);
    const missing = missingOf(migrations, await readLedger(client), log);
    for (const migration of missing) {
      await apply(client, migration);
      log.info({ migration: migration.name }, "migration applied");
    }
    return missing.map(({ name }) => name);
  } catch (error) {
    throw databaseFault(error, url);
  } finally {
    await client.end(); // gives the lock back as well
  }
}

/** A folder of prisma/migrations. */
interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** A row of `_prisma_migrations`. */
interface Entry {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

function readMigrations(folder: string): Migration[] {
  if (!existsSync(folder)) throw new Error(`the package holds no migrations: ${folder} is missing`);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, sql: readFileSync(join(folder, name, "migration.sql"), "utf8") }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function checkServer(client: Client): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string }>(
    "SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding",
  );
  const { version, encoding } = rows[0]!;
  if (version < 140_000) {
    throw new PlusoneError({
      code: "database-too-old",
      message: `The database is PostgreSQL ${Math.floor(version / 10_000)}; Plusone needs 14 or newer.`,
      advice: "Upgrade it, or leave DATABASE_URL out to use the PostgreSQL that Plusone brings along.",
    });
  }
  if (encoding !== "UTF8") {
    throw new PlusoneError({
      code: "database-encoding",
      message: `The database stores text as ${encoding}, which does not hold every name.`,
      advice: "Make one with: CREATE DATABASE plusone ENCODING 'UTF8' TEMPLATE template0",
    });
  }
}

/**
 * Lets the server look every second whether we still live, so that a killed start does not hold the lock until its
 * statement has ended. A server on Windows cannot look, and says so with this error.
 */
const noticeDeath = `DO $$ BEGIN
  PERFORM set_config('client_connection_check_interval', '1s', false);
EXCEPTION WHEN invalid_parameter_value THEN NULL;
END $$`;

/** The number by which Prisma's own `migrate` locks a database. */
const prismaLock = 72707369;

async function takeLock(client: Client, log: Log): Promise<void> {
  await client.query(noticeDeath);
  const patience = setTimeout(() => log.info("waiting for another process that is migrating"), 2_000);
  try {
    await client.query(`SELECT pg_advisory_lock(${prismaLock})`);
  } finally {
    clearTimeout(patience);
  }
}

async function readLedger(client: Client): Promise<Entry[]> {
  const { rows: tables } = await client.query("SELECT 1 WHERE to_regclass('_prisma_migrations') IS NOT NULL");
  if (tables.length === 0) await client.query(ledgerTable);
  const { rows } = await client.query<Entry>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return rows;
}

/** @source prisma-engines, PostgreSQL connector, as `prisma migrate` makes it */
const ledgerTable = `CREATE TABLE _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

function missingOf(migrations: readonly Migration[], ledger: readonly Entry[], log: Log): Migration[] {
  const failed = ledger.find(({ finished }) => !finished);
  if (failed) {
    throw new PlusoneError({
      code: "migration-half-done",
      message: `Prisma's migrate began the migration ${failed.name} in this database and did not finish it.`,
      advice: `Undo what it did, then run: npx prisma migrate resolve --rolled-back ${failed.name} --config prisma/config.ts`,
    });
  }
  const unknown = ledger.find(({ name }) => !migrations.some((migration) => migration.name === name));
  if (unknown) {
    throw new PlusoneError({
      code: "database-newer",
      message: `The database holds the migration ${unknown.name}, which this Plusone does not know.`,
      advice: "A newer Plusone has used it: start that version or a later one.",
    });
  }
  for (const { name, sql } of migrations) {
    const entry = ledger.find((row) => row.name === name);
    if (entry && !checksums(sql).includes(entry.checksum)) {
      log.warn({ migration: name }, "a migration was edited after it had been applied");
    }
  }
  return migrations.filter(({ name }) => !ledger.some((row) => row.name === name));
}

async function apply(client: Client, { name, sql }: Migration): Promise<void> {
  try {
    await client.query("BEGIN");
    const begun = await transactionId(client);
    await client.query(sql);
    if ((await transactionId(client)) !== begun) throw new Error(`${name} ends its transaction by itself`);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksums(sql)[0], name],
    );
    await client.query("COMMIT");
  } catch (error) {
    throw migrationFault(error as DatabaseError, name, sql);
  }
}

async function transactionId(client: Client): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>("SELECT pg_current_xact_id()::text AS id");
  return rows[0]?.id;
}

/** What the file says no is our fault or the database's history; a lost connection is neither. The session's end undoes it. */
function migrationFault(error: DatabaseError, name: string, sql: string): unknown {
  if (!error.severity) return error;
  const line = error.position && ` (line ${sql.slice(0, Number(error.position)).split("\n").length})`;
  return new PlusoneError({
    code: "migration-failed",
    message: `The migration ${name} failed${line ?? ""}: ${error.message}. Nothing of it was kept.`,
    advice: "Use an empty database, or the one of an earlier Plusone; if it is one, report this with the message.",
    cause: error,
  });
}

/** SHA-256 of a file as it is, then with the line ends of the other systems: git may have changed them. */
function checksums(sql: string): string[] {
  const unix = sql.replaceAll("\r\n", "\n");
  return [sql, unix, unix.replaceAll("\n", "\r\n")].map((text) => createHash("sha256").update(text).digest("hex"));
}
