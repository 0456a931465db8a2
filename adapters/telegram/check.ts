import type { Logger } from "pino";
import { PlusoneError } from "../../bot/fault.ts";
import { Client } from "./client.ts";
import { HONEST_MS, TelegramClock } from "./clock.ts";
import { tokenRefused, toPollFault } from "./faults.ts";
import type { WebhookSettings } from "./webhook.ts";

/**
 * Asks Telegram who the bot is, and what time it is.
 *
 * @returns what to tell the operator: its name, and whether it can read groups
 * @throws PlusoneError with what to do
 */
export async function checkTelegram(options: {
  token: string;
  apiRoot: string;
  log: Logger;
  webhook?: WebhookSettings;
  /** Default: the machine's clock. */
  now?: () => Date;
}): Promise<string> {
  const { token, apiRoot, log, webhook, now = () => new Date() } = options;
  const clock = new TelegramClock(now);
  const client = new Client({ token, apiRoot, pollTimeoutS: 0, told: (at) => clock.told(at) });
  try {
    const me = await client.polls.getMe();
    log.debug({ bot: me.id }, "Telegram knows the bot");
    const aheadMs = now().getTime() - clock.now().getTime();
    if (Math.abs(aheadMs) > HONEST_MS) throw clockWrong(aheadMs);
    const reads = me.can_read_all_group_messages
      ? "reads all messages of its groups"
      : "reads all messages only where it is an administrator (privacy mode is on)";
    return `@${me.username}, ${reads}; ${await describeDelivery(client, webhook)}`;
  } catch (error) {
    if (error instanceof PlusoneError) throw error;
    const { type, reason } = toPollFault(error);
    throw type === "token" ? tokenRefused(reason) : notReached(reason);
  } finally {
    await client.close();
  }
}

/** How updates come. Does not ask for any: that would throw out whoever reads at the moment. */
async function describeDelivery({ polls }: Client, wanted: WebhookSettings | undefined): Promise<string> {
  const { url = "", pending_update_count: waiting, last_error_message: failed } = await polls.getWebhookInfo();
  const waits = waiting > 0 ? `, ${waiting} updates wait` : "";
  if (url === "") return `${wanted ? "the webhook is set at the start" : "asked for updates"}${waits}`;
  if (url !== wanted?.url) {
    // Only the host: a path may be a secret.
    return `now a webhook at ${new URL(url).host} gets its updates, which the next start of Plusone replaces; stop the program there, or give it a bot of its own${waits}`;
  }
  return `sends updates to the webhook${waits}${failed ? `; it says of the last failure: ${failed}` : ""}`;
}

const clockWrong = (aheadMs: number) =>
  new PlusoneError({
    code: "clock-wrong",
    message: `This machine's clock is ${Math.round(Math.abs(aheadMs) / 1000)} seconds ${aheadMs > 0 ? "ahead of" : "behind"} Telegram's.`,
    advice: "Let the machine set its clock by NTP (timedatectl set-ntp true). Orders count by Telegram's clock.",
  });

const notReached = (reason: string) =>
  new PlusoneError({
    code: "telegram-not-reached",
    message: `Telegram does not answer (${reason}).`,
    advice:
      "Look at the network, and at a proxy or firewall between; where api.telegram.org is blocked, TELEGRAM_API_ROOT can name another way.",
  });
