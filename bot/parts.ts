import type { Logger } from "pino";
import type { Answers } from "./answers.ts";
import type { BoardDoor } from "./board/ports.ts";
import type { ReaderOf } from "./catalogs.ts";
import type { Called } from "./command-of.ts";
import type { Hearing } from "./hearing.ts";
import type { Pacing } from "./pacing.ts";
import type { Adapter, Alarm, Clock, Content, Document, Sender } from "./ports.ts";
import { isEnough } from "./rights.ts";
import type { Buy, CommunityDefaults, Language, Person, Place, Store } from "./store.ts";

/** The parts that the bot works with, built by `bot/main/build.ts` and handed to every action. */
export interface Parts {
  readonly store: Store;
  readonly adapters: ReadonlyMap<string, Adapter>;
  readonly alarm: Alarm;
  readonly clock: Clock;
  readonly log: Logger;
  readonly answers: Pick<Answers, "give" | "drain">;
  readonly pacing: Pacing;
  /** Left out: nothing is ever on its way, and all clocks are one. */
  readonly hearing?: Pick<Hearing, "waitMs">;
  /** Where the leader's board is entered, if there is one. */
  readonly board?: BoardDoor;
  readonly readerOf: ReaderOf;
  readonly defaults: CommunityDefaults;
  /** Least time between two posts of a buy in a chat whose messages cannot be edited. */
  readonly repostMs: number;
  /** Something in the database is due now: look soon. With a buy: what its posts show has changed. */
  readonly wake: (buy?: Pick<Buy, "community" | "id">) => void;
}

/** Who did something where, and the words or the press that it came from. */
export interface Doer {
  readonly place: Place;
  readonly person: Person;
  /** Speaks for the chat without a person behind: may lead, cannot order. */
  readonly anonymous: boolean;
  /** The message, for answers to it. */
  readonly message?: string;
  /** What the message replies to. */
  readonly replyTo?: string;
  /** Who wrote that, where the platform tells; nobody for a message of the bot. */
  readonly repliedTo?: Sender;
  /** The buy that it is about, and whose order, where that needs no guess: a page shows just that, or it was chosen. */
  readonly about?: { readonly buy?: string; readonly person?: string; readonly isChosen?: true };
  /** The command that they are carrying out. */
  readonly called?: Called;
  /** The press of a button, for answers to it. */
  readonly press?: string;
  /** When it was said or pressed, by the platform's clock; `isUndated` where that does not tell it. */
  readonly at: Date;
  /** To answer in. */
  readonly language: Language;
}

/** What tells one doing from another: a second delivery of it has the same. */
export function sourceOf({ place, message, press }: Doer): string {
  return press ? `${place.platform}:press:${press}` : `${place.platform}:${place.externalChat}:${message}`;
}

/**
 * Whether `at` is when it reached us, as nearly as its platform's clock is known: no platform tells when a button was
 * pressed, and what is done on the board is said on none.
 */
export function isUndated({ press, about }: Doer): boolean {
  return press !== undefined || about !== undefined;
}

/** The platforms on which this process can send now. */
export function readyPlatforms({ adapters }: Pick<Parts, "adapters">): string[] {
  return [...adapters].filter(([, { isReady = true }]) => isReady).map(([name]) => name);
}

/** Gives files to the doer alone. @param otherwise  what they hear where they cannot be reached so */
export function give(parts: Parts, doer: Doer, documents: readonly Document[], otherwise: Content): void {
  // Who speaks for the chat has no place of their own: the chat itself would get the files.
  if (doer.anonymous) whisper(parts, doer, otherwise);
  else parts.answers.give([{ type: "documents", place: doer.place, whisper: toDoer(doer), documents, otherwise }]);
}

/** Says something to the doer alone. @param passing  until they are answered again */
export function whisper(parts: Parts, doer: Doer, said: Content | string, { passing = false } = {}): void {
  const content = typeof said === "string" ? { text: said } : said;
  parts.answers.give([
    {
      type: "whisper",
      place: doer.place,
      whisper: toDoer(doer),
      content,
      ...(passing && { passing }),
    },
  ]);
}

function toDoer({ person, message, press }: Doer) {
  return {
    to: person.externalId,
    ...(isEnough(person.role, "leader") && { isLeader: true as const }),
    ...(message && { replyTo: message }),
    ...(press && { press }),
  };
}
