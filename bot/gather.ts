import type { Logger } from "pino";
import type { Deliver, Incoming } from "./ports.ts";

/** Limits of the lane that all messages of a process go through. */
export const GATHER = {
  /** Events in one batch. */
  batch: 1_000,
  /** First pause before a batch is tried again; doubled each time. */
  retryMs: 100,
  retryAtMostMs: 5_000,
} as const;

/**
 * Handles a batch in order. Resolves when all of it is stored for good. A fault of the database rejects; what has not
 * been stored by then is handed over again.
 *
 * @param stored  told of events as soon as they are done with, so that they are not answered twice
 */
export type HandleBatch = (batch: readonly Incoming[], stored: (events: readonly Incoming[]) => void) => Promise<void>;

interface Waiting {
  readonly events: readonly Incoming[];
  readonly done: () => void;
  readonly failed: (reason: unknown) => void;
}

/**
 * One lane: what has arrived while the last batch was stored becomes the next batch. Nothing is dropped because
 * something is down: a batch that cannot be stored is tried until it can. An event that fails by itself is set apart
 * with `park`, so that it cannot hold up the others.
 */
export class Gather {
  readonly #handle: HandleBatch;
  readonly #isOutage: (fault: unknown) => boolean;
  readonly #park: (event: Incoming, fault: unknown) => Promise<void>;
  readonly #log: Logger;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #stopping = false;

  constructor(parts: {
    handle: HandleBatch;
    /** Whether a fault says that the database cannot be reached, rather than that the events are bad. */
    isOutage: (fault: unknown) => boolean;
    park: (event: Incoming, fault: unknown) => Promise<void>;
    log: Logger;
  }) {
    this.#handle = parts.handle;
    this.#isOutage = parts.isOutage;
    this.#park = parts.park;
    this.#log = parts.log;
  }

  /** How many events wait. */
  get backlog(): number {
    return this.#waiting.reduce((sum, { events }) => sum + events.length, 0);
  }

  readonly deliver: Deliver = (events) => {
    if (this.#stopping) return Promise.reject(new Error("The bot is stopping."));
    if (events.length === 0) return Promise.resolve();
    return new Promise((done, failed) => {
      this.#waiting.push({ events, done, failed });
      this.#running ??= this.#run();
    });
  };

  /** Stores what waits, then takes nothing more. What cannot be stored while stopping is given back unconfirmed. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    // A turn of the event loop, so that what arrives together is stored together.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const batch = this.#take();
      const events = batch.flatMap((waiting) => waiting.events);
      try {
        await this.#store(events);
        for (const { done } of batch) done();
      } catch (fault) {
        for (const { failed } of batch) failed(fault);
      }
    }
    this.#running = undefined;
  }

  #take(): Waiting[] {
    const batch: Waiting[] = [];
    let size = 0;
    for (const waiting of this.#waiting) {
      if (size > 0 && size + waiting.events.length > GATHER.batch) break;
      batch.push(waiting);
      size += waiting.events.length;
    }
    this.#waiting = this.#waiting.slice(batch.length);
    return batch;
  }

  /** Tries until the database takes it; apart from that, bad events are found by trying each alone, twice. */
  async #store(events: readonly Incoming[]): Promise<void> {
    const rest = new Set(events);
    const stored = (done: readonly Incoming[]) => {
      for (const event of done) rest.delete(event);
    };
    let faults = 0;
    for (let pause: number = GATHER.retryMs; ; pause = Math.min(pause * 2, GATHER.retryAtMostMs)) {
      try {
        return await this.#handle([...rest], stored);
      } catch (fault) {
        const isOutage = this.#isOutage(fault);
        if (isOutage && this.#stopping) throw fault;
        if (isOutage) {
          this.#log.warn({ err: errorCode(fault), events: rest.size, pause }, "database not reachable, trying again");
        } else {
          const [only] = rest;
          if (!only) return;
          if (rest.size > 1) return await this.#storeEach([...rest]);
          faults += 1;
          if (faults > 1) return await this.#setApart(only, fault);
        }
        await new Promise((resume) => setTimeout(resume, pause));
      }
    }
  }

  async #storeEach(events: readonly Incoming[]): Promise<void> {
    for (const event of events) await this.#store([event]);
  }

  async #setApart(event: Incoming, fault: unknown): Promise<void> {
    this.#log.error({ err: fault, type: event.type }, "an event could not be handled; it is parked");
    for (let pause: number = GATHER.retryMs; ; pause = Math.min(pause * 2, GATHER.retryAtMostMs)) {
      try {
        return await this.#park(event, fault);
      } catch (parking) {
        if (this.#stopping || !this.#isOutage(parking)) throw parking;
        await new Promise((resume) => setTimeout(resume, pause));
      }
    }
  }
}

function errorCode(fault: unknown): string {
  return fault instanceof Error ? ((fault as { code?: string }).code ?? fault.name) : "unknown";
}
