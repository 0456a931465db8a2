import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, onTestFinished } from "vitest";
import { packageRoot } from "../../bot/package-root.ts";
import { built, copyDataFolder, emptyDatabase, withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { startFakeTelegram } from "../support/fake-telegram/index.ts";
import { isAlive } from "../support/processes.ts";
import { ownFolder } from "../support/scenario.ts";
import { startApp } from "./app.ts";
import { fault, inTurns } from "./campaign.ts";
import { settingsOf, telegramWithDatabase } from "./telegram.ts";
import { finish, Traffic } from "./traffic.ts";

beforeAll(built);

fault(
  "second start, ends in order and out of it",
  ["second starts", "SIGTERM", "SIGINT", "SIGKILL"],
  async (campaign) => {
    let leftOver = 0;
    const telegram = await startFakeTelegram();
    onTestFinished(() => telegram.close());
    const ends = ["SIGTERM", "SIGINT", "SIGKILL"] as const;
    await inTurns(campaign.many(30, 3), 3, async (round) => {
      const folder = ownFolder();
      await copyDataFolder(folder);
      const settings = { ...settingsOf(telegram), PLUSONE_DATA: folder, DATABASE_URL: "" };
      const first = startApp(settings);
      await first.ready();
      const pidFile = join(folder, "postgres/postmaster.pid");
      const server = Number(readFileSync(pidFile, "utf8").split("\n")[0]);

      const second = startApp(settings);
      expect(await second.end("SIGCONT")).toBe(1);
      expect(second.printed()).toMatch(/in use|another/i);
      campaign.hit("second starts");

      const signal = ends[round % ends.length]!;
      const code = await first.end(signal);
      expect(code).toBe(signal === "SIGKILL" ? null : 0);
      campaign.hit(signal);
      await eventually("PostgreSQL has ended", () => !isAlive(server), 20_000);
      if (existsSync(pidFile)) leftOver += 1;
    });
    return { "left over": leftOver };
  },
);

fault("PostgreSQL down at the start", ["starts"], async (campaign) => {
  const { settings, telegram, database } = await telegramWithDatabase();
  for (let round = 0; round < campaign.many(20); round += 1) {
    const app = startApp({ ...settings, DATABASE_URL: "postgresql://nobody@127.0.0.1:9/plusone" });
    await app.over();
    expect(app.printed()).toMatch(/cannot be reached: nobody listens there/);
    campaign.hit("starts");
  }
  return finish(new Traffic(telegram, campaign).flow(10), settings, database);
});

fault("migration killed", ["kills"], async (campaign) => {
  let halfDone = 0;
  await inTurns(campaign.many(50), 2, async () => {
    const database = await emptyDatabase();
    const migrating = spawnMigration(database.url);
    const ended = once(migrating, "exit");
    await eventually("it migrates", () => isMigrating(database.url), 30_000);
    await pause(campaign.chance(40));
    if (migrating.exitCode === null) campaign.hit("kills");
    migrating.kill("SIGKILL");
    await ended;
    const others = Array.from({ length: 4 }, () => once(spawnMigration(database.url), "exit"));
    const codes = (await Promise.all(others)).map(([code]) => code as number | null);
    expect(codes).toEqual([0, 0, 0, 0]);
    const bad = await withClient(database.url, async (client) => {
      const { rows } = await client.query<{ bad: number }>(
        `SELECT count(*)::int AS bad FROM (SELECT 1 FROM _prisma_migrations
          GROUP BY migration_name HAVING count(*) > 1 OR bool_or(finished_at IS NULL)) AS wrong`,
      );
      return rows[0]!.bad;
    });
    halfDone += bad; // not `+= await`, which would forget what the others add meanwhile
    await database.drop();
  });
  return { doubled: halfDone };
});

function spawnMigration(url: string) {
  const program = `
import { migrate } from ${JSON.stringify(pathToFileURL(join(packageRoot, "dist/prisma/migrate.js")))};
import { pino } from "pino";
await migrate({ url: process.argv[1], log: pino({ level: "silent" }) });
`;
  const words = ["--input-type=module", "-e", program, url];
  return spawn(process.execPath, words, { cwd: packageRoot, stdio: ["ignore", "inherit", "inherit"] });
}

function isMigrating(url: string): Promise<boolean> {
  return withClient(url, async (client) => {
    const { rowCount } = await client.query(
      "SELECT 1 FROM pg_stat_activity WHERE application_name = 'plusone migrate' AND datname = current_database()",
    );
    return (rowCount ?? 0) > 0;
  });
}
