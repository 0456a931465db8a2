import type { Logger } from "pino";
import { Pause } from "./pause.ts";
import { words } from "./words.ts";

/**
 * Between two looks. A look that finds something due by our clock and not by the database's asks to be woken at once;
 * without a rest it would do so as fast as it can until the clocks agree.
 */
const REST_MS = 20;

/**
 * Calls `look` when something may be due. Wake-ups during a look are merged into one look after it: what became due
 * meanwhile is found then, and however many alarms ring at once, there is never more than one look at a time.
 */
export class Looker {
  readonly #look: () => Promise<void>;
  readonly #log: Logger;
  readonly #rest = new Pause();
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(look: () => Promise<void>, log: Logger) {
    this.#look = look;
    this.#log = log;
  }

  wake(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#running ??= Promise.resolve().then(() => this.#run()); // not here: a look may call us before it awaits anything
  }

  /** No look begins any more; resolves when the one under way has ended. What it would have found is in the rows. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#rest.end();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        await this.#look();
      } catch (error) {
        // Not the error itself: a database's carries the row that it is about.
        const stack = error instanceof Error ? error.stack : undefined;
        this.#log.error({ reason: words(error), stack }, "looking after what is due failed; it is looked after again");
      }
      if (!this.#stopped) await this.#rest.wait(REST_MS);
    }
    this.#running = undefined;
  }
}
