import type { Logger } from "pino";
import { PlusoneError } from "../bot/fault.ts";
import type { Clock } from "../bot/ports.ts";
import type { Backend } from "./backend.ts";
import { queuedBeat } from "./job.ts";
import { settlesWithin, within } from "./limit.ts";
import type { Link, LinkEvents } from "./link.ts";
import { Pause } from "./pause.ts";
import type { Pace } from "./queues.ts";
import { words } from "./words.ts";

/** What the watchdog watches over, and whom it tells. */
export interface Ward {
  readonly backend: Backend;
  readonly pace: Pace;
  readonly log: Logger;
  readonly clock: Clock;
  readonly take: LinkEvents["take"];
  /** The link has just proved that it works; a fresh one may lead to a queue that has lost everything. */
  onBeat(link: Link, fresh: boolean): Promise<void>;
}

/** Since when the queue has not worked, what was seen of it last, and how often it was tried. */
export interface Outage {
  readonly since: Date;
  readonly reason: unknown;
  readonly failures: number;
}

/**
 * Keeps a link to the queue that works. Every few seconds it puts a beat into the queue; one that cannot be put in, or
 * does not come out again, means that the link is dead, which BullMQ does not always say: it is closed and another made.
 */
export class Watchdog {
  readonly #ward: Ward;
  readonly #id: string;
  readonly #rest = new Pause();
  readonly #sign = new Pause();
  #link: Link | undefined;
  #outage: Outage | undefined;
  #beats = 0;
  #heard = false;
  #troubled = false;
  #resting = false;
  #stopped = false;
  #watching: Promise<void> | undefined;

  constructor(ward: Ward) {
    this.#ward = ward;
    this.#id = ward.clock.newId();
  }

  /** The link, unless it is known not to work. */
  get link(): Link | undefined {
    return this.#outage ? undefined : this.#link;
  }

  get outage(): Outage | undefined {
    return this.#outage;
  }

  /** Resolves after the first attempt, even if nobody answered. @throws PlusoneError if the other side refuses us */
  async start(): Promise<void> {
    await this.#check();
    if (this.#outage?.reason instanceof PlusoneError) throw this.#outage.reason;
    this.#watching = this.#watch();
  }

  /** Closes the link within two seconds, whatever state it is in. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#rest.end();
    this.#sign.end();
    await this.#link?.close();
    await settlesWithin(this.#ward.pace.close, this.#watching ?? Promise.resolve());
  }

  /** A job has come out of the queue: its worker lives. */
  hear(): void {
    this.#heard = true;
    this.#sign.end();
  }

  /** Something failed on the link: it is checked soon instead of at the next beat. */
  report(error: unknown): void {
    if (this.#stopped || this.#outage) return;
    this.#ward.log.debug({ reason: words(error) }, "trouble on the connection to the queue");
    this.#troubled = true;
    if (this.#resting) this.#rest.end();
  }

  async #watch(): Promise<void> {
    while (!this.#stopped) {
      await this.#pause();
      if (!this.#stopped) await this.#check();
    }
  }

  /** Until the next beat, trouble or attempt; however much trouble is reported, never shorter than the least pause. */
  async #pause(): Promise<void> {
    const { beatEvery, leastPause, firstRetry, longestRetry } = this.#ward.pace;
    if (this.#outage) return this.#rest.wait(Math.min(longestRetry, firstRetry * 2 ** (this.#outage.failures - 1)));

    await this.#rest.wait(leastPause);
    if (this.#troubled || this.#stopped) return;
    this.#resting = true;
    await this.#rest.wait(beatEvery - leastPause);
    this.#resting = false;
  }

  /** Makes a link if there is none, and has it prove that it works. */
  async #check(): Promise<void> {
    this.#troubled = false;
    const fresh = !this.#link;
    try {
      this.#link ??= await this.#open();
      await this.#beat(this.#link);
      await this.#ward.onBeat(this.#link, fresh);
      this.#recovered();
    } catch (error) {
      this.#failed(error);
      await this.#link?.close();
      this.#link = undefined;
    }
  }

  async #open(): Promise<Link> {
    const { backend, take } = this.#ward;
    const link = await backend.open({ take, trouble: (error) => this.report(error) });
    if (this.#stopped) await link.close();
    return link;
  }

  async #beat(link: Link): Promise<void> {
    const { pace, clock } = this.#ward;
    this.#beats += 1;
    const beat = queuedBeat(`${this.#id}.${this.#beats}`, clock.now().getTime());
    const { jobId } = beat.opts;
    this.#heard = false;
    await within(pace.answer, "putting a beat into the queue", link.add([beat]));
    // Asked soon, because a beat may come out in another process: then the queue works, if not through our worker.
    for (const patience of [pace.patience / 20, pace.patience]) {
      if (!this.#heard && !this.#stopped) await this.#sign.wait(patience);
      if (this.#heard || this.#stopped) return;
      const held = await within(pace.answer, "asking after a beat", link.holds(jobId));
      if (!held || this.#heard) return;
    }
    await within(pace.answer, "taking a beat back", link.remove(jobId)); // or they would pile up
    throw new Error("no worker takes jobs out of the queue");
  }

  #failed(reason: unknown): void {
    if (this.#stopped) return;
    const { backend, clock, log } = this.#ward;
    const before = this.#outage;
    this.#outage = { since: before?.since ?? clock.now(), reason, failures: (before?.failures ?? 0) + 1 };
    if (reason instanceof PlusoneError && !(before?.reason instanceof PlusoneError)) {
      log.error(
        { queue: backend.name, code: reason.code, reason: words(reason) },
        "the queue refuses us; the sweep does its work",
      );
    } else if (!before) {
      log.warn(
        { queue: backend.name, reason: words(reason) },
        "the queue does not work; the sweep does its work until it does",
      );
    }
  }

  #recovered(): void {
    if (!this.#outage) return;
    const { backend, clock, log } = this.#ward;
    const { since, failures } = this.#outage;
    this.#outage = undefined;
    log.info(
      { queue: backend.name, failures, outageMs: clock.now().getTime() - since.getTime() },
      "the queue works again",
    );
  }
}
