import type { Update } from "grammy/types";

export type UpdateKind = Exclude<keyof Update, "update_id">;

/** What `getUpdates` gives when nobody has said what they want. @source Bot API, getUpdates, allowed_updates */
const notByDefault: readonly UpdateKind[] = ["chat_member", "message_reaction", "message_reaction_count"];

export interface PollRequest {
  readonly offset?: number;
  readonly limit?: number;
  /** Seconds. */
  readonly timeout?: number;
  readonly allowed_updates?: readonly UpdateKind[];
}

/** `conflict`: another poll has taken over. */
export type PollResult = readonly Update[] | "conflict";

/**
 * What waits for the bot, by Telegram's rules: an update stays until a poll asks for a higher offset, a poll is held
 * until something comes or its time is over, and a new poll ends the one that is held.
 */
export class UpdateQueue {
  private nextId = 731_000_001;
  private waiting: { readonly update: Update; readonly taken: () => void }[] = [];
  private allowed: readonly UpdateKind[] = [];
  private held: { answer(result: PollResult): void } | undefined;
  /** Told that something waits. */
  onPush: () => void = () => {};
  /** Every id that was ever handed out, as often as it was. */
  readonly handedOut: number[] = [];

  /** Puts an update in the queue, unless the bot does not want its kind. Resolves when the bot has confirmed it. */
  push(kind: UpdateKind, content: Omit<Update, "update_id">): Promise<void> {
    if (!this.wants(kind)) return Promise.resolve();
    const update: Update = { update_id: this.nextId++, ...content };
    const confirmed = new Promise<void>((resolve) => this.waiting.push({ update, taken: resolve }));
    this.held?.answer([]);
    this.onPush();
    return confirmed;
  }

  /** What the bot has not confirmed, in order. */
  get unconfirmed(): readonly Update[] {
    return this.waiting.map(({ update }) => update);
  }

  /** The bot has taken one that was sent to it. */
  took(id: number): void {
    const taken = this.waiting.filter(({ update }) => update.update_id === id);
    this.waiting = this.waiting.filter(({ update }) => update.update_id !== id);
    for (const { taken: tell } of taken) tell();
  }

  /** From now on only these kinds are kept for it; an empty list: the usual ones. */
  allow(kinds: readonly UpdateKind[]): void {
    this.allowed = kinds;
  }

  /** Ids of what the bot has not confirmed. */
  get pending(): readonly number[] {
    return this.waiting.map(({ update }) => update.update_id);
  }

  /** Drops what a poll confirms, then answers at once or holds it. `gone` aborts when the caller has hung up. */
  async poll(request: PollRequest, gone: AbortSignal): Promise<PollResult> {
    this.held?.answer("conflict");
    if (request.allowed_updates) this.allow(request.allowed_updates);
    this.confirm(request.offset ?? 0);
    if (this.waiting.length === 0 && request.timeout) {
      const result = await this.hold(request.timeout * 1000, gone);
      if (result === "conflict" || gone.aborted) return result;
    }
    const updates = this.waiting.slice(0, Math.min(100, Math.max(1, request.limit ?? 100))).map(({ update }) => update);
    this.handedOut.push(...updates.map(({ update_id }) => update_id));
    return updates;
  }

  /** Answers the poll that is held: another program has polled with the same token. */
  interruptPoll(): void {
    this.held?.answer("conflict");
  }

  /** Whether a poll is waiting for something to happen. */
  get isPolled(): boolean {
    return this.held !== undefined;
  }

  drop(): void {
    this.confirm(this.nextId);
  }

  private wants(kind: UpdateKind): boolean {
    return this.allowed.length > 0 ? this.allowed.includes(kind) : !notByDefault.includes(kind);
  }

  private confirm(offset: number): void {
    // A negative offset counts from the end and forgets everything before.
    const first = offset < 0 ? this.nextId + offset : offset;
    const confirmed = this.waiting.filter(({ update }) => update.update_id < first);
    this.waiting = this.waiting.filter(({ update }) => update.update_id >= first);
    for (const { taken } of confirmed) taken();
  }

  private hold(ms: number, gone: AbortSignal): Promise<PollResult> {
    return new Promise((resolve) => {
      const poll = {
        answer: (result: PollResult) => {
          clearTimeout(timer);
          gone.removeEventListener("abort", hangUp);
          if (this.held === poll) this.held = undefined;
          resolve(result);
        },
      };
      const hangUp = () => poll.answer([]);
      const timer = setTimeout(() => poll.answer([]), ms);
      gone.addEventListener("abort", hangUp);
      this.held = poll;
      if (gone.aborted) hangUp();
    });
  }
}
