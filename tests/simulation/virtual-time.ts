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
  readonly handle: Handle;
}

/** What looks again and again. */
interface Looking extends Due {
  readonly everyMs: number;
}

/**
 * Time that goes on only when there is nothing more to do in its present instant. While it is installed, timers and
 * `Date.now` of this process are its own. It runs what is due, one after the other; all that follows from it without
 * waiting has happened before the next.
 */
export class VirtualTime {
  #now: number;
  readonly #heap: Due[] = [];
  readonly #looking: Looking[] = [];
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
    this.#push({ at: this.#now + Math.max(0, ms), order: this.#order++, owner: undefined, run, handle: new Handle() });
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

  #add(ms: number, run: () => void, owner = this.#owner): Handle {
    const handle = new Handle();
    this.#push({ at: this.#now + Math.max(0, ms || 0), order: this.#order++, owner, run, handle });
    return handle;
  }

  #addLooking(everyMs: number, run: () => void): Handle {
    const handle = new Handle();
    const at = this.#now + everyMs;
    this.#looking.push({ at, order: this.#order++, owner: this.#owner, run, handle, everyMs });
    return handle;
  }

  /** The next that is to be done. */
  #take(until: number): Due | undefined {
    for (;;) {
      const next = this.#nextLook() ?? this.#heap[0];
      if (!next || next.at > until) return undefined;
      if (next === this.#heap[0]) this.#pop();
      if (!this.#isOff(next)) return next;
    }
  }

  /** The look that comes before all else and will find something. Those that find nothing are left out. */
  #nextLook(): Due | undefined {
    for (;;) {
      let first = 0;
      for (let no = 1; no < this.#looking.length; no++) {
        if (isBefore(this.#looking[no]!, this.#looking[first]!)) first = no;
      }
      const look = this.#looking[first];
      const other = this.#heap[0];
      if (!look || (other && isBefore(other, look))) return undefined;
      if (this.#isOff(look)) {
        this.#looking.splice(first, 1);
        continue;
      }
      const next = this.#nextToFind();
      const from = Math.min(Math.max(next, look.at), other?.at ?? Number.POSITIVE_INFINITY);
      if (from === Number.POSITIVE_INFINITY) return undefined;
      const turns = Math.max(1, Math.ceil((from - look.at) / look.everyMs));
      this.#looking[first] = { ...look, at: look.at + turns * look.everyMs, order: this.#order++ };
      if (next <= look.at) return look;
    }
  }

  #isOff({ handle, owner }: Due): boolean {
    return handle.isOff || (owner !== undefined && this.#gone.has(owner));
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
      setInterval: (run: () => void, ms: number) => this.#addLooking(ms, run),
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
