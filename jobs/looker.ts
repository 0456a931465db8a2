import type { Logger } from "pino";

/**
 * Calls `look` when something may be due. Wake-ups during a look are merged into one look after it: what became due
 * meanwhile is found then, and however many alarms ring at once, there is never more than one look at a time.
 */
export class Looker {
  readonly #look: () => Promise<void>;
  readonly #log: Logger;
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
    this.#running ??= this.#run();
  }

  /** No look begins any more; resolves when the one under way has ended. What it would have found is in the rows. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        await this.#look();
      } catch (err) {
        this.#log.error({ err }, "looking after what is due failed; the next alarm or sweep looks again");
      }
    }
    this.#running = undefined;
  }
}
