import type { Clock } from "../bot/ports.ts";

/** Remembers what a look-up gave, for a while: what is met with every message need not be read with every message. */
export class Remembered<Value> {
  readonly #values = new Map<string, { readonly value: Value; readonly until: number }>();
  readonly #forMs: number;
  readonly #most: number;
  readonly #clock: Clock;

  constructor(limits: { forMs: number; most: number }, clock: Clock) {
    this.#forMs = limits.forMs;
    this.#most = limits.most;
    this.#clock = clock;
  }

  /**
   * What is known under these keys, and what one look-up gives for those that are not.
   *
   * @param asked  by key, what the look-up needs to know
   * @param look   gives a value for each, by key
   */
  async getAll<Asked>(
    asked: ReadonlyMap<string, Asked>,
    look: (missing: ReadonlyMap<string, Asked>) => Promise<ReadonlyMap<string, Value>>,
  ): Promise<ReadonlyMap<string, Value>> {
    const now = this.#clock.now().getTime();
    const found = new Map<string, Value>();
    const missing = new Map<string, Asked>();
    for (const [key, what] of asked) {
      const known = this.#values.get(key);
      // Not longer than that either: a clock that was set back would keep it for the time that it has lost.
      if (known && known.until > now && known.until - now <= this.#forMs) found.set(key, known.value);
      else missing.set(key, what);
    }
    if (missing.size === 0) return found;

    for (const [key, value] of await look(missing)) {
      found.set(key, value);
      this.#values.delete(key);
      if (this.#values.size >= this.#most) this.#values.delete(this.#values.keys().next().value!);
      this.#values.set(key, { value, until: now + this.#forMs });
    }
    return found;
  }

  forget(): void {
    this.#values.clear();
  }
}
