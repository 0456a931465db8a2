import { onTestFinished } from "vitest";
import { type FakeTelegram, startFakeTelegram } from "../support/fake-telegram/index.ts";
import { ownDatabase, ownFolder } from "../support/scenario.ts";

/** A Telegram and a database, and the settings of a Plusone that serves both. */
export async function telegramWithDatabase() {
  const database = await ownDatabase();
  const telegram = await startFakeTelegram();
  onTestFinished(() => telegram.close());
  return {
    telegram,
    database,
    settings: { ...settingsOf(telegram), DATABASE_URL: database, PLUSONE_DATA: ownFolder() },
  };
}

export function settingsOf(telegram: FakeTelegram) {
  return { TELEGRAM_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot, REDIS_URL: "" };
}
