import { syncBuiltinESMExports } from "node:module";
import timersPromises from "node:timers/promises";

/** Whose things to do are forgotten when it dies. */
export type Owner = object;

/** What `setTimeout` and its like give: calls it off. */
class Handle {
  isOff = false;

  unref(): this {
    return this;
  }
}

/** Something to do at an instant. Of those at one instant the first set comes first. */
interface Due {
  readonly at: number;
  readonly order: number;
  readonly owner: Owner | undefined;
  readonly run: () => void;
  /** Of what comes again: how often. */
  readonly everyMs: number | undefined;
  readonly handle: Handle;
}

/** Turns that are left out where nothing will be found at all. */
const MANY_TURNS = 100_000;

/**
 * Time that goes on only when there is nothing more to do in its present instant. While it is installed, timers and
 * `Date.now` of this process are its own. It runs what is due, one after the other; all that follows from it without
 * waiting has happened before the next.
 */
export class VirtualTime {
  #now: number;
  readonly #heap: Due[] = [];
  #order = 0;
  #owner: Owner | undefined;
  readonly #gone = new WeakSet<Owner>();
  /** When there will be something to find for what looks again and again. */
  readonly #nextToFind: () => number;
  events = 0;

  /** @param nextToFind  until then whatever looks again and again finds nothing, and is left out */
  constructor(now: number, nextToFind: () => number) {
    this.#now = now;
    this.#nextToFind = nextToFind;
  }

  get now(): number {
    return this.#now;
  }

  /** Does something later that is nobody's: whoever dies. */
  in(ms: number, run: () => void): void {
    this.#add(ms, run, { owner: undefined });
  }

  /** Whoever dies meanwhile does not go on. */
  pause(ms: number): Promise<void> {
    return new Promise((resume) => this.#add(ms, resume));
  }

  /** What is set from here on, in this instant, belongs to somebody. */
  as(owner: Owner, run: () => void): void {
    const before = this.#owner;
    this.#owner = owner;
    try {
      run();
    } finally {
      this.#owner = before;
    }
  }

  /** Forgets what somebody meant to do. */
  forget(owner: Owner): void {
    this.#gone.add(owner);
  }

  /** Goes on until nothing is left to do but to look again, or until an instant. */
  async run(until: number): Promise<void> {
    const restore = this.#install();
    try {
      for (let due = this.#take(until); due; due = this.#take(until)) {
        this.#now = Math.max(this.#now, due.at);
        if (due.everyMs !== undefined && this.#again(due, due.everyMs)) continue;
        this.#owner = due.owner;
        this.events += 1;
        due.run();
        await new Promise<void>((resume) => process.nextTick(resume)); // when no promise is left to go on
        this.#owner = undefined;
      }
      this.#now = Math.max(this.#now, until);
    } finally {
      restore();
    }
  }

  /**
   * Sets the next turn of what looks again and again: the next at which it may find something.
   *
   * @returns whether it would find nothing at this one
   */
  #again(due: Due, everyMs: number): boolean {
    const other = this.#heap.reduce(
      (at, each) => (each.handle.isOff || each.everyMs !== undefined ? at : Math.min(at, each.at)),
      Number.POSITIVE_INFINITY,
    );
    const next = Math.min(this.#nextToFind(), other);
    const turns = Number.isFinite(next) ? Math.floor((next - due.at) / everyMs) : MANY_TURNS;
    this.#push({ ...due, at: due.at + Math.max(1, turns) * everyMs, order: this.#order++ });
    return turns > 0;
  }

  #add(ms: number, run: () => void, more: Partial<Pick<Due, "owner" | "everyMs">> = {}): Handle {
    const handle = new Handle();
    const at = this.#now + Math.max(0, ms || 0);
    this.#push({ at, order: this.#order++, owner: this.#owner, everyMs: undefined, ...more, run, handle });
    return handle;
  }

  #take(until: number): Due | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (!first || first.at > until) return undefined;
      this.#pop();
      if (!first.handle.isOff && !(first.owner && this.#gone.has(first.owner))) return first;
    }
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let at = heap.push(due) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(due, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = due;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
  }

  /** Puts this time in the place of the machine's. */
  #install(): () => void {
    const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate } = globalThis;
    const { now } = Date;
    const { setTimeout: pauseFor } = timersPromises;
    const off = (due: unknown) => {
      if (due instanceof Handle) due.isOff = true;
    };
    Object.assign(globalThis, {
      setTimeout: (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => this.#add(ms, () => run(...args)),
      setInterval: (run: () => void, ms: number) => this.#add(ms, run, { everyMs: ms }),
      setImmediate: (run: (...args: unknown[]) => void, ...args: unknown[]) => this.#add(0, () => run(...args)),
      clearTimeout: off,
      clearInterval: off,
    });
    Date.now = () => this.#now;
    timersPromises.setTimeout = ((ms: number) => this.pause(ms)) as typeof pauseFor;
    syncBuiltinESMExports();
    return () => {
      Object.assign(globalThis, { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate });
      Date.now = now;
      timersPromises.setTimeout = pauseFor;
      syncBuiltinESMExports();
    };
  }
}

function isBefore(one: Due, other: Due): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
