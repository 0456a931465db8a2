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
import { type App, startApp } from "./app.ts";
import { type Campaign, fault } from "./campaign.ts";
import { settingsOf, telegramWithDatabase } from "./telegram.ts";
import { compareChats, Traffic } from "./traffic.ts";

beforeAll(built);

fault("Plusone killed at random", ["kills"], async (campaign) => {
  const { telegram, settings, database } = await telegramWithDatabase();
  const kills = campaign.many(200);
  const traffic = new Traffic(telegram, campaign);

  for (let killed = 0; killed < kills; killed += 1) {
    const app = startApp(settings);
    traffic.flow(campaign.many(2_000) / kills);
    await app.ready();
    await pause(campaign.chance(1_500));
    await app.end("SIGKILL");
    campaign.hit("kills");
  }
  return finish(traffic, settings, database);
});

fault("Plusone killed at each numbered point", ["before", "after"], async (campaign) => {
  const { telegram, settings, database } = await telegramWithDatabase();
  const traffic = new Traffic(telegram, campaign);
  const points = await pointsOf(traffic, settings);
  const deaths = ["before", "after"].flatMap((when) => sample([...points], campaign).map((point) => ({ point, when })));
  const survived: string[] = [];

  for (const { point, when } of deaths) {
    // The 409 that two pollers get, and pauses after it, may use up a first try.
    let isHit = false;
    for (let tries = 0; tries < 3 && !isHit; tries += 1) {
      const app = startApp({ ...settings, PLUSONE_DIE_AT: `${when} ${point} 1` });
      traffic.flow(10);
      isHit = await diesWithin(app, 8_000);
      await app.end("SIGKILL");
    }
    if (isHit) campaign.hit(when);
    else survived.push(`${when} ${point}`);
  }
  const figures = await finish(traffic, settings, database);

  expect(survived, "points that were never passed").toEqual([]);
  return { points: points.size, ...figures };
});

fault("clock an hour wrong, and set back and forth", ["fast", "slow", "jumps"], async (campaign) => {
  const { telegram, settings, database } = await telegramWithDatabase();
  const traffic = new Traffic(telegram, campaign);
  for (let round = 0; round < campaign.many(20, 2); round += 1) {
    const isFast = round % 2 === 0;
    campaign.hit(isFast ? "fast" : "slow");
    const shiftMs = (isFast ? 1 : -1) * (3_600_000 + campaign.chance(600_000));
    const app = startApp({ ...settings, PLUSONE_CLOCK_SHIFT_MS: String(shiftMs) });
    traffic.flow(20, ", closes in 30 seconds").flow(10);
    await app.ready();
    for (let jumps = 0; jumps < 5; jumps += 1) {
      await pause(200 + campaign.chance(300));
      app.process.kill("SIGUSR2");
      campaign.hit("jumps");
    }
    await app.end("SIGKILL");
  }
  return finish(traffic, settings, database);
});

fault(
  "second start, ends in order and out of it",
  ["second starts", "SIGTERM", "SIGINT", "SIGKILL"],
  async (campaign) => {
    let leftOver = 0;
    const telegram = await startFakeTelegram();
    onTestFinished(() => telegram.close());
    const ends = ["SIGTERM", "SIGINT", "SIGKILL"] as const;
    for (let round = 0; round < campaign.many(30, 3); round += 1) {
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
    }
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
  for (let round = 0; round < campaign.many(50); round += 1) {
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
    halfDone += await withClient(database.url, async (client) => {
      const { rows } = await client.query<{ bad: number }>(
        `SELECT count(*)::int AS bad FROM (SELECT 1 FROM _prisma_migrations
          GROUP BY migration_name HAVING count(*) > 1 OR bool_or(finished_at IS NULL)) AS wrong`,
      );
      return rows[0]!.bad;
    });
    await database.drop();
  }
  return { doubled: halfDone };
});

/** Lets Plusone run undisturbed until all is done that began under fire, and compares. */
async function finish(traffic: Traffic, settings: Readonly<Record<string, string>>, database: string) {
  const app = startApp(settings);
  await app.ready();
  const orders = await traffic.ended();
  const figures = await compareChats(database, traffic);
  expect(await app.end("SIGTERM")).toBe(0);
  return { orders, ...figures };
}

/** The points that Plusone passes from its start to the end of a buy. */
async function pointsOf(traffic: Traffic, settings: Readonly<Record<string, string>>): Promise<ReadonlySet<string>> {
  const app = startApp({ ...settings, PLUSONE_SAY_POINTS: "1" });
  await app.ready();
  await traffic.flow(20).ended();
  await app.end("SIGKILL");
  return new Set([...app.printed().matchAll(/^point (\S+)$/gm)].map(([, name]) => name!));
}

/** All of them, or with `--quick` some. */
function sample<T>(all: readonly T[], campaign: Campaign): readonly T[] {
  const rest = [...all];
  const count = Math.min(rest.length, campaign.many(rest.length, 3));
  return Array.from({ length: count }, () => rest.splice(campaign.chance(rest.length), 1)[0]!);
}

async function diesWithin(app: App, ms: number): Promise<boolean> {
  return Promise.race([app.over().then(() => app.process.signalCode === "SIGKILL"), pause(ms, false)]);
}

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
