import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { readConfig } from "../../bot/config.ts";
import { createLog } from "../../bot/log.ts";
import { type Running, start } from "../../bot/main.ts";
import type { Adapter } from "../../bot/ports.ts";
import { freshDatabase } from "./database.ts";
import { FakeChat } from "./fake-chat.ts";

/** A community on the full stack: a database of its own, real jobs, and a fake chat. Closed with the test. */
export async function scenario(settings: Readonly<Record<string, string>> = {}): Promise<FakeChat> {
  const chat = new FakeChat();
  await running([chat], settings);
  return chat;
}

/** Plusone on a database of its own with these adapters. Stopped with the test. */
export async function running(
  adapters: readonly Adapter[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const database = await freshDatabase();
  const folder = mkdtempSync(join(tmpdir(), "plusone-scenario-"));
  const config = readConfig({
    DATABASE_URL: database.url,
    PLUSONE_DATA: folder,
    PLUSONE_ZONE: "Asia/Shanghai",
    ...settings,
  });
  const log = createLog({ level: process.env["PLUSONE_TEST_LOG"] ?? "silent" });
  const plusone = await start(config, { log, adapters });
  onTestFinished(async () => {
    await plusone.stop();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });
  return plusone;
}
