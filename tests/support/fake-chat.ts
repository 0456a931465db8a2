import type {
  Adapter,
  Button,
  ButtonIn,
  Capabilities,
  ChatRef,
  Content,
  Deliver,
  Document,
  EditIn,
  Incoming,
  Mark,
  Mentions,
  RecallIn,
  Sender,
  TextIn,
  Whisper,
} from "../../bot/ports.ts";
import { inPublic, SendFault, type SendOutcome } from "../../bot/ports.ts";
import { eventually } from "./eventually.ts";

/** A call of the bot to the chat, by name, with the text where it has one. */
export interface FakeCall {
  readonly name: "post" | "edit" | "react" | "whisper" | "mention" | "document";
  readonly text: string;
}

/** How a call fails; `arrived`: the message is there all the same, only the answer was lost. */
export interface FakeFailure {
  readonly outcome: SendOutcome;
  readonly arrived?: true;
  readonly retryAfterMs?: number;
  readonly movedTo?: string;
}

/** What stands in the fake chat: what people said, and what the bot posted. */
export interface Shown {
  readonly id: string;
  /** Undefined for the bot. */
  readonly by: FakePerson | undefined;
  text: string;
  readonly at: Date;
  buttons: readonly Button[];
  /** Whom alone it is for. */
  readonly only?: FakePerson;
  /** Whom it mentions. */
  readonly mentioned?: readonly FakePerson[];
  readonly marks: Mark[];
  /** Every text that it has had. */
  readonly texts: string[];
  /** What the code beside it says, and the picture that it stands under. */
  readonly qr?: string;
  readonly photo?: string;
}

const CAPABILITIES: Capabilities = {
  edit: true,
  react: true,
  buttons: true,
  pin: true,
  ephemeral: true,
  direct: false,
  recall: true,
  resends: true,
  adminList: true,
  files: true,
  maxText: 4096,
  editEveryMs: 50,
  graceMs: 200,
};

/** A group chat held in memory: an adapter like any other, for scripts that read like a chat. */
export class FakeChat implements Adapter {
  readonly platform: string;
  /** Decides which calls fail; undefined lets one through. */
  fails: (call: FakeCall) => FakeFailure | undefined = () => undefined;
  readonly capabilities: Capabilities;
  readonly id: string;
  readonly title: string;
  readonly shown: Shown[] = [];
  /** Files that were given to somebody. */
  readonly given: { readonly to: string; readonly document: Document }[] = [];
  readonly people = new Map<string, FakePerson>();
  #delivers: Deliver[] = [];
  #count = 0;

  /** Words to one person are seen by all. */
  readonly #isOpen: boolean;
  readonly mention?: NonNullable<Adapter["mention"]>;

  /** Words to one person can be kept from the others of the group. */
  readonly #reachesAlone: boolean;

  constructor({
    platform = "fake",
    id = "g1",
    title = "Garden Court",
    edit = true,
    buttons = true,
    open = false,
    alone = true,
    graceMs = CAPABILITIES.graceMs,
  } = {}) {
    this.capabilities = { ...CAPABILITIES, edit, buttons, graceMs };
    this.#isOpen = open;
    this.#reachesAlone = alone;
    if (open) this.mention = (_chat, mentions) => this.#mention(mentions);
    this.platform = platform;
    this.id = id;
    this.title = title;
  }

  get ref(): ChatRef {
    return { id: this.id, kind: "group", title: this.title };
  }

  person(name: string, more: { leader?: boolean; id?: string } = {}): FakePerson {
    const person = new FakePerson(this, more.id ?? `u${this.people.size + 1}`, name, more.leader ?? false);
    this.people.set(person.id, person);
    return person;
  }

  async start(deliver: Deliver): Promise<void> {
    this.#delivers.push(deliver);
  }

  async stop(): Promise<void> {
    this.#delivers = [];
  }

  /** Gives events to the bot, as its platform would. Of several processes each gets its turn. */
  async deliver(...events: Incoming[]): Promise<void> {
    const deliver = this.#delivers.shift();
    if (!deliver) throw new Error("Nobody listens to the fake chat.");
    this.#delivers.push(deliver);
    await deliver(events);
  }

  nextId(): { id: string; position: number } {
    this.#count += 1;
    return { id: String(this.#count), position: this.#count };
  }

  /** What the bot has posted for all. */
  get posts(): readonly Shown[] {
    return this.shown.filter(({ by, only }) => !by && !only);
  }

  /** The newest message that the bot has posted for all and that fits. */
  posted(pattern: RegExp): Promise<Shown> {
    return eventually(`the bot posted ${pattern}`, () => this.posts.findLast(({ text }) => pattern.test(text)));
  }

  async post(_chat: string, content: Content): Promise<{ readonly id: string }> {
    const { id } = this.nextId();
    this.#call({ name: "post", text: content.text }, () => this.shown.push(shown(id, content)));
    return { id };
  }

  #call(call: FakeCall, act: () => void): void {
    const failure = this.fails(call);
    if (!failure || failure.arrived) act();
    if (failure) throw new SendFault(failure.outcome, `the fake chat failed a ${call.name}`, failure);
  }

  async edit(_chat: string, message: string, content: Content): Promise<void> {
    const known = this.shown.find((each) => each.id === message);
    if (!known) throw new Error(`There is no message ${message} to edit.`);
    this.#call({ name: "edit", text: content.text }, () => {
      known.text = content.text;
      known.texts.push(content.text);
      known.buttons = content.buttons?.flat() ?? [];
    });
  }

  async react(_chat: string, message: string, mark: Mark): Promise<void> {
    const known = this.shown.find((each) => each.id === message);
    if (!known) throw new Error(`There is no message ${message} to mark.`);
    known.marks.push(mark);
  }

  async #mention({ words, below = "", buttons }: Mentions): Promise<{ readonly id: string }> {
    const text = [...words.map(({ to, text }) => `@${this.people.get(to)?.name} ${text}`), below].join("\n\n");
    const { id } = this.nextId();
    this.#call({ name: "mention", text }, () => {
      const mentioned = words.flatMap(({ to }) => this.people.get(to) ?? []);
      this.shown.push({ ...shown(id, { text, ...(buttons && { buttons }) }), mentioned });
    });
    return { id };
  }

  async whisper({ chat, to, alone, onShown }: Whisper, content: Content): Promise<void> {
    if (this.#isOpen && alone) throw new SendFault("blocked", "There is no way to one alone.");
    const only = this.people.get(to);
    if (!only) throw new Error(`There is nobody ${to} to whisper to.`);
    const said = !this.#reachesAlone && chat !== to ? inPublic(content) : content;
    if (!said) return;
    this.#call({ name: "whisper", text: said.text }, () => {
      const word = { ...shown(this.nextId().id, said), only };
      this.shown.push(word);
      if (this.#isOpen) onShown?.(word.id);
    });
  }

  async giveDocument({ to }: Whisper, document: Document): Promise<void> {
    this.#call({ name: "document", text: document.name }, () => this.given.push({ to, document }));
  }

  async answerPress(): Promise<void> {}

  async pin(): Promise<void> {}

  async isAdministrator(_chat: string, person: string): Promise<boolean> {
    return this.people.get(person)?.leader ?? false;
  }
}

/** Somebody in the fake chat. */
export class FakePerson {
  readonly id: string;
  readonly name: string;
  readonly leader: boolean;
  readonly chat: FakeChat;
  #heard = 0;

  constructor(chat: FakeChat, id: string, name: string, leader: boolean) {
    this.chat = chat;
    this.id = id;
    this.name = name;
    this.leader = leader;
  }

  get sender(): Sender {
    return { id: this.id, name: this.name };
  }

  /** Says something, and waits until it is stored. */
  async says(text: string, more: { replyTo?: Shown; at?: Date; photo?: string } = {}): Promise<Shown> {
    const event = this.saying(text, more);
    await this.chat.deliver(event);
    return this.chat.shown.find((each) => each.id === event.id)!;
  }

  /** The event of saying something, shown in the chat and not delivered yet. */
  saying(text: string, more: { replyTo?: Shown; at?: Date; photo?: string } = {}): TextIn {
    const { id, position } = this.chat.nextId();
    const sentAt = more.at ?? new Date();
    this.chat.shown.push({ id, by: this, text, at: sentAt, buttons: [], marks: [], texts: [text] });
    return {
      type: "text",
      platform: this.chat.platform,
      chat: this.chat.ref,
      id,
      position,
      sender: this.sender,
      text,
      sentAt,
      ...(more.replyTo && { replyTo: replied(more.replyTo) }),
      ...(more.photo !== undefined && { photo: more.photo }),
    };
  }

  async edits(message: Shown, text: string): Promise<void> {
    await this.chat.deliver(this.editing(message, text));
  }

  /** The event of changing a message, not delivered yet. */
  editing(message: Shown, text: string, at = new Date()): EditIn {
    message.text = text;
    return {
      type: "edit",
      platform: this.chat.platform,
      chat: this.chat.ref,
      id: message.id,
      position: Number(message.id),
      sender: this.sender,
      text,
      sentAt: message.at,
      editedAt: at,
    };
  }

  async recalls(message: Shown): Promise<void> {
    await this.chat.deliver(this.recalling(message));
  }

  /** The event of taking a message back, not delivered yet. */
  recalling(message: Shown, at = new Date()): RecallIn {
    const { platform, ref: chat } = this.chat;
    return { type: "recall", platform, chat, id: message.id, recalledAt: at };
  }

  /** Presses the button whose label fits. */
  async presses(message: Shown, label: RegExp): Promise<void> {
    await this.chat.deliver(this.pressing(message, label));
  }

  /** The event of pressing a button, not delivered yet. */
  pressing(message: Shown, label: RegExp): ButtonIn {
    const button = message.buttons.find((each) => label.test(each.label));
    if (!button) throw new Error(`No button ${label} under: ${message.text}`);
    return {
      type: "button",
      platform: this.chat.platform,
      chat: this.chat.ref,
      id: `p${this.chat.nextId().id}`,
      sender: this.sender,
      message: message.id,
      data: button.data,
      pressedAt: new Date(),
    };
  }

  /** Puts a sign under a message. */
  async reacts(message: Shown, ...emoji: readonly string[]): Promise<void> {
    const { platform, ref: chat } = this.chat;
    const id = `r${this.chat.nextId().id}`;
    await this.chat.deliver({
      ...{
        type: "reacted",
        platform,
        chat,
        id,
        sender: this.sender,
        message: message.id,
        emoji,
        reactedAt: new Date(),
      },
    });
  }

  /** Says something in the private chat with the bot. */
  async writes(text: string): Promise<void> {
    await this.chat.deliver({ ...this.saying(text), chat: { id: this.id, kind: "direct" } });
  }

  /** The next private word to this person that fits. */
  hears(pattern: RegExp): Promise<Shown> {
    return this.#hears(String(pattern), ({ text }) => pattern.test(text));
  }

  async #hears(what: string, fits: (word: Shown) => boolean): Promise<Shown> {
    const word = await eventually(`${this.name} hears ${what}`, () =>
      this.#words().find((each, index) => index >= this.#heard && fits(each)),
    );
    this.#heard = this.#words().indexOf(word) + 1;
    return word;
  }

  /** The newest file of theirs whose name fits. */
  gets(name: RegExp): Promise<Document> {
    return eventually(
      `${this.name} gets ${name}`,
      () => this.chat.given.findLast(({ to, document }) => to === this.id && name.test(document.name))?.document,
    );
  }

  /** How many private words to this person fit. */
  heard(pattern: RegExp): number {
    return this.#words().filter(({ text }) => pattern.test(text)).length;
  }

  /** Opens a buy: announces, reads the preview, presses Open, and waits for the post. */
  async opens(announcement: string): Promise<Shown> {
    const before = this.chat.posts.length;
    await this.says(`/open ${announcement}`);
    const label = /Open|开团|開團/;
    await this.presses(
      await this.#hears("a preview", ({ buttons }) => buttons.some((each) => label.test(each.label))),
      label,
    );
    return eventually("the bot posted the buy", () =>
      this.chat.posts.slice(before).find(({ text }) => /🟢/.test(text)),
    );
  }

  #words(): Shown[] {
    return this.chat.shown.filter((each) => each.only === this || each.mentioned?.includes(this));
  }
}

function replied({ id, text, by }: Shown): NonNullable<TextIn["replyTo"]> {
  return { id, text, ...(by && { sender: by.sender }) };
}

function shown(id: string, content: Content): Shown {
  const buttons = content.buttons?.flat() ?? [];
  const { text, qr, photo } = content;
  const pictures = { ...(qr !== undefined && { qr }), ...(photo !== undefined && { photo }) };
  return { id, by: undefined, text, at: new Date(), buttons, marks: [], texts: [text], ...pictures };
}
