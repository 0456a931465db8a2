import type { RawApi } from "grammy";
import type { UserFromGetMe } from "grammy/types";
import type { Logger } from "pino";

/** How grammY wants its signals: typed for an older kind, it takes today's. */
export type Signal = Parameters<RawApi["getMe"]>[0];

/** Asks who we are, and says so in the log. @throws grammY's errors */
export async function sayHello(api: RawApi, log: Logger, signal: Signal): Promise<UserFromGetMe> {
  const me = await api.getMe(signal);
  log.info({ bot: me.id }, "connected to Telegram");
  if (!me.can_read_all_group_messages) {
    log.warn(
      { bot: me.id },
      "privacy mode is on: in groups only commands, replies and buttons arrive, unless the bot is an administrator",
    );
  }
  return me;
}
