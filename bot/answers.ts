import type { Logger } from "pino";
import type { PacedChat, Pacing } from "./pacing.ts";
import type { Adapter, Content, Document, Mark, Receipt, Whisper } from "./ports.ts";
import { SendFault, type SendOutcome } from "./ports.ts";
import { splitContent } from "./split-text.ts";
import type { Place } from "./store.ts";
import { withoutButtons } from "./without-buttons.ts";

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
  | {
      /** For one person alone. */
      readonly type: "documents";
      readonly whisper: Omit<Whisper, "chat" | "onShown">;
      readonly documents: readonly Document[];
      /** Said to them where they cannot be reached alone. */
      readonly otherwise: Content;
    }
  | { readonly type: "press"; readonly press: string; readonly text?: string }
);

type MarkAnswer = Extract<Answer, { type: "mark" }>;

/** Words and presses that may wait for their chat; what comes on top of that would be given too late to mean anything. */
const MOST_WAITING = 200;

/** Marks that may wait for their chat: a late one is as true as it would have been at once. */
const MOST_MARKS = 10_000;

/** Short replies that are remembered, to be taken away. */
const MOST_PASSING = 10_000;

/** Tries of a mark, and of a private word that surely did not arrive, and the pause between them where the platform names none. */
const TRIES = 3;
const RETRY_MS = 1_000;

/**
 * Gives answers after what they answer is stored. Words to a chat go in order, marks, presses and files beside them,
 * chats do not wait for each other. All wait for their turn, and of two marks for one message only the newer. Words are given at most
 * once: tried again only where they surely did not arrive. Any other failure is logged and forgotten.
 */
export class Answers {
  readonly #adapters: ReadonlyMap<string, Adapter>;
  readonly #pacing: Pacing;
  readonly #log: Logger;
  /** By chat and message: marks that wait. */
  readonly #marks = new Map<string, Map<string, MarkAnswer>>();
  /** By chat, words, marks, presses and files apart: how many wait, how many were too many, and the end of the last. */
  readonly #lines = new Map<string, { waiting: number; dropped: number; last: Promise<void> }>();
  /** By chat and person: short replies that everybody sees, until the person is answered again. */
  readonly #passing = new Map<string, string[]>();

  constructor(adapters: ReadonlyMap<string, Adapter>, pacing: Pacing, log: Logger) {
    this.#adapters = adapters;
    this.#pacing = pacing;
    this.#log = log;
  }

  /** Never blocks and never throws. */
  give(answers: readonly Answer[]): void {
    for (const answer of answers) {
      if (answer.type === "press") {
        this.#stand("presses", answer.place, () => this.#give(answer));
        continue;
      }
      if (answer.type === "mark") {
        this.#mark(answer);
        continue;
      }
      if (answer.type === "documents") {
        this.#stand("files", answer.place, () => this.#give(answer));
        continue;
      }
      if (answer.passing) this.#remember(answer.place.externalChat, answer.whisper.to);
      const given = this.#pacing.expectAnswer(pacedOf(answer.place));
      if (!this.#stand("words", answer.place, () => this.#give(answer).finally(given))) given();
    }
  }

  #mark(answer: MarkAnswer): void {
    const { place, message } = answer;
    const key = `${place.platform}:${place.externalChat}`;
    const waiting = this.#marks.get(key) ?? new Map<string, MarkAnswer>();
    if (waiting.size >= MOST_MARKS) this.#log.warn({ chat: place.chat }, "a mark was dropped: too many wait");
    else waiting.set(message, answer);
    if (!this.#marks.has(key)) {
      this.#marks.set(key, waiting);
      this.#stand("marks", place, () => this.#giveMarks(key, waiting));
    }
    if (this.#passing.has(`${place.externalChat}:${answer.to}`)) {
      this.#stand("words", place, () => this.#clear(place, answer.to));
    }
  }

  async #giveMarks(key: string, waiting: Map<string, MarkAnswer>): Promise<void> {
    // A map's own iteration comes to what is put in meanwhile.
    for (const [message, answer] of waiting) {
      waiting.delete(message);
      await this.#give(answer);
    }
    this.#marks.delete(key);
  }

  /** Has something done after what stands before it in its chat. False where too much does. */
  #stand(
    line: "words" | "marks" | "presses" | "files",
    { platform, externalChat, chat }: Place,
    act: () => Promise<void>,
  ): boolean {
    const key = `${line}:${platform}:${externalChat}`;
    const standing = this.#lines.get(key) ?? { waiting: 0, dropped: 0, last: Promise.resolve() };
    if (standing.waiting >= MOST_WAITING) {
      standing.dropped += 1;
      return false;
    }
    standing.waiting += 1;
    standing.last = standing.last.then(act).finally(() => {
      standing.waiting -= 1;
      if (standing.waiting > 0) return;
      this.#lines.delete(key);
      if (standing.dropped > 0) this.#log.warn({ chat, dropped: standing.dropped }, "too many answers waited");
    });
    this.#lines.set(key, standing);
    return true;
  }

  /** @param message  left out: it is still to be said */
  #remember(chat: string, to: string, ...message: readonly string[]): void {
    const key = `${chat}:${to}`;
    this.#passing.set(key, [...(this.#passing.get(key) ?? []), ...message]);
    if (this.#passing.size > MOST_PASSING) this.#passing.delete(this.#passing.keys().next().value!);
  }

  /** Takes away what was said before to this person and everybody sees. One that stays does no harm. */
  async #clear({ platform, externalChat: chat }: Place, to: string | undefined): Promise<void> {
    const adapter = this.#adapters.get(platform);
    const key = `${chat}:${to}`;
    const messages = this.#passing.get(key) ?? [];
    this.#passing.delete(key);
    for (const message of messages) {
      await adapter?.remove?.(chat, message).catch((fault: unknown) => {
        this.#log.info({ outcome: fault instanceof SendFault ? fault.outcome : "bug" }, "a short reply stays");
      });
    }
  }

  /** Waits for those under way. */
  async drain(): Promise<void> {
    while (this.#lines.size > 0) await Promise.all([...this.#lines.values()].map(({ last }) => last));
  }

  async #give(answer: Answer): Promise<void> {
    const adapter = this.#adapters.get(answer.place.platform);
    if (!adapter) return;
    const facts = { chat: answer.place.chat, type: answer.type };
    try {
      const isGiven = await this.#send(adapter, answer);
      if (!isGiven) this.#log.info(facts, "an answer was dropped: it would have had to wait");
    } catch (fault) {
      const outcome = fault instanceof SendFault ? fault.outcome : "bug";
      this.#log.warn({ ...facts, outcome, err: fault }, "an answer was not given");
    }
  }

  /** Whether it was worth the wait. */
  async #send(adapter: Adapter, answer: Answer): Promise<boolean> {
    const chat = pacedOf(answer.place);
    const { externalChat } = answer.place;
    switch (answer.type) {
      case "mark": {
        if (!adapter.capabilities.react) {
          if (answer.receipt) adapter.acknowledge?.(externalChat, answer.receipt);
          return true;
        }
        return this.#patiently("mark", chat, () => adapter.react(externalChat, answer.message, answer.mark));
      }
      case "whisper": {
        const { to } = answer.whisper;
        await this.#clear(answer.place, to);
        const onShown = (message: string) => answer.passing && this.#remember(externalChat, to, message);
        const { topic } = answer.place;
        const whisper = { ...answer.whisper, chat: externalChat, ...(topic !== undefined && { topic }), onShown };
        const content = withoutButtons(answer.content, adapter.capabilities);
        for (const part of splitContent(content, adapter.capabilities.maxText)) {
          if (!(await this.#patiently("answer", chat, () => adapter.whisper(whisper, part)))) return false;
        }
        return true;
      }
      case "documents": {
        const whisper = { ...answer.whisper, chat: externalChat };
        // They go past the chat, so they take none of its turns.
        const alone = { platform: answer.place.platform, chat: `to ${whisper.to}`, isGroup: false };
        try {
          if (!adapter.giveDocument) throw new SendFault("blocked", "this platform has no files");
          for (const document of answer.documents) {
            if (!(await this.#patiently("answer", alone, () => adapter.giveDocument!(whisper, document)))) return false;
          }
          return true;
        } catch (fault) {
          // Surely not given: they hear how they can have it.
          if (!(fault instanceof SendFault) || !["blocked", "gone", "refused"].includes(fault.outcome)) throw fault;
          return this.#send(adapter, { ...answer, type: "whisper", content: answer.otherwise });
        }
      }
      case "press":
        await this.#obeying(chat, adapter.answerPress(answer.press, answer.text));
        return true;
      default:
        return answer satisfies never;
    }
  }

  /** One part of a word at a time, so that what has arrived is not said again. A mark is the same if it is put twice. */
  async #patiently(showing: "answer" | "mark", chat: PacedChat, show: () => Promise<void>): Promise<boolean> {
    const passing: readonly SendOutcome[] = showing === "mark" ? ["not-sent", "unknown"] : ["not-sent"];
    for (let tries = 1; await this.#pacing.turn(showing, chat); tries += 1) {
      try {
        await this.#obeying(chat, show());
        return true;
      } catch (fault) {
        if (!(fault instanceof SendFault && passing.includes(fault.outcome)) || tries === TRIES) throw fault;
        if (!this.#pacing.isPaused(chat)) this.#pacing.pause(chat, RETRY_MS);
      }
    }
    return false;
  }

  /** Where the platform asks for a pause, everything that goes to that chat keeps it. */
  async #obeying(chat: PacedChat, call: Promise<void>): Promise<void> {
    try {
      await call;
    } catch (fault) {
      if (fault instanceof SendFault && fault.retryAfterMs) this.#pacing.pause(chat, fault.retryAfterMs);
      throw fault;
    }
  }
}

function pacedOf({ platform, chat, kind }: Place): PacedChat {
  return { platform, chat, isGroup: kind === "group" };
}
