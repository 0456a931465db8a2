import type { Logger } from "pino";
import type { Deliver, Incoming } from "./ports.ts";
import type { Spool } from "./spool.ts";

/** Limits of the way that all messages of a process go. */
export const GATHER = {
  /** Batches under way at once: while one is folded here, the database stores another. */
  lanes: 2,
  /** Events that wait, or time that a batch takes, before another goes beside it: larger batches cost less. */
  beside: 64,
  besideMs: 25,
  /** Events in one batch, and UTF-16 units of their texts. */
  batch: 500,
  batchText: 1_000_000,
  /** Events that wait in memory at most, and units of their texts. */
  most: 20_000,
  mostText: 16_000_000,
  /** First pause before a batch is tried again; doubled each time. */
  retryMs: 100,
  retryAtMostMs: 5_000,
  /** Times in a row that a batch, and then an event by itself, takes longer than the database allows. */
  timeouts: 3,
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
  /**
   * Whether an event of a chat may be handled before or after what others say there: words about orders may, since an
   * order is the same in whatever order they come. What may not waits for all that came before it, and is waited for.
   */
  isWords(event: Incoming): boolean;
  /** Whether a fault says that the database cannot be reached, rather than that the events are bad. */
  isOutage(fault: unknown): boolean;
  /** Of those the one that an event may bring about: the database is there, and gave up on what was asked. */
  isTimeout(fault: unknown): boolean;
  park(event: Incoming, fault: unknown): Promise<void>;
  /** Where to keep what its platform will not send again, and which platforms those are. */
  readonly spool?: Spool;
  resends(platform: string): boolean;
  readonly log: Logger;
  readonly limits?: Partial<Record<keyof typeof GATHER, number>>;
}

/** What was delivered together: done when all of it is. */
interface Delivery {
  readonly events: readonly Incoming[];
  /** Its platform will not send it again. */
  readonly mustKeep: boolean;
  left: number;
  readonly done: () => void;
  readonly failed: (reason: unknown) => void;
}

/** An event that waits, or is under way. */
interface Item {
  readonly event: Incoming;
  readonly delivery: Delivery;
  readonly chat: string;
  readonly person: string;
  readonly isWords: boolean;
}

/** What of a batch is not stored yet. */
type Rest = Map<Incoming, readonly Item[]>;

/**
 * Stores what arrives: what has arrived while the last batch was stored becomes the next one. Two batches are under way at
 * once, never with words of the same person, nor of one chat where their order matters.
 *
 * Nothing is dropped because something is down: a batch that cannot be stored is tried until it can. Meanwhile memory
 * stays bounded: what a platform sends again is refused, what it does not is kept in a file. An event that fails by
 * itself is set apart with `park`, so that it cannot hold up the others.
 */
export class Gather {
  readonly #parts: GatherParts;
  readonly #limits: Record<keyof typeof GATHER, number>;
  readonly #stopping = new AbortController();
  #queue: Item[] = [];
  /** Those under way. */
  readonly #batches = new Map<readonly Item[], { readonly isSlow: boolean }>();
  /** What runs; resolves when nothing waits any more. */
  readonly #running = new Set<Promise<void>>();
  #isWaking = false;
  #count = 0;
  /** Units of the texts in memory. */
  #text = 0;
  #isAway = false;
  /** What could not be stored when it came, since the database was away. */
  readonly #late = new Set<Delivery>();
  #draining: Promise<void> | undefined;

  constructor(parts: GatherParts) {
    this.#parts = parts;
    this.#limits = { ...GATHER, ...parts.limits };
  }

  /** How many events wait in memory. */
  get backlog(): number {
    return this.#count;
  }

  /** Something waits because the database was away, here or in the file of an earlier run. */
  get isBehind(): boolean {
    return this.#late.size > 0 || this.#parts.spool?.isEmpty === false;
  }

  /** Stores what the last run has left in the file. */
  start(): void {
    this.#drain();
  }

  readonly deliver: Deliver = (events) => {
    if (events.length === 0) return Promise.resolve();
    const { spool, resends } = this.#parts;
    const mustKeep = !resends(events[0]!.platform);
    const isStopping = this.#stopping.signal.aborted;
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
    this.#stopping.abort();
    while (this.#isWaking || this.#running.size > 0) {
      await Promise.all(this.#running);
      await new Promise(setImmediate);
    }
    await this.#draining;
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
    return new Promise((resolve, reject) => {
      const settle = () => {
        this.#count -= events.length;
        this.#text -= text;
        this.#late.delete(delivery);
      };
      const done = () => {
        settle();
        resolve();
      };
      const failed = (reason: unknown) => {
        settle();
        reject(reason);
      };
      const delivery: Delivery = { events, mustKeep, left: events.length, done, failed };
      for (const event of events) this.#queue.push(toItem(event, delivery, this.#parts.isWords(event)));
      this.#wake();
    });
  }

  /** A turn of the event loop later, so that what arrives together is stored together. */
  #wake(): void {
    if (this.#isWaking || !this.#mayBegin()) return;
    this.#isWaking = true;
    setImmediate(() => {
      this.#isWaking = false;
      const batch = this.#take();
      if (batch.length === 0) return;
      this.#batches.set(batch, { isSlow: false });
      const slow = setTimeout(() => {
        this.#batches.set(batch, { isSlow: true });
        this.#wake();
      }, this.#limits.besideMs);
      const running = this.#run(batch).finally(() => {
        clearTimeout(slow);
        this.#batches.delete(batch);
        this.#running.delete(running);
        this.#wake();
      });
      this.#running.add(running);
      if (this.#queue.length > 0) this.#wake();
    });
  }

  #mayBegin(): boolean {
    const { lanes, beside } = this.#limits;
    if (this.#queue.length === 0 || this.#batches.size >= lanes) return false;
    if (this.#batches.size === 0) return true;
    return this.#queue.length >= beside || [...this.#batches.values()].every(({ isSlow }) => isSlow);
  }

  /** The next batch: what may be handled beside those under way, in the order of arrival. */
  #take(): Item[] {
    const underWay = [...this.#batches.keys()].flat();
    const heldPeople = new Set(underWay.map(({ person }) => person));
    const heldChats = new Set(underWay.flatMap(({ chat, isWords }) => (isWords ? [] : [chat])));
    /** Chats of which something stays behind, or is under way. */
    const begun = new Set(underWay.map(({ chat }) => chat));
    const mayGo = ({ chat, person, isWords }: Item) =>
      !heldChats.has(chat) && (isWords ? !heldPeople.has(person) : !begun.has(chat));

    const batch: Item[] = [];
    const rest: Item[] = [];
    let text = 0;
    for (const [index, item] of this.#queue.entries()) {
      if (!mayGo(item)) {
        rest.push(item);
        begun.add(item.chat);
        if (item.isWords) heldPeople.add(item.person);
        else heldChats.add(item.chat);
        continue;
      }
      text += textOf([item.event]);
      if (batch.length > 0 && (batch.length >= this.#limits.batch || text > this.#limits.batchText)) {
        rest.push(...this.#queue.slice(index));
        break;
      }
      batch.push(item);
    }
    this.#queue = rest;
    return batch;
  }

  async #run(batch: readonly Item[]): Promise<void> {
    const rest: Rest = new Map();
    // The very same event may have been delivered twice.
    for (const item of batch) rest.set(item.event, [...(rest.get(item.event) ?? []), item]);
    try {
      await this.#store(rest);
    } catch (fault) {
      // Only while stopping: what was delivered with it is given back too.
      for (const { delivery } of [...rest.values()].flat()) this.#settle(delivery, () => delivery.failed(fault));
    }
  }

  /**
   * Tries until the database takes it. Bad events are found by trying each alone: twice, or a few times where it only takes
   * too long, which may be the database's fault.
   */
  async #store(rest: Rest): Promise<void> {
    const { handle, isOutage, isTimeout, log } = this.#parts;
    const stored = (events: readonly Incoming[]) => {
      for (const event of events) this.#done(event, rest);
    };
    let faults = 0;
    let timeouts = 0;
    let pause = this.#limits.retryMs;
    while (rest.size > 0) {
      const events = [...rest.keys()];
      try {
        await handle(events, stored);
        this.#isAway = false;
        return stored(events);
      } catch (fault) {
        if (isOutage(fault)) {
          await this.#whileAway(rest, fault);
          if (rest.size === 0) return;
          timeouts = isTimeout(fault) ? timeouts + 1 : 0;
          if (timeouts >= this.#limits.timeouts) {
            const [only] = rest.keys();
            if (rest.size > 1) return await this.#storeEach(rest);
            if (await this.#setApart(only!, rest, fault)) return;
            timeouts = 0; // a database that does not take that either may take the event later
          }
          log.warn({ err: errorCode(fault), events: rest.size, pause }, "database not reachable, trying again");
        } else {
          const [only] = rest.keys();
          if (!only) return;
          if (rest.size > 1) return await this.#storeEach(rest);
          faults += 1;
          if (faults > 1 && (await this.#setApart(only, rest, fault))) return;
        }
      }
      await new Promise((resume) => setTimeout(resume, pause));
      pause = Math.min(pause * 2, this.#limits.retryAtMostMs);
    }
  }

  async #storeEach(rest: Rest): Promise<void> {
    for (const [event, items] of [...rest]) {
      if (items.every(({ delivery }) => delivery.left === 0)) continue; // kept in the file meanwhile
      const alone: Rest = new Map([[event, items]]);
      try {
        await this.#store(alone);
      } finally {
        if (alone.size === 0) rest.delete(event);
      }
    }
  }

  /** Whether the database took it: parked, or, where it is away, kept in the file. */
  async #setApart(event: Incoming, rest: Rest, fault: unknown): Promise<boolean> {
    const { park, isOutage, log } = this.#parts;
    try {
      await park(event, fault);
    } catch (parking) {
      if (!isOutage(parking)) throw parking;
      await this.#whileAway(rest, parking);
      return rest.size === 0;
    }
    log.error({ err: fault, type: event.type }, "an event could not be handled; it is parked");
    this.#done(event, rest);
    return true;
  }

  #done(event: Incoming, rest: Rest): void {
    const items = rest.get(event) ?? [];
    rest.delete(event);
    for (const { delivery } of items) {
      if (delivery.left === 0) continue; // kept in the file, or given back
      delivery.left -= 1;
      if (delivery.left === 0) delivery.done();
    }
  }

  /**
   * The database is away: what would be lost with this process goes into the file.
   *
   * @throws the fault while stopping, if something is left
   */
  async #whileAway(rest: Rest, fault: unknown): Promise<void> {
    const { spool, log } = this.#parts;
    this.#isAway = true;
    const waiting = [...[...rest.values()].flat(), ...this.#queue].filter(({ delivery }) => delivery.left > 0);
    for (const { delivery } of waiting) this.#late.add(delivery);
    const mustKeep = waiting.flatMap(({ delivery }) => (delivery.mustKeep ? [delivery] : []));
    for (const delivery of spool ? new Set(mustKeep) : []) {
      try {
        await this.#append(spool!, delivery.events);
        this.#settle(delivery, delivery.done);
      } catch (failed) {
        log.error({ err: errorCode(failed), events: delivery.events.length }, "the spool cannot be written");
      }
    }
    for (const [event, items] of rest) if (items.every(({ delivery }) => delivery.left === 0)) rest.delete(event);
    if (this.#stopping.signal.aborted && rest.size > 0) throw fault;
  }

  /** Ends a delivery as a whole. */
  #settle(delivery: Delivery, end: () => void): void {
    if (delivery.left === 0) return;
    delivery.left = 0;
    this.#queue = this.#queue.filter((item) => item.delivery !== delivery);
    end();
  }

  async #append(spool: Spool, events: readonly Incoming[]): Promise<void> {
    await spool.append(events);
    this.#drain();
  }

  /** Hands over what is in the file, in order, until there is no more. */
  #drain(): void {
    const { spool, log } = this.#parts;
    if (!spool || spool.isEmpty || this.#draining || this.#stopping.signal.aborted) return;
    this.#draining = this.#drainAll(spool).then(
      () => {
        this.#draining = undefined;
        this.#drain(); // what was kept just now
      },
      (fault: unknown) => {
        this.#draining = undefined;
        if (this.#stopping.signal.aborted) return; // it is for the next start
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

function toItem(event: Incoming, delivery: Delivery, isWords: boolean): Item {
  const chat = `${event.platform}\n${event.chat.id}`;
  const person = `${chat}\n${("sender" in event && event.sender?.id) || ""}`;
  return { event, delivery, chat, person, isWords };
}

function textOf(events: readonly Incoming[]): number {
  return events.reduce((sum, event) => sum + ("text" in event ? event.text.length : 0), 0);
}

function errorCode(fault: unknown): string {
  return fault instanceof Error ? ((fault as { code?: string }).code ?? fault.name) : "unknown";
}
