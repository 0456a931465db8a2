import { setTimeout as pause } from "node:timers/promises";
import { beforeAll } from "vitest";
import { built } from "../support/database.ts";
import { ownFolder } from "../support/scenario.ts";
import { startApp } from "./app.ts";
import { fault } from "./campaign.ts";
import { telegramWithDatabase } from "./telegram.ts";
import { finish, Traffic } from "./traffic.ts";

beforeAll(built);

fault("one of two Plusones killed at random", ["kills"], async (campaign) => {
  const { telegram, settings, database } = await telegramWithDatabase();
  const kills = campaign.many(200);
  const traffic = new Traffic(telegram, campaign);

  const start = () => startApp({ ...settings, PLUSONE_DATA: ownFolder() });
  const apps = [start(), start()];
  for (let killed = 0; killed < kills; killed += 1) {
    traffic.flow(campaign.many(2_000) / kills);
    const no = campaign.chance(apps.length);
    await apps[no]!.ready();
    await pause(campaign.chance(1_500));
    await apps[no]!.end("SIGKILL");
    campaign.hit("kills");
    apps[no] = start(); // the other goes on meanwhile
  }
  for (const app of apps) await app.end("SIGKILL");
  return finish(traffic, settings, database);
});
