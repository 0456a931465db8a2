import type { Logger } from "pino";
import type { Playground } from "../../adapters/web/index.ts";
import { currencyOfZone } from "../../core/announce/currency.ts";
import { createAlarm } from "../../jobs/alarm.ts";
import { handlers } from "../../jobs/handlers/index.ts";
import { createBoardStore } from "../../prisma/board.ts";
import { isOutage, isTimeout } from "../../prisma/outage.ts";
import { PrismaStore } from "../../prisma/store.ts";
import { Answers } from "../answers.ts";
import { createBoard } from "../board/board.ts";
import { createBoardDoor } from "../board/door.ts";
import type { Board } from "../board/ports.ts";
import { createCatalogs } from "../catalogs.ts";
import type { Config } from "../config.ts";
import { Gather } from "../gather.ts";
import { Hearing } from "../hearing.ts";
import { Later } from "../later.ts";
import { handleBatch, isWords } from "../on-message.ts";
import { Pacing } from "../pacing.ts";
import { park } from "../park.ts";
import type { Parts } from "../parts.ts";
import type { Adapter } from "../ports.ts";
import { systemClock } from "../system-clock.ts";
import type { Chats } from "./chats.ts";
import type { Database } from "./database.ts";
import { openOperator } from "./operator.ts";
import { openSpool } from "./spool.ts";

/** All parts, who know each other; nothing has been started. */
export interface Built {
  readonly parts: Parts;
  readonly gather: Gather;
  readonly later: Later;
  readonly playground: Playground | undefined;
  readonly board: Board;
  readonly operator: ReturnType<typeof openOperator>;
  readonly spool: Awaited<ReturnType<typeof openSpool>>;
}

/**
 * Builds the parts and hands them to each other.
 *
 * @param chats  those of the settings, or others instead of them
 */
export async function build(
  config: Config,
  chats: Chats | readonly Adapter[],
  { database, log }: { readonly database: Database; readonly log: Logger },
): Promise<Built> {
  const clock = systemClock;
  const store = new PrismaStore(database.pool, clock);
  const operator = openOperator(config, database.url, log, clock);
  const boards = createBoardStore(database.pool);
  const board = createBoard(() => parts, boards);
  // With an address of its own the board is on a site of its own, so that nothing else can be reached there.
  const carried = config.board ? undefined : board;
  const surroundings = { database, store, clock, log, operator: operator?.pages, board: carried };
  const playground = "open" in chats ? chats.openPlayground?.(surroundings) : undefined;
  const others = "open" in chats ? chats.open.map((open) => open(surroundings)) : chats;
  const adapters = new Map<string, Adapter>();
  for (const adapter of [...(playground ? [playground] : []), ...others]) adapters.set(adapter.platform, adapter);
  const spool = await openSpool(config, [...adapters.values()]);

  const pacing = new Pacing(adapters, clock);
  const parts: Parts = {
    store,
    adapters,
    alarm: createAlarm({ databaseUrl: database.url, redisUrl: config.redisUrl, log, clock }),
    clock,
    log,
    pacing,
    hearing: new Hearing({ adapters, isUnstored: () => gather.isBehind, elapsed: () => performance.now() }),
    answers: new Answers(adapters, pacing, log),
    board: createBoardDoor(boards, () => config.board?.url ?? playground?.url),
    readerOf: createCatalogs(),
    defaults: {
      zone: config.zone,
      language: config.language,
      currency: currencyOfZone(config.zone) ?? "USD", // an announcement can still name one
    },
    repostMs: config.repostMs,
    wake: (buy) => later.wake(buy),
  };
  const later = new Later(() => parts, handlers);
  const gather = new Gather({
    handle: (batch, stored) => handleBatch(parts, batch, stored),
    isWords,
    isOutage,
    isTimeout,
    park: (event, fault) => park(parts, event, fault),
    resends: (platform) => adapters.get(platform)?.capabilities.resends ?? true,
    ...(spool && { spool: spool.file }),
    log,
  });
  return { parts, gather, later, playground, board, operator, spool };
}
