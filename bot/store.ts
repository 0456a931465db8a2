import type { Entry } from "../core/accounts.ts";
import type { Statement } from "../core/buy/statement.ts";
import type { BuyTerms, ItemTerms } from "../core/buy/terms.ts";
import type { Quantity } from "../core/quantity.ts";
import type { Counted } from "../core/tally.ts";
import type { ChatRef, Content, Sender } from "./ports.ts";

/** What the bot asks of the database. Ids are ours, except where a name says `external`. */
export interface Store {
  /** The chat, made known (with a community of its own) where it was not. */
  meetChat(platform: string, chat: ChatRef, defaults: CommunityDefaults): Promise<Place>;
  /** The person behind a sender, made known where they were not; their name follows the platform's. */
  meetPerson(place: Place, sender: Sender): Promise<Person>;
  /** The chats and people of a batch, in its order, with a question or two for all of them. */
  meetAll(met: readonly Met[], defaults: CommunityDefaults): Promise<readonly Known[]>;
  /** One transaction of what was said: everything in it is stored, or nothing. */
  record<T>(work: (tx: LedgerTx) => Promise<T>): Promise<T>;
  /** One transaction of a command or a timer. */
  change<T>(work: (tx: ChangeTx) => Promise<T>): Promise<T>;

  /** One transaction that sees everything as it was at one moment, and holds nobody up. */
  look<T>(work: (tx: ChangeTx) => Promise<T>): Promise<T>;

  /** All buys that have ever opened, by their keys, page by page. */
  buysAfter(last: Pick<Buy, "community" | "id"> | undefined, most: number): Promise<readonly Buy[]>;
  /** Buys of a chat that people may speak of: drafts, open ones, and those closed within the last days, newest first. */
  buysOf(place: Place): Promise<readonly Buy[]>;
  /** The buy that a message of a chat is a post of. */
  buyOfPost(place: Place, message: string): Promise<string | undefined>;
  findBuy(community: string, buy: string): Promise<Buy | undefined>;
  linesOf(community: string, buy: string): Promise<readonly Line[]>;
  /** Changes of what people have to pay other than by ordering, in the order in which they were made. */
  entriesOf(community: string, buy: string): Promise<readonly Entry[]>;
  /** What the bot has asked a person in a chat and waits to hear. */
  askedOf(community: string, chat: string, person: string): Promise<Asked | undefined>;
  /** What all have together, as it is kept beside the lines. */
  sumsOf(community: string, buy: string): Promise<Sums>;
  namesOf(community: string, people: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The platform's ids of those who lead a community and are known on a chat's platform. */
  leadersOf(place: Place): Promise<readonly string[]>;
  /** Where each chat is reached now. */
  placeOf(community: string, chat: string): Promise<Place | undefined>;

  /** Whether a kind of message of a buy has gone out to all of its chats. */
  isSent(buy: Buy, kind: string): Promise<boolean>;
  /** What there is to do now, on these platforms where it is to be sent, and when the next thing is due. */
  due(platforms: readonly string[]): Promise<Due>;
  /**
   * Claims what is due on these platforms, oldest first, for `leaseMs`; by the database's clock. One message of a chat at
   * a time, so that they arrive in order.
   */
  claimOutgoing(platforms: readonly string[], most: number, leaseMs: number): Promise<readonly Claimed[]>;
  /** Ends a claim; does nothing when the lease was lost to another. */
  finishOutgoing(claim: Claimed, end: OutgoingEnd): Promise<void>;
  /** Messages whose sender was gone before it knew whether they arrived: they are `maybe` from now on. */
  loseOutgoing(): Promise<readonly Unsent[]>;
  /** Due timers, oldest first: what to do, not yet claimed. */
  dueTimers(most: number): Promise<readonly Timer[]>;
  /** A timer failed and is tried again. */
  failTimer(timer: Timer, error: string, retryInMs: number): Promise<void>;

  /**
   * Live posts of these platforms: those of `buys`; without them, all whose buy changed since they were shown, which takes
   * a look at every open buy.
   */
  stalePosts(
    platforms: readonly string[],
    buys?: readonly Pick<Buy, "community" | "id">[],
  ): Promise<readonly LivePost[]>;
  /** Remembers what posts show now: digests that begin with the buy's "status:version:". */
  postsShown(posts: readonly { readonly post: LivePost; readonly shown: string }[]): Promise<void>;
  /** What the posts of these buys are made of, by buy, in a few questions for all of them. */
  shownBuys(buys: readonly Pick<Buy, "community" | "id">[]): Promise<ReadonlyMap<string, ShownBuy>>;
  /** The message is gone: there is no live post there any more. */
  postGone(post: LivePost): Promise<void>;
  /**
   * A button under a message was pressed that can only be a buy's live post: where it was in doubt whether that arrived,
   * it is known now.
   */
  adoptPost(place: Place, buy: string, message: string): Promise<void>;

  /** Keeps an event that could not be handled. */
  park(place: Place | undefined, event: unknown, error: string): Promise<void>;
  /** The database's clock. */
  now(): Promise<Date>;
  close(): Promise<void>;
}

/** Who was heard where, in the platform's terms. */
export interface Met {
  readonly platform: string;
  readonly chat: ChatRef;
  readonly sender?: Sender | undefined;
}

/** The same in ours. */
export interface Known {
  readonly place: Place;
  readonly person: Person | undefined;
}

export interface Due {
  readonly timers: boolean;
  readonly outgoing: boolean;
  /** Until the next thing that is not due yet. */
  readonly nextInMs?: number;
}

export interface CommunityDefaults {
  readonly zone: string;
  readonly language: Language;
  readonly currency: string;
}

export type Language = "en" | "zh-hans" | "zh-hant";

export interface Community {
  readonly id: string;
  readonly name: string;
  /** IANA. */
  readonly zone: string;
  readonly language: Language;
  /** ISO 4217. */
  readonly currency: string;
}

/** A chat of ours, and where its platform reaches it. */
export interface Place {
  readonly community: Community;
  readonly chat: string;
  readonly platform: string;
  readonly externalChat: string;
  readonly kind: "group" | "direct";
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly externalId: string;
  readonly role: "owner" | "leader" | "helper" | "resident";
}

export type BuyStatus = "draft" | "open" | "closed" | "failed" | "cancelled" | "purchased" | "arrived" | "settled";

export interface Buy {
  readonly community: string;
  readonly id: string;
  /** Counts the community's buys, for people to say. */
  readonly no: number;
  readonly status: BuyStatus;
  readonly language: Language;
  /** Who leads it. */
  readonly leader: string;
  readonly terms: BuyTerms;
  readonly pickup?: { readonly from?: Date; readonly until?: Date; readonly place?: string };
  /** Chats in which it is offered. */
  readonly chats: readonly string[];
  /** It is folded as a whole, since one person's order may change another's. */
  readonly coupled: boolean;
  /** Rises with each change of its terms. */
  readonly version: number;
  /** When the list became final. */
  readonly closedAt?: Date;
}

/** What all have of each item, and how many people have something booked. */
export interface Sums {
  readonly items: readonly Counted[];
  readonly people: number;
}

export interface Line {
  readonly person: string;
  readonly for: string;
  readonly item: number;
  readonly option: string;
  readonly quantity: Quantity;
  readonly waitlisted: Quantity;
  readonly note?: string;
}

/** A message of a chat. */
export interface MessageKey {
  readonly community: string;
  readonly chat: string;
  /** The platform's id. */
  readonly message: string;
}

/** A statement of a buy, and where it was said. */
export interface NewStatement {
  readonly community: string;
  readonly buy: string;
  readonly chat: string;
  readonly message: string;
  readonly position: number;
  readonly person: string;
  /** Their name then. */
  readonly name: string;
  readonly saidAt: Date;
  /** Undefined while only an edit of it has arrived. */
  readonly text: string | undefined;
  readonly reply: boolean;
  readonly leader: boolean;
}

export interface NewEdit extends MessageKey {
  readonly buy: string;
  readonly at: Date;
  /** Empty where it no longer concerns the buy. */
  readonly text: string;
}

/**
 * What the recording of statements needs; each call is one statement of SQL or two, whatever the number of rows. Calls
 * are carried out in the order in which they are made, so that several may be under way at once.
 */
export interface LedgerTx {
  /**
   * The buys that messages in these chats may concern (open, or closed within the last days), locked until the
   * transaction ends: shared, so that they cannot be closed meanwhile, or alone.
   */
  lockBuys(
    chats: readonly { readonly community: string; readonly chat: string }[],
    alone: boolean,
  ): Promise<readonly Buy[]>;
  /** Which of these messages are posts of which buy. */
  postsAmong(messages: readonly MessageKey[]): Promise<readonly (MessageKey & { readonly buy: string })[]>;
  /** Which of these messages are statements of which buy, and of whom. */
  statementsAmong(
    messages: readonly MessageKey[],
  ): Promise<readonly (MessageKey & { readonly buy: string; readonly person: string })[]>;
  /** Adds what is not there yet. Returns since when each is known, by the database's clock. */
  addStatements(
    statements: readonly NewStatement[],
  ): Promise<readonly (MessageKey & { readonly buy: string; readonly receivedAt: Date })[]>;
  /** Returns those that are new. */
  addEdits(edits: readonly NewEdit[]): Promise<readonly (MessageKey & { readonly buy: string })[]>;
  /** Returns those that are new. */
  addRecalls(recalls: readonly (MessageKey & { readonly at: Date })[]): Promise<readonly MessageKey[]>;
  /** Locks the orders of these people, so that nobody else folds them meanwhile. */
  lockOrders(orders: readonly OrderKey[]): Promise<void>;
  /** All statements of these orders, of which each is named once. */
  statementsOf(orders: readonly OrderKey[]): Promise<readonly (Statement & { readonly buy: string })[]>;
  /** All statements of a buy; with `knownBefore` only what was stored before that: what a final list is made of. */
  statementsOfBuy(community: string, buy: string, knownBefore?: Date): Promise<readonly Statement[]>;
  linesOf(orders: readonly OrderKey[]): Promise<readonly (Line & { readonly buy: string })[]>;
  linesOfBuy(community: string, buy: string): Promise<readonly Line[]>;
  /** Writes lines that are new or changed, drops those that are gone, and moves the tallies by the differences. */
  saveLines(changes: LineChanges): Promise<void>;
  /** From now on the buy is folded as a whole. */
  setCoupled(community: string, buy: string): Promise<void>;
  /** Queues words to people, one for each person and cause. */
  addNotices(notices: readonly Notice[]): Promise<void>;
  /** Everything that is kept of what follows from a buy's statements. */
  rowsOf(community: string, buy: string): Promise<Rows>;
  /** Puts other rows in their place. */
  replaceRows(buy: Buy, rows: Rows): Promise<void>;
}

/** What is kept of a buy beside its statements, and follows from them. */
export interface Rows {
  readonly lines: readonly Line[];
  readonly sums: Sums;
  /** All who said something about it. */
  readonly people: readonly string[];
}

/** A word that must reach one person: to them alone where their platform can, else in the chat, so it names them. */
export interface Notice {
  readonly community: string;
  readonly buy: string;
  readonly chat: string;
  readonly person: string;
  readonly kind: string;
  /** What it follows from. */
  readonly cause: string;
  /** Short enough for one message. */
  readonly content: Content;
}

export interface OrderKey {
  readonly community: string;
  readonly buy: string;
  readonly person: string;
}

export interface LineChanges {
  readonly saved: readonly (Line & { readonly community: string; readonly buy: string })[];
  readonly dropped: readonly (Line & { readonly community: string; readonly buy: string })[];
  readonly tallies: readonly {
    readonly community: string;
    readonly buy: string;
    /** 0 for the buy as a whole, with which its people are counted. */
    readonly item: number;
    readonly booked: number;
    readonly waitlisted: number;
    readonly people: number;
  }[];
}

/** What a command or a timer changes, in one transaction with its effects. */
export interface ChangeTx {
  /** True once for each key: whoever gets false has come second and does nothing. */
  claim(community: string, key: string): Promise<boolean>;
  /** True for the one that takes a timer that is still pending and due, by the database's clock. */
  claimTimer(timer: Timer): Promise<boolean>;
  createBuy(draft: NewBuy): Promise<Buy>;
  findBuy(community: string, buy: string): Promise<Buy | undefined>;
  /** The buy, locked alone until the transaction ends. */
  lockBuy(community: string, buy: string): Promise<Buy | undefined>;
  updateBuy(buy: Buy, change: BuyChange): Promise<void>;
  /** Writes an item as it is from now on, and its tiers. */
  updateItem(buy: Buy, no: number, item: ItemTerms): Promise<void>;
  entriesOf(community: string, buy: string): Promise<readonly Entry[]>;
  addEntries(buy: Buy, entries: readonly Entry[]): Promise<void>;
  /** Remembers what a person was asked, instead of what they were asked before. */
  ask(community: string, chat: string, person: string, asked: Asked): Promise<void>;
  /** Forgets it. True for the one that takes this very question. */
  takeAsked(community: string, chat: string, person: string, asked: Asked): Promise<boolean>;
  /** Sets the one pending timer of this kind of a buy, moving it where there is one. */
  setTimer(buy: Buy, kind: string, dueAt: Date): Promise<void>;
  /** The database's clock. */
  now(): Promise<Date>;
  namesOf(community: string, people: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Where the buy's chats are reached now. */
  placesOf(buy: Buy): Promise<readonly Place[]>;
  cancelTimers(buy: Buy): Promise<void>;
  /** Queues a message, once for each cause and part. */
  addOutgoing(message: NewOutgoing): Promise<void>;
  /** Has a message sent again that may not have arrived, or surely has not. False where there is no such. */
  resend(community: string, outgoing: string): Promise<boolean>;
  addPost(buy: Buy, chat: string, message: string, kind: PostKind): Promise<void>;
  grantRole(
    community: string,
    person: string,
    role: "owner" | "leader" | "helper",
    by: string | undefined,
  ): Promise<void>;
  audit(entry: AuditEntry): Promise<void>;
  /** Statements and lines of a buy that is locked alone. */
  readonly ledger: Pick<
    LedgerTx,
    "statementsOfBuy" | "linesOfBuy" | "saveLines" | "addNotices" | "rowsOf" | "replaceRows"
  >;
}

/** A question, and what is done at a yes. */
export interface Asked {
  /** Names this question. */
  readonly id: string;
  readonly kind: string;
  readonly data: unknown;
  readonly askedAt: Date;
  /** Until when an answer is taken for one. */
  readonly expiresAt: Date;
}

export type PostKind = "announcement" | "preview" | "live" | "list";

export interface NewBuy {
  readonly place: Place;
  readonly leader: string;
  readonly language: Language;
  readonly text: string;
  readonly terms: BuyTerms;
  readonly pickup?: Buy["pickup"];
  readonly draftedAt: Date;
}

export interface BuyChange {
  readonly status?: BuyStatus;
  readonly openedAt?: Date;
  readonly endedAt?: Date;
  readonly closedAt?: Date;
}

export interface Timer {
  readonly community: string;
  readonly id: string;
  readonly kind: string;
  readonly buy: string | undefined;
  readonly dueAt: Date;
  readonly attempts: number;
}

export interface NewOutgoing {
  readonly place: Place;
  readonly buy?: string;
  readonly kind: string;
  /** What it follows from; one message for each. */
  readonly cause: string;
  /** Longer than one message takes: split into parts. */
  readonly content: Content;
  /** The longest text that the chat's platform takes. */
  readonly maxText: number;
}

/** An outgoing message that has not arrived, as far as is known. */
export interface Unsent {
  readonly community: string;
  readonly id: string;
  readonly chat: string;
  readonly buy: string | null;
  readonly kind: string;
}

/** An outgoing message under our lease. */
export interface Claimed extends Unsent {
  /** The platform's id of the one person whom it is for; none: for all in the chat. */
  readonly to?: string | null;
  readonly token: number;
  readonly platform: string;
  readonly externalChat: string;
  readonly content: Content;
  readonly attempts: number;
}

export type OutgoingEnd =
  | { readonly state: "sent"; readonly message?: string }
  /** `movedTo`: the platform's new id of the chat. */
  | { readonly state: "pending"; readonly retryInMs: number; readonly error: string; readonly movedTo?: string }
  | { readonly state: "maybe" | "undeliverable"; readonly error: string };

export interface LivePost {
  readonly community: string;
  readonly buy: string;
  readonly chat: string;
  readonly platform: string;
  readonly externalChat: string;
  readonly message: string;
  /** Digest of what it shows: begins with the buy's "status:version:". */
  readonly shown: string | null;
  /** When this was read, by the database's clock: changes after it make the post stale again. */
  readonly readAt: Date;
}

/** What a live post is made of. */
export interface ShownBuy {
  readonly buy: Buy;
  /** Of its community. */
  readonly zone: string;
  readonly sums: Sums;
}

export interface AuditEntry {
  readonly community: string;
  readonly actor: string | undefined;
  readonly verb: string;
  readonly buy?: string;
  /** The message or press that caused it. */
  readonly source?: string;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}
