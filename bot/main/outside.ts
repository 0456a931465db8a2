import type { Logger } from "pino";
import type { TelegramSettings } from "../config.ts";

// What commands of the terminal ask of the outside, so that nothing else in bot knows it.
export { createConsole } from "../../adapters/console/index.ts";
export { createAlarm } from "../../jobs/alarm.ts";
export { publicUrl } from "../../prisma/database-fault.ts";

/** Asks Telegram whose bot the token is. */
export async function checkTelegram(settings: TelegramSettings & { log: Logger }): Promise<string> {
  return (await import("../../adapters/telegram/check.ts")).checkTelegram(settings);
}

/** Looks whether what WeChat needs is installed; nothing is logged in. */
export async function checkWeChat(puppet: string): Promise<string> {
  return (await import("../../adapters/wechat/check.ts")).checkWeChat(puppet);
}
