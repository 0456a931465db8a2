import type { HeldMessage, LoginStore } from "../../bot/ports.ts";
import { foldName } from "../../core/buy/whom.ts";
import type { RawMessage } from "./receive.ts";
import type { Writer } from "./writer.ts";

/** Nobody answers after so long; what people write is not kept for ever. */
const MOST_AGE_MS = 7 * 24 * 60 * 60_000;

/** Messages of one room that wait at most; who waits so long has been told. */
export const MOST_HELD = 500;

export interface Held extends Omit<HeldMessage, "event"> {
  readonly event: RawMessage;
  /** The leaders know of it. */
  isTold: boolean;
}

/** Messages that wait for an answer, in the order in which they came; written down, since WeChat sends nothing again. */
export class HeldMessages {
  private readonly store: LoginStore;
  private readonly writer: Writer;
  private all: Held[] = [];

  constructor(store: LoginStore, writer: Writer) {
    this.store = store;
    this.writer = writer;
  }

  load(messages: readonly HeldMessage[], now: Date): void {
    this.all = messages.map((message) => {
      const event = message.event as RawMessage;
      return { ...message, event: { ...event, sentAt: new Date(event.sentAt) }, isTold: false };
    });
    this.remove(this.all.filter(({ heldAt }) => now.getTime() - heldAt.getTime() > MOST_AGE_MS));
  }

  /** @returns false where too many wait */
  add(message: Omit<Held, "isTold">): boolean {
    if (this.all.filter(({ room }) => room === message.room).length >= MOST_HELD) return false;
    this.all.push({ ...message, isTold: false });
    this.writer.add(() => this.store.hold(message));
    return true;
  }

  /** Those that wait for this answer. @param name  of who said them */
  waiting(question: Held["question"], room: string, name?: string): readonly Held[] {
    return this.all.filter(
      (held) =>
        held.question === question &&
        held.room === room &&
        (name === undefined || foldName(held.name) === foldName(name)),
    );
  }

  find(test: (held: Held) => boolean): readonly Held[] {
    return this.all.filter(test);
  }

  /** They wait no longer. */
  remove(messages: readonly Held[]): void {
    if (messages.length === 0) return;
    this.all = this.all.filter((held) => !messages.includes(held));
    this.writer.add(() => this.store.letGo(messages.map(({ id }) => id)));
  }
}
