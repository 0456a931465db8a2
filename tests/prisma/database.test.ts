import { afterAll, expect, test } from "vitest";
import { emptyDatabase, freshDatabase, type TestDatabase, withClient } from "../support/database.ts";

const made: TestDatabase[] = [];
afterAll(() => Promise.all(made.map((database) => database.drop())));

test("every test has a migrated database of its own", async () => {
  const [first, second] = [await freshDatabase(), await freshDatabase()];
  made.push(first, second);

  await withClient(first.url, (client) => client.query("CREATE TABLE mine (id int)"));
  const seen = await withClient(second.url, (client) =>
    client.query("SELECT to_regclass('mine') AS mine, to_regclass('_prisma_migrations') AS ledger"),
  );

  expect(seen.rows).toEqual([{ mine: null, ledger: "_prisma_migrations" }]);
});

test("an empty database has no tables", async () => {
  const database = await emptyDatabase();
  made.push(database);

  const { rows } = await withClient(database.url, (client) =>
    client.query("SELECT 1 FROM pg_tables WHERE schemaname = 'public'"),
  );

  expect(rows).toEqual([]);
});
