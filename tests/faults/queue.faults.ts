import { setTimeout as pause } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { startRedis } from "../support/needs.ts";
import { ownDatabase, runningOn } from "../support/scenario.ts";
import { type Campaign, fault, inTurns } from "./campaign.ts";
import { Crowd } from "./crowd.ts";

fault("queue on PostgreSQL wiped", ["wipes", "jobs lost"], async (campaign) => {
  const database = await ownDatabase();
  const crowd = new Crowd();
  await runningOn(database, [crowd]);
  let isOver = false;
  const closing = closings(crowd, campaign).finally(() => {
    isOver = true;
  });
  closing.catch(() => undefined); // told at the end, when the queue is left alone
  const wipes = campaign.many(50);
  for (let wiped = 0; wiped < wipes || !isOver; wiped += 1) {
    await pause(100 + campaign.chance(400));
    const jobs = await withClient(database, async (client) => {
      const { rows } = await client.query<{ jobs: number }>("SELECT count(*)::int AS jobs FROM bullmq.job");
      await client.query("TRUNCATE bullmq.job CASCADE");
      return rows[0]!.jobs;
    });
    campaign.hit("wipes");
    campaign.hit("jobs lost", jobs);
  }
  return { ...(await closing), ...(await compareClosings(database, crowd)) };
});

fault("Redis killed and started empty", ["deaths"], async (campaign) => {
  const database = await ownDatabase();
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const crowd = new Crowd();
  await runningOn(database, [crowd], { REDIS_URL: redis.url });
  let isOver = false;
  const closing = closings(crowd, campaign).finally(() => {
    isOver = true;
  });
  closing.catch(() => undefined); // told at the end, when the queue is left alone
  for (let deaths = 0; deaths < campaign.many(20) || !isOver; deaths += 1) {
    await pause(200 + campaign.chance(800));
    await redis.kill();
    await pause(campaign.chance(500));
    await redis.restart();
    campaign.hit("deaths");
  }
  return { ...(await closing), ...(await compareClosings(database, crowd)) };
});

fault("closed by several at once, in two processes", ["leaders' closings", "timers' closings"], async (campaign) => {
  const database = await ownDatabase();
  const crowd = new Crowd();
  await runningOn(database, [crowd]);
  await runningOn(database, [crowd]);
  const buys = campaign.many(400);

  await inTurns(buys, 8, async (no) => {
    const chat = `chat ${no}`;
    const isByTimer = no % 4 === 0;
    await crowd.opens(chat, isByTimer ? "Apples $5/kg, closes in 2 seconds" : "Apples $5/kg");
    const orders = Array.from({ length: 6 }, (_, index) => crowd.saying(chat, `neighbour ${index}`, "+1 apples"));
    const closes = [1, 2].map(() => crowd.saying(chat, "leader", "/close"));
    await Promise.all([
      ...orders.map((order) => crowd.deliver(order)),
      ...orders.slice(0, 2).map((order) => crowd.deliverToAll(order)),
      ...(isByTimer ? [] : closes.map((close) => crowd.deliverToAll(close))),
    ]);
    campaign.hit(isByTimer ? "timers' closings" : "leaders' closings");
    await eventually(`the list of ${chat} is posted`, () => crowd.posted(chat, /final list/).length > 0, 60_000);
  });
  return { buys, ...(await compareClosings(database, crowd)) };
});

/** Opens buys that close within seconds, with an order each, and waits for their lists. */
async function closings(crowd: Crowd, campaign: Campaign): Promise<Record<string, number>> {
  const effects = campaign.many(500);
  await inTurns(effects, 50, async (no) => {
    const chat = `chat ${no}`;
    await crowd.opens(chat, `Apples $5/kg, closes in ${3 + campaign.chance(5)} seconds`);
    await crowd.deliver(crowd.saying(chat, "neighbour", "+1 apples"));
    await eventually(`the list of ${chat} is posted`, () => crowd.posted(chat, /final list/).length > 0, 60_000);
  });
  return { effects };
}

/**
 * Each buy closed once, not before its time, with what was said in time and had come by then, and its list says so. One
 * that a slow machine has opened after its time is late from then on.
 */
async function compareClosings(databaseUrl: string, crowd: Crowd): Promise<Record<string, number>> {
  const rows = await withClient(databaseUrl, async (client) => {
    const found = await client.query<{
      chat: string;
      status: string;
      early: boolean;
      lateMs: number;
      booked: number;
      heard: number;
    }>(
      `SELECT c.title AS chat, b.status, b."closedAt" < least(b."closesAt", b."endedAt") AS early,
              extract(epoch FROM b."closedAt" - greatest(least(b."closesAt", b."endedAt"),
                (SELECT min(o."createdAt") FROM outgoing o WHERE o."buyId" = b.id AND o.kind = 'live-post')))::float8
                * 1000 AS "lateMs",
              (SELECT sum(booked)::int / 1000 FROM tally t WHERE t."buyId" = b.id) AS booked,
              (SELECT count(*)::int FROM statement s
                WHERE s."buyId" = b.id AND s."receivedAt" < b."closedAt" AND s.text = '+1 apples'
                  AND date_trunc('second', s."saidAt") <= date_trunc('second', least(b."closesAt", b."endedAt"))) AS heard
         FROM buy b JOIN buy_chat bc ON bc."buyId" = b.id JOIN chat c ON c.id = bc."chatId"`,
    );
    return found.rows;
  });
  const figures = { missed: 0, doubled: 0, early: 0, lost: 0, "ms late at most": 0 };
  for (const { chat, status, early, lateMs, booked, heard } of rows) {
    const lists = crowd.posted(chat, /final list/);
    if (status !== "closed" || lists.length === 0) figures.missed += 1;
    if (lists.length > 1) figures.doubled += 1;
    if (early) figures.early += 1;
    figures.lost += Math.max(0, heard - booked);
    figures.doubled += Math.max(0, booked - heard);
    if (booked > 0 && !new RegExp(`Apples ${booked} kg`).test(lists[0] ?? "")) figures.lost += 1;
    figures["ms late at most"] = Math.max(figures["ms late at most"], Math.round(lateMs));
  }
  return figures;
}
