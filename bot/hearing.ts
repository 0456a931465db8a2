import type { Adapter } from "./ports.ts";

/** A closing waits at most so long for what was said before it and has not come yet; what comes later is late. */
const MOST_MS = 10 * 60_000;

/** What a closing waits for is looked at again after so long, and less often the longer it takes. */
const AGAIN_MS = { least: 250, most: 5_000 } as const;

/** Clocks that differ by no more than this are taken for one. */
const CLOCKS_MS = 2_000;

/** A wrong clock may be set meanwhile, so it is looked at again after so long at the latest. */
const CLOCK_AGAIN_MS = 60_000;

/** What hearing works with. */
export interface HearingParts {
  readonly adapters: ReadonlyMap<string, Pick<Adapter, "isBehind" | "now">>;
  /** What has arrived waits for the database, which was away. */
  isUnstored(): boolean;
  /** Milliseconds that only grow. */
  elapsed(): number;
}

/** Knows whether all that was said until a moment has come: a list that becomes final before would miss it. */
export class Hearing {
  readonly #parts: HearingParts;
  /** By platform: since when closings wait for it, and when one did so last. */
  readonly #held = new Map<string, { readonly since: number; readonly last: number }>();

  constructor(parts: HearingParts) {
    this.#parts = parts;
  }

  /**
   * How long a list must wait before it may become final, in ms; 0: it need not.
   *
   * @param endsAt  when its grace is over, by the platform's clock
   * @param at      now, by the database's clock
   */
  waitMs(platform: string, endsAt: Date, at: Date): number {
    const adapter = this.#parts.adapters.get(platform);
    if (!adapter) return 0; // who serves it closes too
    return Math.max(this.#untilHeard(platform, adapter.isBehind ?? false), untilTime(adapter.now?.(), endsAt, at));
  }

  #untilHeard(platform: string, isBehind: boolean): number {
    if (!isBehind && !this.#parts.isUnstored()) {
      this.#held.delete(platform);
      return 0;
    }
    const now = this.#parts.elapsed();
    const before = this.#held.get(platform);
    const since = before && now - before.last <= 2 * AGAIN_MS.most ? before.since : now;
    if (now - since >= MOST_MS) return 0;
    this.#held.set(platform, { since, last: now });
    return Math.min(AGAIN_MS.most, Math.max(AGAIN_MS.least, (now - since) / 4));
  }
}

/** The database's clock is ahead of the platform's, so there people may still order. */
function untilTime(there: Date | undefined, endsAt: Date, at: Date): number {
  if (!there || at.getTime() - there.getTime() <= CLOCKS_MS) return 0;
  return Math.min(CLOCK_AGAIN_MS, Math.max(0, endsAt.getTime() - there.getTime()));
}
