import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { capabilities } from "../../../adapters/telegram/limits.ts";
import { packageRoot } from "../../../bot/package-root.ts";
import type { Adapter, Deliver } from "../../../bot/ports.ts";

/** A platform with Telegram's limits whose calls cost nothing: what is measured is ours. */
class BenchChat implements Adapter {
  readonly platform = "bench";
  readonly capabilities = capabilities;
  deliver: Deliver = () => Promise.reject(new Error("Nobody listens yet."));

  async start(deliver: Deliver): Promise<void> {
    this.deliver = deliver;
  }

  async stop(): Promise<void> {}

  async post(): Promise<{ readonly id: string }> {
    return { id: "post" };
  }

  async edit(): Promise<void> {}

  async react(): Promise<void> {}

  async whisper(): Promise<void> {}

  async answerPress(): Promise<void> {}

  async pin(): Promise<void> {}

  async isAdministrator(): Promise<boolean> {
    return false;
  }
}

/** Plusone as it runs, compiled, all of it, with such a chat. */
export async function startPlusone(
  databaseUrl: string,
  redisUrl?: string,
): Promise<{ readonly deliver: Deliver; stop(): Promise<void> }> {
  const load = (path: string) => import(pathToFileURL(join(packageRoot, "dist", path)).href);
  const { start } = (await load("bot/main.js")) as typeof import("../../../bot/main.ts");
  const { readConfig } = (await load("bot/config.js")) as typeof import("../../../bot/config.ts");
  const { createLog } = (await load("bot/log.js")) as typeof import("../../../bot/log.ts");
  const chat = new BenchChat();
  const folder = mkdtempSync(join(tmpdir(), "plusone-bench-"));
  const config = readConfig({
    ...{ DATABASE_URL: databaseUrl, PLUSONE_DATA: folder, PLUSONE_ZONE: "Asia/Shanghai" },
    ...(redisUrl && { REDIS_URL: redisUrl }),
  });
  const plusone = await start(config, { log: createLog({ level: "error" }), adapters: [chat] });
  return {
    deliver: chat.deliver,
    stop: async () => {
      await plusone.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
