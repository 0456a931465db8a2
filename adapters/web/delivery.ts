import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import type { Deliver } from "../../bot/ports.ts";
import type { Person } from "./page/wire.ts";
import { toIncoming } from "./receive.ts";
import type { Room } from "./room.ts";

/** Hands what visitors did to the bot, in order, until the bot has stored it. */
export interface Delivery {
  /** There is something new. */
  nudge(): void;
  /** Waits for what is under way; the rest is delivered after the next start. */
  stop(): Promise<void>;
}

/** Begins with what the last run left undelivered. */
export function startDelivery(
  room: Room,
  settings: { deliver: Deliver; people: readonly Person[]; log: Logger; retryMs: number },
): Delivery {
  const stopping = new AbortController();
  let running: Promise<void> | undefined;

  async function deliverAll(): Promise<void> {
    while (!stopping.signal.aborted && room.chat.undelivered.length > 0) {
      const batch = room.chat.undelivered;
      try {
        await settings.deliver(batch.map((entry) => toIncoming(entry, settings.people)));
        await room.change(() => ({ entries: [{ type: "delivered", seq: batch.at(-1)!.seq }], result: undefined }));
      } catch (fault) {
        if (stopping.signal.aborted) break;
        const name = fault instanceof Error ? fault.name : typeof fault; // its message may hold what people wrote
        settings.log.warn({ fault: name, events: batch.length }, "playground events not stored yet");
        await Promise.race([pause(settings.retryMs, undefined, { ref: false }), aborted(stopping.signal)]);
      }
    }
    running = undefined; // in the same step as the last look, so that no nudge falls between
  }

  const nudge = (): void => {
    if (room.chat.undelivered.length > 0 && !stopping.signal.aborted) running ??= deliverAll();
  };
  nudge();
  return {
    nudge,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
