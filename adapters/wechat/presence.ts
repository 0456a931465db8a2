/** How long a pause is worth a word. */
const GAP_MS = 45_000;

/** Until when everything was heard, from one login to the next and from one process to another. */
export class Presence {
  private readonly now: () => Date;
  private until: Date | undefined;
  /** What was not heard before this login is told: until then a sign of life says nothing about it. */
  private isGreeted = false;

  constructor(now: () => Date) {
    this.now = now;
  }

  /** Undefined before the first login of all. */
  get heardUntil(): Date | undefined {
    return this.until;
  }

  /** @param until  by what an earlier process has written down */
  load(until: Date | undefined): void {
    this.until = until;
  }

  /** A login. @returns when the silence before it began; undefined where it is not worth a word */
  greeted(): Date | undefined {
    const { until } = this;
    this.until = this.now();
    this.isGreeted = true;
    return until && this.until.getTime() - until.getTime() > GAP_MS ? until : undefined;
  }

  /** No longer logged in. */
  away(): void {
    this.isGreeted = false;
  }

  /** A sign of life: whatever was said until now was heard. */
  alive(): void {
    if (this.isGreeted) this.until = this.now();
  }
}
