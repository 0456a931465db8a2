import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import type { Pool } from "pg";
import type { Logger } from "pino";
import { createTelegram } from "../adapters/telegram/index.ts";
import { createPlayground, type Playground } from "../adapters/web/index.ts";
import { currencyOfZone } from "../core/announce/currency.ts";
import { createAlarm } from "../jobs/alarm.ts";
import { handlers } from "../jobs/handlers/index.ts";
import { type Embedded, startEmbedded } from "../prisma/embedded/index.ts";
import { migrate } from "../prisma/migrate.ts";
import { isOutage } from "../prisma/outage.ts";
import { openPool } from "../prisma/pool.ts";
import { PrismaStore } from "../prisma/store.ts";
import { Answers } from "./answers.ts";
import { createCatalogs } from "./catalogs.ts";
import { clean } from "./clean.ts";
import type { Config } from "./config.ts";
import { Gather } from "./gather.ts";
import { languageOf } from "./languages.ts";
import { Later } from "./later.ts";
import { handleBatch } from "./on-message.ts";
import type { Parts } from "./parts.ts";
import type { Adapter, Clock, Incoming } from "./ports.ts";
import { say, wordsOf } from "./replies/replies.ts";
import type { CommunityDefaults, Store } from "./store.ts";
import { tellLeaders } from "./tell-leaders.ts";

// Commands of the terminal reach the outside through here, so that nothing else in bot knows it.
export { createConsole } from "../adapters/console/index.ts";
export { checkTelegram } from "../adapters/telegram/check.ts";
export { publicUrl } from "../prisma/database-fault.ts";
export { createAlarm };

/** The machine's clock, and its chance. */
export const systemClock: Clock = { now: () => new Date(), newId: () => randomUUID() };

/** A running Plusone. */
export interface Running {
  /** Where the playground is, if it is on. */
  readonly playground: string | undefined;
  readonly platforms: readonly string[];
  readonly store: Store;
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
  let embedded: Embedded | undefined;
  if (!config.databaseUrl) embedded = await startEmbedded({ folder: config.dataFolder, log });
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

/**
 * Builds the parts, hands them to each other, and starts them: first what answers, then what asks.
 *
 * @throws PlusoneError where something outside is not as it must be
 */
export async function start(config: Config, options: StartOptions): Promise<Running> {
  const { log } = options;
  const clock = systemClock;
  const database = await openDatabase(config, log);
  const store = new PrismaStore(database.pool, clock);
  const playground = !options.adapters && config.playground ? openPlayground(config, log, clock, store) : undefined;
  const adapters = adaptersOf(config, options, playground);
  const alarm = createAlarm({ databaseUrl: database.url, redisUrl: config.redisUrl, log, clock });

  let later: Later | undefined;
  const parts: Parts = {
    store,
    adapters,
    alarm,
    clock,
    log,
    answers: new Answers(adapters, log),
    readerOf: createCatalogs(),
    defaults: defaultsOf(config),
    wake: () => later?.wake(),
  };
  later = new Later(() => parts, handlers);
  const gather = new Gather({
    handle: (batch, stored) => handleBatch(parts, batch, stored),
    isOutage,
    park: (event, fault) => park(parts, event, fault),
    log,
  });

  const stop = async () => {
    // Together: an adapter waits for the delivery under way, which the lane would try for ever while the database is away.
    await Promise.all([...[...adapters.values()].map((adapter) => adapter.stop()), gather.stop()]);
    await parts.answers.drain();
    await later?.stop();
    await alarm.stop();
    await store.close();
    await database.close();
  };
  try {
    await alarm.start(() => later!.look());
    for (const adapter of adapters.values()) await adapter.start(gather.deliver);
    later.start();
  } catch (fault) {
    await stop();
    throw fault;
  }
  return { playground: playground?.url, platforms: [...adapters.keys()], store, stop };
}

function adaptersOf(config: Config, { log, adapters }: StartOptions, playground: Adapter | undefined) {
  const telegram = config.telegram ? [createTelegram({ ...config.telegram, log })] : [];
  const served = adapters ?? [...(playground ? [playground] : []), ...telegram];
  return new Map(served.map((adapter) => [adapter.platform, adapter]));
}

function openPlayground(config: Config, log: Logger, clock: Clock, store: Store): Playground {
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  const health = async () => {
    await store.now();
    return { ok: true };
  };
  return createPlayground({ port: config.port, folder: config.dataFolder, log, clock, health });
}

/** Where the zone does not tell the currency, an announcement can still name one. */
function defaultsOf({ zone, language }: Config): CommunityDefaults {
  return { zone, language, currency: currencyOfZone(zone) ?? "USD" };
}

/** Keeps an event that could not be handled, and says so to who sent it and to the leaders. */
async function park(parts: Parts, event: Incoming, fault: unknown): Promise<void> {
  if (event.chat.kind === "direct") return; // there is no community to keep it in, and nothing of a buy in it
  const place = await parts.store.meetChat(event.platform, clean(event).chat, parts.defaults);
  await parts.store.park(place, event, fault instanceof Error ? fault.name : "unknown");
  const name = "sender" in event && event.sender ? event.sender.name : "?";
  await tellLeaders(parts, place, (words) => ({ text: say(words.parked, { name }) }));
  if (event.type !== "text" && event.type !== "edit" && event.type !== "button") return;
  const { language } = place.community;
  const text = wordsOf(event.type === "button" ? language : languageOf(event.text, language)).failed;
  const answered = event.type === "button" ? { press: event.id } : { replyTo: event.id };
  parts.answers.give([{ type: "whisper", place, whisper: { to: event.sender.id, ...answered }, content: { text } }]);
}
