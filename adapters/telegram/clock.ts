/** For how long what Telegram has told bounds its clock: later than that, two clocks have drifted apart. */
const KNOWN_MS = 10 * 60_000;

/** How much two honest clocks may differ: Telegram's machines among themselves, and what an answer takes to reach us. */
export const HONEST_MS = 2_000;

/**
 * Telegram's clock, which dates what is said. It does not say when a button was pressed, and the clock of our machine may
 * be wrong, or be set meanwhile. So the time is learnt: every instant that Telegram tells had come there when it reached
 * us, and what has passed since is counted by a clock that nobody sets. Of several, the one that leads farthest tells
 * best. The time is thus never before anything that was heard, and not ahead of Telegram's.
 */
export class TelegramClock {
  private readonly ours: () => Date;
  private readonly elapsed: () => number;
  /** Telegram's time when `elapsed` was 0, in ms: as far as was told lately, and in the time before that. */
  private lately = Number.NEGATIVE_INFINITY;
  private before = Number.NEGATIVE_INFINITY;
  private latelySince = 0;
  private toldAt = Number.NEGATIVE_INFINITY;

  /**
   * @param ours     our machine's clock, for as long as nothing was told
   * @param elapsed  milliseconds that only grow
   */
  constructor(ours: () => Date, elapsed: () => number = () => performance.now()) {
    this.ours = ours;
    this.elapsed = elapsed;
  }

  /** It is this time there, or was a moment ago. */
  told(at: Date): void {
    const now = this.elapsed();
    if (Number.isNaN(at.getTime())) return;
    if (now - this.latelySince > KNOWN_MS) {
      this.before = this.lately;
      this.lately = Number.NEGATIVE_INFINITY;
      this.latelySince = now;
    }
    this.lately = Math.max(this.lately, at.getTime() - now);
    this.toldAt = now;
  }

  now(): Date {
    const start = Math.max(this.lately, this.before);
    return Number.isFinite(start) ? new Date(start + this.elapsed()) : this.ours();
  }

  /** The same, where Telegram was heard of lately enough to rely on it. */
  known(): Date | undefined {
    return this.elapsed() - this.toldAt <= KNOWN_MS ? this.now() : undefined;
  }
}
