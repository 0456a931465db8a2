import type { Logger } from "pino";
import { PlusoneError } from "../../bot/fault.ts";
import { SendFault } from "../../bot/ports.ts";
import { Client } from "./client.ts";

/**
 * Asks Telegram who the bot is.
 *
 * @returns what to tell the operator: its name, and whether it can read groups
 * @throws PlusoneError with what to do
 */
export async function checkTelegram(options: { token: string; apiRoot: string; log: Logger }): Promise<string> {
  const client = new Client({ token: options.token, apiRoot: options.apiRoot, pollTimeoutS: 0 });
  try {
    const me = await client.call("getMe", (api) => api.getMe());
    const reads = me.can_read_all_group_messages
      ? "reads all messages of its groups"
      : "reads all messages only where it is an administrator (privacy mode is on)";
    return `@${me.username}, ${reads}`;
  } catch (fault) {
    if (!(fault instanceof SendFault)) throw fault;
    throw new PlusoneError({
      code: "telegram-refused",
      message: `Telegram does not take the token or cannot be reached (${fault.outcome}).`,
      advice: "Copy TELEGRAM_TOKEN anew from BotFather, and check TELEGRAM_API_ROOT and the network.",
      cause: fault,
    });
  } finally {
    await client.close();
  }
}
