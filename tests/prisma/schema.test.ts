import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { afterEach, describe, expect, test } from "vitest";
import { packageRoot } from "../../bot/package-root.ts";
import { openSchemaEngine, schemaSql } from "../../prisma/schema-sql.ts";
import { catalogue } from "../support/catalogue.ts";
import { emptyDatabase, freshDatabase, type TestDatabase, withClient } from "../support/database.ts";

const made: TestDatabase[] = [];
afterEach(async () => {
  for (const database of made.splice(0)) await database.drop();
});

async function catalogueOf(database: TestDatabase, sql = ""): Promise<string[]> {
  made.push(database);
  return withClient(database.url, async (client) => {
    await client.query(sql);
    return catalogue(client);
  });
}

describe("schema.prisma and the migrations", () => {
  test("make the same tables, columns, keys and indexes", async () => {
    const migrated = await catalogueOf(await freshDatabase());
    const described = await catalogueOf(await emptyDatabase(), await schemaSql());

    expect(migrated).toEqual(described);
    expect(migrated.length).toBeGreaterThan(20);
  });

  test("are not the same to this check when a column, a default, a key or an index differs", async () => {
    const before = await catalogueOf(await freshDatabase());
    const changes = [
      "ALTER TABLE %t ADD COLUMN extra integer",
      "ALTER TABLE %t ADD COLUMN extra integer NOT NULL DEFAULT 1",
      "CREATE UNIQUE INDEX extra ON %t (%c)",
      "CREATE TYPE extra AS ENUM ('one')",
      "ALTER TABLE %t ALTER COLUMN %c DROP NOT NULL",
    ];
    const [, table, column] =
      /^column (\w+)\.(\w+) \S+ not null/.exec(before.find((l) => / not null$/.test(l) && !isKey(l)) ?? "") ?? [];

    for (const change of changes) {
      const sql = change.replace("%t", `"${table}"`).replace("%c", `"${column}"`);
      expect(await catalogueOf(await freshDatabase(), sql), sql).not.toEqual(before);
    }

    function isKey(line: string): boolean {
      const name = /^column (\w+)\.(\w+)/.exec(line)!;
      return before.some(
        (other) => other.includes(`PRIMARY KEY`) && other.includes(`on ${name[1]}:`) && other.includes(name[2]!),
      );
    }
  });
});

describe("the SQL of a schema", () => {
  const before = 'datasource db {\n  provider = "postgresql"\n}\nmodel Buy {\n  id Int @id\n}\n';

  test("is what leads to it from nothing", async () => {
    expect(await schemaSql({ to: before })).toContain('CREATE TABLE "Buy"');
  });

  test("or from an earlier one", async () => {
    const after = before.replace("@id\n", "@id\n  title String\n");

    const sql = await schemaSql({ from: before, to: after });

    expect(sql).toContain('ALTER TABLE "Buy" ADD COLUMN     "title" TEXT NOT NULL');
    expect(sql).not.toContain("CREATE TABLE");
  });

  test("says where a schema is wrong", async () => {
    await expect(schemaSql({ to: before.replace("Int", "Integer") })).rejects.toThrow(/schema\.prisma:5/);
  });
});

describe("Prisma's own engine", () => {
  test("is of the same commit as WebAssembly and in our `prisma`", () => {
    const read = (path: string) => JSON.parse(readFileSync(join(packageRoot, path), "utf8"));

    const { enginesVersion } = read("node_modules/@prisma/engines-version/package.json").prisma;

    expect(read("package.json").devDependencies["@prisma/schema-engine-wasm"]).toContain(enginesVersion);
  });

  test("finds nothing to do, to mend or to complain of after our migrations", async () => {
    const database = await freshDatabase();
    made.push(database);
    const engine = await openSchemaEngine(bound(new PrismaPg({ connectionString: database.url })));
    const input = { migrationsList: migrationsList(), filters: { externalTables: [], externalEnums: [] } };

    const diagnosis = await engine.diagnoseMigrationHistory({ ...input, optInToShadowDatabase: false });
    const { appliedMigrationNames } = await engine.applyMigrations(input);

    expect(diagnosis).toEqual({
      ...{ editedMigrationNames: [], failedMigrationNames: [], hasMigrationsTable: true, history: null },
    });
    expect(appliedMigrationNames).toEqual([]);
  });

  function migrationsList() {
    const baseDir = join(packageRoot, "prisma", "migrations");
    const lockfile = {
      path: "migration_lock.toml",
      content: readFileSync(join(baseDir, "migration_lock.toml"), "utf8"),
    };
    const names = readdirSync(baseDir).filter((name) => existsSync(join(baseDir, name, "migration.sql")));
    const migrationDirectories = names.map((path) => {
      const value = readFileSync(join(baseDir, path, "migration.sql"), "utf8");
      return { path, migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value } } };
    });
    return { baseDir, lockfile, shadowDbInitScript: "", migrationDirectories };
  }

  /** The engine wants results in a box, where the adapter returns or throws. */
  function bound(factory: PrismaPg): object {
    const box = (value: unknown) => ({ ok: true, value });
    const connect = async () => {
      const adapter = await factory.connect();
      return box({
        provider: adapter.provider,
        adapterName: adapter.adapterName,
        queryRaw: async (query: Parameters<typeof adapter.queryRaw>[0]) => box(await adapter.queryRaw(query)),
        executeRaw: async (query: Parameters<typeof adapter.queryRaw>[0]) => box(await adapter.executeRaw(query)),
        executeScript: async (script: string) => box(await adapter.executeScript(script)),
        getConnectionInfo: () => box(adapter.getConnectionInfo()),
        dispose: async () => box(await adapter.dispose()),
      });
    };
    return {
      provider: factory.provider,
      adapterName: factory.adapterName,
      errorRegistry: { consumeError: () => undefined },
      connect,
    };
  }
});
