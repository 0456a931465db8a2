import type { Update } from "grammy/types";
import { beforeAll } from "vitest";
import { freeWebhook } from "../adapters/telegram/open.ts";
import { built } from "../support/database.ts";
import { startApp } from "./app.ts";
import { fault } from "./campaign.ts";
import { telegramWithDatabase } from "./telegram.ts";
import { finish, Traffic } from "./traffic.ts";

beforeAll(built);

const PATHS = ["killed before a commit", "killed after a commit", "updates sent twice"];

fault("Plusone with a webhook killed between an update and its 200", PATHS, async (campaign) => {
  const { telegram, database, settings } = await telegramWithDatabase();
  const { url, host, port } = await freeWebhook();
  const own = { ...settings, TELEGRAM_WEBHOOK_URL: url, TELEGRAM_WEBHOOK_LISTEN: `${host}:${port}` };
  const traffic = new Traffic(telegram, campaign);
  const { updates, webhooks } = telegram.world;
  const sent = new Map<number, Update>();

  for (let round = 0; round < campaign.few(60, 4); round += 1) {
    const when = round % 2 === 0 ? "before" : "after";
    const app = startApp({ ...own, PLUSONE_DIE_AT: `${when} sql:commit ${2 + campaign.chance(8)}` });
    traffic.flow(10);
    await app.ready();
    for (const update of updates.unconfirmed) sent.set(update.update_id, update);
    for (const update of sent.values()) {
      if (campaign.chance(2) === 0 && (await webhooks.send(update)) === 200) campaign.hit("updates sent twice");
    }
    await Promise.race([app.over(), traffic.ended()]);
    for (const update of updates.unconfirmed) sent.set(update.update_id, update);
    if (app.process.signalCode === "SIGKILL" && updates.unconfirmed.length > 0) campaign.hit(`killed ${when} a commit`);
    await app.end("SIGKILL");
  }
  const last = startApp(own); // one that lives to hear all of them again
  await last.ready();
  for (const update of sent.values()) if ((await webhooks.send(update)) === 200) campaign.hit("updates sent twice");
  await last.end("SIGKILL");
  return finish(traffic, own, database);
});
