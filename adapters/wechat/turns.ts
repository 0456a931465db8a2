import type { Logger } from "pino";
import { codeOf } from "./faults.ts";

/** Reads what the puppet tells, one thing after the other: names are asked for, and the order must hold. */
export class Turns {
  private readonly log: Logger;
  private last: Promise<void> = Promise.resolve();
  private waiting = 0;

  constructor(log: Logger) {
    this.log = log;
  }

  /** How many wait for their turn, or have it: a puppet may be slow to tell names and pictures. */
  get unread(): number {
    return this.waiting;
  }

  /** @param lost  what is done where the work fails, and is left out */
  take(what: string, work: () => Promise<void> | void, lost: () => void = () => undefined): void {
    this.waiting++;
    this.last = this.last
      .then(work)
      .catch((error: unknown) => {
        this.log.error({ code: codeOf(error), what }, "an event of WeChat could not be read and was left out");
        lost();
      })
      .finally(() => this.waiting--);
  }

  /** Resolves when all that was taken by now has had its turn. */
  done(): Promise<void> {
    return this.last;
  }
}
