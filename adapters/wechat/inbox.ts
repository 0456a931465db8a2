import type { Logger } from "pino";
import type { Deliver, Incoming } from "../../bot/ports.ts";

/**
 * What was heard and is not stored yet. WeChat sends nothing again, so it is offered until it is taken, in the order in
 * which it came.
 */
export class Inbox {
  private readonly deliver: Deliver;
  private readonly log: Logger;
  private readonly retryMs: number;
  private waiting: Incoming[] = [];
  private running: Promise<void> = Promise.resolve();
  private isRunning = false;
  private stopping = false;

  constructor(parts: { deliver: Deliver; log: Logger; retryMs: number }) {
    this.deliver = parts.deliver;
    this.log = parts.log;
    this.retryMs = parts.retryMs;
  }

  add(...events: readonly Incoming[]): void {
    this.waiting.push(...events);
    if (!this.isRunning) this.running = this.run();
  }

  /** Waits until all is stored; what cannot be while everything stops is lost, and the log says how much it was. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        await this.deliver(batch);
      } catch (error) {
        const reason = error instanceof Error ? error.name : typeof error; // its words may quote what people wrote
        if (this.stopping) {
          this.log.error({ reason, events: batch.length }, "what was heard in WeChat could not be stored");
          continue;
        }
        this.log.error({ reason, events: batch.length }, "what was heard in WeChat is not stored yet");
        this.waiting = [...batch, ...this.waiting];
        await new Promise((resolve) => setTimeout(resolve, this.retryMs));
      }
    }
    this.isRunning = false; // in the same turn as the last look, so that nothing added meanwhile is left lying
  }
}
