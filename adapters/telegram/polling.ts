import { setTimeout as wait } from "node:timers/promises";
import type { RawApi } from "grammy";
import type { Update, UserFromGetMe } from "grammy/types";
import type { Logger } from "pino";
import type { Lease } from "../../bot/ports.ts";
import { type PollFault, readByAnother, tokenRefused, toPollFault } from "./faults.ts";
import { type Signal, sayHello } from "./hello.ts";
import { allowedUpdates } from "./receive.ts";

/** How long to leave what fails. */
export interface Pace {
  /** How long Telegram is asked to hold a poll that finds nothing, in whole seconds. */
  readonly pollTimeoutS: number;
  /** The first pause after a fault that passes; doubled each time, up to `mostRetryMs`. */
  readonly retryMs: number;
  readonly mostRetryMs: number;
  /** The pause when another program reads with our token, or the token is refused: only a person can mend that. */
  readonly slowRetryMs: number;
}

/** The pace outside of tests. */
export const usualPace: Pace = { pollTimeoutS: 50, retryMs: 1_000, mostRetryMs: 30_000, slowRetryMs: 30_000 };

/** What a poller works with. */
export interface PollerParts {
  readonly api: RawApi;
  readonly log: Logger;
  readonly pace: Pace;
  /** Waits until no other process of ours reads; undefined where the waiting was ended. Left out: there is no other. */
  hold?(signal: AbortSignal, isTaken: () => void): Promise<Lease | undefined>;
  /** Resolves once the updates are stored for good; rejects when they could not be. */
  take(updates: readonly Update[], me: UserFromGetMe): Promise<void>;
}

/** Most updates that Telegram gives at once. @source Bot API, getUpdates */
const mostUpdates = 100;

/**
 * Reads the bot's updates in order. Telegram forgets an update when it is asked for the ones behind it, so that is
 * asked only after the update is stored: what is under way in a crash comes again.
 */
export class Poller {
  private readonly parts: PollerParts;
  private readonly stopping = new AbortController();
  private me: UserFromGetMe | undefined;
  private lease: Lease | undefined;
  private ending: AbortSignal = this.stopping.signal;
  /** The first update that is not stored. */
  private offset = 0;
  private confirmed = 0;
  private behind = true;
  private failures = 0;
  private lastFault = "";
  private running: Promise<void> = Promise.resolve();

  constructor(parts: PollerParts) {
    this.parts = parts;
  }

  /** Who we are, once Telegram has said it. */
  get account(): UserFromGetMe | undefined {
    return this.me;
  }

  /** What was said before now may still wait at Telegram, and nobody else reads it. */
  get isBehind(): boolean {
    return this.behind;
  }

  /**
   * Says hello and begins to read. A Telegram that cannot be reached is no reason not to start: it keeps what arrives.
   *
   * @throws PlusoneError if the token is refused
   */
  async start(): Promise<void> {
    try {
      await this.hello();
    } catch (error) {
      const fault = toPollFault(error);
      if (fault.type === "token") throw tokenRefused(fault.reason);
      this.report(fault);
    }
    this.running = this.run();
  }

  /** Ends the poll, waits until what it brought is stored, and confirms that. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    if (this.confirmed !== this.offset && !this.lease?.lost.aborted) await this.confirm();
    await this.lease?.release();
    this.lease = undefined;
  }

  private async confirm(): Promise<void> {
    this.confirmed = this.offset;
    try {
      const soon = AbortSignal.timeout(5_000) as Signal;
      await this.parts.api.getUpdates({ offset: this.offset, limit: 1, timeout: 0 }, soon);
    } catch (error) {
      // Not confirmed, so it comes again at the next start, and is known there.
      this.parts.log.debug({ reason: toPollFault(error).reason }, "the last updates could not be confirmed");
    }
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        if (!(await this.isOurTurn())) continue;
        const me = this.me ?? (await this.hello());
        const updates = await this.fetch();
        this.recovered();
        const isStored = updates.length === 0 || (await this.store(updates, me));
        this.behind &&= !isStored || updates.length === mostUpdates;
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        this.behind = true;
        if (this.lease?.lost.aborted) continue; // another process may have ended our poll
        await this.pause(this.report(toPollFault(error)));
      }
    }
  }

  /** One process reads at a time; the others wait, and the next takes over when it is gone. */
  private async isOurTurn(): Promise<boolean> {
    const { hold, log } = this.parts;
    if (!hold || (this.lease && !this.lease.lost.aborted)) return true;
    if (this.lease) {
      log.warn("whether another process reads from Telegram is not known any more, asking again");
      await this.lease.release();
      this.lease = undefined;
      this.offset = 0; // the other has gone on: Telegram knows from where
      this.confirmed = 0;
    }
    this.behind = true;
    this.lease = await hold(this.stopping.signal, () => {
      this.behind = false; // who has it reads
    });
    if (!this.lease) return false;
    this.behind = true;
    this.ending = AbortSignal.any([this.stopping.signal, this.lease.lost]);
    log.info("this process reads from Telegram");
    return true;
  }

  private async hello(): Promise<UserFromGetMe> {
    const { api, log } = this.parts;
    const me = await sayHello(api, log, this.signal);
    await api.deleteWebhook({}, this.signal); // with one, Telegram lets nobody poll
    this.me = me;
    return me;
  }

  private async fetch(): Promise<readonly Update[]> {
    const { api, pace } = this.parts;
    const asked = this.offset;
    // What waits is given at once; whether anything does is to be known at once, too.
    const timeout = this.behind ? 0 : pace.pollTimeoutS;
    const request = { offset: asked, timeout, limit: mostUpdates, allowed_updates: allowedUpdates };
    const updates = await api.getUpdates(request, this.signal);
    this.confirmed = asked;
    return updates;
  }

  /** A batch that cannot be stored is not confirmed either: the next poll brings it again. */
  private async store(updates: readonly Update[], me: UserFromGetMe): Promise<boolean> {
    try {
      await this.parts.take(updates, me);
    } catch (error) {
      if (this.stopping.signal.aborted) return false;
      // Only the kind of error: its words may quote what people wrote.
      const reason = error instanceof Error ? error.name : typeof error;
      this.parts.log.error({ reason, updates: updates.length }, "updates could not be stored, they will come again");
      this.behind = true;
      await this.pause(this.parts.pace.retryMs);
      return false;
    }
    this.offset = updates.at(-1)!.update_id + 1;
    return true;
  }

  /** Says what is wrong, once for each thing. @returns how long to leave it */
  private report(fault: PollFault): number {
    const { log, pace } = this.parts;
    const isNew = this.lastFault !== fault.type;
    this.lastFault = fault.type;
    this.failures++;
    if (fault.type === "passing") {
      if (isNew) log.warn({ reason: fault.reason }, "Telegram cannot be read at the moment, trying again");
      return fault.retryAfterMs ?? Math.min(pace.mostRetryMs, pace.retryMs * 2 ** Math.min(this.failures - 1, 10));
    }
    const { code, message, advice } = fault.type === "token" ? tokenRefused(fault.reason) : readByAnother(fault.reason);
    if (isNew) log.error({ code, reason: message, advice }, "Telegram cannot be read");
    return pace.slowRetryMs;
  }

  private recovered(): void {
    if (this.failures > 0) this.parts.log.info({ failures: this.failures }, "Telegram can be read again");
    this.failures = 0;
    this.lastFault = "";
  }

  private async pause(ms: number): Promise<void> {
    const { signal } = this.stopping;
    await wait(ms, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  /** Ends a call when we stop, or when another process may read. */
  private get signal(): Signal {
    return this.ending as Signal;
  }
}
