/** Chance that can be told again: the same seed gives the same. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** @source mulberry32, a generator of 32 bits in the public domain */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.#next() * (most - least + 1));
  }

  /** True so many times of a thousand. */
  perMille(times: number): boolean {
    return this.#next() * 1000 < times;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.between(0, from.length - 1)]!;
  }

  shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((each) => ({ each, at: this.#next() }))
      .sort((one, other) => one.at - other.at)
      .map(({ each }) => each);
  }

  /** In the form of a UUID. */
  id(): string {
    const hex = () =>
      Math.floor(this.#next() * 2 ** 32)
        .toString(16)
        .padStart(8, "0");
    const [first, second, third, fourth] = [hex(), hex(), hex(), hex()];
    return `${first}-${second.slice(0, 4)}-${second.slice(4)}-${third.slice(0, 4)}-${third.slice(4)}${fourth}`;
  }
}
