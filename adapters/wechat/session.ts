import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { MessageInterface, RoomInterface } from "wechaty/impls";
import { PlusoneError } from "../../bot/fault.ts";
import type { Lease } from "../../bot/ports.ts";
import { codeOf, isBroken, isRefused, missedIn } from "./faults.ts";
import { type Bot, loadWechaty, memoryIn, type Puppet } from "./puppet.ts";

/** How a login is watched. */
export interface Watch {
  /** How often the puppet is asked for a sign of life. */
  readonly dingMs: number;
  /** Without any for so long, the login counts as dead. */
  readonly silentMs: number;
  /** How long errors are gathered before the login is given up for them. */
  readonly settleMs: number;
  /** How long a puppet may take until it is logged in or shows a QR code. */
  readonly loginMs: number;
  /** The first pause before a message is looked for again that the puppet could not tell; doubled each time. */
  readonly findMs: number;
  /** The first pause before the next login; doubled each time, up to `mostRetryMs`. */
  readonly retryMs: number;
  readonly mostRetryMs: number;
  /** What is to be said while the account is not logged in, or its room not found yet, is tried again after this. */
  readonly lookAgainMs: number;
}

/** How a login is watched outside of tests. */
export const usualWatch: Watch = {
  dingMs: 20_000,
  silentMs: 75_000,
  settleMs: 1_000,
  loginMs: 90_000,
  findMs: 1_000,
  retryMs: 3_000,
  mostRetryMs: 5 * 60_000,
  lookAgainMs: 60_000,
};

/** What is heard during logins. */
export interface Listeners {
  /** The account is this process's now. */
  held(): void;
  /** It is no longer. */
  lost(): void;
  login(bot: Bot): void;
  /** No longer logged in, until the next `login`. */
  away(): void;
  /** A QR code to be scanned with the phone; undefined: no longer. */
  code(text: string | undefined): void;
  message(bot: Bot, message: MessageInterface): void;
  /** Something was said somewhere, and the puppet cannot tell what. */
  missed(): void;
  /** Its topic or who is in it. */
  changed(room: RoomInterface): void;
  left(room: RoomInterface): void;
  /** The puppet lives: whatever was said until now was heard. */
  alive(): void;
}

/** What a session works with. */
export interface SessionParts {
  open(): Promise<Puppet>;
  /** For the login's file. */
  readonly folder: string;
  /** Waits until the account is this process's alone; undefined when `signal` ends the waiting. */
  hold(signal: AbortSignal): Promise<Lease | undefined>;
  readonly watch: Watch;
  readonly log: Logger;
  readonly on: Listeners;
}

/** How often a message is looked for that the puppet could not tell at once: for a quarter of a minute. */
const FIND_TRIES = 4;

/** Why a login ended. */
type End = "stopped" | "lost" | "broken" | "refused" | "silent" | "no-login";

/**
 * Keeps the account logged in: in one process at a time, with a new login whenever one has died. wechaty reports most of
 * its troubles by events, says that it is active while nothing arrives any more, and does not connect again by itself: so
 * a login counts by its signs of life, and is replaced as a whole.
 */
export class Session {
  private readonly parts: SessionParts;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private current: Bot | undefined;
  private failures = 0;
  private said = "";
  private hasBegun = false;
  private first = () => {};
  private end = (_reason: End) => {};
  private fail = (_fault: unknown) => {};

  constructor(parts: SessionParts) {
    this.parts = parts;
  }

  /** The login, while there is one. */
  get bot(): Bot | undefined {
    return this.current;
  }

  /**
   * Resolves when the account is logged in, or when that takes somebody: a person with a phone, or a process that has it.
   *
   * @throws PlusoneError where a package is missing
   */
  async start(): Promise<void> {
    await loadWechaty();
    const outcome = new Promise<void>((resolve, reject) => {
      this.first = () => {
        this.hasBegun = true;
        resolve();
      };
      this.fail = reject;
    });
    this.running = this.run().catch((fault: unknown) => {
      if (!(fault instanceof PlusoneError)) this.parts.log.error({ code: codeOf(fault) }, "WeChat has stopped");
      this.fail(fault);
    });
    await outcome;
  }

  /** This login is of no use: it is replaced. */
  giveUp(): void {
    this.end("broken");
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.first();
    await this.running;
  }

  private async run(): Promise<void> {
    const { hold, log } = this.parts;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const waiting = setTimeout(() => {
        log.info("another process has the WeChat account; this one takes over when it ends");
        this.first();
      }, 500);
      const lease = await hold(signal).finally(() => clearTimeout(waiting));
      if (!lease) return;
      try {
        this.parts.on.held();
        await this.logIn(lease);
      } finally {
        this.parts.on.lost();
        await lease.release();
      }
    }
  }

  /** One login after the other, while the account is ours. */
  private async logIn(lease: Lease): Promise<void> {
    const { log, watch, on } = this.parts;
    const { signal } = this.stopping;
    const ours = AbortSignal.any([signal, lease.lost]);
    while (!ours.aborted) {
      const end = await this.liveOnce(ours).catch((error: unknown): End => {
        if (!this.hasBegun) throw error; // whoever starts us hears of it
        log.error({ code: codeOf(error) }, "a login of WeChat has failed");
        return "broken";
      });
      on.code(undefined);
      if (ours.aborted) return;
      this.failures++;
      const isNew = this.said !== end;
      this.said = end;
      if (end === "refused" && isNew) log.error({ advice: TOKEN }, "the WeChat gateway does not accept the token");
      else if (isNew) log.warn({ reason: end }, "WeChat is away; logging in again");
      this.first();
      const pause = Math.min(watch.mostRetryMs, watch.retryMs * 2 ** Math.min(this.failures - 1, 10));
      await wait(pause, undefined, { signal: ours }).catch(() => undefined);
    }
  }

  private async liveOnce(ours: AbortSignal): Promise<End> {
    const { open, folder, watch, on, log } = this.parts;
    const { WechatyBuilder } = await loadWechaty();
    const ended = new Promise<End>((resolve) => {
      this.end = resolve;
    });
    const { end } = this;
    const onAbort = () => end("lost");
    ours.addEventListener("abort", onAbort, { once: true });

    let livedAt = performance.now();
    const live = () => {
      livedAt = performance.now();
      if (this.current) on.alive();
    };
    let settling: NodeJS.Timeout | undefined;
    /** Old logins may still speak while they are being stopped. */
    let isOver = false;
    const guarded =
      <Args extends unknown[]>(work: (...args: Args) => void) =>
      (...args: Args): void => {
        if (isOver) return;
        try {
          work(...args);
        } catch (error) {
          log.error({ err: error }, "an event of WeChat could not be read and was left out"); // or it would end the process
        }
      };

    const bot = WechatyBuilder.build({ name: memoryIn(folder), puppet: await open() });
    // First of all: an error without a listener ends the process.
    bot.on("error", (error: unknown) => {
      if (isOver) return;
      log.debug({ code: codeOf(error) }, "an error of WeChat");
      const missed = missedIn(error);
      if (missed !== undefined) {
        void this.findAgain(bot, missed, () => isOver);
        return;
      }
      if (!isBroken(error) && !isRefused(error)) return;
      const reason = isRefused(error) ? "refused" : "broken";
      settling ??= setTimeout(() => end(reason), watch.settleMs);
    });
    let hasCode = false;
    bot.on(
      "login",
      guarded(() => {
        live();
        hasCode = false;
        this.current = bot;
        this.failures = 0;
        this.said = "";
        on.code(undefined);
        on.login(bot);
        this.first();
      }),
    );
    bot.on(
      "logout",
      guarded(() => {
        this.leave();
        livedAt = performance.now();
      }),
    );
    bot.on(
      "scan",
      guarded((text: string) => {
        hasCode = true;
        on.code(text || undefined);
        this.first();
      }),
    );
    bot.on(
      "message",
      guarded((message: MessageInterface) => {
        live();
        on.message(bot, message);
      }),
    );
    bot.on(
      "room-topic",
      guarded((room: RoomInterface) => on.changed(room)),
    );
    bot.on(
      "room-join",
      guarded((room: RoomInterface) => on.changed(room)),
    );
    bot.on(
      "room-leave",
      guarded((room: RoomInterface, leavers: readonly { readonly id: string }[]) => {
        if (leavers.some(({ id }) => id === bot.currentUser.id)) on.left(room);
      }),
    );
    bot.on("dong", guarded(live));
    bot.on("heartbeat", guarded(live));

    const watching = setInterval(() => {
      const silent = performance.now() - livedAt;
      if (this.current ? silent > watch.silentMs : silent > watch.loginMs && !hasCode) {
        end(this.current ? "silent" : "no-login");
        return;
      }
      try {
        if (this.current) bot.ding("plusone");
      } catch (error) {
        log.debug({ code: codeOf(error) }, "WeChat could not be asked for a sign of life");
      }
    }, watch.dingMs);

    try {
      await Promise.race([bot.start(), ended]);
      return await ended;
    } finally {
      isOver = true;
      clearInterval(watching);
      clearTimeout(settling);
      ours.removeEventListener("abort", onAbort);
      this.leave();
      await bot.stop().catch((error: unknown) => log.debug({ code: codeOf(error) }, "WeChat did not stop cleanly"));
    }
  }

  /** wechaty finds no message while a puppet is out of its login, or slow: it is asked again, and told as if it came then. */
  private async findAgain(bot: Bot, id: string, isOver: () => boolean): Promise<void> {
    const { watch, on, log } = this.parts;
    const { signal } = this.stopping;
    for (let pause = 0; pause < FIND_TRIES && !isOver() && !signal.aborted; pause++) {
      await wait(watch.findMs * 2 ** pause, undefined, { signal }).catch(() => undefined);
      const message = await bot.Message.find({ id }).catch(() => undefined);
      if (!message || isOver()) continue;
      on.message(bot, message);
      return;
    }
    if (signal.aborted) return;
    log.error("a message of WeChat could not be read and was left out");
    on.missed();
  }

  private leave(): void {
    if (!this.current) return;
    this.current = undefined;
    this.parts.on.away();
  }
}

const TOKEN =
  "Copy the token anew into WECHAT_TOKEN. A gateway of your own wants the very token that it was started with; with its built-in certificate that begins with insecure_.";
