import type { Update, UserFromGetMe } from "grammy/types";
import type { Logger } from "pino";
import type { Adapter, Deliver, Incoming, Lease } from "../../bot/ports.ts";
import { Administrators } from "./administrators.ts";
import { Client } from "./client.ts";
import { HONEST_MS, TelegramClock } from "./clock.ts";
import { toChatId } from "./ids.ts";
import { capabilities } from "./limits.ts";
import { Menus } from "./menu.ts";
import { type Pace, Poller, usualPace } from "./polling.ts";
import { toIncoming, toldIn } from "./receive.ts";
import { createSending, waysTo } from "./send.ts";
import { Topics } from "./topics.ts";
import { Unwilling } from "./unwilling.ts";
import { Webhook, type WebhookSettings } from "./webhook.ts";

/** What the adapter is made of. */
export interface TelegramOptions {
  /** From BotFather. */
  readonly token: string;
  /** Default: Telegram's own server. */
  readonly apiRoot?: string;
  /** After this, the answer to a call counts as lost, in whole seconds. Default: as in `client.ts`. */
  readonly callTimeoutS?: number;
  readonly log: Logger;
  /** Default: the machine's clock. */
  readonly now?: () => Date;
  readonly pace?: Partial<Pace>;
  /** Where Telegram is to send updates; without it, they are asked for. */
  readonly webhook?: WebhookSettings | undefined;
  /** Where updates are asked for: waits until no other process of ours does. Left out: there is no other. */
  readonly hold?: (signal: AbortSignal, isTaken: () => void) => Promise<Lease | undefined>;
}

/** Telegram, by polling or by a webhook. */
export function createTelegram(options: TelegramOptions): Adapter {
  const { token, apiRoot = "https://api.telegram.org", callTimeoutS, log, now = () => new Date() } = options;
  const pace = { ...usualPace, ...options.pace };
  const clock = new TelegramClock(now);
  const { pollTimeoutS } = pace;
  const client = new Client({ token, apiRoot, pollTimeoutS, callTimeoutS, told: (at) => clock.told(at) });
  const topics = new Topics();
  const closed = new Unwilling(now);
  const sending = createSending({
    client,
    topics,
    ways: { isClosed: (way) => closed.has(way), close: (way) => closed.add(way) },
  });
  const administrators = new Administrators((chat) => listAdministrators(client, chat), now);
  const menus = new Menus(client, log);
  let source: Poller | Webhook | undefined;

  /** What the updates say beside what is said in them. */
  function see(update: Update): void {
    const at = toldIn(update);
    if (at) clock.told(at);
    topics.see(update);
    administrators.see(update);
    const writer = update.message?.chat.type === "private" ? update.message.from : undefined;
    if (writer) closed.delete(waysTo.direct(String(writer.id))); // they have started the bot
    const changed = update.my_chat_member;
    if (changed?.chat.type === "private") closed.delete(waysTo.direct(String(changed.chat.id))); // or blocked it no more
  }

  /** @param behind  the updates behind it: what they are about came later */
  function read(update: Update, behind: readonly Update[], me: UserFromGetMe): Incoming | undefined {
    try {
      see(update);
      const next = behind.map(toldIn).find((at) => at !== undefined);
      const at = clock.now();
      return toIncoming(update, { me, now: next && next < at ? next : at });
    } catch (error) {
      // One update of a shape that nobody has seen before must not hold up all that are behind it.
      log.error({ err: error, update: update.update_id }, "an update could not be read and was left out");
      return undefined;
    }
  }

  function warnOfClock(): void {
    const aheadMs = now().getTime() - clock.now().getTime();
    if (Math.abs(aheadMs) <= HONEST_MS) return;
    log.warn({ aheadMs }, "this machine's clock is not Telegram's: set it by NTP");
  }

  return {
    platform: "telegram",
    capabilities,
    now: () => clock.known(),

    get isBehind() {
      return source?.isBehind ?? true;
    },

    get links() {
      const name = source?.account?.username;
      if (name === undefined) return undefined; // Telegram has not been reached yet
      return { direct: `https://t.me/${name}?start=notices`, group: `https://t.me/${name}?startgroup=buys` };
    },

    async start(deliver: Deliver): Promise<void> {
      const take = async (updates: readonly Update[], me: UserFromGetMe) => {
        const incoming = updates
          .map((update, index) => read(update, updates.slice(index + 1), me))
          .filter((event) => event !== undefined);
        if (incoming.length > 0) await deliver(incoming);
        void menus.set(); // where that has failed at the start
      };
      const parts = { api: client.polls, log, pace, take };
      const { webhook, hold } = options;
      source = webhook ? new Webhook({ ...parts, ...webhook, token }) : new Poller({ ...parts, ...(hold && { hold }) });
      await source.start();
      warnOfClock();
      void menus.set();
    },

    async stop(): Promise<void> {
      await source?.stop();
      await client.close();
    },

    ...sending,

    showMenu: (chat, language) => menus.setFor(chat, language),

    async isAdministrator(chat: string, person: string): Promise<boolean> {
      if (toChatId(chat) > 0) return false; // nobody runs a private chat
      if (chat === person) return true; // who speaks in the name of the group
      return administrators.has(chat, person);
    },
  };
}

async function listAdministrators(client: Client, chat: string): Promise<readonly string[]> {
  const members = await client.ask("getChatAdministrators", (api) =>
    api.getChatAdministrators({ chat_id: toChatId(chat) }),
  );
  return members.map(({ user }) => String(user.id));
}
