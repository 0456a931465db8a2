import type { Entry } from "../core/accounts.ts";
import type { Statement } from "../core/buy/statement.ts";
import type { BuyTerms, ItemTerms } from "../core/buy/terms.ts";
import type { Coming } from "../core/coming-words.ts";
import type { Commission } from "../core/commission.ts";
import type { Money } from "../core/money.ts";
import type { PayWay } from "../core/pay/ways.ts";
import type { PaymentWord } from "../core/payments.ts";
import type { PurchaseLine } from "../core/purchase.ts";
import type { Quantity } from "../core/quantity.ts";
import type { PastBuy } from "../core/review.ts";
import type { Counted } from "../core/tally.ts";
import type { QuietHours } from "../core/time/quiet.ts";
import type { AuditVerb } from "./audit.ts";
import type { ChatRef, Content, Sender } from "./ports.ts";

/** What the bot asks of the database. Ids are ours, except where a name says `external`. */
export interface Store {
  /** The chat, made known (with a community of its own) where it was not. */
  meetChat(platform: string, chat: ChatRef, defaults: CommunityDefaults): Promise<Place>;
  /**
   * The chat has a new id, and the old one still leads to it. False where nothing was to be done: it is not known, or has
   * moved already. In one transaction.
   */
  moveChat(platform: string, from: string, to: string): Promise<boolean>;
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
  /** The newest buy of a chat that was ever open. */
  lastBuy(place: Place): Promise<Buy | undefined>;
  /** Those that were ever open there, newest first. @param no  the one of that number alone */
  lastBuys(place: Place, most: number, no?: number): Promise<readonly Buy[]>;
  /** Buys of a community that were held or failed, the newest first, with what the next one can learn from them. */
  pastBuys(community: string, which: PastWindow): Promise<readonly PastBuy[]>;
  /** Plans of a chat's buys that have not ended. */
  plansOf(place: Place): Promise<readonly Plan[]>;
  linesOf(community: string, buy: string): Promise<readonly Line[]>;
  /** Changes of what people have to pay other than by ordering, in the order in which they were made. */
  entriesOf(community: string, buy: string): Promise<readonly Entry[]>;
  /** What the bot has asked a person in a chat and waits to hear. */
  askedOf(community: string, chat: string, person: string): Promise<Asked | undefined>;
  /** What all have together, as it is kept beside the lines. */
  sumsOf(community: string, buy: string): Promise<Sums>;
  namesOf(community: string, people: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Of whom a platform knows by this id: orders whose pickup they were told of and have not shown to have seen. */
  unseenPickups(platform: string, externalId: string): Promise<readonly OrderKey[]>;
  /** Of whom a platform knows by this id: the last orders in buys that came to something, the newest buy first. */
  ordersOf(platform: string, externalId: string): Promise<readonly OrderKey[]>;
  /** The chat of the last buy that whom a platform knows by this id leads or has said something about. */
  placeOfLast(platform: string, externalId: string): Promise<Place | undefined>;
  /** Where whom a platform knows by this id belongs to a community: one group of each there, at most ten, by their ids. */
  groupsWith(platform: string, externalId: string): Promise<readonly Place[]>;
  /** The platform's ids of those who lead a community and are known on a chat's platform. */
  leadersOf(place: Place): Promise<readonly string[]>;
  /** Who is known on a platform, by the name that they bore last. */
  membersOf(community: string): Promise<readonly Member[]>;
  /** Makes people known who are on no platform, such as those whom a pasted chain names; those who are there stay. */
  addNamed(community: string, people: ReadonlyMap<string, string>): Promise<void>;
  /** Where each chat is reached now. */
  placeOf(community: string, chat: string): Promise<Place | undefined>;
  /**
   * A group of a community in which somebody is known, by what a button under private words is about there: the id of a
   * buy, a plan, a complaint, a question to them, a message, or the group itself.
   */
  placeOfButton(platform: string, sender: string, about: string): Promise<Place | undefined>;

  /** Whether a kind of message of a buy has gone out to all of its chats. */
  isSent(buy: Buy, kind: string): Promise<boolean>;
  /** What there is to do now, on these platforms where it is to be sent, and when the next thing is due. */
  due(platforms: readonly string[]): Promise<Due>;
  /**
   * Claims what is due on these platforms, oldest first, for `leaseMs`; by the database's clock. One message of a chat at
   * a time, so that they arrive in order.
   */
  claimOutgoing(platforms: readonly string[], most: number, leaseMs: number): Promise<readonly Claimed[]>;
  /**
   * Claims more of what waits to be said aloud (`OutgoingEnd.isAloud`) with one that is claimed: of the same kind, buy and
   * chat, in their order.
   */
  claimTogether(first: Claimed, most: number, leaseMs: number): Promise<readonly Claimed[]>;
  /**
   * Ends a claim; does nothing when the lease was lost to another.
   *
   * @param follows  what is written with it, in the same transaction
   */
  finishOutgoing(claim: Claimed, end: OutgoingEnd, follows?: (tx: ChangeTx) => Promise<void>): Promise<void>;
  /**
   * Messages whose sender was gone before it knew whether they arrived: they are `maybe` from now on.
   *
   * @param follows  what is written with that, in the same transaction
   */
  loseOutgoing(follows: (tx: ChangeTx, lost: readonly Unsent[]) => Promise<void>): Promise<void>;
  /** Due timers, oldest first: what to do, not yet claimed; closings or all others. */
  dueTimers(which: "closings" | "others", most: number): Promise<readonly Timer[]>;
  /**
   * Takes due closings with their buys locked, claims them and does the work: one transaction, so that all of it happens
   * or nothing.
   */
  takeClosings(which: Taking, work: (tx: ClosingTx, due: readonly DueTimer[]) => Promise<void>): Promise<Taken>;
  /** The same for all other timers. */
  takeTimers(which: Taking, work: (tx: ChangeTx, due: readonly DueTimer[]) => Promise<void>): Promise<Taken>;
  /** Timers of these kinds that an older version parked are due again. */
  unparkTimers(kinds: readonly string[]): Promise<void>;
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

  /**
   * Keeps an event that could not be handled.
   *
   * @param follows  what is written with it, in the same transaction
   */
  park(
    place: Place | undefined,
    event: unknown,
    error: string,
    follows?: (tx: ChangeTx) => Promise<void>,
  ): Promise<void>;
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

/** What there is to do. */
export interface Due {
  readonly closings: boolean;
  /** Timers of all other kinds. */
  readonly timers: boolean;
  readonly outgoing: boolean;
  /** Messages whose sender was gone before it knew whether they arrived. */
  readonly lost: boolean;
  /** Until the next thing that is not due yet. */
  readonly nextInMs?: number;
}

/** What a new community starts with. */
export interface CommunityDefaults {
  readonly zone: string;
  readonly language: Language;
  readonly currency: string;
}

/** The languages in which Plusone writes. */
export type Language = "en" | "zh-hans" | "zh-hant";

/** Neighbours who buy together, in one chat or several. */
export interface Community {
  readonly id: string;
  readonly name: string;
  /** IANA. */
  readonly zone: string;
  readonly language: Language;
  /** ISO 4217. */
  readonly currency: string;
  /** When it wants no reminders. */
  readonly quiet?: QuietHours;
  /** How many minutes before a closing the last call goes out; 0: none. */
  readonly lastCallMinutes: number;
  /** Whether people are reminded of what they have not paid. */
  readonly remindPayment: boolean;
}

/** A chat of ours, and where its platform reaches it. */
export interface Place {
  readonly community: Community;
  readonly chat: string;
  readonly platform: string;
  readonly externalChat: string;
  readonly kind: "group" | "direct";
  /** The part of the chat that is meant, where it has parts (`TextIn.topic`); left out: the general one. */
  readonly topic?: string;
  /** The chat has another id by now; messages of this one have its numbers. */
  readonly past?: true;
}

/** Somebody in a community, as one platform knows them. */
export interface Person {
  /** In which they want to be written to. */
  readonly language?: Language;
  readonly id: string;
  readonly name: string;
  readonly externalId: string;
  readonly role: "owner" | "leader" | "helper" | "resident";
}

/** Somebody who is on a platform. */
export type Member = Pick<Person, "id" | "name" | "role">;

/** How far a buy is. */
export type BuyStatus = "draft" | "open" | "closed" | "failed" | "cancelled" | "purchased" | "arrived" | "settled";

/** One group purchase. */
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
  /** The platform's name for the picture that its posts stand under. */
  readonly photo?: string;
  readonly pickup?: PickupTerms;
  /** Chats in which it is offered. */
  readonly chats: readonly string[];
  /** It is folded as a whole, since one person's order may change another's. */
  readonly coupled: boolean;
  /** Rises with each change of its terms. */
  readonly version: number;
  /** When the list became final. */
  readonly closedAt?: Date;
  /** What of it is the leader's own: for leaders' eyes only. */
  readonly commission?: Commission;
}

/** Where and when goods are fetched, as far as it is known. */
export interface PickupTerms {
  readonly from?: Date;
  readonly until?: Date;
  readonly place?: string;
  /** Until when they are kept, and what becomes of them then, in the leader's words. */
  readonly keep?: string;
}

/** What all have of each item, and how many people have something booked. */
export interface Sums {
  readonly items: readonly Counted[];
  readonly people: number;
}

/** One item, or one option of it, in somebody's order: what is booked, and what waits. */
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

/** What is stored of a buy whose list is final already: never earlier than that, whatever the clock says. */
interface Belated {
  /** When the list became final. */
  readonly closedAt?: Date | undefined;
}

/** A statement of a buy, and where it was said. */
export interface NewStatement extends Belated {
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

/** A message that was taken back. */
export interface NewRecall extends MessageKey, Belated {
  readonly at: Date;
}

/** Another text of a message. */
export interface NewEdit extends MessageKey, Belated {
  readonly buy: string;
  readonly at: Date;
  /** Of several at one instant the one with the greatest holds. */
  readonly order: number;
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
   * transaction ends: shared, so that they cannot be closed meanwhile, or alone. Fails where a chat has moved since it
   * was met; then it is met anew.
   */
  lockBuys(
    chats: readonly ({ readonly community: string } & Pick<Place, "chat" | "platform" | "externalChat" | "past">)[],
    alone: boolean,
  ): Promise<readonly Buy[]>;
  /** Which of these messages are posts of which buy. */
  postsAmong(messages: readonly MessageKey[]): Promise<readonly (MessageKey & { readonly buy: string })[]>;
  /** Which of these messages are statements of which buy, and of whom. */
  statementsAmong(
    messages: readonly MessageKey[],
  ): Promise<readonly (MessageKey & { readonly buy: string; readonly person: string })[]>;
  /** Adds what is not there yet. Returns since when the first text of each is known, by the database's clock. */
  addStatements(
    statements: readonly NewStatement[],
  ): Promise<readonly (MessageKey & { readonly buy: string; readonly receivedAt: Date })[]>;
  /** Returns those that are new. */
  addEdits(edits: readonly NewEdit[]): Promise<readonly (MessageKey & { readonly buy: string })[]>;
  /** Returns those that are new. */
  addRecalls(recalls: readonly NewRecall[]): Promise<readonly MessageKey[]>;
  /** Locks the orders of these people, so that nobody else folds them meanwhile. */
  lockOrders(orders: readonly OrderKey[]): Promise<void>;
  /** All statements of these orders, of which each is named once. */
  statementsOf(orders: readonly OrderKey[]): Promise<readonly (Statement & { readonly buy: string })[]>;
  /**
   * All statements of a buy; with `knownBefore` only what was stored before that, and what a leader has accepted since:
   * what a final list is made of.
   */
  statementsOfBuy(community: string, buy: string, knownBefore?: Date): Promise<readonly Statement[]>;
  linesOf(orders: readonly OrderKey[]): Promise<readonly (Line & { readonly buy: string })[]>;
  linesOfBuy(community: string, buy: string): Promise<readonly Line[]>;
  /** By buy: all statements. */
  statementsOfBuys(buys: readonly Pick<Buy, "community" | "id">[]): Promise<ReadonlyMap<string, readonly Statement[]>>;
  /** By buy: all lines. */
  linesOfBuys(buys: readonly Pick<Buy, "community" | "id">[]): Promise<ReadonlyMap<string, readonly Line[]>>;
  /** Writes lines that are new or changed, drops those that are gone, and moves the tallies by the differences. */
  saveLines(changes: LineChanges): Promise<void>;
  /**
   * The transaction ends with these writes, or fails with them. Whoever asks for them need not wait. All of them must have
   * been asked for in the same turn: what they asked for later would come behind the end.
   */
  endWith(writes: Promise<unknown>): void;
  /** All of a buy that is locked alone is booked: a timer for that, once. */
  noteSoldOut(community: string, buy: string): Promise<void>;
  /** From now on the buy is folded as a whole. */
  setCoupled(community: string, buy: string): Promise<void>;
  /** Queues words to people, one for each person and cause. */
  addNotices(notices: readonly Notice[]): Promise<void>;
  namesOf(people: readonly PersonKey[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Who leads a community, and where they are told: once for each platform on which they are known. Of several chats
   * there that is `chat`, else one in which the buy is offered.
   */
  leadersAt(community: string, chat: string, buy: string | null): Promise<readonly LeaderAt[]>;
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

/** Where a leader is told. */
export interface LeaderAt {
  readonly person: string;
  readonly platform: string;
  readonly chat: string;
  readonly language: Language;
}

/** A word that must reach one person: to them alone where their platform can, else in the chat, so it names them. */
export interface Notice {
  readonly community: string;
  readonly buy: string | null;
  readonly chat: string;
  readonly person: string;
  readonly kind: string;
  /** What it follows from. */
  readonly cause: string;
  /** Short enough for one message. */
  readonly content: Content;
}

/** Names the order of one person in a buy, with those that they made for others. */
export interface OrderKey {
  readonly community: string;
  readonly buy: string;
  readonly person: string;
}

/** How lines and tallies differ from what is kept. */
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
  createBuy(draft: NewBuy): Promise<Buy>;
  findBuy(community: string, buy: string): Promise<Buy | undefined>;
  /** The buy, locked alone until the transaction ends. */
  lockBuy(community: string, buy: string): Promise<Buy | undefined>;
  updateBuy(buy: Buy, change: BuyChange): Promise<void>;
  /** Writes an item as it is from now on, and its tiers. */
  updateItem(buy: Buy, no: number, item: ItemTerms): Promise<void>;
  /** By buy: changes of what people have to pay other than by ordering, in the order in which they were made. */
  entriesOf(buys: readonly Pick<Buy, "community" | "id">[]): Promise<ReadonlyMap<string, readonly Entry[]>>;
  addEntries(buy: Buy, entries: readonly Entry[]): Promise<void>;
  /** Remembers what a person was asked, instead of what they were asked before. */
  ask(community: string, chat: string, person: string, asked: Asked): Promise<void>;
  /** Forgets it. True for the one that takes this very question. */
  takeAsked(community: string, chat: string, person: string, asked: Asked): Promise<boolean>;
  /** Many buys at once: their new states and when their lists became final. The log says that they did so by themselves. */
  closeBuys(closings: readonly Closing[]): Promise<void>;
  /** Sets the one pending timer of each kind and `ref` of a buy, moving it where there is one. */
  setTimers(timers: readonly NewTimer[]): Promise<void>;
  /** What was claimed is due again at another time. */
  postpone(timers: readonly { readonly timer: Timer; readonly dueAt: Date }[]): Promise<void>;
  /** What was claimed cannot be done by this version. */
  park(timers: readonly Timer[], error: string): Promise<void>;
  /** The database's clock. */
  now(): Promise<Date>;
  namesOf(people: readonly PersonKey[]): Promise<ReadonlyMap<string, string>>;
  /**
   * By buy: where its chats are reached now.
   *
   * @param known  their communities by id, where they have been read already
   */
  placesOf(
    buys: readonly Buy[],
    known?: ReadonlyMap<string, Community>,
  ): Promise<ReadonlyMap<string, readonly Place[]>>;
  /** By buy and person ("buy:person"): who has spoken of it, where and how. */
  speakersOf(buys: readonly Buy[]): Promise<ReadonlyMap<string, Speaker>>;
  /** By buy and person ("buy:person"): what was said about their money, and what changes what they owe. */
  paymentsOf(buys: readonly Buy[]): Promise<ReadonlyMap<string, Payments>>;
  /** Writes a word about money that has changed hands. */
  addPayment(buy: Buy, payment: NewPayment): Promise<void>;
  /** One such word. */
  findPayment(community: string, payment: string): Promise<Payment | undefined>;
  /**
   * By buy and person ("buy:person"): what they have kept from other buys of its leader and not used yet, more than
   * nothing. Entries of buys that came to nothing do not count.
   */
  balancesOf(buys: readonly Buy[]): Promise<ReadonlyMap<string, Money>>;
  /** The same, and nobody else uses any of it until the transaction ends. */
  lockBalances(buys: readonly Buy[]): Promise<ReadonlyMap<string, Money>>;
  /** How somebody is paid, the first that was set first. */
  payWaysOf(community: string, person: string): Promise<readonly PayWay[]>;
  /** Sets one, instead of the one of its kind. */
  setPayWay(community: string, person: string, way: PayWay): Promise<void>;
  /** Takes one away, or all. How many there were. */
  dropPayWays(community: string, person: string, kind?: PayWay["kind"]): Promise<number>;
  /** Takes back one word about a payment. False where there is none, or it is taken back. */
  revokePayment(buy: Buy, payment: string): Promise<boolean>;
  /** Takes back what was said of somebody's payment, by kind. How much of it there was. */
  revokePayments(buy: Buy, person: string, kinds: readonly ("claim" | "mark")[]): Promise<number>;
  /** By person: how far their order is on its way to them. Who is not in it has heard nothing yet. */
  pickupsOf(buy: Buy): Promise<ReadonlyMap<string, Pickup>>;
  /** Writes what is new of people's pickups. */
  markPickups(buy: Buy, people: readonly string[], change: PickupChange): Promise<void>;
  /** Gives people the codes that they say at the pickup. */
  giveCodes(buy: Buy, codes: ReadonlyMap<string, string>): Promise<void>;
  /** Somebody has collected all that is theirs, or a part of it. */
  addHandover(buy: Buy, person: string, by: string, part?: HandedPart): Promise<void>;
  /** Takes back what was said last of somebody's pickup. How much of it there was. */
  revokeLastHandover(buy: Buy, person: string): Promise<number>;
  /** Takes back what was said of somebody's pickup. How much of it there was. */
  revokeHandovers(buy: Buy, person: string): Promise<number>;
  /** By buy: who has collected all that is theirs. */
  collectedOf(buys: readonly Buy[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /** The purchase order of a buy, once it has gone to the supplier. */
  purchaseOf(buy: Buy): Promise<Purchase | undefined>;
  /** The supplier has this now. */
  addRevision(buy: Buy, revision: NewRevision): Promise<void>;
  /** The supplier does not have it after all: the last revision goes. */
  dropRevision(buy: Buy, order: string, no: number): Promise<void>;
  setPurchaseState(
    buy: Buy,
    order: string,
    change: { readonly state: PurchaseState; readonly by: string; readonly at: Date },
  ): Promise<void>;
  /** What came, by item and option: the last count of each. */
  arrivedOf(buy: Buy): Promise<readonly Arrived[]>;
  /** Forgets the last count. */
  dropLastArrivals(buy: Buy): Promise<void>;
  addArrivals(buy: Buy, arrived: readonly Arrived[], by: string): Promise<void>;
  /** What people get where it is not what they ordered. */
  allotmentsOf(buy: Buy): Promise<readonly Allotment[]>;
  /** Writes what people get, in the place of what was written of the same line and kind. */
  allot(buy: Buy, allotments: readonly Allotment[], by: string): Promise<void>;
  /** Forgets what was allotted for one reason. */
  forgetAllotments(buy: Buy, kind: AllotmentKind): Promise<void>;
  /** What came over and was offered to people who waited for it. */
  offersOf(buy: Buy): Promise<readonly Offer[]>;
  /** Writes offers, in the place of those for the same lines. */
  putOffers(buy: Buy, offers: readonly Offer[]): Promise<void>;
  /** The last grade and the last reason of a person count. */
  rate(buy: Buy, rating: Rating): Promise<void>;
  /** The oldest first. */
  ratingsOf(buy: Buy): Promise<readonly Rating[]>;
  addProblem(buy: Buy, problem: Problem): Promise<void>;
  findProblem(community: string, problem: string): Promise<(Problem & { readonly buy: string }) | undefined>;
  /** The oldest first. */
  problemsOf(buy: Buy): Promise<readonly Problem[]>;
  /** Says more of one that is open. */
  updateProblem(buy: Buy, problem: string, change: Pick<Problem, "text" | "quantity" | "photo">): Promise<void>;
  /** `open`: it is to be decided again. */
  decideProblem(
    buy: Buy,
    problem: string,
    decision: {
      readonly state: Problem["state"];
      /** In words; empty: none. */
      readonly reason: string;
      readonly by: string;
      readonly at: Date;
    },
  ): Promise<void>;
  /** Whether a purchase order of the buy has gone to a supplier. */
  isPurchased(buy: Buy): Promise<boolean>;
  /** Takes a late statement onto the list, or off it again. False where there is none. */
  acceptStatement(buy: Buy, chat: string, message: string, isAccepted: boolean): Promise<boolean>;
  /** From now on the chat is written to in this language, whatever other chats of its community are. */
  setChatLanguage(place: Place, language: Language): Promise<void>;
  /** The same for a person, wherever a platform knows them; without one, as they write themselves. */
  setPersonLanguage(platform: string, externalId: string, language: Language | undefined): Promise<void>;
  /** The groups of a community, as they are reached now. */
  groupsOf(community: string): Promise<readonly Place[]>;
  /** A buy is offered in these chats too. */
  offerIn(buy: Buy, places: readonly Place[]): Promise<void>;
  /** Where a code was asked for by which other chats may join, while it is valid. @param at  by the clock of its question */
  linkOf(code: string, at: Date): Promise<Place | undefined>;
  /**
   * A chat leaves its community and joins another. What is over stays on record where it was.
   *
   * @returns false, with nothing changed, where something of the chat is not over: a buy, a plan, a timer, a message
   */
  joinCommunity(place: Place, community: string): Promise<boolean>;
  setCommunity(community: string, change: CommunityChange): Promise<void>;
  createPlan(plan: NewPlan): Promise<void>;
  findPlan(community: string, plan: string): Promise<Plan | undefined>;
  updatePlan(
    plan: Plan,
    change: { readonly nextAt?: Date; readonly endedAt?: Date; readonly buy?: string },
  ): Promise<void>;
  /** What waits to be done for a buy, the first due first. */
  timersOf(buy: Buy): Promise<readonly Timer[]>;
  /** Those of a buy: of some kinds, else all but planned openings, which are no part of it. */
  cancelTimers(buy: Buy, kinds?: readonly string[]): Promise<void>;
  /** Queues messages, once for each cause and part. */
  addOutgoing(...messages: readonly NewOutgoing[]): Promise<void>;
  /** What was posted of a buy in a chat last, or is about to be. */
  lastPosted(buy: Buy, chat: string): Promise<Posted | undefined>;
  /**
   * Has a message sent again that may not have arrived, or surely has not, with those that were said with it. False where
   * there is no such.
   *
   * @param outgoing  its id, or the first eight digits of that
   */
  resend(community: string, outgoing: string): Promise<boolean>;
  /** Has the live posts of open buys that are lost in a chat sent once more. */
  replacePosts(place: Place): Promise<void>;
  addPost(buy: Buy, chat: string, message: string, kind: PostKind): Promise<void>;
  /** Gives a role. "resident" takes it away, for those too whom their platform calls an administrator. */
  grantRole(community: string, person: string, role: Person["role"], by: string | undefined): Promise<void>;
  /**
   * Who runs a chat on its platform leads the community, unless somebody gave them another role. The first who leads it
   * owns it. The role that they have.
   */
  meetAdministrator(community: string, person: string): Promise<Person["role"]>;
  /** Those who have a role, by name. */
  rolesOf(community: string): Promise<readonly Member[]>;
  /** The same, while nobody else gives or takes any until the transaction ends. */
  lockRoles(community: string): Promise<readonly Member[]>;
  /** Buys that are open, or have closed and are not settled, newest first; a hundred at most. */
  runningBuys(community: string): Promise<readonly Buy[]>;
  /** Whether somebody with a role has done anything for a buy since. */
  isTended(buy: Buy, since: Date): Promise<boolean>;
  /** Plans that one person made are another's from now on. */
  movePlans(community: string, from: string, to: string): Promise<void>;
  audit(...entries: readonly AuditEntry[]): Promise<void>;
  /** What is kept of somebody: buys in which they have said something, and how many messages. */
  keptOf(community: string, person: string): Promise<{ readonly buys: readonly Buy[]; readonly messages: number }>;
  /**
   * Forgets who somebody is: their name, accounts, role, language, pictures and words. Their orders, payments and grades
   * stay, under this name.
   */
  forget(community: string, person: string, name: string, words: readonly ForgottenWords[]): Promise<void>;
  /** Entries of the log, the newest first. */
  logOf(community: string, which: LogWindow): Promise<readonly Logged[]>;
  /** Statements and lines of buys that are locked alone. */
  readonly ledger: Pick<
    LedgerTx,
    | "statementsOf"
    | "statementsOfBuy"
    | "statementsOfBuys"
    | "linesOfBuy"
    | "linesOfBuys"
    | "saveLines"
    | "setCoupled"
    | "addNotices"
    | "namesOf"
    | "leadersAt"
    | "rowsOf"
    | "replaceRows"
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
  /** It stands on a page and not in the chat: no words there answer it, only its button. */
  readonly onPage?: true;
}

/** The end of a buy's orders. */
export interface Closing {
  readonly buy: Buy;
  readonly status: "closed" | "failed";
  /** When its list became final. */
  readonly closedAt: Date;
  /** The timer that it follows from. */
  readonly cause: string;
}

/** What closings need: each call is one statement of SQL, whatever the number of buys. */
export type ClosingTx = Pick<
  ChangeTx,
  | "now"
  | "closeBuys"
  | "setTimers"
  | "postpone"
  | "namesOf"
  | "placesOf"
  | "entriesOf"
  | "addEntries"
  | "lockBalances"
  | "addOutgoing"
  | "audit"
  | "ledger"
>;

/** A text that was posted. */
export interface Posted {
  readonly text: string;
  /** By the database's clock. */
  readonly at: Date;
}

/** What a message of ours shows. */
export type PostKind = "announcement" | "preview" | "live" | "list" | "notice";

/** A draft as read, before it is kept. */
export interface NewBuy {
  readonly place: Place;
  readonly leader: string;
  readonly language: Language;
  readonly text: string;
  readonly terms: BuyTerms;
  readonly pickup?: PickupTerms;
  readonly photo?: string;
  readonly draftedAt: Date;
  readonly commission?: Commission;
  /** The former buy that it repeats. */
  readonly againOf?: string;
}

/** Null takes away. */
export interface BuyChange {
  /** Who leads it from now on. */
  readonly leader?: string;
  readonly status?: BuyStatus;
  readonly openedAt?: Date;
  readonly closesAt?: Date | null;
  readonly endedAt?: Date | null;
  readonly closedAt?: Date | null;
  /** What it says is written, the rest stays; a window takes the place of the one before. */
  readonly pickup?: PickupTerms;
  readonly commission?: Commission | null;
}

/** What is set anew of a community. */
export interface CommunityChange {
  readonly language?: Language;
  readonly zone?: string;
  readonly currency?: string;
  readonly quiet?: QuietHours | null;
  readonly lastCallMinutes?: number;
  readonly remindPayment?: boolean;
}

/** A person of a community. */
export interface PersonKey {
  readonly community: string;
  readonly person: string;
}

/** What was said about a person's payments in a buy, and what changes their amount besides orders. */
export interface Payments {
  readonly words: readonly PaymentWord[];
  readonly entries: number;
}

/** A word about money that has changed hands, as it is written down. */
export interface NewPayment {
  readonly id: string;
  readonly person: string;
  readonly kind: PaymentWord["kind"];
  readonly amount?: Money;
  /** For whom of those on their account; left out: not told. */
  readonly for?: string;
  /** The platform's name for a picture that shows it. */
  readonly evidence?: string;
  readonly by: string;
}

/** A word about money that has changed hands, as it is kept. */
export interface Payment extends PaymentWord {
  readonly buy: string;
  readonly person: string;
  readonly isRevoked: boolean;
}

/** A purchase order as the supplier knows it. */
export interface Purchase {
  readonly id: string;
  readonly state: PurchaseState;
  readonly stateAt: Date;
  /** The first first. */
  readonly revisions: readonly {
    readonly no: number;
    readonly sentAt?: Date;
    readonly lines: readonly Pick<PurchaseLine, "item" | "option" | "quantity">[];
  }[];
}

/** `short`: less will come; `late`: later. */
export type PurchaseState = "drafted" | "sent" | "confirmed" | "short" | "late" | "delivered";

/** What the supplier gets. */
export interface NewRevision {
  /** The purchase order's id: a new one for the first revision. */
  readonly order: string;
  readonly no: number;
  /** As given to the supplier. */
  readonly text: string;
  readonly by: string;
  readonly at: Date;
  readonly lines: readonly PurchaseLine[];
}

/** What came of an item, or of one option of it. */
export interface Arrived {
  readonly item: number;
  /** Empty without one. */
  readonly option: string;
  readonly counted: Quantity;
}

/** What somebody thinks of a buy in which they ordered. */
export interface Rating {
  readonly person: string;
  /** 1 bad, 2 so-so, 3 good. */
  readonly grade?: number;
  /** In their words. */
  readonly reason?: string;
}

/** A complaint about what somebody got. */
export interface Problem {
  readonly id: string;
  readonly person: string;
  /** The line that it is about. */
  readonly for: string;
  readonly item: number;
  readonly option: string;
  /** How much of it, where they say so. */
  readonly quantity?: Quantity;
  /** In their words. */
  readonly text: string;
  /** The platform's name for a picture of it. */
  readonly photo?: string;
  /** Why it was decided so, in the leader's words. */
  readonly reason?: string;
  readonly state: "open" | "refunded" | "replaced" | "declined";
}

/** What somebody gets of a line of their order. */
export interface Allotment {
  readonly person: string;
  readonly for: string;
  readonly item: number;
  readonly option: string;
  readonly kind: AllotmentKind;
  readonly quantity: Quantity;
  /** What goes back for it; negative is more to pay. */
  readonly refund: Money;
}

/**
 * `short`: less came than was ordered. `surplus`: more came, and they waited for it. `weighed`: what their piece weighs,
 * which counts before the others.
 */
export type AllotmentKind = "short" | "surplus" | "weighed";

/** What came over, offered to somebody who waits for it. */
export interface Offer {
  readonly person: string;
  readonly for: string;
  readonly item: number;
  readonly option: string;
  readonly quantity: Quantity;
  readonly state: "open" | "taken" | "declined";
}

/** A part of somebody's goods that they have collected. */
export interface HandedPart {
  /** For whom of those on their account; left out: not told. */
  readonly for?: string;
  readonly item: number;
  readonly option: string;
  readonly quantity: Quantity;
}

/** How far a person's order is on its way to them. */
export interface Pickup {
  /** Four digits, unique in the buy. */
  readonly code?: string;
  /** When they were told that it is there. */
  readonly noticedAt?: Date;
  /** When they showed that they had seen that. */
  readonly seenAt?: Date;
  /** When they were recorded as not having come. */
  readonly noShowAt?: Date;
  /** When they say that they come. */
  readonly comes?: Coming;
  /** All of it is collected. */
  readonly isCollected: boolean;
  /** What is collected of it, where that is not all. */
  readonly parts?: readonly HandedPart[];
}

/** Null takes away. */
export interface PickupChange {
  readonly noticedAt?: Date;
  readonly seenAt?: Date;
  readonly noShowAt?: Date | null;
  readonly comes?: Coming;
}

/** A buy that comes again and again. */
export interface Plan {
  readonly community: string;
  readonly id: string;
  /** The buy that it repeats: the last that it opened. */
  readonly buy: string;
  /** "fri 18:00". */
  readonly rule: string;
  readonly nextAt: Date | undefined;
  readonly author: string;
  readonly endedAt: Date | undefined;
}

/** A plan before it is kept. */
export type NewPlan = Omit<Plan, "endedAt">;

/** Something that is to be done later. */
export interface Timer {
  readonly community: string;
  readonly id: string;
  readonly kind: string;
  /** Tells timers of one kind and buy apart. */
  readonly ref: string;
  readonly buy: string | null;
  readonly dueAt: Date;
  readonly attempts: number;
}

/** A timer before it is kept. */
export interface NewTimer {
  readonly buy: Pick<Buy, "community" | "id">;
  readonly kind: string;
  readonly ref?: string;
  readonly dueAt: Date;
}

/** A claimed timer, with its buy locked until the transaction ends. */
export interface DueTimer {
  readonly timer: Timer;
  readonly buy: Buy | undefined;
  readonly community: Community;
}

/** The oldest of those that are due, without waiting for anybody; or a certain one, waiting for its buy. */
export type Taking = { readonly most: number } | { readonly one: Timer };

/** What was claimed and done, and what was left because somebody else held its buy. */
export interface Taken {
  readonly taken: readonly DueTimer[];
  readonly busy: readonly Timer[];
}

/** A message before it is queued. */
export interface NewOutgoing {
  readonly place: Place;
  readonly buy?: string;
  /** The person whom alone it is for. */
  readonly to?: string;
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
  /** Counts its claims. */
  readonly token: number;
  readonly chat: string;
  readonly buy: string | null;
  readonly kind: string;
  /** To whom alone it is. */
  readonly person?: string | null;
  /** Of one that is said aloud: the first of its message. */
  readonly saidWith?: string | null;
}

/** An outgoing message under our lease. */
export interface Claimed extends Unsent {
  readonly platform: string;
  readonly externalChat: string;
  readonly isGroup: boolean;
  /** The part of the chat in which its buy was opened; none: the general one. */
  readonly topic?: string | null;
  /** The platform's id of the person whom alone it is for, empty where the platform does not know them; none: for all. */
  readonly to?: string | null;
  readonly content: Content;
  readonly attempts: number;
  /** How it ended last. */
  readonly error?: string | null;
}

/** `OutgoingEnd.error` of what waits by its platform's wish: that is no try, and holds up nothing behind it. */
export const DEFERRED = "deferred";

/** How the sending of a message ended. */
export type OutgoingEnd = {
  /** It can be told to its person in the chat only: now, or when it waits, and there by itself. */
  readonly isAloud?: true;
} & (
  | /** `isTopicGone`: from now on what its buy has to say there goes to the general topic. */
  { readonly state: "sent"; readonly message?: string; readonly isTopicGone?: true }
  /** `movedTo`: the platform's new id of the chat. `isUntried`: it has not left, and the claim is no attempt. */
  | {
      readonly state: "pending";
      readonly retryInMs: number;
      readonly error: string;
      readonly movedTo?: string;
      readonly isUntried?: true;
    }
  | { readonly state: "maybe" | "undeliverable"; readonly error: string }
);

/** The message of a buy in a chat that is kept up to date. */
export interface LivePost {
  readonly community: string;
  readonly buy: string;
  readonly chat: string;
  readonly platform: string;
  readonly externalChat: string;
  readonly isGroup: boolean;
  readonly message: string;
  /** Digest of what it shows: begins with the buy's "status:version:". */
  readonly shown: string | null;
  /** When this was read, by the database's clock: changes after it make the post stale again. */
  readonly readAt: Date;
}

/** Somebody who has said something about a buy. */
export interface Speaker {
  /** Where they did last. */
  readonly chat: string;
  /** The beginning of each thing that they said: tells in which language they write. */
  readonly said: string;
  /** In which they want to be written to. */
  readonly language?: Language;
}

/** What a live post is made of. */
export interface ShownBuy {
  readonly buy: Buy;
  /** Of its community. */
  readonly zone: string;
  /** By chat: in which it is written to. */
  readonly languages: ReadonlyMap<string, Language>;
  readonly sums: Sums;
}

/** What somebody, or Plusone by itself, has done. */
export interface AuditEntry {
  readonly community: string;
  readonly actor: string | undefined;
  readonly verb: AuditVerb;
  readonly buy?: string;
  /** The message or press that caused it. */
  readonly source?: string;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

/** An entry of the log as it is read again. */
export interface Logged extends AuditEntry {
  readonly id: string;
  readonly at: Date;
}

/** Which entries of a community's log: of a buy (null: of none), or of what one person did in any. */
export type LogWindow = ({ readonly buy: string | null } | { readonly actor: string; readonly since: Date }) & {
  readonly most: number;
  readonly skip?: number;
};

/** What a message of somebody who is forgotten says from now on, under their new name. */
export interface ForgottenWords {
  readonly buy: string;
  readonly chat: string;
  readonly message: string;
  /** Undefined: what it says stays. */
  readonly text?: string;
}

/** Which former buys: the last, or one. */
export type PastWindow = { readonly most: number } | { readonly buy: string };
