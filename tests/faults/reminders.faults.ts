import { setTimeout as pause } from "node:timers/promises";
import { beforeAll } from "vitest";
import { built, withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import type { FakeGroup, FakeTelegram } from "../support/fake-telegram/index.ts";
import { startApp } from "./app.ts";
import { type Campaign, fault } from "./campaign.ts";
import { judgeSaid, SAID, type SaidRow } from "./said.ts";
import { telegramWithDatabase } from "./telegram.ts";

beforeAll(built);

/** How long all that a buy has to say may take, while Plusone is killed again and again. */
const PATIENCE_MS = 600_000;

/** How many jobs a wipe finds is chance; `queue.faults.ts` demands some. */
const PATHS = ["kills", "wipes", "said while it was killed"];

fault("reminders while Plusone is killed and its queue is wiped", PATHS, async (campaign) => {
  const { telegram, settings, database } = await telegramWithDatabase();
  const groups = await openedIn(campaign.many(60), telegram, settings);
  const kills = campaign.many(30);
  let killed = 0;

  const dying = async () => {
    for (; killed < kills; killed += 1) {
      const app = startApp(settings);
      await app.ready();
      await pause(500 + campaign.chance(4_000));
      if (killed % 3 !== 2) await wipe(database, campaign);
      await app.end("SIGKILL");
      campaign.hit("kills");
    }
  };
  const passing = passTime(database, campaign, () => (killed + 1) / kills);
  passing.catch(() => undefined); // told below
  await dying();
  campaign.hit("said while it was killed", (await saidIn(database)).length);

  const app = startApp(settings);
  await passing;
  await eventually(
    "all messages have gone out, or are in doubt",
    async () => (await saidIn(database)).every(({ state }) => state !== "pending" && state !== "sending"),
    PATIENCE_MS,
  );
  await app.end("SIGTERM");
  return compare(database, groups);
});

/** Groups with a buy each, in which two people have ordered. */
async function openedIn(
  many: number,
  telegram: FakeTelegram,
  settings: Readonly<Record<string, string>>,
): Promise<readonly FakeGroup[]> {
  const app = startApp(settings);
  const groups = Array.from({ length: many }, (_, index) => telegram.group(`Group ${index}`));
  await Promise.all(
    groups.map(async (group) => {
      const lin = group.user("Lin", { status: "creator" });
      const people = ["Ada", "Ben"].map((name) => group.user(name));
      await (await lin.says("/settings quiet off")).confirmed; // so that it says the same at any hour of the day
      await (await lin.says("/open Apples $5/kg, closes in 3 hours\nPickup tomorrow 18:00-20:00 at the gate"))
        .confirmed;
      await (await lin.says("ok")).confirmed;
      for (const person of people) await (await person.says("+1 apples")).confirmed;
    }),
  );
  await app.end("SIGTERM");
  return groups;
}

/**
 * Lets the hours and days pass: whatever is far away is due within seconds, the last calls before the closings. Ends when
 * nothing is left to be done later.
 *
 * @param share  of how many buys it passes by now, so that there is something to do under every kill
 */
async function passTime(database: string, campaign: Campaign, share: () => number): Promise<void> {
  await withClient(database, async (client) => {
    const { rows } = await client.query<{ id: string }>("SELECT id FROM buy ORDER BY id");
    const left = async () => {
      await pause(200);
      const buys = rows.slice(0, Math.ceil(rows.length * share())).map(({ id }) => id);
      const seconds = 1 + campaign.chance(2);
      await client.query(
        `WITH closing AS (
           UPDATE timer t SET "dueAt" = now() + $1 * interval '1 second'
            WHERE t.kind = 'close' AND t.state = 'pending' AND t."dueAt" > now() + interval '10 seconds'
              AND t."buyId" = ANY($2) AND random() < 0.5
              AND NOT EXISTS (SELECT 1 FROM timer o WHERE o."buyId" = t."buyId" AND o.kind = 'last-call' AND o.state = 'pending')
           RETURNING t."communityId", t."buyId")
         UPDATE buy b SET "closesAt" = date_trunc('second', now()) FROM closing c
          WHERE b."communityId" = c."communityId" AND b.id = c."buyId"`,
        [seconds, buys],
      );
      await client.query(
        `UPDATE timer SET "dueAt" = now() + random() * $1 * interval '1 second'
          WHERE kind <> 'close' AND state = 'pending' AND "dueAt" > now() + interval '10 seconds'
            AND "buyId" = ANY($2) AND random() < 0.5`,
        [seconds, buys],
      );
      return client.query("SELECT 1 FROM timer WHERE state = 'pending' LIMIT 1");
    };
    await eventually("nothing is left to be done later", async () => (await left()).rowCount === 0, PATIENCE_MS);
  });
}

async function wipe(database: string, campaign: Campaign): Promise<void> {
  const jobs = await withClient(database, async (client) => {
    const { rows } = await client.query<{ jobs: number }>("SELECT count(*)::int AS jobs FROM bullmq.job");
    await client.query("TRUNCATE bullmq.job CASCADE");
    return rows[0]!.jobs;
  });
  campaign.hit("wipes");
  if (jobs > 0) campaign.hit("jobs lost", jobs);
}

function saidIn(database: string): Promise<readonly SaidRow[]> {
  return withClient(database, async (client) => {
    const { rows } = await client.query<SaidRow>(
      `SELECT a."externalId" AS "group", o.kind, o.state::text AS state, o.content->>'text' AS text
         FROM outgoing o JOIN address a ON a."communityId" = o."communityId" AND a."chatId" = o."chatId"
        WHERE o.kind = ANY($1)`,
      [Object.keys(SAID)],
    );
    return rows;
  });
}

/** What the rows and the groups have, beside what each buy must have said. */
async function compare(database: string, groups: readonly FakeGroup[]): Promise<Record<string, number>> {
  const said = await saidIn(database);
  const figures = { reminders: said.length, "in doubt": 0, missed: 0, doubled: 0 };
  for (const { id, chat } of groups) {
    const shown = chat.messages.filter(({ fromBot }) => fromBot).map(({ text }) => text);
    const { doubtful, missed, doubled } = judgeSaid(
      said.filter((row) => row.group === id),
      shown,
    );
    figures["in doubt"] += doubtful;
    figures.missed += missed;
    figures.doubled += doubled;
  }
  return figures;
}
