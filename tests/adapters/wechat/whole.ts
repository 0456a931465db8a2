import pino from "pino";
import { onTestFinished } from "vitest";
import { createWeChat, type WeChat, type WeChatOptions } from "../../../adapters/wechat/index.ts";
import type { Lease } from "../../../bot/ports.ts";
import { createLoginStore } from "../../../prisma/logins.ts";
import { openPool } from "../../../prisma/pool.ts";
import { ownFolder } from "../../support/scenario.ts";
import type { FakeWeChat } from "./fake-wechat.ts";

const log = pino({ level: process.env["PLUSONE_TEST_LOG"] ?? "silent" });

/** An account that nobody else wants. */
export const alone = async (): Promise<Lease> => ({
  lost: new AbortController().signal,
  release: async () => undefined,
});

/** The adapter on this WeChat and this database, without the pauses of a human hand. For Plusone as a whole. */
export function hastyWeChat(fake: FakeWeChat, database: string, options: Partial<WeChatOptions> = {}): WeChat {
  const pool = openPool(database, { log });
  onTestFinished(() => pool.end()); // after Plusone, which is stopped first
  return createWeChat({
    open: async () => fake.asPuppet(),
    folder: ownFolder(),
    hold: alone,
    store: createLoginStore(pool, "wechat"),
    show: () => {},
    graceMs: 300,
    ...{ port: 0, zone: "Asia/Shanghai", language: "zh-hans", log },
    ...options,
    pace: { leastMs: 0, chanceMs: 0, letterMs: 0, gatherMs: 300, nightFrom: 0, nightUntil: 0, ...options.pace },
  });
}

/** What the operator's page shows to be typed by who is to lead a room. */
export async function leadersCode(wechat: WeChat): Promise<string> {
  const page = await fetch(wechat.page!).then((response) => response.text());
  return /to lead a room<\/td><td><b>(PLUS-\w+)/.exec(page)?.[1] ?? "";
}
