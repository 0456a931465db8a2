import { setTimeout as wait } from "node:timers/promises";
import type { Update } from "grammy/types";
import type { UpdateQueue } from "./updates.ts";

/** How long an update that was not taken is left; the real one waits longer each time. */
const retryMs = 10;

/** One attempt to tell the bot. */
export interface Delivery {
  readonly update: number;
  /** HTTP status of the answer; undefined where none came. */
  readonly status: number | undefined;
}

/**
 * Tells the bot by a webhook, by Telegram's rules: one update a request, the secret in a header, several requests at
 * once but those of one chat one after the other, and what is not answered with 2xx again. @source Bot API, setWebhook
 */
export class WebhookDelivery {
  /** Every attempt, in the order in which they ended. */
  readonly deliveries: Delivery[] = [];
  url = "";
  lastError: { readonly date: number; readonly message: string } | undefined;
  private secret: string | undefined;
  private most = 40;
  private readonly updates: UpdateQueue;
  private readonly seconds: () => number;
  private readonly changed: () => void;
  private readonly busy = new Map<string, number>();
  private stopping = new AbortController();

  constructor(parts: { updates: UpdateQueue; seconds: () => number; changed: () => void }) {
    this.updates = parts.updates;
    this.seconds = parts.seconds;
    this.changed = parts.changed;
    this.updates.onPush = () => this.pump();
  }

  start(url: string, { secret, most = 40 }: { secret?: string; most?: number }): void {
    this.stop();
    Object.assign(this, { url, secret, most, lastError: undefined });
    this.stopping = new AbortController();
    this.pump();
  }

  stop(): void {
    this.url = "";
    this.stopping.abort();
    this.busy.clear();
  }

  private pump(): void {
    if (this.url === "") return;
    const blocked = new Set(this.busy.keys());
    for (const update of this.updates.unconfirmed) {
      const chat = chatOf(update);
      if (blocked.has(chat) || this.busy.size >= this.most) continue;
      blocked.add(chat);
      this.busy.set(chat, update.update_id);
      void this.deliver(update, chat, this.stopping.signal);
    }
  }

  private async deliver(update: Update, chat: string, stopped: AbortSignal): Promise<void> {
    const status = await this.send(update, stopped);
    if (stopped.aborted) return;
    this.deliveries.push({ update: update.update_id, status });
    if (status !== undefined && status >= 200 && status < 300) this.updates.took(update.update_id);
    else {
      const message = status === undefined ? "Connection refused" : `Wrong response from the webhook: ${status}`;
      this.lastError = { date: this.seconds(), message };
      this.changed();
      await wait(retryMs, undefined, { signal: stopped, ref: false }).catch(() => undefined);
      if (stopped.aborted) return;
    }
    this.busy.delete(chat);
    this.changed();
    this.pump();
  }

  /** Sends one, as often as a test likes. @returns the status, where an answer came */
  async send(update: Update, stopped: AbortSignal = this.stopping.signal): Promise<number | undefined> {
    const headers = {
      "content-type": "application/json",
      ...(this.secret !== undefined && { "x-telegram-bot-api-secret-token": this.secret }),
    };
    try {
      const response = await fetch(this.url, {
        method: "POST",
        headers,
        body: JSON.stringify(update),
        signal: stopped,
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return undefined;
    }
  }
}

/** Updates of one chat come in order. */
function chatOf({
  message,
  edited_message,
  callback_query,
  message_reaction,
  my_chat_member,
  chat_member,
}: Update): string {
  const changed = message_reaction ?? my_chat_member ?? chat_member;
  const chat = (message ?? edited_message ?? callback_query?.message ?? changed)?.chat;
  return String(chat?.id ?? "");
}
