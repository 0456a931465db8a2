import type { Adapter, Content, Deliver, Incoming, TextIn, Whisper } from "../../bot/ports.ts";
import { eventually } from "../support/eventually.ts";
import { FakeChat } from "../support/fake-chat.ts";

/** What somebody said, and when it was acknowledged. */
export interface Acknowledged {
  readonly event: TextIn;
  readonly at: Date;
}

/** Many large chats, of which only what goes in and what is posted is kept: for more than a fake chat can remember. */
export class Crowd implements Adapter {
  readonly platform = "crowd";
  readonly capabilities = { ...new FakeChat().capabilities, edit: false, react: false, pin: false };
  /** What the bot has posted, by chat. */
  readonly posts = new Map<string, string[]>();
  /** What people said and were told that it is kept: once each, by its id. */
  readonly acknowledged = new Map<string, Acknowledged>();
  readonly #delivers = new Set<Deliver>();
  #count = 0;
  #turn = 0;

  async start(deliver: Deliver): Promise<void> {
    this.#delivers.add(deliver);
  }

  async stop(): Promise<void> {}

  /** Gives events to one process after the other; resolves when they are acknowledged. */
  async deliver(...events: Incoming[]): Promise<void> {
    this.#turn += 1;
    const delivers = [...this.#delivers];
    await delivers[this.#turn % delivers.length]!(events);
    this.#note(events);
  }

  /** Gives the same events to all processes at once. */
  async deliverToAll(...events: Incoming[]): Promise<void> {
    await Promise.all([...this.#delivers].map((deliver) => deliver(events)));
    this.#note(events);
  }

  #note(events: readonly Incoming[]): void {
    for (const event of events) {
      if (event.type !== "text" || this.acknowledged.has(event.id)) continue;
      this.acknowledged.set(event.id, { event, at: new Date() });
    }
  }

  saying(chat: string, person: string, text: string, at = new Date()): TextIn {
    this.#count += 1;
    return {
      type: "text",
      platform: this.platform,
      chat: { id: chat, kind: "group", title: chat },
      id: String(this.#count),
      position: this.#count,
      sender: { id: person, name: person },
      text,
      sentAt: at,
    };
  }

  /** The leader of a chat opens a buy there. */
  async opens(chat: string, announcement: string): Promise<void> {
    const before = this.posted(chat, /🟢/).length;
    const at = new Date(); // of both, so that a buy of some seconds is opened before its closing on a slow machine too
    await this.deliver(this.saying(chat, "leader", `/open ${announcement}`, at));
    await this.deliver(this.saying(chat, "leader", "ok", at));
    await eventually(`a buy is open in ${chat}`, () => this.posted(chat, /🟢/).length > before, 60_000);
  }

  posted(chat: string, pattern: RegExp): readonly string[] {
    return (this.posts.get(chat) ?? []).filter((text) => pattern.test(text));
  }

  async post(chat: string, { text }: Content): Promise<{ readonly id: string }> {
    this.posts.set(chat, [...(this.posts.get(chat) ?? []), text]);
    this.#count += 1;
    return { id: String(this.#count) };
  }

  async edit(): Promise<void> {}
  async react(): Promise<void> {}
  async whisper(_whisper: Whisper): Promise<void> {}
  async answerPress(): Promise<void> {}
  async pin(): Promise<void> {}

  async isAdministrator(_chat: string, person: string): Promise<boolean> {
    return person === "leader";
  }
}
