import { setTimeout as wait } from "node:timers/promises";
import type { RawApi } from "grammy";
import type { Update, UserFromGetMe } from "grammy/types";
import type { Logger } from "pino";
import { type PollFault, readByAnother, tokenRefused, toPollFault } from "./faults.ts";
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

export const usualPace: Pace = { pollTimeoutS: 50, retryMs: 1_000, mostRetryMs: 30_000, slowRetryMs: 30_000 };

export interface PollerParts {
  readonly api: RawApi;
  readonly log: Logger;
  readonly pace: Pace;
  /** Resolves once the updates are stored for good; rejects when they could not be. */
  take(updates: readonly Update[], me: UserFromGetMe): Promise<void>;
}

/**
 * Reads the bot's updates in order. Telegram forgets an update when it is asked for the ones behind it, so that is
 * asked only after the update is stored: what is under way in a crash comes again.
 */
export class Poller {
  private readonly parts: PollerParts;
  private readonly stopping = new AbortController();
  private me: UserFromGetMe | undefined;
  /** The first update that is not stored. */
  private offset = 0;
  private confirmed = 0;
  private failures = 0;
  private lastFault = "";
  private running: Promise<void> = Promise.resolve();

  constructor(parts: PollerParts) {
    this.parts = parts;
  }

  /**
   * Says hello and begins to read. A Telegram that cannot be reached is no reason not to start: it keeps what arrives.
   *
   * @throws PlusoneError if the token is refused
   */
  async start(): Promise<void> {
    try {
      await this.sayHello();
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
    if (this.confirmed === this.offset) return;
    this.confirmed = this.offset;
    const soon = AbortSignal.timeout(5_000) as Parameters<RawApi["getUpdates"]>[1];
    try {
      await this.parts.api.getUpdates({ offset: this.offset, limit: 1, timeout: 0 }, soon);
    } catch (error) {
      // Not confirmed, so it comes again at the next start, and is known there.
      this.parts.log.debug({ reason: toPollFault(error).reason }, "the last updates could not be confirmed");
    }
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        const me = this.me ?? (await this.sayHello());
        const updates = await this.fetch();
        this.recovered();
        if (updates.length > 0) await this.store(updates, me);
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        await this.pause(this.report(toPollFault(error)));
      }
    }
  }

  private async sayHello(): Promise<UserFromGetMe> {
    const { api, log } = this.parts;
    const signal = this.signal;
    const me = await api.getMe(signal);
    await api.deleteWebhook({}, signal); // with one, Telegram lets nobody poll
    this.me = me;
    log.info({ bot: me.id }, "connected to Telegram");
    if (!me.can_read_all_group_messages) {
      log.warn(
        { bot: me.id },
        "privacy mode is on: in groups only commands, replies and buttons arrive, unless the bot is an administrator",
      );
    }
    return me;
  }

  private async fetch(): Promise<readonly Update[]> {
    const { api, pace } = this.parts;
    const asked = this.offset;
    const request = { offset: asked, timeout: pace.pollTimeoutS, limit: 100, allowed_updates: allowedUpdates };
    const updates = await api.getUpdates(request, this.signal);
    this.confirmed = asked;
    return updates;
  }

  /** A batch that cannot be stored is not confirmed either: the next poll brings it again. */
  private async store(updates: readonly Update[], me: UserFromGetMe): Promise<void> {
    try {
      await this.parts.take(updates, me);
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      // Only the kind of error: its words may quote what people wrote.
      const reason = error instanceof Error ? error.name : typeof error;
      this.parts.log.error({ reason, updates: updates.length }, "updates could not be stored, they will come again");
      return this.pause(this.parts.pace.retryMs);
    }
    this.offset = updates.at(-1)!.update_id + 1;
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

  /** grammY is typed for an older kind of signal, and takes today's. */
  private get signal(): Parameters<RawApi["getMe"]>[0] {
    return this.stopping.signal as Parameters<RawApi["getMe"]>[0];
  }
}
