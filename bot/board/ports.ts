/**
 * The leader's board: what its pages ask of the bot, and what the bot keeps for them. Everything that changes something
 * goes the way of the commands.
 */

import type { Entry } from "../../core/accounts.ts";
import type { Money } from "../../core/money.ts";
import type { PackCheck } from "../../core/packing.ts";
import type { Standing } from "../../core/payments.ts";
import type { Quantity } from "../../core/quantity.ts";
import type { Tally } from "../../core/tally.ts";
import type { Bag } from "../actions/bags.ts";
import type { Worth } from "../actions/problem-text.ts";
import type { Content, Document } from "../ports.ts";
import type { Who } from "../rights.ts";
import type {
  Arrived,
  Buy,
  BuyStatus,
  HandedPart,
  Language,
  Line,
  Person,
  Pickup,
  Place,
  Problem,
  Sums,
} from "../store.ts";

/** What the pages ask. Where a buy is not of the visitor's community, it is not there. */
export interface Board {
  /** Takes a link: a new session's secret. Undefined where it was used before, came late, or is none. */
  enter(link: string): Promise<string | undefined>;
  /** Who looks, and what they may do now. Undefined without a session, and for who may not look any more. */
  visitor(session: string): Promise<Visitor | undefined>;
  /** A link of the same kind for another device of the visitor's. Undefined while the board has no address. */
  link(visitor: Visitor): Promise<string | undefined>;
  /** Ends a session. */
  leave(session: string): Promise<void>;
  /** Ends all sessions of a visitor. */
  leaveEverywhere(visitor: Visitor): Promise<void>;
  /** Buys of the visitor's community that are no drafts, the newest first. */
  buys(visitor: Visitor): Promise<readonly BuyRow[]>;
  sheet(visitor: Visitor, buy: string): Promise<Sheet | undefined>;
  /** Says a command, as in the chat. */
  say(visitor: Visitor, key: string, command: string, about?: About): Promise<Said>;
  /** Presses a button that an answer had. */
  press(visitor: Visitor, key: string, data: string, about?: About): Promise<Said>;
  /** What somebody has to pay, and the codes by which they can: to be shown to them. */
  bill(visitor: Visitor, buy: string, person: Pick<Somebody, "id" | "name">): Promise<Said>;
  /** Asks whether so much came. */
  arrive(visitor: Visitor, key: string, buy: string, arrived: readonly Arrived[]): Promise<Said>;
  /** Asks whether pieces weigh so much, by the keys of lines. */
  weigh(visitor: Visitor, key: string, buy: string, weights: Numbers): Promise<Said>;
  /** Asks whether what is short is shared out so: who gets how much, by the keys of lines; the others as they came. */
  share(visitor: Visitor, key: string, buy: string, gets: Numbers): Promise<Said>;
  /** Hands out a part of what somebody gets. */
  hand(visitor: Visitor, key: string, buy: string, person: string, parts: readonly HandedPart[]): Promise<Said>;
  /**
   * Marks somebody as paid: at once where that is all they owe, else asks first.
   *
   * @param amount  left out: all that is due; less than nothing: given back
   */
  pay(visitor: Visitor, key: string, buy: string, person: string, amount?: Money): Promise<Said>;
  /**
   * Decides a complaint. Without a reason a no is asked for one.
   *
   * @param decision  as the button under the complaint has it
   */
  decide(visitor: Visitor, key: string, problem: string, decision: string, reason: string): Promise<Said>;
  /** Writes down that something lies in its bag, or no longer. False where nobody gets so much of it. */
  tick(visitor: Visitor, buy: string, tick: Tick, isOn: boolean): Promise<boolean>;
}

/** Quantities by what they are of. */
export type Numbers = ReadonlyMap<string, Quantity>;

/** What a command is about, where that needs no guess. */
export interface About {
  readonly buy?: string;
  /** Whose order. */
  readonly person?: string;
}

/** Somebody who looks at the board. */
export interface Visitor {
  readonly place: Place;
  readonly person: Person;
  readonly language: Language;
  /** Their rank here: "helper" or "leader". */
  readonly who: Exclude<Who, "everybody">;
}

/** What the bot has answered, to the visitor alone. */
export interface Said {
  readonly contents: readonly Content[];
  readonly documents: readonly Document[];
}

/** A buy in the list of them. */
export interface BuyRow {
  readonly id: string;
  readonly no: number;
  readonly title: string;
  readonly status: BuyStatus;
  readonly closesAt?: Date;
}

/** All that the pages of a buy show, as it was at one moment. */
export interface Sheet {
  readonly buy: Buy;
  readonly sums: Sums;
  readonly tally: Tally;
  /** By name. */
  readonly people: readonly Somebody[];
  /** Changes of prices, the first first: entries of nobody's account. */
  readonly prices: readonly AuthoredEntry[];
  /** In the order in which somebody walks from door to door. */
  readonly bags: readonly PackedBag[];
  /** What is to be packed beside what came. */
  readonly checks: readonly PackCheck[];
  /** What people are to get of each item and option, and what came of it where it was counted. */
  readonly expected: readonly { item: number; option: string; expects: Quantity; came?: Quantity }[];
  /** Lines by the name of who gets them, with what they get. */
  readonly supplied: readonly SuppliedLine[];
  /** Less came of these than people are to get, and it can be shared out. */
  readonly short: readonly ShortItem[];
  /** What was short is shared out, and people have not been told yet where their goods are. */
  readonly isShared: boolean;
  /** Complaints, the first that was told first. */
  readonly problems: readonly ToldProblem[];
}

/** A line that takes part in sharing out what came. */
export interface SuppliedLine {
  /** Names the line in its buy. */
  readonly key: string;
  /** For whom it is. */
  readonly name: string;
  readonly item: number;
  readonly option: string;
  /** What they would get without the weight of it. */
  readonly gets: Quantity;
  readonly weighed?: Quantity;
}

/** An item of which less came than was ordered. */
export interface ShortItem {
  readonly item: number;
  readonly option: string;
  /** What there is to share out among the lines. */
  readonly left: Quantity;
  readonly lines: readonly SuppliedLine[];
}

/** A complaint, with what a leader decides it by. */
export interface ToldProblem extends Problem {
  readonly no: number;
  readonly name: string;
  /** What the goods of it cost. */
  readonly worth: Worth;
}

/** An entry, and who decided it by name. */
export type AuthoredEntry = Entry & { readonly authorName: string };

/** Who has something to do with a buy. */
export interface Somebody {
  readonly id: string;
  readonly name: string;
  /** What they have ordered. */
  readonly lines: readonly Line[];
  /** What else they have to pay or not. */
  readonly entries: readonly AuthoredEntry[];
  readonly standing: Standing;
  readonly pickup: Pickup | undefined;
  /** Whether something of what came is theirs. */
  readonly gets: boolean;
}

/** Somebody's bag, and what lies in it. */
export interface PackedBag extends Omit<Bag, "lines"> {
  readonly label: string;
  readonly code?: string;
  readonly lines: readonly (Line & { readonly isPacked: boolean })[];
}

/** So much of an item lies in somebody's bag. */
export interface Tick {
  readonly person: string;
  readonly for: string;
  readonly item: number;
  readonly option: string;
  readonly quantity: Quantity;
}

/** The way in: gives links to the board. */
export interface BoardDoor {
  /** The address of a link that opens the board once, for some minutes. Undefined where the board has no address yet. */
  link(place: Place, person: Pick<Person, "id">, language: Language): Promise<string | undefined>;
}

/** What is kept for the board. Secrets are kept as digests only. */
export interface BoardStore {
  /** Keeps a link, instead of those that its person has not used. */
  addLink(link: { digest: string; place: Place; person: string; language: Language; validMs: number }): Promise<void>;
  /** Turns a link into a session, once. False where it cannot be used. */
  takeLink(link: string, session: { digest: string; validMs: number }): Promise<boolean>;
  /** Whose session it is, while it lasts and they are known there. */
  findSession(digest: string): Promise<BoardSession | undefined>;
  endSession(digest: string): Promise<void>;
  /** Ends all sessions of a person, and their link. */
  endSessions(community: string, person: string): Promise<void>;
  /** A chat of a buy, on a platform on which somebody is known. */
  chatOf(buy: Buy, person: string): Promise<string | undefined>;
  buysOf(community: string, most: number): Promise<readonly BuyRow[]>;
  ticksOf(buy: Buy): Promise<readonly Tick[]>;
  /** In the place of what was ticked of the same line. */
  addTick(buy: Buy, tick: Tick, by: string): Promise<void>;
  dropTick(buy: Buy, tick: Tick): Promise<void>;
}

/** Who is in, and for which chat. */
export interface BoardSession {
  readonly community: string;
  readonly chat: string;
  readonly person: Person;
  readonly language: Language;
}
