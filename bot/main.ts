import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Pool } from "pg";
import type { Logger } from "pino";
import type { Playground } from "../adapters/web/index.ts";
import type { OperatorSettings } from "../adapters/web/operator.ts";
import type { Serving } from "../adapters/web/server.ts";
import { createAlarm } from "../jobs/alarm.ts";
import { createQueueBoard } from "../jobs/board.ts";
import { holdFolder } from "../prisma/embedded/data-folder.ts";
import { startEmbedded } from "../prisma/embedded/index.ts";
import { isOutage } from "../prisma/outage.ts";
import type { Config, TelegramSettings, WeChatSettings } from "./config.ts";
import { PlusoneError } from "./fault.ts";
import type { Parts } from "./parts.ts";
import type { Adapter, Clock } from "./ports.ts";
import { Spool } from "./spool.ts";
import type { CommunityDefaults, Store } from "./store.ts";

// Commands of the terminal reach the outside through here, so that nothing else in bot knows it.
export { createConsole } from "../adapters/console/index.ts";
export { publicUrl } from "../prisma/database-fault.ts";
export { createAlarm };

/** The machine's clock, and its chance. */
export const systemClock: Clock = { now: () => new Date(), newId: () => randomUUID() };

/** A running Plusone. */
export interface Running {
  /** Where the playground is, if it is on. */
  readonly playground: string | undefined;
  /** Where the operator's pages are, if a password was set. */
  readonly operator: string | undefined;
  readonly platforms: readonly string[];
  readonly store: Store;
  /** Looks after what is due, for who has changed rows beside it. Never blocks. */
  wake(): void;
  /** Stores what has arrived, finishes what is under way, and closes everything. */
  stop(): Promise<void>;
}

/** What is started besides what the settings say. */
export interface StartOptions {
  readonly log: Logger;
  /** Chats to serve instead of the configured ones. */
  readonly adapters?: readonly Adapter[];
}

/** The database of the settings: one of our own where they name none. */
export interface Database {
  readonly url: string;
  readonly pool: Pool;
  close(): Promise<void>;
}

/** Opens the database and brings it up to date. */
export async function openDatabase(config: Config, log: Logger): Promise<Database> {
  const [embedded, { migrate }, { openPool }] = await Promise.all([
    config.databaseUrl ? undefined : startEmbedded({ folder: config.dataFolder, log }),
    import("../prisma/migrate.ts"),
    import("../prisma/pool.ts"),
  ]);
  const url = config.databaseUrl ?? embedded!.url;
  try {
    await migrate({ url, log });
  } catch (fault) {
    await embedded?.stop();
    throw fault;
  }
  const pool = openPool(url, { log });
  return {
    url,
    pool,
    close: async () => {
      await pool.end();
      await embedded?.stop();
    },
  };
}

/** The store for a look from the terminal: beside a Plusone that runs, where it has the built-in database. */
export async function openStore(config: Config, log: Logger): Promise<{ store: Store; close(): Promise<void> }> {
  const [database, { PrismaStore }] = await Promise.all([openBeside(config, log), import("../prisma/store.ts")]);
  const store = new PrismaStore(database.pool, systemClock);
  const close = async () => {
    await store.close();
    await database.close();
  };
  return { store, close };
}

async function openBeside(config: Config, log: Logger): Promise<Database> {
  try {
    return await openDatabase(config, log);
  } catch (fault) {
    if (!(fault instanceof PlusoneError) || fault.code !== "folder-in-use") throw fault;
    const { urlOfRunning } = await import("../prisma/embedded/running.ts");
    const url = urlOfRunning(config.dataFolder);
    if (!url) throw fault;
    const { openPool } = await import("../prisma/pool.ts");
    const pool = openPool(url, { log });
    return { url, pool, close: () => pool.end() };
  }
}

/** Asks Telegram whose bot the token is. */
export async function checkTelegram(settings: TelegramSettings & { log: Logger }): Promise<string> {
  return (await import("../adapters/telegram/check.ts")).checkTelegram(settings);
}

/** Looks whether what WeChat needs is installed; nothing is logged in. */
export async function checkWeChat(puppet: string): Promise<string> {
  return (await import("../adapters/wechat/check.ts")).checkWeChat(puppet);
}

/**
 * Builds the parts, hands them to each other, and starts them: first what answers, then what asks. The libraries are
 * loaded while PostgreSQL starts, since they take as long.
 *
 * @throws PlusoneError where something outside is not as it must be
 */
export async function start(config: Config, options: StartOptions): Promise<Running> {
  const { log } = options;
  const clock = systemClock;
  const [opened, loaded] = await Promise.allSettled([openDatabase(config, log), load(config, options)]);
  if (opened.status === "rejected") throw opened.reason;
  const database = opened.value;
  if (loaded.status === "rejected") {
    await database.close();
    throw loaded.reason;
  }
  const { Answers, Gather, Later, Pacing, PrismaStore, createCatalogs, createPlayground, ...bot } = loaded.value;

  const store = new PrismaStore(database.pool, clock);
  const operator = openOperator(config, database.url, log, clock);
  const playground =
    createPlayground && openPlayground({ config, log, clock, store, operator: operator?.pages }, createPlayground);
  const adapters = new Map<string, Adapter>();
  const telegram = bot.openTelegram && config.telegram && bot.openTelegram(config.telegram, { database, log });
  const wechat = bot.openWeChat && config.wechat && bot.openWeChat(config.wechat, { config, database, log });
  for (const adapter of [...(options.adapters ?? []), playground, telegram, wechat]) {
    if (adapter) adapters.set(adapter.platform, adapter);
  }
  const spool = await openSpool(config, [...adapters.values()]).catch(async (fault: unknown) => {
    await database.close();
    throw fault;
  });
  const alarm = createAlarm({ databaseUrl: database.url, redisUrl: config.redisUrl, log, clock });

  const pacing = new Pacing(adapters, clock);
  const parts: Parts = {
    store,
    adapters,
    alarm,
    clock,
    log,
    pacing,
    answers: new Answers(adapters, pacing, log),
    readerOf: createCatalogs(),
    defaults: defaultsOf(config, bot.currencyOfZone),
    repostMs: config.repostMs,
    wake: (buy) => later.wake(buy),
  };
  const later = new Later(() => parts, bot.handlers);
  const gather = new Gather({
    handle: (batch, stored) => bot.handleBatch(parts, batch, stored),
    isWords: bot.isWords,
    isOutage,
    park: (event, fault) => bot.park(parts, event, fault),
    resends: (platform) => adapters.get(platform)?.capabilities.resends ?? true,
    ...(spool && { spool: spool.file }),
    log,
  });

  const stop = async () => {
    pacing.stop(); // answers that wait for their turn would keep us for minutes
    // Together: an adapter waits for the delivery under way, which the lane would try for ever while the database is away.
    // What became due meanwhile is sent after the next start.
    await Promise.all([later.stop(), gather.stop(), ...[...adapters.values()].map((adapter) => adapter.stop())]);
    await spool?.close();
    await parts.answers.drain();
    await alone?.stop();
    await operator?.close();
    await alarm.stop();
    await store.close();
    await database.close();
  };
  let alone: Serving | undefined;
  const starts = await Promise.allSettled([
    alarm.start(() => later.look()),
    ...(operator && !playground ? [serveAlone(operator.pages, config).then((serving) => (alone = serving))] : []),
    ...[...adapters.values()].map((adapter) => adapter.start(gather.deliver)),
  ]);
  const failed = starts.find((each) => each.status === "rejected");
  if (failed) {
    await stop();
    throw failed.reason;
  }
  gather.start();
  later.start();
  const site = playground?.url ?? (alone && `http://127.0.0.1:${alone.port}`);
  const pages = operator && `${site}${operator.pages.queues.path}`;
  if (pages) log.info({ url: pages }, "the operator's pages are open");
  return {
    playground: playground?.url,
    operator: pages,
    platforms: [...adapters.keys()],
    store,
    wake: () => later.wake(),
    stop,
  };
}

/** Loads what the settings need. */
async function load(config: Config, { adapters }: StartOptions) {
  const [
    { PrismaStore },
    { Answers },
    { createCatalogs },
    { Gather },
    { Later },
    { Pacing },
    { handleBatch, isWords },
    { park },
    { currencyOfZone },
    { handlers },
    web,
    telegram,
    wechat,
  ] = await Promise.all([
    import("../prisma/store.ts"),
    import("./answers.ts"),
    import("./catalogs.ts"),
    import("./gather.ts"),
    import("./later.ts"),
    import("./pacing.ts"),
    import("./on-message.ts"),
    import("./park.ts"),
    import("../core/announce/currency.ts"),
    import("../jobs/handlers/index.ts"),
    !adapters && config.playground ? import("../adapters/web/index.ts") : undefined,
    !adapters && config.telegram ? loadTelegram() : undefined,
    !adapters && config.wechat ? loadWeChat() : undefined,
    config.redisUrl ? import("../jobs/redis.ts") : import("../jobs/postgres.ts"), // for the alarm, which loads it itself
  ]);
  const { createPlayground } = { ...web };
  return {
    ...{
      PrismaStore,
      Answers,
      createCatalogs,
      Gather,
      Later,
      Pacing,
      handleBatch,
      isWords,
      park,
      currencyOfZone,
      handlers,
    },
    ...{ createPlayground, openTelegram: telegram, openWeChat: wechat },
  };
}

async function loadTelegram() {
  const [{ createTelegram }, { holdAlone }] = await Promise.all([
    import("../adapters/telegram/index.ts"),
    import("../prisma/hold.ts"),
  ]);
  return (settings: TelegramSettings, { database, log }: { database: Database; log: Logger }) => {
    // One token serves one reader; its first part is the bot's number, and no secret.
    const [bot] = settings.token.split(":");
    return createTelegram({
      ...settings,
      log,
      hold: (signal) => holdAlone(database.url, `telegram:${bot}`, signal),
    });
  };
}

/** Loads what WeChat needs, but not wechaty, which the adapter loads when it starts. */
async function loadWeChat() {
  const [{ createWeChat }, { openPuppet }, { holdAlone }, { createLoginStore }] = await Promise.all([
    import("../adapters/wechat/index.ts"),
    import("../adapters/wechat/puppet.ts"),
    import("../prisma/hold.ts"),
    import("../prisma/logins.ts"),
  ]);
  return (settings: WeChatSettings, { config, database, log }: { config: Config; database: Database; log: Logger }) => {
    const folder = join(config.dataFolder, "wechat");
    return createWeChat({
      open: () => openPuppet(settings, folder),
      hold: (signal) => holdAlone(database.url, "wechat", signal),
      store: createLoginStore(database.pool, "wechat"),
      show: (text) => process.stderr.write(`${text}\n`),
      port: settings.page,
      zone: config.zone,
      language: config.language,
      folder,
      log,
    });
  };
}

function openPlayground(
  parts: { config: Config; log: Logger; clock: Clock; store: Store; operator: OperatorSettings | undefined },
  createPlayground: typeof import("../adapters/web/index.ts")["createPlayground"],
): Playground {
  const { config, log, clock, store, operator } = parts;
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  const health = async () => {
    await store.now();
    return { ok: true };
  };
  return createPlayground({ port: config.port, folder: config.dataFolder, log, clock, health, operator });
}

/** The operator's pages; what they show is loaded and opened when somebody looks. */
function openOperator(
  { operatorPassword: password, redisUrl }: Config,
  databaseUrl: string,
  log: Logger,
  clock: Clock,
) {
  if (password === undefined) return undefined;
  const queues = createQueueBoard({ path: "/operator/queues", databaseUrl, redisUrl });
  const pages: OperatorSettings = { password, queues, clock, log };
  return { pages, close: queues.close };
}

/** The operator's pages on a site of their own, where no playground carries them. */
async function serveAlone(pages: OperatorSettings, { port }: Config): Promise<Serving> {
  return (await import("../adapters/web/operator.ts")).serveOperator({ ...pages, port });
}

/** The file for what arrives while the database is away, where there is a chat that would not send it again. */
async function openSpool(config: Config, adapters: readonly Adapter[]) {
  if (adapters.every(({ capabilities }) => capabilities.resends)) return undefined;
  // Our own database holds the folder already.
  const held = config.databaseUrl ? holdFolder(config.dataFolder) : undefined;
  try {
    const file = await Spool.open(join(config.dataFolder, "spool.jsonl"));
    const close = async () => {
      await file.close();
      held?.release();
    };
    return { file, close };
  } catch (fault) {
    held?.release();
    throw fault;
  }
}

/** Where the zone does not tell the currency, an announcement can still name one. */
function defaultsOf(
  { zone, language }: Config,
  currencyOfZone: (zone: string) => string | undefined,
): CommunityDefaults {
  return { zone, language, currency: currencyOfZone(zone) ?? "USD" };
}
