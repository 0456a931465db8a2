import type { Logger } from "pino";
import { PlusoneError } from "../../bot/fault.ts";
import { Client } from "./client.ts";
import { tokenRefused, toPollFault } from "./faults.ts";

/**
 * Asks Telegram who the bot is.
 *
 * @returns what to tell the operator: its name, and whether it can read groups
 * @throws PlusoneError with what to do
 */
export async function checkTelegram(options: { token: string; apiRoot: string; log: Logger }): Promise<string> {
  const { token, apiRoot, log } = options;
  const client = new Client({ token, apiRoot, pollTimeoutS: 0 });
  try {
    const me = await client.polls.getMe();
    log.debug({ bot: me.id }, "Telegram knows the bot");
    const reads = me.can_read_all_group_messages
      ? "reads all messages of its groups"
      : "reads all messages only where it is an administrator (privacy mode is on)";
    return `@${me.username}, ${reads}`;
  } catch (error) {
    const { type, reason } = toPollFault(error);
    throw type === "token" ? tokenRefused(reason) : notReached(reason);
  } finally {
    await client.close();
  }
}

const notReached = (reason: string) =>
  new PlusoneError({
    code: "telegram-not-reached",
    message: `Telegram does not answer (${reason}).`,
    advice:
      "Look at the network, and at a proxy or firewall between; where api.telegram.org is blocked, TELEGRAM_API_ROOT can name another way.",
  });
