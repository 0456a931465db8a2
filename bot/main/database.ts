import type { Pool } from "pg";
import type { Logger } from "pino";
import { startEmbedded } from "../../prisma/embedded/index.ts";
import type { BoardStore } from "../board/ports.ts";
import type { Config } from "../config.ts";
import { PlusoneError } from "../fault.ts";
import type { Store } from "../store.ts";
import { systemClock } from "../system-clock.ts";

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
    import("../../prisma/migrate.ts"),
    import("../../prisma/pool.ts"),
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

interface OpenedStore {
  readonly store: Store;
  readonly boards: BoardStore;
  close(): Promise<void>;
}

/** The store for a look from the terminal: beside a Plusone that runs, where it has the built-in database. */
export async function openStore(config: Config, log: Logger): Promise<OpenedStore> {
  const [database, { PrismaStore }, { createBoardStore }] = await Promise.all([
    openBeside(config, log),
    import("../../prisma/store.ts"),
    import("../../prisma/board.ts"),
  ]);
  const store = new PrismaStore(database.pool, systemClock);
  const close = async () => {
    await store.close();
    await database.close();
  };
  return { store, boards: createBoardStore(database.pool), close };
}

async function openBeside(config: Config, log: Logger): Promise<Database> {
  try {
    return await openDatabase(config, log);
  } catch (fault) {
    if (!(fault instanceof PlusoneError) || fault.code !== "folder-in-use") throw fault;
    const { urlOfRunning } = await import("../../prisma/embedded/running.ts");
    const url = urlOfRunning(config.dataFolder);
    if (!url) throw fault;
    const { openPool } = await import("../../prisma/pool.ts");
    const pool = openPool(url, { log });
    return { url, pool, close: () => pool.end() };
  }
}
