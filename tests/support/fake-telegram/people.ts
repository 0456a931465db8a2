import type { Message, Update, User } from "grammy/types";
import type { FakeChat, FakeMember, FakeMessage } from "./chats.ts";
import { botSees, changeBot, type Happened, memberUpdate } from "./membership.ts";
import type { FakePress, FakeWorld } from "./world.ts";

/** How long a test waits for what the bot should do. */
const patienceMs = 120_000;

/** From whom messages of administrators come who do not show themselves, and posts of a linked channel. */
const anonymousBot: User = { id: 1_087_968_824, is_bot: true, first_name: "Group", username: "GroupAnonymousBot" };
const channelForwarder: User = { id: 777_000, is_bot: false, first_name: "Telegram" };

/** Words that a message must have: a part of it, or a pattern. */
export type Words = string | RegExp;

export interface Saying {
  /** The message that it answers. */
  readonly replyTo?: FakeMessage;
  /** When it was said, where that is not now. */
  readonly at?: Date;
  /** The topic that it is said in (`FakeGroup.topic`). */
  readonly topic?: number;
  /** As the caption of a photo. */
  readonly photo?: boolean;
  /** In the name of the group, as an administrator may. */
  readonly anonymous?: boolean;
  /** Beside the words, as Telegram would write it. */
  readonly more?: Partial<Message>;
}

/** A group chat: what is said in it, and what happens to it. */
export class FakeGroup {
  chat: FakeChat;
  private readonly world: FakeWorld;

  constructor(world: FakeWorld, chat: FakeChat) {
    this.world = world;
    this.chat = chat;
  }

  /** Telegram's id of the group. */
  get id(): string {
    return String(this.chat.id);
  }

  /** Lets somebody join: a new person by name, or one that is in another group too. */
  user(
    who: string | FakeUser,
    { status = "member", ...more }: Partial<User> & { status?: "creator" | "administrator" | "member" } = {},
  ): FakeUser {
    const person = typeof who === "string" ? this.world.addPerson(who, more) : who.person;
    this.chat.members.set(person.id, { user: person, status, anonymous: false });
    return new FakeUser(this.world, this, person);
  }

  /** What everybody sees, in order. */
  messages(): readonly FakeMessage[] {
    return this.chat.messages.filter(({ onlyFor, deleted }) => !onlyFor && !deleted);
  }

  /** What everybody sees of the bot, in order. */
  botMessages(): readonly FakeMessage[] {
    return this.messages().filter(({ from }) => from.id === this.world.bot.id);
  }

  /** Waits for a message that everybody sees. */
  until(wanted: (message: FakeMessage) => boolean, withinMs = patienceMs): Promise<FakeMessage> {
    return this.world.until(
      () => this.messages().find(wanted),
      () => this.transcript(),
      withinMs,
    );
  }

  /** Waits until a message of the bot has these words. */
  hears(words: Words, withinMs?: number): Promise<FakeMessage> {
    return this.until((message) => message.from.id === this.world.bot.id && has(message, words), withinMs);
  }

  /** The chat as lines, for reports. */
  transcript(): string {
    const lines = this.chat.messages.map(({ from, text, labels, marks, onlyFor, deleted }) =>
      [
        `${from.first_name}${onlyFor ? ` (only for ${onlyFor.first_name})` : ""}: ${text}`,
        labels.length > 0 ? ` [${labels.join("] [")}]` : "",
        marks.length > 0 ? ` ${marks.join("")}` : "",
        deleted ? " (deleted)" : "",
      ].join(""),
    );
    return [`In "${this.chat.title}":`, ...lines].join("\n");
  }

  /** Somebody adds the bot. */
  addsBot(by: FakeUser, status: "member" | "administrator" = "member"): Happened {
    return this.changesBot(by, status);
  }

  removesBot(by: FakeUser): Happened {
    return this.changesBot(by, "kicked");
  }

  /** Makes the bot an administrator or an ordinary member. */
  changesBot(by: FakeUser, status: FakeMember["status"]): Happened {
    return changeBot(this.world, this.chat, by.person, status);
  }

  /** Makes a member an administrator or an ordinary member again. */
  changes(member: FakeUser, status: FakeMember["status"], by: FakeUser): Happened {
    const membership = this.chat.members.get(member.person.id)!;
    const update = memberUpdate(this.world, this.chat, by.person, membership, status);
    const botHears = this.world.botIn(this.chat)?.status === "administrator";
    return {
      confirmed: botHears ? this.world.updates.push("chat_member", { chat_member: update }) : Promise.resolve(),
    };
  }

  /** Opens a topic. @returns its message_thread_id */
  topic(name: string): number {
    const creator = [...this.chat.members.values()].find(({ user }) => !user.is_bot);
    const opened = this.chat.add({
      from: creator?.user ?? anonymousBot,
      date: this.world.seconds(),
      text: "",
      more: { forum_topic_created: { name, icon_color: 7_322_096 } },
    });
    this.chat.topics.add(opened.id);
    return opened.id;
  }

  /** Closes a topic: only who may manage topics writes in it, and the bot may not. */
  closesTopic(topic: number): void {
    this.chat.closedTopics.add(topic);
  }

  /** Deletes a topic with all that was said in it. Telegram tells no bot. */
  deletesTopic(topic: number): void {
    this.chat.topics.delete(topic);
    for (const message of this.chat.messages)
      if (message.topic === topic || message.id === topic) message.deleted = true;
    this.world.changed();
  }

  /** A channel that is linked to the group posts. */
  channelPosts(text: string): Promise<FakeMessage> {
    const channel = { id: -1_009_999_999_999, type: "channel" as const, title: "News" };
    return this.receives(channelForwarder, text, { more: { sender_chat: channel, is_automatic_forward: true } });
  }

  otherBotSays(text: string): Promise<FakeMessage> {
    return this.receives({ id: 6_000_000_001, is_bot: true, first_name: "Other", username: "other_bot" }, text, {});
  }

  /** The group becomes a supergroup: another id, the same people. */
  async becomesSupergroup(): Promise<void> {
    const old = this.chat;
    const next = this.world.addGroup(old.title, "supergroup");
    for (const [id, member] of old.members) next.members.set(id, member);
    await this.receives(anonymousBot, "", { more: { migrate_to_chat_id: next.id } });
    old.movedTo = next;
    this.chat = next;
    await this.receives(anonymousBot, "", { more: { migrate_from_chat_id: old.id } });
  }

  /** Puts a message of anybody into the group, and before the bot if it may see it. */
  async receives(from: User, text: string, saying: Saying): Promise<FakeMessage> {
    const { world, chat } = this;
    // In a topic, a message that answers nothing says that it answers the topic's first one.
    const replyTo = saying.replyTo ?? (saying.topic === undefined ? undefined : chat.find(saying.topic));
    const toBot = saying.replyTo?.onlyFor?.id === from.id; // an answer to a word for one is a word for the bot alone
    const message = chat.add({
      from,
      date: world.seconds(saying.at),
      text,
      replyTo,
      topic: saying.topic ?? saying.replyTo?.topic,
      onlyFor: toBot ? world.me : undefined,
      more: {
        ...(saying.photo && { photo: [{ file_id: "photo", file_unique_id: "photo", width: 90, height: 90 }] }),
        ...saying.more,
      },
    });
    if (botSees(world, message)) message.confirmed = world.updates.push("message", { message: asUpdate(message) });
    world.changed();
    return message;
  }
}

/** Somebody in a group, with their private chat with the bot. */
export class FakeUser {
  readonly person: User;
  readonly group: FakeGroup;
  private readonly world: FakeWorld;

  constructor(world: FakeWorld, group: FakeGroup, person: User) {
    this.world = world;
    this.group = group;
    this.person = person;
  }

  /** Telegram's id of the person. */
  get id(): string {
    return String(this.person.id);
  }

  /** Says something in the group. */
  says(text: string, saying: Saying = {}): Promise<FakeMessage> {
    if (!saying.anonymous) return this.group.receives(this.person, text, saying);
    const more = { sender_chat: this.group.chat.toJson(), ...saying.more };
    return this.group.receives(anonymousBot, text, { ...saying, more });
  }

  /** Changes what they had said. */
  async edits(message: FakeMessage, text: string, { at }: { at?: Date } = {}): Promise<FakeMessage> {
    message.change(text, message.buttons, this.world.seconds(at));
    if (botSees(this.world, message)) {
      const edited = message.toJson() as NonNullable<Update["edited_message"]>;
      message.confirmed = this.world.updates.push("edited_message", { edited_message: edited });
    }
    this.world.changed();
    return message;
  }

  /** Puts an emoji under a message, in place of their last one; without one, takes that away. Only administrators are told. */
  async reacts(message: FakeMessage, emoji?: string): Promise<Happened> {
    const { world, person, group } = this;
    const reactions = (kept: readonly string[]) => kept.map((each) => ({ type: "emoji" as const, emoji: each }));
    const before = message.reactions.get(person.id) ?? [];
    const after = emoji === undefined ? [] : [emoji];
    message.reactions.set(person.id, after);
    world.changed();
    if (world.botIn(group.chat)?.status !== "administrator") return { confirmed: Promise.resolve() };
    const [message_id, date] = [message.id, world.seconds()];
    const [old_reaction, new_reaction] = [reactions(before), reactions(after)];
    const message_reaction = { chat: group.chat.toJson(), message_id, user: person, date, old_reaction, new_reaction };
    return { confirmed: world.updates.push("message_reaction", { message_reaction } as Omit<Update, "update_id">) };
  }

  /** Takes back what they had said. Telegram tells no bot. */
  async deletes(message: FakeMessage): Promise<void> {
    message.deleted = true;
    this.world.changed();
  }

  /** Presses the button with this label. */
  async presses(message: FakeMessage, label: string): Promise<FakePress> {
    const button = message.buttons.flat().find(({ text }) => text === label);
    if (!button || !("callback_data" in button)) {
      throw new Error(
        `No button "${label}" under "${message.text}"; there are: ${message.labels.join(", ") || "none"}.`,
      );
    }
    const press = this.world.addPress(this.person, message);
    press.confirmed = this.world.updates.push("callback_query", {
      callback_query: {
        id: press.id,
        from: this.person,
        message: message.toJson(),
        chat_instance: String(message.chat.id),
        data: button.callback_data!,
      },
    });
    return press;
  }

  /** Waits for the answer to a press. */
  answerTo(press: FakePress): Promise<string> {
    return this.world.until(
      () => press.answer,
      () => `The press of ${this.person.first_name} under "${press.message.text}" waits.`,
      patienceMs,
    );
  }

  /** Writes to the bot in private; the first time is the "Start" that lets the bot write too. */
  async writes(text: string): Promise<FakeMessage> {
    const { world, direct } = this;
    direct.reachable = "open";
    const message = direct.add({ from: this.person, date: world.seconds(), text });
    message.confirmed = world.updates.push("message", { message: asUpdate(message) });
    world.changed();
    return message;
  }

  /** Blocks the bot. */
  blocks(): Happened {
    this.direct.reachable = "blocked";
    return changeBot(this.world, this.direct, this.person, "kicked");
  }

  /** What only they see of the bot: words for them alone in the group, and their private chat. */
  privateWords(): readonly FakeMessage[] {
    const inGroup = this.group.chat.messages.filter(({ onlyFor }) => onlyFor?.id === this.person.id);
    return [...inGroup, ...this.direct.messages.filter(({ fromBot }) => fromBot)];
  }

  /** Waits until a word for them alone has these words. */
  hears(words: Words, withinMs = patienceMs): Promise<FakeMessage> {
    return this.world.until(
      () => this.privateWords().find((message) => has(message, words)),
      () => `${this.group.transcript()}\nIn private: ${this.direct.messages.map(({ text }) => text).join(" / ")}`,
      withinMs,
    );
  }

  /** Their private chat with the bot. */
  get direct(): FakeChat {
    return this.world.chats.get(this.person.id)!;
  }
}

const has = ({ text }: FakeMessage, words: Words) =>
  typeof words === "string" ? text.includes(words) : words.test(text);

/** The types of updates know that there is always a sender outside of channels. */
const asUpdate = (message: FakeMessage) => message.toJson() as NonNullable<Update["message"]>;
