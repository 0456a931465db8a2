import type { Logger } from "pino";
import type { Adapter, Content, Mark, Receipt, Whisper } from "./ports.ts";
import { SendFault } from "./ports.ts";
import { splitContent } from "./split-text.ts";
import type { Place } from "./store.ts";

/** What the bot says at once: worth saying now, and no loss if it is lost. */
export type Answer = { readonly place: Place } & (
  | {
      readonly type: "mark";
      readonly message: string;
      readonly mark: Mark;
      /** Whose message it is. */
      readonly to?: string;
      readonly receipt?: Receipt;
    }
  | {
      readonly type: "whisper";
      readonly whisper: Omit<Whisper, "chat" | "onShown">;
      readonly content: Content;
      /** Means nothing any more when the person is answered again: taken away then, if everybody saw it. */
      readonly passing?: true;
    }
  | { readonly type: "press"; readonly press: string; readonly text?: string }
);

/** Answers that may wait for their chat; what comes on top of that would be given too late to mean anything. */
const MOST_WAITING = 200;

/** Short replies that are remembered, to be taken away. */
const MOST_PASSING = 10_000;

/**
 * Gives answers after what they answer is stored. Those of one chat go in order, chats do not wait for each other. At
 * most once: a failure is logged and forgotten, and a pause that a platform asks for is kept.
 */
export class Answers {
  readonly #adapters: ReadonlyMap<string, Adapter>;
  readonly #log: Logger;
  /** By chat: how many wait, how many were too many, and the end of the last. */
  readonly #chats = new Map<string, { waiting: number; dropped: number; last: Promise<void> }>();
  readonly #pausedUntil = new Map<string, number>();
  /** By chat and person: short replies that everybody sees, until the person is answered again. */
  readonly #passing = new Map<string, string[]>();

  constructor(adapters: ReadonlyMap<string, Adapter>, log: Logger) {
    this.#adapters = adapters;
    this.#log = log;
  }

  /** Never blocks and never throws. */
  give(answers: readonly Answer[]): void {
    for (const answer of answers) {
      const key = `${answer.place.platform}:${answer.place.externalChat}`;
      const chat = this.#chats.get(key) ?? { waiting: 0, dropped: 0, last: Promise.resolve() };
      if (chat.waiting >= MOST_WAITING) {
        chat.dropped += 1;
        continue;
      }
      chat.waiting += 1;
      chat.last = chat.last
        .then(() => this.#send(key, answer))
        .finally(() => {
          chat.waiting -= 1;
          if (chat.waiting > 0) return;
          this.#chats.delete(key);
          const { dropped } = chat;
          if (dropped > 0) this.#log.warn({ chat: answer.place.chat, dropped }, "too many answers waited");
        });
      this.#chats.set(key, chat);
    }
  }

  #remember(chat: string, to: string, message: string): void {
    const key = `${chat}:${to}`;
    this.#passing.set(key, [...(this.#passing.get(key) ?? []), message]);
    if (this.#passing.size > MOST_PASSING) this.#passing.delete(this.#passing.keys().next().value!);
  }

  /** Takes away what was said before to this person and everybody sees. One that stays does no harm. */
  async #clear(adapter: Adapter, chat: string, to: string | undefined): Promise<void> {
    const key = `${chat}:${to}`;
    const messages = this.#passing.get(key) ?? [];
    this.#passing.delete(key);
    for (const message of messages) {
      await adapter.remove?.(chat, message).catch((fault: unknown) => {
        this.#log.info({ outcome: fault instanceof SendFault ? fault.outcome : "bug" }, "a short reply stays");
      });
    }
  }

  /** Waits for those under way. */
  async drain(): Promise<void> {
    while (this.#chats.size > 0) await Promise.all([...this.#chats.values()].map(({ last }) => last));
  }

  async #send(key: string, answer: Answer): Promise<void> {
    const adapter = this.#adapters.get(answer.place.platform);
    if (!adapter) return;
    if (Date.now() < (this.#pausedUntil.get(key) ?? 0)) {
      this.#log.info({ chat: answer.place.chat, type: answer.type }, "an answer was dropped: its chat is paused");
      return;
    }
    this.#pausedUntil.delete(key);
    const chat = answer.place.externalChat;
    try {
      switch (answer.type) {
        case "mark":
          if (adapter.capabilities.react) await adapter.react(chat, answer.message, answer.mark);
          else if (answer.receipt) adapter.acknowledge?.(chat, answer.receipt);
          return await this.#clear(adapter, chat, answer.to);
        case "whisper": {
          const { to } = answer.whisper;
          await this.#clear(adapter, chat, to);
          const onShown = (message: string) => answer.passing && this.#remember(chat, to, message);
          for (const content of splitContent(answer.content, adapter.capabilities.maxText)) {
            await adapter.whisper({ ...answer.whisper, chat, onShown }, content);
          }
          return;
        }
        case "press":
          return await adapter.answerPress(answer.press, answer.text);
        default:
          return answer satisfies never;
      }
    } catch (fault) {
      if (fault instanceof SendFault && fault.retryAfterMs) {
        this.#pausedUntil.set(key, Date.now() + fault.retryAfterMs);
      }
      const outcome = fault instanceof SendFault ? fault.outcome : "bug";
      this.#log.warn({ chat: answer.place.chat, type: answer.type, outcome, err: fault }, "an answer was not given");
    }
  }
}
