import type { Logger } from "pino";
import type { Alarm, Clock } from "../bot/ports.ts";
import { type Backend, chooseBackend } from "./backend.ts";
import { alarmId, queuedAlarm } from "./job.ts";
import { within } from "./limit.ts";
import type { Link } from "./link.ts";
import { Looker } from "./looker.ts";
import { Moments } from "./moments.ts";
import { type Pace, pace as usualPace } from "./queues.ts";
import { Watchdog } from "./watchdog.ts";
import { words } from "./words.ts";
import { takeJobs } from "./worker.ts";

/** Alarms put into the queue with one call. */
const BATCH = 1_000;

/** What the alarm works with. */
export interface AlarmSettings {
  /** Redis holds the queue if its URL is given, else PostgreSQL does. */
  readonly redisUrl?: string | undefined;
  readonly databaseUrl?: string | undefined;
  readonly log: Logger;
  readonly clock: Clock;
  /** For those who cannot wait for the usual pace, or want to wait longer. */
  readonly pace?: Partial<Pace>;
}

/** The bot's alarm on BullMQ. Connects when it is started; moments asked for earlier are not lost. */
export function createAlarm({ log, clock, pace: given, ...where }: AlarmSettings): Alarm {
  const pace = { ...usualPace, ...given };
  return new QueueAlarm({ backend: chooseBackend(where, pace), pace, log, clock });
}

interface Parts {
  readonly backend: Backend;
  readonly pace: Pace;
  readonly log: Logger;
  readonly clock: Clock;
}

class QueueAlarm implements Alarm {
  readonly #parts: Parts;
  readonly #watchdog: Watchdog;
  readonly #moments = new Moments();
  #looker: Looker | undefined;
  #rungBeforeStart = false;
  #storingSoon = false;
  #storing = false;
  #parked = 0;
  #stopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#watchdog = new Watchdog({
      ...parts,
      take: takeJobs({
        log: parts.log,
        hear: () => this.#watchdog.hear(),
        wake: () => this.#wake(),
        park: () => {
          this.#parked += 1;
        },
      }),
      onBeat: (link, fresh) => this.#onBeat(link, fresh),
    });
  }

  /** @throws PlusoneError if the queue's side answers but refuses us; if it does not answer it is tried again */
  async start(look: () => Promise<void>): Promise<void> {
    this.#looker = new Looker(look, this.#parts.log);
    if (this.#rungBeforeStart) this.#wake();
    await this.#watchdog.start();
  }

  ringAt(at: Date): void {
    if (this.#stopped) return;
    const todo = this.#moments.ask(at.getTime(), this.#now());
    if (todo === "ring") this.#wake();
    if (todo === "add") this.#storeSoon();
  }

  /** Ends the look under way and closes everything within two seconds of that, also while the queue is down. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([this.#looker?.stop(), this.#watchdog.stop()]);
  }

  async health(): Promise<{ ok: boolean; backend: string; detail?: string }> {
    const { backend, pace } = this.#parts;
    const outage = this.#watchdog.outage;
    const since = outage ? ` since ${outage.since.toISOString()}` : "";
    try {
      if (outage) throw outage.reason;
      const answer: Promise<unknown> = this.#watchdog.link?.holds(alarmId(0)) ?? backend.ping();
      await within(pace.connect + pace.answer, "asking the queue", answer);
    } catch (error) {
      this.#watchdog.report(error);
      const detail = `The queue does not work${since}: ${words(error)} Closings and reminders go on, some seconds late.`;
      return { ok: false, backend: backend.name, detail };
    }
    if (this.#parked === 0) return { ok: true, backend: backend.name };
    const detail = `${this.#parked} jobs of unknown kinds were parked: another version put them into our queue.`;
    return { ok: true, backend: backend.name, detail };
  }

  #wake(): void {
    if (this.#looker) this.#looker.wake();
    else this.#rungBeforeStart = true;
  }

  /** One call for all moments that are asked for in the same turn of the event loop. */
  #storeSoon(): void {
    if (this.#storingSoon) return;
    this.#storingSoon = true;
    setImmediate(() => {
      this.#storingSoon = false;
      const link = this.#watchdog.link;
      if (link) this.#store(link).catch((error) => this.#watchdog.report(error));
      else this.#ringPassed();
    });
  }

  /** Puts into the queue what is not there, until nothing is missing. */
  async #store(link: Link): Promise<void> {
    if (this.#storing) return;
    this.#storing = true;
    try {
      for (let batch = this.#moments.missing(BATCH); batch.length > 0; batch = this.#moments.missing(BATCH)) {
        const now = this.#now();
        const jobs = batch.map((moment) => queuedAlarm(moment, now));
        await within(this.#parts.pace.answer, "putting alarms into the queue", link.add(jobs));
        this.#moments.stored(batch);
      }
    } finally {
      this.#storing = false;
    }
  }

  async #onBeat(link: Link, fresh: boolean): Promise<void> {
    this.#ringPassed();
    if (fresh || (await this.#wasEmptied(link))) this.#moments.doubt();
    await this.#store(link);
    await within(this.#parts.pace.answer, "looking for stalled jobs", link.recoverStalled());
  }

  /** Rings for moments that passed before they were in a queue that could. */
  #ringPassed(): void {
    if (this.#moments.pass(this.#now())) this.#wake();
  }

  /** Whether the queue has lost the next alarm: somebody emptied it, or it came back without its data. */
  async #wasEmptied(link: Link): Promise<boolean> {
    const { pace, log, backend } = this.#parts;
    const next = this.#moments.next(this.#now() + pace.answer); // a nearer one may ring while we ask
    if (next === undefined) return false;
    if (await within(pace.answer, "asking after an alarm", link.holds(alarmId(next)))) return false;
    log.warn({ queue: backend.name }, "the queue was emptied; its alarms are put back");
    return true;
  }

  #now(): number {
    return this.#parts.clock.now().getTime();
  }
}
