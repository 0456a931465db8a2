import { createHash } from "node:crypto";
import type { Logger } from "pino";
import { languageOf } from "../../bot/languages.ts";
import type { ChatRef, Incoming } from "../../bot/ports.ts";
import { say, wordsOf } from "../../bot/replies/replies.ts";
import type { Words } from "../../bot/replies/words.ts";
import type { Language } from "../../bot/store.ts";
import type { Codes } from "./codes.ts";
import type { Held, HeldMessages } from "./held.ts";
import type { Known, Room } from "./known.ts";
import type { Mentioned } from "./outbox.ts";
import { platform, type RawMessage, toAdded, toRecall, toRemoved, toText } from "./receive.ts";
import type { Recent } from "./recent.ts";

export interface HearingParts {
  readonly known: Known;
  readonly held: HeldMessages;
  readonly codes: Codes;
  readonly recent: Recent;
  /** To the bot. */
  deliver(...events: readonly Incoming[]): void;
  /** Into a room by its id of this login; to somebody by name. Lost where it cannot be said. */
  tell(session: string, text: string, mention?: Mentioned): void;
  /** Who is in a room now, by the ids of this login; undefined where the puppet does not say. */
  membersOf(session: string): Promise<ReadonlySet<string> | undefined>;
  /** Other codes count now. */
  codesChanged(): void;
  /** What is answered in where the words do not show a language. */
  readonly language: Language;
  readonly log: Logger;
  now(): Date;
}

const YES = /^\s*(?:是|是的|是我|对|對|嗯|好|yes|yep|y|ok)[\s!！。.~]*$/i;
const NO = /^\s*(?:不是|不是我|不|否|没有|沒有|no|n)[\s!！。.~]*$/i;

/** Whether something said twice would count twice: what has no number in it is talk. */
const MAY_COUNT = /[\d０-９一二两兩三四五六七八九十半+＋]/;

/** How long somebody may take to answer before the leaders hear of it. */
const TELL_AFTER_MS = 10 * 60_000;

/** Ids and words of late that are remembered. */
const MOST_SEEN = 5_000;

/** A message that comes again is dated as before; clocks and whole seconds differ by less. */
const SLACK_MS = 2_000;

/**
 * From what a puppet tells to what the bot takes. A room or person that this login calls by an id that we do not know is
 * never guessed: their words wait until somebody has said who they are. What has the very id of something heard is the
 * same; what only looks the same (person, words, second) is asked about.
 */
export class Hearing {
  private readonly parts: HearingParts;
  private readonly seenIds = new Seen();
  private readonly seenWords = new Seen();
  /** Rooms that were asked since the login whether they are one of ours. */
  private readonly askedRooms = new Set<string>();
  /** Every room that this login has shown, ours or not. */
  private rooms = new Set<string>();
  /** Until when everything was heard before this login. */
  private heardUntil: Date | undefined;

  constructor(parts: HearingParts) {
    this.parts = parts;
  }

  /**
   * A login: rooms are here that are called as before.
   *
   * @param gap    when nothing was heard
   * @param rooms  by their ids of this login
   */
  loggedIn(rooms: ReadonlySet<string>, gap: { readonly from: Date; readonly until: Date } | undefined): void {
    this.heardUntil = gap?.from;
    this.askedRooms.clear();
    this.rooms = new Set(rooms);
    for (const room of this.parts.known.all()) {
      room.isHere = rooms.has(room.binding.sessionId);
      if (room.isHere) this.reportGap(room);
    }
  }

  /** Rooms of ours that this login has not shown yet. */
  missing(): readonly Room[] {
    return this.parts.known.all().filter(({ isHere }) => !isHere);
  }

  async hear(raw: RawMessage): Promise<void> {
    if (this.seenIds.has(`${raw.room?.id}\n${raw.id}`)) return;
    if (!raw.room) {
      const chat: ChatRef = { id: raw.talker.id, kind: "direct" };
      if (raw.what === "text") this.parts.deliver(toText(raw, { chat, sender: raw.talker }, this.parts.recent));
      return;
    }
    this.rooms.add(raw.room.id);
    const room = this.parts.known.roomBySession(raw.room.id);
    if (raw.what === "recall") return this.takeBack(raw, room);
    if (await this.takeCode(raw, room)) return;
    if (!room) return this.holdForRoom(raw);
    room.isHere = true;
    if (room.binding.name !== raw.room.topic && raw.room.topic) {
      this.parts.known.bindRoom({ ...room.binding, name: raw.room.topic });
    }
    await this.hearIn(room, raw);
  }

  /** The account was removed from a room. */
  left(session: string): void {
    const room = this.parts.known.roomBySession(session);
    if (room) this.parts.deliver(toRemoved(chatOf(room), this.parts.now()));
  }

  /** Leaders hear of words that wait too long. */
  tick(): void {
    const { known, held, deliver, now } = this.parts;
    const late = held.find(
      ({ isTold, heldAt, question }) =>
        !isTold && question !== "room" && now().getTime() - heldAt.getTime() > TELL_AFTER_MS,
    );
    for (const each of late) {
      const room = known.room(each.room);
      each.isTold = true;
      if (!room) continue;
      const about = { what: "held", name: each.name, text: each.event.text } as const;
      deliver({ type: "notice", platform, chat: chatOf(room), id: `held-${each.id}`, at: now(), about });
    }
  }

  /** @param waited  it is no news: it has waited here, and was never taken */
  private async hearIn(room: Room, raw: RawMessage, waited = false): Promise<void> {
    const { known, held } = this.parts;
    const { talker } = raw;
    const person = room.bySession(talker.id);
    if (!person) {
      const namesakes = await this.formerNamesakes(room, talker);
      if (namesakes.length > 0) return this.askWho(room, raw, namesakes);
      const added = known.bindPerson(room, { sessionId: talker.id, knownId: talker.id, name: talker.name });
      return this.hearFrom(room, added.knownId, raw, waited);
    }
    if (person.name !== talker.name) known.bindPerson(room, { ...person, name: talker.name });
    const [twice] = held.waiting("twice", room.id, talker.name);
    if (twice && (YES.test(raw.text) || NO.test(raw.text))) return this.settleTwice(room, person.knownId, raw);
    this.hearFrom(room, person.knownId, raw, waited);
  }

  /** The last step: somebody whom we know, in a room that we know. */
  private hearFrom(room: Room, person: string, raw: RawMessage, waited: boolean): void {
    const { held, now } = this.parts;
    const second = Math.floor(raw.sentAt.getTime() / 1000);
    const words = createHash("sha256").update(raw.text).digest("base64url");
    const isAgain = this.seenWords.has(`${room.id}\n${person}\n${second}\n${words}`);
    const isOld =
      !waited && this.heardUntil !== undefined && raw.sentAt.getTime() < this.heardUntil.getTime() - SLACK_MS;
    if ((isAgain || isOld) && MAY_COUNT.test(raw.text)) {
      this.wait(held, {
        id: raw.id,
        room: room.id,
        name: raw.talker.name,
        question: "twice",
        event: raw,
        heldAt: now(),
      });
      this.answer(raw, (words) => say(words.saidTwice, { text: shortened(raw.text) }));
      return;
    }
    this.pass(room, person, raw);
  }

  private pass(room: Room, person: string, raw: RawMessage): void {
    const sender = { id: person, name: raw.talker.name };
    this.parts.deliver(toText(raw, { chat: chatOf(room), sender }, this.parts.recent));
  }

  /** People of this name whom the login does not show under their former ids. */
  private async formerNamesakes(room: Room, { name }: RawMessage["talker"]) {
    const called = room.called(name);
    if (called.length === 0) return [];
    const members = await this.parts.membersOf(room.binding.sessionId);
    return called.filter(({ sessionId }) => !members?.has(sessionId));
  }

  /** Somebody new to this login bears the name of somebody whom we know. */
  private askWho(room: Room, raw: RawMessage, namesakes: readonly { readonly knownId: string }[]): void {
    const { known, held, now } = this.parts;
    const { talker } = raw;
    const waiting = held.waiting("person", room.id, talker.name);
    const isOne = namesakes.length === 1;
    const isLeader = namesakes.some(({ knownId }) => room.binding.leaders.includes(knownId));
    const isYes = waiting.length > 0 && YES.test(raw.text);
    const isNo = waiting.length > 0 && NO.test(raw.text);
    // Of one: yes, that is me. Of several: yes, I am new. A leader shows the code: anybody can bear a name.
    const same = isOne && isYes && !isLeader ? namesakes[0]?.knownId : undefined;
    const isNew = isOne ? isNo : isYes;
    if (same === undefined && !isNew) {
      if (isYes || isNo) {
        this.askAgain(raw, waiting[0], isOne, isLeader);
        return;
      }
      const question = { id: raw.id, room: room.id, name: talker.name, question: "person", event: raw } as const;
      this.wait(held, { ...question, heldAt: now() });
      if (waiting.length === 0) this.askAgain(raw, { event: raw }, isOne, isLeader);
      return;
    }
    const person = known.bindPerson(room, { sessionId: talker.id, knownId: same ?? talker.id, name: talker.name });
    held.remove(waiting);
    this.answer(raw, (words) => say(same ? words.samePersonYes : words.samePersonNo, { name: talker.name }));
    for (const { event } of waiting) this.hearFrom(room, person.knownId, event, true);
  }

  private askAgain(raw: RawMessage, first: Pick<Held, "event"> | undefined, isOne: boolean, isLeader: boolean): void {
    const text = shortened(first?.event.text ?? raw.text);
    this.answer(raw, (words) => {
      const sentence = isLeader ? words.samePersonLeader : isOne ? words.samePerson : words.samePersonSeveral;
      return say(sentence, { name: raw.talker.name, text });
    });
  }

  private settleTwice(room: Room, person: string, raw: RawMessage): void {
    const { held } = this.parts;
    const waiting = held.waiting("twice", room.id, raw.talker.name);
    const counts = YES.test(raw.text);
    held.remove(waiting);
    if (counts) for (const { event } of waiting) this.pass(room, person, event);
    this.answer(raw, (words) => (counts ? words.saidTwiceYes : words.saidTwiceNo));
  }

  /** A code of the server. @returns whether it was one */
  private async takeCode(raw: RawMessage, room: Room | undefined): Promise<boolean> {
    const { codes, known, held, deliver, now } = this.parts;
    const code = codes.take(raw.text);
    if (code === undefined || !raw.room) return false;
    const { talker } = raw;
    const wordless = { ...raw, text: "" }; // the letters of a code are no language
    if (code === "unknown") {
      // In a room that is none of ours it may mean anything.
      if (room) this.answer(wordless, (words) => words.codeUnknown);
      return room !== undefined;
    }
    this.parts.codesChanged();
    const found = code.proves === "leader" ? undefined : known.room(code.proves);
    const former = room ?? found;
    const place = { sessionId: raw.room.id, name: raw.room.topic };
    // A code of another room leaves this one what it is, but whoever has it may lead here.
    const bound = known.bindRoom({
      ...place,
      knownId: former?.id ?? this.newRoomId(raw.room.id),
      leaders: former?.binding.leaders ?? [],
    });
    bound.isHere = true;
    const person = await this.whoShowsCode(bound, talker);
    const leaders = [...new Set([...bound.binding.leaders, person.knownId])];
    known.bindRoom({ ...bound.binding, leaders });

    if (!former) deliver(toAdded(chatOf(bound), { id: person.knownId, name: talker.name }, now()));
    if (!room && found) {
      this.answer(wordless, (words) => say(words.roomFound, { room: found.binding.name }));
      this.reportGap(found);
      await this.releaseRoom(found);
    } else {
      this.answer(wordless, (words) => words.roomClaimed);
    }
    const theirs = held.waiting("person", bound.id, talker.name);
    held.remove(theirs);
    for (const { event } of theirs) this.hearFrom(bound, person.knownId, event, true);
    return true;
  }

  /** Whoever has the code and bears the name of one person who is not here under a former id is that person. */
  private async whoShowsCode(room: Room, { id, name }: RawMessage["talker"]) {
    const here = room.bySession(id);
    const namesakes = here ? [] : await this.formerNamesakes(room, { id, name });
    const former = here ?? (namesakes.length === 1 ? namesakes[0] : undefined);
    return this.parts.known.bindPerson(room, { sessionId: id, knownId: former?.knownId ?? id, name });
  }

  /** Ids are never given twice; a room that was ours under this very id before is another one now. */
  private newRoomId(session: string): string {
    return this.parts.known.room(session) ? `${session}#${this.parts.now().getTime()}` : session;
  }

  /** A room that may be one of ours is asked, once; what is said in it waits. Any other room is none of our business. */
  private holdForRoom(raw: RawMessage): void {
    const { held, codes, now, log } = this.parts;
    const { id, topic } = raw.room!;
    const lookalike = this.missing().find(({ binding }) => topic !== "" && binding.name === topic);
    if (!lookalike) {
      log.debug("a message of a room that is not ours was left out");
      return;
    }
    this.wait(held, {
      id: raw.id,
      room: `session:${id}`,
      name: raw.talker.name,
      question: "room",
      event: raw,
      heldAt: now(),
    });
    codes.toFind(lookalike.id); // from now on the server shows it
    if (this.askedRooms.has(id)) return;
    this.askedRooms.add(id);
    const words = wordsOf(this.parts.language);
    this.parts.tell(id, say(words.whichRoom, { room: topic }));
  }

  /**
   * What was said in a room before it was found: in this login, or in one before, where no other room bears its name.
   */
  private async releaseRoom(room: Room): Promise<void> {
    const { held, known } = this.parts;
    const { sessionId, name } = room.binding;
    const isOnlyOne = known.all().filter(({ binding }) => binding.name === name).length === 1;
    const isOurs = (was: RawMessage["room"]) =>
      was?.id === sessionId || (isOnlyOne && was?.topic === name && !this.rooms.has(was.id));
    const waiting = held.find(({ question, event }) => question === "room" && isOurs(event.room));
    held.remove(waiting);
    for (const { event } of waiting) await this.hearIn(room, event, true);
  }

  private takeBack(raw: RawMessage, room: Room | undefined): void {
    const { held, deliver } = this.parts;
    held.remove(held.find(({ id }) => id === raw.text));
    if (room) deliver(toRecall(raw, chatOf(room)));
  }

  private reportGap(room: Room): void {
    const { deliver, now } = this.parts;
    if (!this.heardUntil) return;
    const about = { what: "away", awayFrom: this.heardUntil, awayUntil: now() } as const;
    const id = `away-${this.heardUntil.getTime()}`;
    deliver({ type: "notice", platform, chat: chatOf(room), id, at: now(), about });
  }

  private wait(held: HeldMessages, message: Parameters<HeldMessages["add"]>[0]): void {
    if (!held.add(message)) this.parts.log.error("too many messages wait for an answer; one was left out");
  }

  private answer({ room, talker, text }: RawMessage, sentence: (words: Words) => string): void {
    if (!room) return;
    const words = wordsOf(languageOf(text, this.parts.language));
    this.parts.tell(room.id, sentence(words), talker);
  }
}

function chatOf({ id, binding }: Room): ChatRef {
  return { id, kind: "group", title: binding.name };
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 60).replace(/\p{Cs}$/u, "")}…` : text);

/** What was there of late: says whether it was, and remembers it. */
class Seen {
  private readonly keys = new Set<string>();

  has(key: string): boolean {
    if (this.keys.has(key)) return true;
    this.keys.add(key);
    const [oldest] = this.keys;
    if (this.keys.size > MOST_SEEN && oldest !== undefined) this.keys.delete(oldest);
    return false;
  }
}
