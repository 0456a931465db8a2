import type { Logger } from "pino";
import type { Serving } from "../adapters/web/server.ts";
import type { Board } from "./board/ports.ts";
import type { Config } from "./config.ts";
import type { Built } from "./main/build.ts";
import { type Database, openDatabase } from "./main/database.ts";
import { serveAlone } from "./main/operator.ts";
import { type Parts, readyPlatforms } from "./parts.ts";
import type { Adapter } from "./ports.ts";
import type { Store } from "./store.ts";

/** A running Plusone. */
export interface Running {
  /** Where the playground is, if it is on. */
  readonly playground: string | undefined;
  /** Where the operator's pages are, if a password was set. */
  readonly operator: string | undefined;
  /** Where the board is served, if it has an address of its own. */
  readonly board: string | undefined;
  readonly platforms: readonly string[];
  /** Those of them on which nothing is heard or said yet: not logged in, or another process is. */
  notReady(): readonly string[];
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

/**
 * Builds the parts, and starts them: first what answers, then what asks. The libraries are loaded while PostgreSQL
 * starts, since they take as long.
 *
 * @throws PlusoneError where something outside is not as it must be
 */
export async function start(config: Config, options: StartOptions): Promise<Running> {
  const { log } = options;
  const [opened, loaded] = await Promise.allSettled([openDatabase(config, log), load(config, options)]);
  if (opened.status === "rejected") throw opened.reason;
  const database = opened.value;
  let built: Built;
  try {
    if (loaded.status === "rejected") throw loaded.reason;
    const { build, chats } = loaded.value;
    built = await build(config, chats, { database, log });
  } catch (fault) {
    await database.close();
    throw fault;
  }

  const { parts, gather, later, playground, operator, board } = built;
  let alone: Serving | undefined;
  let boarding: Serving | undefined;
  const stop = () => stopAll(built, [alone, boarding], database);
  const starts = await Promise.allSettled([
    parts.alarm.start(() => later.look()),
    ...(operator && !playground ? [serveAlone(operator.pages, config).then((serving) => (alone = serving))] : []),
    ...(config.board ? [openBoard(board, config.board, parts).then((serving) => (boarding = serving))] : []),
    ...[...parts.adapters.values()].map((adapter) => adapter.start(gather.deliver)),
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
  if (config.board) log.info({ url: config.board.url, port: boarding?.port }, "the leader's board is open");
  if (pages) log.info({ url: pages }, "the operator's pages are open");
  return {
    playground: playground?.url,
    operator: pages,
    board: boarding && `http://${config.board!.host}:${boarding.port}`,
    platforms: [...parts.adapters.keys()],
    notReady: () => [...parts.adapters.keys()].filter((platform) => !readyPlatforms(parts).includes(platform)),
    store: parts.store,
    wake: () => later.wake(),
    stop,
  };
}

/** Loads what the settings need. */
async function load(config: Config, { adapters }: StartOptions) {
  const [{ build }, chats] = await Promise.all([
    import("./main/build.ts"),
    adapters ?? import("./main/chats.ts").then(({ loadChats }) => loadChats(config)),
    config.redisUrl ? import("../jobs/redis.ts") : import("../jobs/postgres.ts"), // for the alarm, which loads it itself
  ]);
  return { build, chats };
}

/** The board on a site of its own. */
async function openBoard(
  board: Board,
  address: NonNullable<Config["board"]>,
  { clock, log }: Pick<Parts, "clock" | "log">,
): Promise<Serving> {
  return (await import("../adapters/web/board/index.ts")).serveBoard({ board, clock, log, ...address });
}

/** Ends everything, what asks before what answers. What became due meanwhile is sent after the next start. */
async function stopAll(
  { parts, gather, later, spool, operator }: Built,
  sites: readonly (Serving | undefined)[],
  database: Database,
): Promise<void> {
  const { adapters, alarm, answers, pacing, store } = parts;
  pacing.stop(); // answers that wait for their turn would keep us for minutes
  // Together: an adapter waits for the delivery under way, which the lane would try for ever while the database is away.
  await Promise.all([later.stop(), gather.stop(), ...[...adapters.values()].map((adapter) => adapter.stop())]);
  await spool?.close();
  await answers.drain();
  await Promise.all(sites.map((site) => site?.stop()));
  await operator?.close();
  await alarm.stop();
  await store.close();
  await database.close();
}
