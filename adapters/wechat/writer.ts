import type { Logger } from "pino";

const RETRY_MS = 200;
const MOST_RETRY_MS = 5_000;

/** Writes things down in order, behind what happens: while the database is away, until it is back. */
export class Writer {
  private readonly log: Logger;
  private writing: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(log: Logger) {
    this.log = log;
  }

  add(write: () => Promise<void>): void {
    this.writing = this.writing.then(() => this.write(write));
  }

  /** Waits until all is written; what the database does not take by now is not. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.writing;
  }

  private async write(work: () => Promise<void>): Promise<void> {
    for (let pause = RETRY_MS; ; pause = Math.min(2 * pause, MOST_RETRY_MS)) {
      try {
        return await work();
      } catch (error) {
        const reason = error instanceof Error ? error.name : typeof error; // its words may quote people
        if (this.stopping) return this.log.error({ reason }, "something about WeChat could not be written down");
        if (pause === RETRY_MS) this.log.warn({ reason }, "something about WeChat is not written down yet");
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }
}
