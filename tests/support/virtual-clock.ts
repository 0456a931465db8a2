import { randomUUID } from "node:crypto";
import type { Clock } from "../../bot/ports.ts";

/** A clock that stands until it is moved, and what is to run later on it. */
export class VirtualClock implements Clock {
  #now: number;
  #later: { readonly at: number; readonly run: () => void }[] = [];

  constructor(now = Date.parse("2026-11-28T10:00:00+08:00")) {
    this.#now = now;
  }

  readonly now = (): Date => new Date(this.#now);

  readonly newId = (): string => randomUUID();

  readonly runIn = (ms: number, run: () => void): (() => void) => {
    const entry = { at: this.#now + ms, run };
    this.#later.push(entry);
    return () => {
      this.#later = this.#later.filter((each) => each !== entry);
    };
  };

  /** In how long the next thing runs. */
  get nextInMs(): number | undefined {
    return this.#later.length === 0 ? undefined : Math.min(...this.#later.map(({ at }) => at)) - this.#now;
  }

  /** Runs what becomes due on the way, each at its time. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#later.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
      if (!next) break;
      this.#later = this.#later.filter((each) => each !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = end;
  }

  /** The machine's clock was set, and nothing ran. */
  set(now: number): void {
    this.#now = now;
  }
}
