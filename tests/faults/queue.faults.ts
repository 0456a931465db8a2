import { setTimeout as pause } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { withClient } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { startRedis } from "../support/needs.ts";
import { ownDatabase, runningOn } from "../support/scenario.ts";
import { fault, inTurns } from "./campaign.ts";
import { closings, compareClosings, ORDER } from "./closings.ts";
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
    const orders = Array.from({ length: 6 }, (_, index) => crowd.saying(chat, `neighbour ${index}`, ORDER));
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
