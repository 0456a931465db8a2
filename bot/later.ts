import { Lane } from "./lane.ts";
import { LivePosts } from "./live-posts.ts";
import { Outgoing } from "./outgoing.ts";
import type { Parts } from "./parts.ts";
import type { Buy, Timer } from "./store.ts";

/** How what is due is found and tried. */
export const LATER = {
  /** Timers looked at together, and how many of them are done at once. */
  batch: 200,
  atOnce: 4,
  /** The process looks by itself this often, whatever the queue does. */
  sweepMs: 5_000,
  /** What commits tell is looked after together, at once and then this often. */
  restMs: 25,
  /** What is due this soon is waited for in the process. */
  momentsMs: 300,
  /** Two looks may tell the same moment this differently. */
  jitterMs: 250,
  /** Pause before a failed timer is tried again; doubled each time. It is tried for ever: a closing is never given up. */
  retryMs: 1_000,
  retryAtMostMs: 5 * 60_000,
} as const;

/** What is done when a timer is due. It claims the timer in the same transaction as its effects. */
export type TimerHandler = (parts: Parts, timer: Timer) => Promise<void>;

/**
 * Does what is due: timers, outgoing messages, posts that lag behind. The rows say what; an alarm, a commit of this
 * process or the sweep only says when to look. The three do not wait for each other: a platform that hangs holds up no
 * closing.
 */
export class Later {
  readonly #parts: () => Parts;
  readonly #handlers: ReadonlyMap<string, TimerHandler>;
  readonly #look: Lane;
  readonly #timers: Lane;
  readonly #outgoing: Outgoing;
  readonly #live: LivePosts;
  readonly #posts: Lane;
  #sweep: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #postsSoon: NodeJS.Timeout | undefined;
  /** The moment that the alarm was last asked for. */
  #ringsAt = 0;
  #stopped = false;
  /** While commits follow each other closely: whether one has come since the last look. */
  #resting: NodeJS.Timeout | undefined;
  #isWoken = false;

  constructor(parts: () => Parts, handlers: ReadonlyMap<string, TimerHandler>) {
    const { log } = parts();
    this.#parts = parts;
    this.#handlers = handlers;
    this.#look = new Lane(() => this.#lookAround(), log);
    this.#timers = new Lane(() => this.#runTimers(), log);
    this.#outgoing = new Outgoing(parts(), ({ community, buy }) => this.wake(buy ? { community, id: buy } : undefined));
    this.#posts = new Lane(() => this.#refreshPosts(), log);
    this.#live = new LivePosts(parts(), this.#posts.wake);
  }

  /** Looks now and from now on. */
  start(): void {
    this.#sweep = setInterval(() => this.wake(), LATER.sweepMs);
    this.wake();
  }

  /** Something may be due, and the posts of a buy may show less than is known. Never blocks. */
  wake(buy?: Pick<Buy, "community" | "id">): void {
    if (buy) this.#live.note(buy);
    this.#isWoken = true;
    if (!this.#resting) this.#lookAndRest();
  }

  #lookAndRest(): void {
    this.#resting = undefined;
    if (!this.#isWoken || this.#stopped) return;
    this.#isWoken = false;
    this.#look.wake();
    this.#resting = setTimeout(() => this.#lookAndRest(), LATER.restMs);
  }

  /** Looks once. */
  async look(): Promise<void> {
    this.#look.wake();
    await this.#look.idle();
  }

  /** Ends what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#sweep);
    await this.#look.stop();
    await Promise.all([this.#timers.stop(), this.#outgoing.stop(), this.#posts.stop()]);
    await this.#live.drain();
    clearTimeout(this.#soon);
    clearTimeout(this.#postsSoon);
    clearTimeout(this.#resting);
  }

  /** One question to the database, however much or little there is to do. */
  async #lookAround(): Promise<void> {
    const { store, adapters, alarm, clock } = this.#parts();
    const due = await store.due([...adapters.keys()]);
    if (due.timers) this.#timers.wake();
    if (due.outgoing) this.#outgoing.wake();
    if (this.#live.isWaiting()) this.#posts.wake();

    clearTimeout(this.#soon);
    if (due.nextInMs === undefined) return;
    if (due.nextInMs <= LATER.momentsMs) {
      this.#soon = setTimeout(() => this.wake(), Math.ceil(due.nextInMs));
      return;
    }
    // The database's clock decides; the alarm is set by ours, which may say another time.
    const at = clock.now().getTime() + due.nextInMs;
    if (Math.abs(at - this.#ringsAt) <= LATER.jitterMs) return;
    this.#ringsAt = at;
    alarm.ringAt(new Date(at));
  }

  async #runTimers(): Promise<void> {
    const parts = this.#parts();
    for (;;) {
      const timers = [...(await parts.store.dueTimers(LATER.batch))];
      if (timers.length === 0) return;
      const next = async () => {
        for (let timer = timers.shift(); timer && !this.#stopped; timer = timers.shift()) {
          await this.#runTimer(parts, timer);
        }
      };
      const isFull = timers.length === LATER.batch;
      await Promise.all(Array.from({ length: LATER.atOnce }, next));
      if (this.#stopped || !isFull) return this.wake();
    }
  }

  async #runTimer(parts: Parts, timer: Timer): Promise<void> {
    const facts = { community: timer.community, buy: timer.buy, timer: timer.id, kind: timer.kind };
    try {
      const handler = this.#handlers.get(timer.kind);
      // Another version knows it, maybe; it stays for that one.
      if (!handler) throw new Error("Nobody here knows how to do this.");
      await handler(parts, timer);
      parts.log.info({ ...facts, lateMs: parts.clock.now().getTime() - timer.dueAt.getTime() }, "done in time");
    } catch (fault) {
      const pause = Math.min(LATER.retryMs * 2 ** timer.attempts, LATER.retryAtMostMs);
      parts.log.error({ ...facts, err: fault, attempts: timer.attempts + 1, pause }, "a timer failed");
      await parts.store.failTimer(timer, fault instanceof Error ? fault.name : "unknown", pause);
    }
  }

  /** A post that waits for its chat needs no row and no alarm. */
  async #refreshPosts(): Promise<void> {
    const at = await this.#live.refresh();
    clearTimeout(this.#postsSoon);
    if (!at || this.#stopped) return;
    this.#postsSoon = setTimeout(this.#posts.wake, Math.max(1, at.getTime() - this.#parts().clock.now().getTime()));
  }
}
