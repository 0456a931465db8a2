import { pino } from "pino";
import { createTelegram, type TelegramOptions } from "../../../adapters/telegram/index.ts";
import type { FakeTelegram } from "../../support/fake-telegram/index.ts";

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
