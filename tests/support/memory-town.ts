import { randomUUID } from "node:crypto";
import pino from "pino";
import { onTestFinished } from "vitest";
import { Answers } from "../../bot/answers.ts";
import { createCatalogs } from "../../bot/catalogs.ts";
import { Gather } from "../../bot/gather.ts";
import { Later } from "../../bot/later.ts";
import { handleBatch, isWords } from "../../bot/on-message.ts";
import { Pacing } from "../../bot/pacing.ts";
import type { Parts } from "../../bot/parts.ts";
import type { Clock } from "../../bot/ports.ts";
import { handlers } from "../../jobs/handlers/index.ts";
import type { FakeChat } from "./fake-chat.ts";
import { MemoryDatabase, MemoryStore } from "./memory-store/index.ts";

/** The bot on a store in memory: all of its own code, and nothing to wait for. */
export interface MemoryTown {
  readonly store: MemoryStore;
  /** What was said is answered: nothing of it waits to be given any more. */
  answered(): Promise<void>;
  /** It is so much later; what has become due is done. */
  later(ms: number): Promise<void>;
}

/** Plusone for these chats, in memory. Stopped with the test. */
export async function memoryTown(
  chats: readonly FakeChat[],
  { language = "en" as "en" | "zh-hans" | "zh-hant" } = {},
): Promise<MemoryTown> {
  let aheadMs = 0;
  const clock: Clock = { now: () => new Date(Date.now() + aheadMs), newId: randomUUID };
  const store = new MemoryStore(new MemoryDatabase(clock));
  const log = pino({ level: process.env["PLUSONE_TEST_LOG"] ?? "silent" });
  const adapters = new Map(chats.map((chat) => [chat.platform, chat]));
  const pacing = new Pacing(adapters, clock);
  const parts: Parts = {
    ...{ store, adapters, clock, log, pacing, answers: new Answers(adapters, pacing, log) },
    ...{ readerOf: createCatalogs(), defaults: { zone: "Asia/Shanghai", language, currency: "SGD" } },
    alarm: {
      start: async () => {},
      stop: async () => {},
      health: async () => ({ ok: true, backend: "none" }),
      ringAt: () => {},
    },
    repostMs: 0,
    wake: (buy) => later.wake(buy),
  };
  const later = new Later(() => parts, handlers);
  const gather = new Gather({
    handle: (batch, stored) => handleBatch(parts, batch, stored),
    ...{ isWords, isOutage: () => false, isTimeout: () => false, log, resends: () => true },
    park: async (_event, fault) => {
      throw fault; // a test shall see it
    },
  });
  for (const chat of chats) await chat.start(gather.deliver);
  later.start();
  onTestFinished(async () => {
    await gather.stop();
    await later.stop();
  });
  return {
    store,
    answered: () => parts.answers.drain(),
    later: async (ms) => {
      aheadMs += ms;
      await later.look();
    },
  };
}
