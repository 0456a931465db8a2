import type { Logger } from "pino";
import { LivePosts } from "./live-posts.ts";
import { sendDue } from "./outgoing.ts";
import type { Parts } from "./parts.ts";
import type { Timer } from "./store.ts";

/** How what is due is found and tried. */
export const LATER = {
  /** Timers looked at together. */
  batch: 200,
  /** The process looks by itself this often, whatever the queue does. */
  sweepMs: 5_000,
  /** What is due this soon is waited for in the process. */
  momentsMs: 100,
  /** Pause before a failed timer is tried again; doubled each time. */
  retryMs: 1_000,
  retryAtMostMs: 5 * 60_000,
  /** Tries before a timer is parked. */
  attempts: 12,
} as const;

/** What is done when a timer is due. It claims the timer in the same transaction as its effects. */
export type TimerHandler = (parts: Parts, timer: Timer) => Promise<void>;

/**
 * Does what is due: timers, outgoing messages, posts that lag behind. The rows say what; an alarm, a commit of this
 * process or the sweep only says when to look. Looks that overlap are merged.
 */
export class Later {
  readonly #parts: () => Parts;
  readonly #handlers: ReadonlyMap<string, TimerHandler>;
  readonly #posts: LivePosts;
  readonly #log: Logger;
  #running: Promise<void> | undefined;
  #again = false;
  #sweep: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(parts: () => Parts, handlers: ReadonlyMap<string, TimerHandler>) {
    this.#parts = parts;
    this.#handlers = handlers;
    this.#posts = new LivePosts(parts());
    this.#log = parts().log;
  }

  /** Looks now and from now on. */
  start(): void {
    this.#sweep = setInterval(() => this.wake(), LATER.sweepMs);
    this.wake();
  }

  /** Something may be due. Never blocks. */
  readonly wake = (): void => {
    if (this.#stopped) return;
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  };

  /** Looks once, to the end of what is due. */
  async look(): Promise<void> {
    this.wake();
    await this.#running;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#sweep);
    clearTimeout(this.#soon);
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        await this.#runTimers();
        const { store, adapters, log, alarm } = this.#parts();
        while ((await sendDue(store, adapters, log)) > 0) if (this.#stopped) return;
        const postsAt = await this.#posts.refresh();
        const dueAt = await store.nextDueAt();
        if (dueAt) alarm.ringAt(dueAt);
        this.#lookAgainAt(postsAt, dueAt);
      } catch (fault) {
        // The database is away, most likely. The sweep looks again.
        this.#log.warn({ err: fault }, "what is due could not be looked after");
      }
    }
  }

  async #runTimers(): Promise<void> {
    const parts = this.#parts();
    for (;;) {
      const timers = await parts.store.dueTimers(LATER.batch);
      for (const timer of timers) await this.#runTimer(parts, timer);
      if (timers.length < LATER.batch || this.#stopped) return;
    }
  }

  async #runTimer(parts: Parts, timer: Timer): Promise<void> {
    const handler = this.#handlers.get(timer.kind);
    const facts = { community: timer.community, buy: timer.buy, timer: timer.id, kind: timer.kind };
    if (!handler) {
      this.#log.error(facts, "nobody knows how to do this; it is parked");
      return parts.store.failTimer(timer, "unknown kind", undefined);
    }
    try {
      await handler(parts, timer);
      this.#log.info({ ...facts, lateMs: parts.clock.now().getTime() - timer.dueAt.getTime() }, "done in time");
    } catch (fault) {
      const isLast = timer.attempts + 1 >= LATER.attempts;
      const pause = Math.min(LATER.retryMs * 2 ** timer.attempts, LATER.retryAtMostMs);
      this.#log.error({ ...facts, err: fault, parked: isLast }, "a timer failed");
      const retryAt = isLast ? undefined : new Date(parts.clock.now().getTime() + pause);
      await parts.store.failTimer(timer, fault instanceof Error ? fault.name : "unknown", retryAt);
    }
  }

  /**
   * Two things need no row and no alarm: a post that waits for its chat, and what is due within moments, since an alarm
   * may ring a moment before the database's clock agrees.
   */
  #lookAgainAt(postsAt: Date | undefined, dueAt: Date | undefined): void {
    clearTimeout(this.#soon);
    const now = this.#parts().clock.now().getTime();
    const moments = [postsAt, dueAt && dueAt.getTime() - now < LATER.momentsMs ? dueAt : undefined];
    const next = Math.min(...moments.map((at) => at?.getTime() ?? Number.POSITIVE_INFINITY));
    if (Number.isFinite(next) && !this.#stopped) this.#soon = setTimeout(this.wake, Math.max(1, next - now));
  }
}
