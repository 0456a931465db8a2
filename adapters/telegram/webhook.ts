import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Server } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { createAdaptorServer } from "@hono/node-server";
import { GrammyError, type RawApi } from "grammy";
import type { Update, UserFromGetMe } from "grammy/types";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Logger } from "pino";
import { PlusoneError } from "../../bot/fault.ts";
import { type PollFault, tokenRefused, toPollFault } from "./faults.ts";
import { type Signal, sayHello } from "./hello.ts";
import type { Pace } from "./polling.ts";
import { allowedUpdates } from "./receive.ts";

/** Most of an update that is read: a message at its longest, answering another such, stays far below. */
const mostBytes = 256 * 1024;

/** Where Telegram is to send updates, and where they arrive. */
export interface WebhookSettings {
  /** As Telegram reaches us, through the proxy that ends TLS. */
  readonly url: string;
  /** Where we listen for that proxy. */
  readonly host: string;
  readonly port: number;
}

/** What a webhook works with. */
export interface WebhookParts extends WebhookSettings {
  readonly token: string;
  readonly api: RawApi;
  readonly log: Logger;
  readonly pace: Pace;
  /** Resolves once the updates are stored for good; rejects when they could not be. */
  take(updates: readonly Update[], me: UserFromGetMe): Promise<void>;
}

/**
 * Is told the bot's updates. Telegram takes one for delivered when it is answered 200, which happens once it is stored;
 * everything else is sent again. Any number of processes may stand behind one address.
 */
export class Webhook {
  private readonly parts: WebhookParts;
  private readonly stopping = new AbortController();
  private readonly underWay = new Set<Promise<unknown>>();
  private server: Server | undefined;
  private me: UserFromGetMe | undefined;
  private running: Promise<void> = Promise.resolve();
  private behind = true;
  private taken = 0;

  constructor(parts: WebhookParts) {
    this.parts = parts;
  }

  /** Who we are, once Telegram has said it. */
  get account(): UserFromGetMe | undefined {
    return this.me;
  }

  /** What was said before now may still wait at Telegram. */
  get isBehind(): boolean {
    return this.behind;
  }

  /**
   * Listens, then tells Telegram where. A Telegram that cannot be reached now is told later.
   *
   * @throws PlusoneError if the token or the address is refused, or the port is taken
   */
  async start(): Promise<void> {
    await this.listen();
    try {
      await this.announce();
      this.running = this.catchUp();
    } catch (error) {
      const fault = refusalOf(error);
      if (fault) {
        await this.stop();
        throw fault;
      }
      this.running = this.announceLater(toPollFault(error));
    }
  }

  /** Takes nothing more, and waits until what has come is stored and answered. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await Promise.allSettled(this.underWay);
    server.closeIdleConnections();
    const late = setTimeout(() => server.closeAllConnections(), 200); // who keeps a connection open says nothing by it
    await closed;
    clearTimeout(late);
  }

  private async announce(): Promise<void> {
    const { api, log, url, token } = this.parts;
    const signal = this.stopping.signal as Signal;
    this.me = await sayHello(api, log, signal);
    await api.setWebhook({ url, secret_token: secretOf(token), allowed_updates: allowedUpdates }, signal);
    log.info({ bot: this.me.id }, "Telegram sends updates to the webhook");
  }

  /** Until Telegram has sent as much as waited there. In a busy group something always waits. */
  private async catchUp(): Promise<void> {
    const { api, pace } = this.parts;
    const signal = this.stopping.signal as Signal;
    this.taken = 0;
    let waited: number | undefined;
    while (!this.stopping.signal.aborted) {
      const waiting = await api.getWebhookInfo(signal).then(
        (info) => info.pending_update_count,
        () => undefined, // asked again
      );
      waited ??= waiting;
      if (waiting === 0 || (waited !== undefined && this.taken >= waited)) {
        this.behind = false;
        return;
      }
      await wait(pace.retryMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private async announceLater(fault: PollFault): Promise<void> {
    const { log, pace } = this.parts;
    log.warn({ reason: fault.reason }, "Telegram cannot be told where to send updates, trying again");
    for (let pause = pace.retryMs; ; pause = Math.min(pace.mostRetryMs, pause * 2)) {
      await wait(pause, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (this.stopping.signal.aborted) return;
      try {
        await this.announce();
        return await this.catchUp();
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        const refusal = refusalOf(error);
        if (!refusal)
          toPollFault(error); // throws what is a bug
        else log.error({ code: refusal.code, reason: refusal.message, advice: refusal.advice }, "no webhook");
      }
    }
  }

  private listen(): Promise<void> {
    const { host, port } = this.parts;
    const server = createAdaptorServer({ fetch: this.site().fetch, overrideGlobalObjects: false }) as Server;
    server.requestTimeout = 30_000;
    server.headersTimeout = 5_000;
    this.server = server;
    return new Promise((resolve, reject) => {
      server.once("error", (cause: NodeJS.ErrnoException) => {
        this.server = undefined;
        reject(cause.code === "EADDRINUSE" ? portTaken(host, port, cause) : cause);
      });
      server.listen(port, host, resolve);
    });
  }

  private site(): Hono {
    const { token, url } = this.parts;
    const secret = secretOf(token);
    const site = new Hono();
    // Who does not know the secret is not read at all.
    site.use(async (context, next) => {
      const given = context.req.header("x-telegram-bot-api-secret-token") ?? "";
      return isSame(given, secret) ? next() : context.body(null, 401);
    });
    site.use(bodyLimit({ maxSize: mostBytes, onError: (context) => context.body(null, 413) }));
    site.post(new URL(url).pathname, async (context) => {
      const update: unknown = await context.req.json().catch(() => undefined);
      if (!isUpdate(update)) return context.body(null, 400);
      const storing = this.store(update);
      this.underWay.add(storing);
      // The answer belongs to what stopping waits for.
      return storing
        .then((stored) => context.body(null, stored ? 200 : 503))
        .finally(() => {
          this.underWay.delete(storing);
        });
    });
    return site;
  }

  private async store(update: Update): Promise<boolean> {
    const { me } = this;
    if (!me || this.stopping.signal.aborted) return false;
    try {
      await this.parts.take([update], me);
      this.taken += 1;
      return true;
    } catch (error) {
      // Only the kind of error: its words may quote what people wrote.
      const reason = error instanceof Error ? error.name : typeof error;
      this.parts.log.error({ reason, update: update.update_id }, "an update could not be stored, it will come again");
      return false;
    }
  }
}

/**
 * What Telegram shows to be Telegram: made of the token, so that all processes of a bot know the same one, and nobody
 * has to set it. @source Bot API, setWebhook (1 to 256 characters of A-Z, a-z, 0-9, _ and -)
 */
export const secretOf = (token: string): string =>
  createHmac("sha256", token).update("plusone: webhook").digest("base64url");

/** Takes the same time for every wrong guess. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

const isUpdate = (value: unknown): value is Update =>
  typeof value === "object" && value !== null && Number.isSafeInteger((value as Partial<Update>).update_id);

/** What only the operator can mend. */
function refusalOf(error: unknown): PlusoneError | undefined {
  if (error instanceof GrammyError && error.method === "setWebhook" && error.error_code === 400) {
    return new PlusoneError({
      code: "telegram-webhook-refused",
      message: `Telegram does not accept TELEGRAM_WEBHOOK_URL (${error.description}).`,
      advice:
        "It must begin with https://, be reachable from the internet on port 443, 80, 88 or 8443, and have a valid certificate. Without it, Plusone asks Telegram itself and needs no address.",
    });
  }
  const fault = toPollFault(error);
  return fault.type === "token" ? tokenRefused(fault.reason) : undefined;
}

const portTaken = (host: string, port: number, cause: Error) =>
  new PlusoneError({
    code: "webhook-port-taken",
    message: `Port ${port} of ${host} is used by another program, so Telegram's updates cannot arrive there.`,
    advice: "Stop that program, or set another port in TELEGRAM_WEBHOOK_LISTEN and in your proxy.",
    cause,
  });
