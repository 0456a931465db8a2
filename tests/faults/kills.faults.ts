import { setTimeout as pause } from "node:timers/promises";
import { beforeAll } from "vitest";
import { built } from "../support/database.ts";
import { startApp } from "./app.ts";
import { fault } from "./campaign.ts";
import { telegramWithDatabase } from "./telegram.ts";
import { finish, Traffic } from "./traffic.ts";

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
