import type { Chat, InlineKeyboardButton, Message, User } from "grammy/types";

/** What one chat holds, as Telegram's servers would. */
export class FakeChat {
  readonly id: number;
  readonly type: "private" | "group" | "supergroup";
  readonly title: string;
  readonly messages: FakeMessage[] = [];
  readonly members = new Map<number, FakeMember>();
  /** Ids of topics; only a supergroup has some. */
  readonly topics = new Set<number>();
  /** Those of them that are closed. */
  readonly closedTopics = new Set<number>();
  pinned: FakeMessage | undefined;
  /** Which reactions are allowed, where not all are. */
  reactions: readonly string[] | undefined;
  /** The supergroup that this group has become. */
  movedTo: FakeChat | undefined;
  /** Whether the one person of a private chat has written to the bot, and has not blocked it. */
  reachable: "never-started" | "open" | "blocked" = "open";
  private nextMessageId = 1;
  private nextEphemeralId = 1;

  constructor(chat: { id: number; type: "private" | "group" | "supergroup"; title: string }) {
    this.id = chat.id;
    this.type = chat.type;
    this.title = chat.title;
  }

  /** As it stands in updates and results. */
  toJson(): Chat {
    const { id, title } = this;
    if (this.type === "private") return { id, type: "private", first_name: title };
    if (this.type === "group") return { id, type: "group", title };
    return { id, type: "supergroup", title, ...(this.topics.size > 0 && { is_forum: true as const }) };
  }

  /** @param said  without its id */
  add(said: Omit<ConstructorParameters<typeof FakeMessage>[0], "id" | "chat" | "ephemeralId">): FakeMessage {
    const id = said.onlyFor ? 0 : this.nextMessageId++;
    const message = new FakeMessage({
      ...said,
      id,
      chat: this,
      ...(said.onlyFor && { ephemeralId: this.nextEphemeralId++ }),
    });
    this.messages.push(message);
    return message;
  }

  /** @returns the message if it is there for everybody and was not deleted */
  find(id: number): FakeMessage | undefined {
    return this.messages.find((message) => message.id === id && id > 0 && !message.deleted);
  }
}

export interface FakeMember {
  readonly user: User;
  status: "creator" | "administrator" | "member" | "left" | "kicked";
  anonymous: boolean;
}

/** A message as it is now; tests may keep it and look again later. */
export class FakeMessage {
  /** 0 for one that only one person sees. */
  readonly id: number;
  readonly chat: FakeChat;
  readonly from: User;
  readonly date: number;
  readonly replyTo: FakeMessage | undefined;
  readonly topic: number | undefined;
  readonly onlyFor: User | undefined;
  readonly ephemeralId: number | undefined;
  /** What belongs to the message beside its words: sender_chat, photo, migrate_to_chat_id … */
  readonly more: Partial<Message>;
  text: string;
  buttons: readonly (readonly InlineKeyboardButton[])[];
  editedAt: number | undefined;
  deleted = false;
  /** Emoji by the id of who put them there. */
  readonly reactions = new Map<number, readonly string[]>();
  /** Every text it has had, the present one last. */
  readonly history: string[];
  /** Resolves when the bot has confirmed the update that this message last caused. */
  confirmed: Promise<void> = Promise.resolve();

  constructor(said: {
    id: number;
    chat: FakeChat;
    from: User;
    date: number;
    text: string;
    replyTo?: FakeMessage | undefined;
    topic?: number | undefined;
    onlyFor?: User | undefined;
    ephemeralId?: number;
    buttons?: readonly (readonly InlineKeyboardButton[])[] | undefined;
    more?: Partial<Message>;
  }) {
    this.id = said.id;
    this.chat = said.chat;
    this.from = said.from;
    this.date = said.date;
    this.text = said.text;
    this.replyTo = said.replyTo;
    this.topic = said.topic;
    this.onlyFor = said.onlyFor;
    this.ephemeralId = said.ephemeralId;
    this.buttons = said.buttons ?? [];
    this.more = said.more ?? {};
    this.history = [said.text];
  }

  get fromBot(): boolean {
    return this.from.is_bot;
  }

  /** Labels of the buttons, row by row in one list. */
  get labels(): readonly string[] {
    return this.buttons.flat().map(({ text }) => text);
  }

  /** All reactions to it. */
  get marks(): readonly string[] {
    return [...this.reactions.values()].flat();
  }

  /** @returns whether anything is new */
  change(text: string, buttons: readonly (readonly InlineKeyboardButton[])[], editedAt: number): boolean {
    if (text === this.text && JSON.stringify(buttons) === JSON.stringify(this.buttons)) return false;
    this.text = text;
    this.buttons = buttons;
    this.editedAt = editedAt;
    this.history.push(text);
    return true;
  }

  /** As it stands in updates and results. */
  toJson(): Message {
    const message: Message = {
      message_id: this.id,
      from: this.from,
      chat: this.chat.toJson(),
      date: this.date,
      ...this.more,
    };
    if (this.text !== "") message[this.more.photo ? "caption" : "text"] = this.text;
    const entities = entitiesOf(this.text);
    if (entities.length > 0) message[this.more.photo ? "caption_entities" : "entities"] = entities;
    if (this.editedAt !== undefined) message.edit_date = this.editedAt;
    if (this.buttons.length > 0) {
      message.reply_markup = { inline_keyboard: this.buttons.map((row) => [...row]) };
    }
    if (this.ephemeralId !== undefined) message.ephemeral_message_id = this.ephemeralId;
    if (this.onlyFor) message.receiver_user = this.onlyFor;
    if (this.topic !== undefined) {
      message.message_thread_id = this.topic;
      message.is_topic_message = true;
    }
    if (this.replyTo) {
      const { reply_to_message: _, ...replied } = this.replyTo.toJson();
      message.reply_to_message = replied as NonNullable<Message["reply_to_message"]>;
    }
    return message;
  }
}

/** The commands and mentions that Telegram marks in a text; offsets count UTF-16 units. */
function entitiesOf(text: string): NonNullable<Message["entities"]> {
  return [...text.matchAll(/(?<![\w/])(\/[a-z0-9_]{1,32}(?:@\w{3,})?|@\w{3,})/gi)].map((match) => ({
    type: match[0].startsWith("/") ? ("bot_command" as const) : ("mention" as const),
    offset: match.index,
    length: match[0].length,
  }));
}
