import type { Logger } from "pino";
import type { Deliver, Incoming } from "./ports.ts";
import type { Spool } from "./spool.ts";

/** Limits of the lanes that all messages of a process go through. */
export const GATHER = {
  /** Batches under way at once: while one is read and folded here, the database stores another. */
  lanes: 2,
  /** Events in one batch, and UTF-16 units of their texts. */
  batch: 500,
  batchText: 1_000_000,
  /** Events that wait in memory at most, and units of their texts. */
  most: 20_000,
  mostText: 16_000_000,
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

/** So much waits for the database that no more is taken: the platform may send it again later. */
export class Busy extends Error {
  override readonly name = "Busy";
}

export interface GatherParts {
  readonly handle: HandleBatch;
  /** Whether a fault says that the database cannot be reached, rather than that the events are bad. */
  isOutage(fault: unknown): boolean;
  park(event: Incoming, fault: unknown): Promise<void>;
  /** Where to keep what its platform will not send again, and which platforms those are. */
  readonly spool?: Spool;
  resends(platform: string): boolean;
  readonly log: Logger;
  readonly limits?: Partial<Record<keyof typeof GATHER, number>>;
}

/**
 * Stores what arrives, in a few lanes: what has arrived while the last batch of a lane was stored becomes its next one.
 * A chat stays in its lane, so that its messages are handled in order.
 *
 * Nothing is dropped because something is down: a batch that cannot be stored is tried until it can. Meanwhile memory
 * stays bounded: what a platform sends again is refused, what it does not is kept in a file. An event that fails by
 * itself is set apart with `park`, so that it cannot hold up the others.
 */
export class Gather {
  readonly #parts: GatherParts;
  readonly #limits: Record<keyof typeof GATHER, number>;
  readonly #lanes: readonly Lane[];
  readonly #stop = new AbortController();
  /** Units of the texts in memory. */
  #text = 0;
  #count = 0;
  #isAway = false;
  #draining: Promise<void> | undefined;

  constructor(parts: GatherParts) {
    this.#parts = parts;
    this.#limits = { ...GATHER, ...parts.limits };
    const lane = { ...parts, limits: this.#limits, stopping: this.#stop.signal };
    this.#lanes = Array.from(
      { length: this.#limits.lanes },
      () =>
        new Lane({
          ...lane,
          away: (isAway) => {
            this.#isAway = isAway;
          },
          keep: (waiting) => this.#keep(waiting),
        }),
    );
  }

  /** How many events wait in memory. */
  get backlog(): number {
    return this.#count;
  }

  /** Stores what the last run has left in the file. */
  start(): void {
    this.#drain();
  }

  readonly deliver: Deliver = (events) => {
    if (events.length === 0) return Promise.resolve();
    const { spool } = this.#parts;
    const mustKeep = this.#mustKeep(events);
    const isStopping = this.#stop.signal.aborted;
    const mayWait = this.#hasRoom(events);
    if (spool && mustKeep && (!mayWait || this.#isAway || isStopping || !spool.isEmpty)) {
      return this.#append(spool, events); // behind what is in the file already, so that they stay in order
    }
    if (isStopping) return Promise.reject(new Error("The bot is stopping."));
    if (!mayWait) return Promise.reject(new Busy("Too much waits for the database."));
    return this.#enqueue(events, mustKeep);
  };

  /** Stores what waits, then takes nothing more. What cannot be stored while stopping is given back unconfirmed. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#lanes.map((lane) => lane.idle()));
    await this.#draining;
  }

  #mustKeep([first]: readonly Incoming[]): boolean {
    return first !== undefined && !this.#parts.resends(first.platform);
  }

  /** Something that is too large by itself must pass too. */
  #hasRoom(events: readonly Incoming[]): boolean {
    if (this.#count === 0) return true;
    return this.#count + events.length <= this.#limits.most && this.#text + textOf(events) <= this.#limits.mostText;
  }

  #enqueue(events: readonly Incoming[], mustKeep: boolean): Promise<void> {
    const text = textOf(events);
    this.#count += events.length;
    this.#text += text;
    const parts = this.#byLane(events).map(([lane, own]) => {
      return new Promise<void>((done, failed) => lane.add({ events: own, mustKeep, done, failed }));
    });
    const settle = () => {
      this.#count -= events.length;
      this.#text -= text;
    };
    const whole = parts.length === 1 ? parts[0]! : Promise.all(parts).then(() => undefined);
    whole.then(settle, settle);
    return whole;
  }

  #byLane(events: readonly Incoming[]): (readonly [Lane, readonly Incoming[]])[] {
    const only = this.#laneOf(events[0]!);
    if (events.length === 1) return [[only, events]];
    const found = new Map<Lane, Incoming[]>();
    for (const event of events) {
      const lane = this.#laneOf(event);
      found.set(lane, [...(found.get(lane) ?? []), event]);
    }
    return [...found];
  }

  #laneOf({ platform, chat }: Incoming): Lane {
    let hash = 0;
    for (const part of [platform, chat.id]) {
      for (let i = 0; i < part.length; i++) hash = (Math.imul(hash, 31) + part.charCodeAt(i)) | 0;
    }
    return this.#lanes[(hash >>> 0) % this.#lanes.length]!;
  }

  async #append(spool: Spool, events: readonly Incoming[]): Promise<void> {
    await spool.append(events);
    this.#drain();
  }

  /** Puts what waits in memory into the file, if it has nowhere else to be. */
  async #keep(waiting: Waiting): Promise<boolean> {
    const { spool, log } = this.#parts;
    if (!spool || !waiting.mustKeep) return false;
    try {
      await this.#append(spool, waiting.events);
      return true;
    } catch (fault) {
      log.error({ err: errorCode(fault), events: waiting.events.length }, "the spool cannot be written");
      return false;
    }
  }

  /** Hands over what is in the file, in order, until there is no more. */
  #drain(): void {
    const { spool, log } = this.#parts;
    if (!spool || spool.isEmpty || this.#draining || this.#stop.signal.aborted) return;
    this.#draining = this.#drainAll(spool).then(
      () => {
        this.#draining = undefined;
        this.#drain(); // what was kept just now
      },
      (fault: unknown) => {
        this.#draining = undefined;
        if (this.#stop.signal.aborted) return; // it is for the next start
        log.error({ err: fault }, "the spool cannot be read");
        setTimeout(() => this.#drain(), this.#limits.retryAtMostMs).unref();
      },
    );
  }

  async #drainAll(spool: Spool): Promise<void> {
    const { log } = this.#parts;
    for (let chunk = await spool.next(this.#limits.batch); chunk; chunk = await spool.next(this.#limits.batch)) {
      const { events, damaged, done } = chunk;
      log.info({ events: events.length }, "storing what was kept in the spool");
      if (damaged > 0) log.error({ lines: damaged }, "lines of the spool are damaged and were left out");
      if (events.length > 0) await this.#enqueue(events, false); // it is in the file until it is stored
      await done();
    }
  }
}

/** What was delivered together, as far as it is of one lane. */
interface Waiting {
  readonly events: readonly Incoming[];
  /** Its platform will not send it again. */
  readonly mustKeep: boolean;
  readonly done: () => void;
  readonly failed: (reason: unknown) => void;
}

type LaneParts = Pick<GatherParts, "handle" | "isOutage" | "park" | "log"> & {
  readonly limits: Record<keyof typeof GATHER, number>;
  readonly stopping: AbortSignal;
  /** The database is away, or here again. */
  away(isAway: boolean): void;
  /** Keeps what waits elsewhere while the database is away. False where it cannot be. */
  keep(waiting: Waiting): Promise<boolean>;
};

/** One batch after the other. */
class Lane {
  readonly #parts: LaneParts;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(parts: LaneParts) {
    this.#parts = parts;
  }

  add(waiting: Waiting): void {
    this.#waiting.push(waiting);
    this.#running ??= this.#run();
  }

  async idle(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // A turn of the event loop, so that what arrives together is stored together.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const batch = this.#take();
      try {
        await this.#store(batch);
        for (const { done } of batch) done();
      } catch (fault) {
        for (const { failed } of batch) failed(fault);
      }
    }
    this.#running = undefined;
  }

  #take(): Set<Waiting> {
    const { batch: most, batchText } = this.#parts.limits;
    const batch = new Set<Waiting>();
    let [count, text] = [0, 0];
    for (const waiting of this.#waiting) {
      count += waiting.events.length;
      text += textOf(waiting.events);
      if (batch.size > 0 && (count > most || text > batchText)) break;
      batch.add(waiting);
    }
    this.#waiting = this.#waiting.slice(batch.size);
    return batch;
  }

  /** Tries until the database takes it; apart from that, bad events are found by trying each alone, twice. */
  async #store(batch: Set<Waiting>): Promise<void> {
    const rest = new Set([...batch].flatMap(({ events }) => events));
    await this.#storeAll(rest, () => this.#keepAll(batch, rest));
  }

  async #storeAll(rest: Set<Incoming>, whenAway: () => Promise<void>): Promise<void> {
    const { handle, isOutage, stopping, away, log, limits } = this.#parts;
    const stored = (done: readonly Incoming[]) => {
      for (const event of done) rest.delete(event);
    };
    let faults = 0;
    for (let pause = limits.retryMs; rest.size > 0; pause = Math.min(pause * 2, limits.retryAtMostMs)) {
      try {
        await handle([...rest], stored);
        return away(false);
      } catch (fault) {
        if (isOutage(fault)) {
          away(true);
          await whenAway();
          if (stopping.aborted && rest.size > 0) throw fault;
          log.warn({ err: errorCode(fault), events: rest.size, pause }, "database not reachable, trying again");
        } else {
          const [only] = rest;
          if (!only) return;
          if (rest.size > 1) {
            for (const event of rest) await this.#storeAll(new Set([event]), whenAway);
            return;
          }
          faults += 1;
          if (faults > 1) return await this.#setApart(only, fault, whenAway);
        }
        if (rest.size > 0) await new Promise((resume) => setTimeout(resume, pause));
      }
    }
  }

  /** While the database is away: what would be lost with this process goes into the file, here and in the queue. */
  async #keepAll(batch: Set<Waiting>, rest: Set<Incoming>): Promise<void> {
    const { keep } = this.#parts;
    for (const waiting of batch) {
      if (!(await keep(waiting))) continue;
      batch.delete(waiting);
      for (const event of waiting.events) rest.delete(event);
      waiting.done();
    }
    for (const waiting of [...this.#waiting]) {
      if (!(await keep(waiting))) continue;
      this.#waiting = this.#waiting.filter((other) => other !== waiting);
      waiting.done();
    }
  }

  async #setApart(event: Incoming, fault: unknown, whenAway: () => Promise<void>): Promise<void> {
    const { park, isOutage, stopping, log, limits } = this.#parts;
    log.error({ err: fault, type: event.type }, "an event could not be handled; it is parked");
    for (let pause = limits.retryMs; ; pause = Math.min(pause * 2, limits.retryAtMostMs)) {
      try {
        return await park(event, fault);
      } catch (parking) {
        if (!isOutage(parking)) throw parking;
        await whenAway();
        if (stopping.aborted) throw parking;
        await new Promise((resume) => setTimeout(resume, pause));
      }
    }
  }
}

function textOf(events: readonly Incoming[]): number {
  return events.reduce((sum, event) => sum + ("text" in event ? event.text.length : 0), 0);
}

function errorCode(fault: unknown): string {
  return fault instanceof Error ? ((fault as { code?: string }).code ?? fault.name) : "unknown";
}
