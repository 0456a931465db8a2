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

  async get(key: string, look: () => Promise<Value>): Promise<Value> {
    const now = this.#clock.now().getTime();
    const known = this.#values.get(key);
    if (known && known.until > now) return known.value;

    const value = await look();
    this.#values.delete(key);
    if (this.#values.size >= this.#most) this.#values.delete(this.#values.keys().next().value!);
    this.#values.set(key, { value, until: now + this.#forMs });
    return value;
  }

  forget(): void {
    this.#values.clear();
  }
}
