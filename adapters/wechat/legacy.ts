import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { LoginStore } from "../../bot/ports.ts";
import type { Day } from "./day.ts";
import { codeOf } from "./faults.ts";
import type { HeldMessages } from "./held.ts";
import type { Known } from "./known.ts";
import type { Presence } from "./presence.ts";

/** What a legacy is made of. */
export interface LegacyParts {
  readonly store: LoginStore;
  readonly known: Known;
  readonly held: HeldMessages;
  readonly presence: Presence;
  readonly day: Day;
  readonly now: () => Date;
  readonly log: Logger;
}

/**
 * What logins leave to those that come after them, of this process or another: who is who, what waits, until when
 * everything was heard, and how much was said today.
 */
export class Legacy {
  private readonly parts: LegacyParts;
  private isOver = false;

  constructor(parts: LegacyParts) {
    this.parts = parts;
  }

  /** Takes over what is left; while the database is away, asks again. Nothing is read before it is known. */
  async load(): Promise<void> {
    const { store, known, held, presence, day, now, log } = this.parts;
    const left = await store.load().catch((error: unknown) => {
      log.warn({ code: codeOf(error) }, "what is known of WeChat's rooms cannot be loaded yet");
    });
    if (!left) {
      if (this.isOver) throw new Error("stopped before the database was there");
      await wait(1_000);
      return this.load();
    }
    const { bindings, held: messages, heardAt: until, sent } = left;
    known.load(bindings);
    held.load(messages, now());
    presence.load(until);
    if (sent) day.load(sent);
  }

  /** Writes down what changes all the time. What the database does not take now is newer next time. */
  async write(): Promise<void> {
    const { store, presence, day } = this.parts;
    const { heardUntil } = presence;
    if (heardUntil) await store.heard(heardUntil, day.today).catch(() => undefined);
  }

  /** The database is not waited for any longer. */
  stop(): void {
    this.isOver = true;
  }
}
