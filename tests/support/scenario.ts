import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, onTestFinished } from "vitest";
import { readConfig } from "../../bot/config.ts";
import { createLog } from "../../bot/log.ts";
import { type Running, start } from "../../bot/main.ts";
import type { Adapter } from "../../bot/ports.ts";
import { freshDatabase } from "./database.ts";
import { FakeChat } from "./fake-chat.ts";

// Plusone loads its libraries while PostgreSQL starts. Here they are loaded, and the server is started, before the first
// test's time begins to count.
beforeAll(async () => {
  const [database] = await Promise.all([
    freshDatabase(),
    import("../../prisma/store.ts"),
    import("../../jobs/postgres.ts"),
    import("../../bot/on-message.ts"),
    import("../../bot/later.ts"),
  ]);
  await database.drop();
});

/** A community on the full stack: a database of its own, real jobs, and a fake chat. Closed with the test. */
export async function scenario(settings: Readonly<Record<string, string>> = {}): Promise<FakeChat> {
  return (await community({ settings })).chat;
}

/** The same with its database, its leader, and as many processes as are wanted. */
export async function community({
  settings = {},
  chat = new FakeChat(),
  processes: count = 1,
}: {
  readonly settings?: Readonly<Record<string, string>>;
  readonly chat?: FakeChat;
  readonly processes?: number;
} = {}): Promise<{ readonly url: string; readonly chat: FakeChat }> {
  const url = await ownDatabase();
  for (let started = 0; started < count; started++) await runningOn(url, [chat], settings);
  return { url, chat };
}

/** Plusone on a database of its own with these adapters. Stopped with the test. */
export async function running(
  adapters: readonly Adapter[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Running> {
  return runningOn(await ownDatabase(), adapters, settings);
}

/** A database that is dropped with the test. */
export async function ownDatabase(): Promise<string> {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  return database.url;
}

/** Plusone with these adapters on a database that others may use too; without one, on its own in `folder`. */
export async function runningOn(
  databaseUrl: string | undefined,
  adapters: readonly Adapter[],
  settings: Readonly<Record<string, string>> = {},
  folder = ownFolder(),
): Promise<Running> {
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    PLUSONE_DATA: folder,
    PLUSONE_ZONE: "Asia/Shanghai",
    ...settings,
  });
  const log = createLog({ level: process.env["PLUSONE_TEST_LOG"] ?? "silent" });
  const started = await start(config, { log, adapters });
  let stopping: Promise<void> | undefined;
  const plusone: Running = { ...started, stop: () => (stopping ??= started.stop()) }; // a test may have done it
  const own = databaseUrl && processes.get(databaseUrl);
  if (own) own.push(plusone);
  else if (databaseUrl) processes.set(databaseUrl, [plusone]);
  onTestFinished(() => plusone.stop());
  return plusone;
}

/** Every Plusone that runs on a database. */
const processes = new Map<string, Running[]>();

/** Lets every Plusone on this database look at once at what a test has changed in its rows. */
export function wake(databaseUrl: string): void {
  for (const plusone of processes.get(databaseUrl) ?? []) plusone.wake();
}

/** A folder that is removed with the test. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "plusone-scenario-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
