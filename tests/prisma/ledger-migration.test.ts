import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../bot/package-root.ts";
import { emptyDatabase, withClient } from "../support/database.ts";

test("buys of before know how many people have ordered, and since when edits are known", async () => {
  const database = await emptyDatabase();
  const [community, buy, ada, ben] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];

  const found = await withClient(database.url, async (client) => {
    await client.query(sqlOf("20261121000000_start"));
    await client.query(
      `INSERT INTO community (id, name, zone, language, currency) VALUES ($1, 'Garden Court', 'Asia/Shanghai', 'en', 'CNY')`,
      [community],
    );
    await client.query(
      `INSERT INTO buy ("communityId", id, no, status, title, text, currency, language, "leaderId", "draftedAt", "openedAt")
       VALUES ($1, $2, 1, 'open', 'Apples', '', 'CNY', 'en', $3, now(), now())`,
      [community, buy, ada],
    );
    await client.query(
      `INSERT INTO line ("communityId", "buyId", "personId", "itemNo", quantity, waitlisted)
       VALUES ($1, $2, $3, 1, 1000, 0), ($1, $2, $3, 2, 1000, 0), ($1, $2, $4, 1, 0, 1000)`,
      [community, buy, ada, ben],
    );
    await client.query(
      `INSERT INTO statement_edit ("communityId", "buyId", "chatId", "messageId", at, text)
       VALUES ($1, $2, $3, '1', '2026-11-20T12:00:00Z', '+1')`,
      [community, buy, ada],
    );
    await client.query(sqlOf("20261128000000_ledger"));
    const tallies = await client.query(`SELECT "itemNo", people FROM tally`);
    const edits = await client.query<{ receivedAt: Date }>(`SELECT "receivedAt" FROM statement_edit`);
    return { tallies: tallies.rows, receivedAt: edits.rows[0]?.receivedAt.toISOString() };
  });
  await database.drop();

  expect(found).toEqual({ tallies: [{ itemNo: 0, people: 1 }], receivedAt: "2026-11-20T12:00:00.000Z" });
});

function sqlOf(migration: string): string {
  return readFileSync(join(packageRoot, "prisma", "migrations", migration, "migration.sql"), "utf8");
}
