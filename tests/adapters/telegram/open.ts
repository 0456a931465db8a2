import { pino } from "pino";
import { createTelegram, type TelegramOptions } from "../../../adapters/telegram/index.ts";
import type { Adapter } from "../../../bot/ports.ts";
import type { FakeTelegram } from "../../support/fake-telegram/index.ts";
import { freePort } from "../../support/free-port.ts";

/** Short pauses, so that tests of faults need not wait; the order of things is the same. */
export const quickPace = { pollTimeoutS: 5, retryMs: 5, mostRetryMs: 20, slowRetryMs: 20 };

/** The adapter against a fake Telegram. `lines` is what it has logged. */
export function openTelegram(telegram: FakeTelegram, options: Partial<TelegramOptions> = {}) {
  const lines: string[] = [];
  const log = pino({ level: "debug" }, { write: (line: string) => void lines.push(line) });
  const adapter = createTelegram({
    token: telegram.token,
    apiRoot: telegram.apiRoot,
    log,
    pace: quickPace,
    ...options,
  });
  return { adapter, lines, logged: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

/** The adapter for scenarios that have no time for Telegram's limits, which `scenarios/paced` keeps, nor for its grace. */
export function hastyTelegram(telegram: FakeTelegram, options: Partial<TelegramOptions> = {}): Adapter {
  const { adapter } = openTelegram(telegram, { log: pino({ level: "silent" }), ...options });
  const { rates: _, ...capabilities } = adapter.capabilities;
  return Object.assign(adapter, { capabilities: { ...capabilities, editEveryMs: 50, graceMs: 300 } });
}

/** An address for a webhook. */
export async function freeWebhook(): Promise<{ url: string; host: string; port: number }> {
  const port = await freePort();
  return { url: `http://127.0.0.1:${port}/telegram`, host: "127.0.0.1", port };
}
