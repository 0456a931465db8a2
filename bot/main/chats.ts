import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import type { Playground } from "../../adapters/web/index.ts";
import type { OperatorSettings } from "../../adapters/web/operator.ts";
import type { Board } from "../board/ports.ts";
import type { Config, TelegramSettings, WeChatSettings } from "../config.ts";
import type { Adapter, Clock } from "../ports.ts";
import type { Store } from "../store.ts";
import type { Database } from "./database.ts";

/** What a chat is opened with. */
interface Surroundings {
  readonly database: Database;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  /** Pages that the playground's site carries as well. */
  readonly board: Board | undefined;
  readonly operator: OperatorSettings | undefined;
}

/** The chats that the settings name, loaded, and opened once there is something to open them with. */
export interface Chats {
  readonly openPlayground: ((surroundings: Surroundings) => Playground) | undefined;
  /** All others. */
  readonly open: readonly ((surroundings: Surroundings) => Adapter)[];
}

/** Loads the adapters that the settings need. */
export async function loadChats(config: Config): Promise<Chats> {
  const [openPlayground, ...open] = await Promise.all([
    config.playground ? loadPlayground(config) : undefined,
    config.telegram && loadTelegram(config.telegram),
    config.wechat && loadWeChat(config.wechat, config),
  ]);
  return { openPlayground, open: open.filter((each) => each !== undefined) };
}

async function loadPlayground({ port, dataFolder: folder }: Config) {
  const { createPlayground } = await import("../../adapters/web/index.ts");
  return ({ store, clock, log, operator, board }: Surroundings) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const health = async () => {
      await store.now();
      return { ok: true };
    };
    return createPlayground({ port, folder, log, clock, health, operator, board });
  };
}

async function loadTelegram(settings: TelegramSettings) {
  const [{ createTelegram }, { holdAlone }] = await Promise.all([
    import("../../adapters/telegram/index.ts"),
    import("../../prisma/hold.ts"),
  ]);
  // One token serves one reader; its first part is the bot's number, and no secret.
  const [bot] = settings.token.split(":");
  return ({ database, log }: Surroundings) =>
    createTelegram({ ...settings, log, hold: (...how) => holdAlone(database.url, `telegram:${bot}`, ...how) });
}

/** Loads what WeChat needs, but not wechaty, which the adapter loads when it starts. */
async function loadWeChat(settings: WeChatSettings, { dataFolder, zone, language }: Config) {
  const [{ createWeChat }, { openPuppet }, { holdAlone }, { createLoginStore }] = await Promise.all([
    import("../../adapters/wechat/index.ts"),
    import("../../adapters/wechat/puppet.ts"),
    import("../../prisma/hold.ts"),
    import("../../prisma/logins.ts"),
  ]);
  const folder = join(dataFolder, "wechat");
  return ({ database, log }: Surroundings) =>
    createWeChat({
      open: () => openPuppet(settings, folder),
      hold: (...how) => holdAlone(database.url, "wechat", ...how),
      store: createLoginStore(database.pool, "wechat"),
      show: (text) => process.stderr.write(`${text}\n`),
      port: settings.page,
      pace: { daily: settings.daily },
      ...{ zone, language, folder, log },
    });
}
