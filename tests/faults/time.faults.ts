import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, expect } from "vitest";
import { announce } from "../../core/announce/announce.ts";
import { built, withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { type App, startApp } from "./app.ts";
import { type Campaign, fault } from "./campaign.ts";
import { telegramWithDatabase } from "./telegram.ts";
import { type End, finish, Traffic } from "./traffic.ts";

beforeAll(built);

fault("clock an hour wrong, and set back and forth", ["fast", "slow", "jumps", "closings"], async (campaign) => {
  const { telegram, settings, database } = await telegramWithDatabase();
  const traffic = new Traffic(telegram, campaign);
  const startWrong = async (round: number) => {
    const isFast = round % 2 === 0;
    const shiftMs = (isFast ? 1 : -1) * (3_600_000 + campaign.chance(600_000));
    const app = startApp({ ...settings, PLUSONE_CLOCK_SHIFT_MS: String(shiftMs) });
    await app.ready();
    campaign.hit(isFast ? "fast" : "slow");
    return app;
  };
  const rounds = campaign.many(20, 2);
  for (let round = 0; round < rounds; round += 1) {
    traffic.flow(20, byTimer(database)).flow(10);
    const app = await startWrong(round);
    for (let jumps = 0; jumps < 5; jumps += 1) await jump(app, campaign);
    await app.end("SIGKILL");
  }

  // The last of them lives on until all is closed, so that the closings come while its clock is wrong.
  const app = await startWrong(rounds);
  let hasEnded = false;
  const ended = () => {
    hasEnded = true;
  };
  void traffic.ended().then(ended, ended); // `finish` tells
  await eventually(
    "every buy is closed by a Plusone whose clock is wrong",
    async () => {
      await jump(app, campaign);
      const { closed, open } = await closingsIn(database);
      if (hasEnded && open === 0) campaign.hit("closings", closed);
      return hasEnded && open === 0;
    },
    PATIENCE_MS,
  );
  await app.end("SIGKILL");
  return finish(traffic, settings, database);
});

/** How long it may take until all is closed. */
const PATIENCE_MS = 300_000;

/** A buy that its timer closes, which is brought near when all has been said: however slow the machine, nothing is too late. */
function byTimer(database: string): End {
  return {
    announced: ", closes in 3 hours",
    presses: true,
    come: (group) =>
      withClient(database, async (client) => {
        const { rowCount } = await client.query(
          `WITH nearer AS (
             UPDATE buy b SET "closesAt" = date_trunc('second', clock_timestamp()) + interval '2 seconds'
               FROM buy_chat c JOIN address a ON a."communityId" = c."communityId" AND a."chatId" = c."chatId"
              WHERE a."externalId" = $1 AND b."communityId" = c."communityId" AND b.id = c."buyId" AND b.status = 'open'
             RETURNING b."communityId", b.id, b."closesAt")
           UPDATE timer t SET "dueAt" = n."closesAt" + interval '300 milliseconds' FROM nearer n
            WHERE t."communityId" = n."communityId" AND t."buyId" = n.id AND t.kind = 'close' AND t.state = 'pending'`,
          [group.id],
        );
        expect(rowCount, `closings that wait in ${group.chat.title}`).toBe(1);
      }),
  };
}

/** Its clock goes to the other side of ours. */
async function jump(app: App, campaign: Campaign): Promise<void> {
  await pause(200 + campaign.chance(300));
  app.process.kill("SIGUSR2");
  campaign.hit("jumps");
}

/** Buys that a timer closes, or has closed, and all that are still open. */
function closingsIn(database: string): Promise<{ readonly closed: number; readonly open: number }> {
  return withClient(database, async (client) => {
    const { rows } = await client.query<{ closed: number; open: number }>(
      `SELECT count(*) FILTER (WHERE status = 'closed' AND "closesAt" IS NOT NULL)::int AS closed,
              count(*) FILTER (WHERE status <> 'closed')::int AS open FROM buy`,
    );
    return rows[0]!;
  });
}

/** Zones whose clocks are turned, in both hemispheres, by an hour or by half of one. */
const ZONES = [
  "Europe/London",
  "Europe/Berlin",
  "America/New_York",
  "America/Los_Angeles",
  "America/Santiago",
  "Australia/Sydney",
  "Australia/Lord_Howe",
  "Pacific/Auckland",
];

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

fault("nights in which clocks are turned", ["nights"], async (campaign) => {
  let early = 0;
  let missed = 0;
  for (const zone of ZONES) {
    const turns = turnsOf(zone);
    expect(turns).toHaveLength(2);
    for (const turn of turns) {
      campaign.hit("nights");
      const eve = turn - 10 * 60 * MINUTE;
      const now = new Date(eve);
      const rows = [
        { words: "closes in 20 hours", at: eve + 20 * 60 * MINUTE },
        { words: "closes tomorrow at 9am", at: instantOf(zone, eve, "09:00") },
        { words: "closes tomorrow 21:30", at: instantOf(zone, eve, "21:30") },
      ];
      for (const { words, at } of rows) {
        const { closesAt } = announce(`Apples $5/kg, ${words}`, { now, zone });
        if (!closesAt || +closesAt > at) missed += 1;
        else if (+closesAt < at) early += 1;
      }
    }
  }
  return { missed, early };
});

/** When the clocks of a zone are turned within a year: where the wall clock does not go on by the quarter. */
function turnsOf(zone: string): number[] {
  const from = Date.parse("2026-12-01T00:00:00Z");
  const turns: number[] = [];
  for (let at = from; at < from + 365 * DAY; at += 30 * MINUTE) {
    if (offsetOf(zone, at) !== offsetOf(zone, at - 30 * MINUTE)) turns.push(at);
  }
  return turns;
}

/** The instant at which a zone's clock shows a time on the day after another instant, found by looking. */
function instantOf(zone: string, eve: number, time: string): number {
  const tomorrow = wall(zone, eve + DAY).slice(0, 10);
  for (let at = eve - (eve % (15 * MINUTE)); at < eve + 3 * DAY; at += 15 * MINUTE) {
    if (wall(zone, at) === `${tomorrow} ${time}`) return at;
  }
  throw new Error(`There is no ${time} in ${zone}.`);
}

function offsetOf(zone: string, at: number): number {
  return Date.parse(`${wall(zone, at).replace(" ", "T")}:00Z`) - at;
}

/** "2026-11-28 21:30" */
function wall(zone: string, at: number): string {
  const format =
    formats.get(zone) ?? new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  formats.set(zone, format);
  return format.format(at);
}

const formats = new Map<string, Intl.DateTimeFormat>();
