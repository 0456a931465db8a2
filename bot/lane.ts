import type { Logger } from "pino";

/** Work that is under way once at most: who wakes it meanwhile has it done once more afterwards. */
export class Lane {
  readonly #work: () => Promise<void>;
  readonly #log: Logger;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(work: () => Promise<void>, log: Logger) {
    this.#work = work;
    this.#log = log;
  }

  /** There may be something to do. Never blocks, never throws. */
  readonly wake = (): void => {
    if (this.#stopped) return;
    this.#again = true;
    this.#running ??= Promise.resolve().then(() => this.#run()); // not here: the work may wake us before it awaits anything
  };

  /** Resolves when what was asked for so far is done. */
  async idle(): Promise<void> {
    await this.#running;
  }

  /** Ends what is under way, and does nothing more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        await this.#work();
      } catch (fault) {
        // The database is away, most likely. The sweep wakes it again.
        this.#log.warn({ err: fault }, "what is due could not be looked after");
      }
    }
    this.#running = undefined;
  }
}
