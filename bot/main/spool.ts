import { join } from "node:path";
import { holdFolder } from "../../prisma/embedded/data-folder.ts";
import type { Config } from "../config.ts";
import type { Adapter } from "../ports.ts";
import { Spool } from "../spool.ts";

/** The file for what arrives while the database is away, where there is a chat that would not send it again. */
export async function openSpool(
  config: Config,
  adapters: readonly Adapter[],
): Promise<{ readonly file: Spool; close(): Promise<void> } | undefined> {
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
