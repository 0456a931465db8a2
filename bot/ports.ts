/**
 * What the bot asks of the outside, and what the outside tells it. Adapters, jobs and the store meet these interfaces;
 * nothing here knows a platform, a queue or a database.
 */
import type { Language } from "./store.ts";

// ---- from the platforms ----------------------------------------------------------------------------------------

/** What an adapter turns a platform's event into. */
export type Incoming = TextIn | EditIn | RecallIn | ButtonIn | ReactedIn | MembershipIn | MovedIn | NoticeIn;

interface FromChat {
  /** The adapter that it came through: "telegram", "web" … */
  readonly platform: string;
  readonly chat: ChatRef;
}

/** Somebody said something. */
export interface TextIn extends FromChat {
  readonly type: "text";
  /** Unique in its chat. */
  readonly id: string;
  /** Rises with the order in which the chat shows messages; decides between messages of the same instant. */
  readonly position: number;
  /** The part of the chat that it was said in, where that has parts (Telegram's topics) and it was not the general one. */
  readonly topic?: string;
  readonly sender: Sender;
  readonly text: string;
  /** It names us: whatever it says, it is said to us. */
  readonly toUs?: true;
  /** The platform's name for the picture that the text stands under. */
  readonly photo?: string;
  /** The message that this one replies to: its id, and its text, picture and author where the platform gives them. */
  readonly replyTo?: { readonly id: string; readonly text?: string; readonly photo?: string; readonly sender?: Sender };
  /** When it was said, by the platform's clock. */
  readonly sentAt: Date;
}

/** Somebody changed what they had said: the whole message anew. */
export interface EditIn extends Omit<TextIn, "type"> {
  readonly type: "edit";
  readonly editedAt: Date;
  /** Rises with the order in which the platform tells of edits, where that dates several alike. */
  readonly order?: number;
}

/** Somebody took back what they had said. */
export interface RecallIn extends FromChat {
  readonly type: "recall";
  /** The message that was taken back. */
  readonly id: string;
  readonly recalledAt: Date;
}

/** Somebody pressed a button under a message of ours. */
export interface ButtonIn extends FromChat {
  readonly type: "button";
  /** Of the press: unique on its platform. */
  readonly id: string;
  readonly sender: Sender;
  /** The message of ours that carries the button. */
  readonly message: string;
  /** The part of the chat that it stands in. */
  readonly topic?: string;
  /** `Button.data` as we gave it. */
  readonly data: string;
  /** By the platform's clock (`Adapter.now`), never before what its chat was heard to say until then. */
  readonly pressedAt: Date;
}

/** Somebody put a sign under a message, or changed the one that they had there. */
export interface ReactedIn extends FromChat {
  readonly type: "reacted";
  /** Of the reaction: unique on its platform. */
  readonly id: string;
  readonly sender: Sender;
  /** The message that carries it, ours or somebody else's. */
  readonly message: string;
  /** The emoji of theirs that stand there now; none: they took it away. */
  readonly emoji: readonly string[];
  readonly reactedAt: Date;
}

/** The bot was added to a chat or removed from it, or what it hears there has changed. */
export interface MembershipIn extends FromChat {
  readonly type: "membership";
  readonly id: string;
  readonly change: "added" | "removed" | "hearing";
  /** Who did it, where known. */
  readonly sender?: Sender;
  /** Plain messages do not reach us there until somebody allows it: only commands, replies to us and buttons do. */
  readonly blind?: true;
  readonly at: Date;
}

/** A chat has a new id: told in it by the old one, by the new one, or both. */
export interface MovedIn extends FromChat {
  readonly type: "moved";
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly at: Date;
}

/** Something about a chat that its leaders should know, and only the adapter does. */
export interface NoticeIn extends FromChat {
  readonly type: "notice";
  readonly id: string;
  readonly at: Date;
  readonly about: /** Nothing was heard between these instants. */
    | { readonly what: "away"; readonly awayFrom: Date; readonly awayUntil: Date }
    /** Somebody's words wait, and they do not answer. */
    | { readonly what: "held"; readonly name: string; readonly text: string }
    /** So many messages wait there for an answer that no more are kept: what is said since then is lost. */
    | { readonly what: "too-many"; readonly most: number; readonly since: Date }
    /** What somebody said then could not be read, nor what follows it until something can. */
    | { readonly what: "unread"; readonly name: string; readonly since: Date }
    /** So many messages were said there today: no more, but for answers to leaders and what ends a buy. */
    | { readonly what: "full"; readonly most: number };
}

/** A chat, in its platform's terms. */
export interface ChatRef {
  /** The platform's id of the chat. */
  readonly id: string;
  readonly kind: "group" | "direct";
  readonly title?: string;
}

/** Somebody who is heard, in their platform's terms. */
export interface Sender {
  /** The platform's id of the person. */
  readonly id: string;
  /** As the chat shows it. */
  readonly name: string;
  /** BCP 47, where the platform tells: "en", "zh-hans". */
  readonly language?: string;
  /** Speaks for the chat without a person behind (Telegram's anonymous administrators): may lead, cannot order. */
  readonly anonymous?: true;
}

/**
 * Hands events to the bot. Resolves once all of them are stored for good: only then may the adapter confirm them to
 * its platform. Rejects when the bot is stopping, and with `Busy` when so much waits for the database that no more is
 * taken: the platform is to be asked later, or told to send it again (503). What a platform does not send again is
 * never refused.
 */
export type Deliver = (incoming: readonly Incoming[]) => Promise<void>;

// ---- to the platforms ------------------------------------------------------------------------------------------

/** A message as the bot means it; the adapter renders it by what its platform can do. */
export interface Content {
  /** Plain text, never markup; lines end with \n. Longer than the platform takes: the outgoing path has split it. */
  readonly text: string;
  /** Of a private word: what is said instead where it could not be kept from others; empty: nothing. */
  readonly publicly?: string;
  /** What stands out in the text, first to last, not overlapping; left out where the platform has no such thing. */
  readonly spans?: readonly Span[];
  /** The platform's name for a picture that the text belongs to; left out where it has none. */
  readonly photo?: string;
  /** What a QR code beside the text says: drawn where the platform shows pictures. The text says it in words, too. */
  readonly qr?: string;
  /** Rows of buttons; left out where the platform has none (the text always says what to write instead). */
  readonly buttons?: readonly (readonly Button[])[];
}

/** A private word as all may read it; undefined where they may not, and nothing is said instead. */
export function inPublic(content: Content): Content | undefined {
  if (content.publicly === undefined) return content;
  return content.publicly === "" ? undefined : { text: content.publicly };
}

/** A file that is handed over as it is: a list for a spreadsheet, a picture to print. */
export interface Document {
  readonly name: string;
  readonly data: Uint8Array;
  /** Said with it. */
  readonly caption?: string;
  /** A picture (PNG) that is shown, where the platform shows pictures. */
  readonly isPicture?: true;
}

/** A part of a text, in UTF-16 units. */
export type Span = { readonly at: number; readonly length: number } & (
  | { readonly type: "bold" }
  /** An instant that lies ahead, in seconds since 1970: where the platform counts down, it says for how long. */
  | { readonly type: "until"; readonly unixS: number }
);

/** A button under a message. */
export interface Button {
  readonly label: string;
  /** At most 64 bytes of UTF-8. @source Telegram Bot API, InlineKeyboardButton */
  readonly data: string;
  /** What people write instead of pressing it, told them where the platform has no buttons: "/po 2". */
  readonly words?: string;
}

/** How an order is acknowledged without a word. */
export type Mark = "booked" | "changed" | "waitlisted" | "unclear" | "late";

/** A private word: to one person only, where the platform can; else a short reply in the chat. */
export interface Whisper {
  readonly chat: string;
  /** The platform's id of the person. */
  readonly to: string;
  /** Their message that it answers. */
  readonly replyTo?: string;
  /** The button press that it answers, where it does (`ButtonIn.id`). */
  readonly press?: string;
  /** The part of the chat that it belongs to; one that is gone is no reason not to say it. */
  readonly topic?: string;
  /** Where the platform has no way past the others it is not said: `blocked`. It is one that can `mention`. */
  readonly alone?: true;
  /** They lead here: where little may still be said, it is kept for them. */
  readonly isLeader?: true;
  /** Told the id of the message where everybody sees it, since the platform had no other way. */
  readonly onShown?: (message: string) => void;
}

/** What several people are told in one message that all see. */
export interface Mentions {
  /** Each after a mention of whom it is for; of nobody where that is empty. */
  readonly words: readonly { readonly to: string; readonly text: string }[];
  /** For all of them, at the end. */
  readonly below?: string;
  /** All of them lead here (`Whisper.isLeader`). */
  readonly areLeaders?: true;
  readonly buttons?: readonly (readonly Button[])[];
}

/** Where in a chat a message is posted. */
export interface Where {
  /** The message that it answers, in whose part of the chat it lands. */
  readonly replyTo?: string;
  /** The part of the chat (`TextIn.topic`); left out: the general one. */
  readonly topic?: string;
}

/** A message that was posted. */
export interface Shown {
  /** Its id, where the platform gives one. */
  readonly id?: string;
  /** The topic that was asked for is closed or gone: it stands in the general one. */
  readonly isTopicGone?: true;
}

/** An order as it is acknowledged in words. */
export interface Receipt {
  /** Whose it is, and what they are called. */
  readonly person: string;
  readonly name: string;
  /** By what each is about, "苹果 2": a newer word about the same takes its place. */
  readonly lines: ReadonlyMap<string, string>;
  /** What all of them are said in: "记下了：{orders}", and what stands between two. */
  readonly frame: string;
  readonly comma: string;
}

/** What a platform can do: decides how things are rendered. Nobody asks for a platform by name outside its folder. */
export interface Capabilities {
  readonly edit: boolean;
  readonly react: boolean;
  readonly buttons: boolean;
  readonly pin: boolean;
  /** Messages in a group that one person alone sees. */
  readonly ephemeral: boolean;
  /** Messages to one person outside the group. */
  readonly direct: boolean;
  readonly recall: boolean;
  /** Events that were not confirmed come again. Where they do not, what cannot be stored at once is kept in a file. */
  readonly resends: boolean;
  readonly adminList: boolean;
  readonly files: boolean;
  /** Longest text of one message, in UTF-16 units. */
  readonly maxText: number;
  /** Least time between two edits of a chat's live post. */
  readonly editEveryMs: number;
  /** How fast the platform bears to be written to; left out: as fast as we can. */
  readonly rates?: Rates;
  /** How long a message said in time may take to reach us: the grace before a closing is final. */
  readonly graceMs: number;
}

/** How fast a platform bears to be written to. Each of the rates holds. */
export interface Rates {
  /** New messages in a chat with one person, and in one group. */
  readonly direct: readonly Rate[];
  readonly group: readonly Rate[];
  /** Edits in one chat, beside `editEveryMs`; they count among its messages too. */
  readonly edits: readonly Rate[];
  /** Whatever is shown, in all chats together. */
  readonly inAll: readonly Rate[];
}

/** At most so many in any span of `perMs` (up to a minute). */
export interface Rate {
  readonly most: number;
  readonly perMs: number;
}

/** One platform. Constructed by `bot/main/chats.ts`; everything it sends is called through here. */
export interface Adapter {
  readonly platform: string;
  readonly capabilities: Capabilities;
  /** False while nothing can be sent (not logged in, or another process is): what is to be sent waits. Left out: true. */
  readonly isReady?: boolean;
  /**
   * The platform's time, where its clock is another than ours and was heard of lately: all that is said in its chats is
   * dated by it. Left out: our clock is its.
   */
  now?(): Date | undefined;
  /**
   * What was said before now may still be on its way: it was not asked for yet since the start, or since the platform could
   * not be reached. Left out: false.
   */
  readonly isBehind?: boolean;
  /** Addresses that people may press: one's private chat with the bot, and adding it to a group; where there are such. */
  readonly links?: { readonly direct: string; readonly group: string } | undefined;
  /** Resolves when events can arrive. */
  start(deliver: Deliver): Promise<void>;
  /** Stops taking events, waits for those under way, closes. */
  stop(): Promise<void>;

  /** Posts a new message. @throws SendFault */
  post(chat: string, content: Content, where?: Where): Promise<Shown>;
  /** Gives a file to one person alone, where `capabilities.files`; `blocked` where they cannot be reached so. @throws SendFault */
  giveDocument?(whisper: Whisper, document: Document): Promise<void>;
  /** Replaces a message of ours; the same content again is no fault. @throws SendFault */
  edit(chat: string, message: string, content: Content): Promise<void>;
  /** @throws SendFault */
  react(chat: string, message: string, mark: Mark): Promise<void>;
  /** @throws SendFault */
  whisper(whisper: Whisper, content: Content): Promise<void>;
  /** Says in the chat what these people cannot be told alone; left out where everybody can be. @throws SendFault */
  mention?(chat: string, mentions: Mentions, where?: Where): Promise<Shown>;
  /** Takes a message of ours away, where the platform can. @throws SendFault */
  remove?(chat: string, message: string): Promise<void>;
  /** Ends the waiting of a pressed button, with a word to the person where given. @throws SendFault */
  answerPress(press: string, text?: string): Promise<void>;
  /** Where there are no reactions: says so in words, together with other orders of the chat. At most once. */
  acknowledge?(chat: string, receipt: Receipt): void;
  /**
   * How long something should wait before it is sent there, in ms: the platform's pace, its night, a chat that is not found
   * yet. Left out: not at all.
   *
   * @param urgency  `now`: it ends a buy, or answers somebody; `by-day`: what leaders must hear, but not at night
   */
  deferMs?(chat: string, urgency: "now" | "by-day" | "usual"): number;
  /** @throws SendFault */
  pin(chat: string, message: string): Promise<void>;
  /** Puts a chat's menu of commands into a language, where the platform has one. @throws SendFault */
  showMenu?(chat: string, language: Language): Promise<void>;
  /** Whether the platform says that this person runs the chat. False where it has no such list. */
  isAdministrator(chat: string, person: string): Promise<boolean>;
}

/** Why a call to a platform failed, in the terms that the outgoing path decides by. */
export class SendFault extends Error {
  override readonly name = "SendFault";
  readonly outcome: SendOutcome;
  /** Wait at least this long before the next try. */
  readonly retryAfterMs: number | undefined;
  /** The chat's new id, for "moved". */
  readonly movedTo: string | undefined;

  constructor(
    outcome: SendOutcome,
    message: string,
    more: { cause?: unknown; retryAfterMs?: number; movedTo?: string } = {},
  ) {
    super(message, { cause: more.cause });
    this.outcome = outcome;
    this.retryAfterMs = more.retryAfterMs;
    this.movedTo = more.movedTo;
  }
}

/**
 * `not-sent`: surely not delivered, may be tried again (429, connection refused).
 * `unknown`: may have been delivered (time-out, reply lost, 5xx): never blindly sent again.
 * `gone`: the message or chat to act on is not there. `blocked`: the person or chat does not let us.
 * `refused`: the platform will never take this content (too long, malformed). `moved`: the chat has a new id.
 */
export type SendOutcome = "not-sent" | "unknown" | "gone" | "blocked" | "refused" | "moved";

// ---- later -----------------------------------------------------------------------------------------------------

/**
 * Wakes the bot up. The rows in the database say what is due; an alarm only says when to look. Losing one costs
 * lateness, never a thing undone: a sweep looks anyway.
 */
export interface Alarm {
  /** Looks after what is due: called at each wake-up, by any number of wake-ups at once. */
  start(look: () => Promise<void>): Promise<void>;
  /** Rings at `at` or at once if that is past. Never blocks and never throws: a queue that is down loses only this. */
  ringAt(at: Date): void;
  stop(): Promise<void>;
  /** What the operator should know: whether the queue behind it answers. */
  health(): Promise<{ readonly ok: boolean; readonly backend: string; readonly detail?: string }>;
}

/** Something that one process alone may have: a WeChat account, say. */
export interface Lease {
  /** Aborted when it may no longer be ours. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** What outlives the logins of a platform whose ids do not: the adapter gives everybody else ids that last. */
export interface LoginStore {
  load(): Promise<{
    /** Those bound last come last. */
    readonly bindings: readonly Binding[];
    readonly held: readonly HeldMessage[];
    /** Until when everything was heard. */
    readonly heardAt?: Date;
    readonly sent?: Sent;
  }>;
  /** From now on this is what `knownId` is called. */
  bind(binding: Binding): Promise<void>;
  hold(message: HeldMessage): Promise<void>;
  letGo(ids: readonly string[]): Promise<void>;
  heard(at: Date, sent: Sent): Promise<void>;
  /** Keeps a picture for as long as something refers to it. @param name  random */
  keepPicture(name: string, data: Uint8Array): Promise<void>;
  picture(name: string): Promise<Uint8Array | undefined>;
}

/** What a room, or a person in a room, is called since the last login. */
export interface Binding {
  /** Of a person: the known id of the room; of a room: empty. */
  readonly room: string;
  readonly sessionId: string;
  /** Under which everything else knows it: the first id that it had. */
  readonly knownId: string;
  /** A room's topic, a person's name in the room. */
  readonly name: string;
  /** Of a room: known ids of the people who have shown the server's code. */
  readonly leaders: readonly string[];
}

/** A message that waits until somebody says whose it is, or whether it counts. */
export interface HeldMessage {
  readonly id: string;
  /** The known id of the room. */
  readonly room: string;
  /** Who said it, as the room calls them. */
  readonly name: string;
  /** Which room it is; who said it; whether it was said twice. */
  readonly question: "room" | "person" | "twice";
  /** A `TextIn`, whose sender may not be known yet. */
  readonly event: unknown;
  readonly heldAt: Date;
}

/** How many messages were sent on a day, by room. */
export interface Sent {
  readonly day: string;
  readonly byRoom: Readonly<Record<string, number>>;
}

/** Time and chance, passed in so that tests can hold them. */
export interface Clock {
  now(): Date;
  /** A new id: a random UUID. */
  newId(): string;
}
