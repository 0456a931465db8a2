/** Alarms ring on whole ticks, so that any number of moments in a second is at most twenty jobs. Never early. */
const TICK_MS = 50;

/** Moments further away need not be in the queue yet: the sweep asks for them again when they are nearer. */
const HORIZON_MS = 24 * 60 * 60 * 1000;

/**
 * The moments that this process has asked to be woken at, and which of them are in the queue as far as it knows.
 * All instants are epoch milliseconds.
 */
export class Moments {
  /** Moment → whether it is in the queue. */
  readonly #asked = new Map<number, boolean>();

  /** Notes a moment; what the caller has to do about it. */
  ask(at: number, now: number): "ring" | "add" | "nothing" {
    if (!(at > now)) return "ring"; // also for an invalid date: looking once too often does no harm
    if (at - now > HORIZON_MS) return "nothing";

    const moment = Math.ceil(at / TICK_MS) * TICK_MS;
    if (this.#asked.has(moment)) return "nothing";
    this.#asked.set(moment, false);
    return "add";
  }

  /** Up to `limit` moments that are not in the queue. */
  missing(limit: number): number[] {
    const missing: number[] = [];
    for (const [moment, stored] of this.#asked) {
      if (missing.length === limit) break;
      if (!stored) missing.push(moment);
    }
    return missing;
  }

  stored(moments: readonly number[]): void {
    for (const moment of moments) if (this.#asked.has(moment)) this.#asked.set(moment, true);
  }

  /** The queue may have lost everything: all moments are missing again. */
  doubt(): void {
    for (const moment of this.#asked.keys()) this.#asked.set(moment, false);
  }

  /** The nearest moment after `from` that should be in the queue. */
  next(from: number): number | undefined {
    let next: number | undefined;
    for (const [moment, stored] of this.#asked) {
      if (stored && moment > from && (next === undefined || moment < next)) next = moment;
    }
    return next;
  }

  /** Forgets the moments that have passed; whether one of them never reached the queue, so that nothing rang. */
  pass(now: number): boolean {
    let missed = false;
    for (const [moment, stored] of this.#asked) {
      if (moment > now) continue;
      this.#asked.delete(moment);
      missed ||= !stored;
    }
    return missed;
  }
}
