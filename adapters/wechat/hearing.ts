import { createHash } from "node:crypto";
import { languageOf } from "../../bot/languages.ts";
import { say, wordsOf } from "../../bot/replies/replies.ts";
import type { Words } from "../../bot/replies/words.ts";
import { Asking, NO, shortened, YES } from "./asking.ts";
import type { Proof } from "./codes.ts";
import type { HearingParts } from "./hearing-parts.ts";
import { chatOf, type Room } from "./known.ts";
import { MOST_PICTURE } from "./pictures.ts";
import { platform, type RawMessage, toRecall, toRemoved, toText } from "./receive.ts";
import { Rooms } from "./rooms.ts";
import { Who } from "./who.ts";

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
  private readonly asking: Asking;
  private readonly who: Who;
  private readonly rooms: Rooms;
  /** Rooms of this login in which something could not be read, and nothing since. */
  private readonly unreadIn = new Set<string>();
  private readonly seenIds = new Seen();
  private readonly seenWords = new Seen();

  constructor(parts: HearingParts) {
    this.parts = parts;
    this.asking = new Asking(parts);
    this.who = new Who(parts, this.asking);
    this.rooms = new Rooms(parts, this.asking, this.who);
  }

  /** @see Rooms.loggedIn */
  loggedIn(sessions: ReadonlySet<string>, heardUntil: Date | undefined): void {
    this.rooms.loggedIn(sessions, heardUntil);
  }

  /** Rooms of ours that this login has not shown yet. */
  missing(): readonly Room[] {
    return this.rooms.missing();
  }

  async hear(raw: RawMessage): Promise<void> {
    const { room: place } = raw;
    if (place) this.unreadIn.delete(place.id);
    if (this.seenIds.has(`${place?.id}\n${raw.id}`)) return;
    if (!place) return raw.what === "text" ? this.hearAlone(raw) : undefined;
    const room = this.rooms.find(place);
    if (raw.what === "recall") return this.takeBack(raw, room);
    const code = this.parts.codes.take(raw.text);
    if (code === "unknown" && room) {
      // The letters of a code are no language. In a room that is none of ours it may mean anything.
      return this.asking.answer({ ...raw, text: "" }, (words) => words.codeUnknown);
    }
    if (code && code !== "unknown") return this.takeCode(raw, place, code, room);
    if (!room) return this.rooms.hold(raw, place);
    this.rooms.noteHere(room, place);
    if (raw.pictureFailed) this.asking.answer(raw, (words) => pictureFailedText(raw, words));
    await this.hearIn(room, raw);
  }

  /** Something said in a room could not be read: its leaders hear so, once until something can be. */
  unread(place: string | undefined, talker: string | undefined, since: Date): void {
    const { known, deliver, now } = this.parts;
    const room = place === undefined ? undefined : known.roomBySession(place);
    if (!room || place === undefined || this.unreadIn.has(place)) return;
    this.unreadIn.add(place);
    const name = (talker !== undefined && room.bySession(talker)?.name) || "?";
    const about = { what: "unread", name, since } as const;
    deliver({ type: "notice", platform, chat: chatOf(room), id: `unread-${since.getTime()}`, at: now(), about });
  }

  /** The same of something that was said in one of our rooms, nobody knows which. */
  missed(since: Date): void {
    for (const { isHere, binding } of this.parts.known.all()) {
      if (isHere) this.unread(binding.sessionId, undefined, since);
    }
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

  /** Said to the account alone, by whom we know from a room or by nobody of ours. */
  private hearAlone(raw: RawMessage): void {
    const { talker, text } = raw;
    const { known, recent, deliver, tell, language } = this.parts;
    const [knownId = talker.id, ...others] = known.knownAs(talker.id);
    const sender = { id: knownId, name: talker.name };
    if (raw.pictureFailed) {
      tell(talker.id, pictureFailedText(raw, wordsOf(languageOf(text, language))));
      if (text === "") return;
    }
    if (others.length > 0) tell(talker.id, wordsOf(languageOf(text, language)).aloneUnsure);
    else deliver(toText(raw, { chat: { id: talker.id, kind: "direct" }, sender }, recent));
  }

  private takeBack(raw: RawMessage, room: Room | undefined): void {
    const { held, deliver } = this.parts;
    held.remove(held.find(({ id }) => id === raw.text));
    if (room) deliver(toRecall(raw, chatOf(room)));
  }

  private async takeCode(
    raw: RawMessage,
    place: NonNullable<RawMessage["room"]>,
    code: Proof,
    shownIn: Room | undefined,
  ): Promise<void> {
    const { room, person, waited } = await this.rooms.claim(raw, place, code, shownIn);
    for (const { event } of waited) await this.hearIn(room, event, true);
    for (const { event } of this.who.letGo(room, raw.talker)) this.hearFrom(room, person.knownId, event, true);
  }

  /** @param waited  it is no news: it has waited here, and was never taken */
  private async hearIn(room: Room, raw: RawMessage, waited = false): Promise<void> {
    const { talker } = raw;
    const person = room.bySession(talker.id);
    if (!person) {
      const namesakes = await this.who.formerNamesakes(room, talker);
      if (namesakes.length === 0) return this.hearFrom(room, this.who.bind(room, talker).knownId, raw, waited);
      const settled = this.who.settle(room, raw, namesakes);
      for (const { event } of settled?.waited ?? []) this.hearFrom(room, settled!.person.knownId, event, true);
      return;
    }
    if (person.name !== talker.name) this.who.bind(room, talker, person.knownId);
    const [twice] = this.parts.held.waiting("twice", room.id, talker.name);
    if (twice && (YES.test(raw.text) || NO.test(raw.text))) return this.settleTwice(room, person.knownId, raw);
    this.hearFrom(room, person.knownId, raw, waited);
  }

  /** The last step: somebody whom we know, in a room that we know. */
  private hearFrom(room: Room, person: string, raw: RawMessage, waited: boolean): void {
    const second = Math.floor(raw.sentAt.getTime() / 1000);
    const words = createHash("sha256").update(raw.text).digest("base64url");
    const isAgain = this.seenWords.has(`${room.id}\n${person}\n${second}\n${words}`);
    const { heardUntil } = this.rooms;
    const isOld = !waited && heardUntil !== undefined && raw.sentAt.getTime() < heardUntil.getTime() - SLACK_MS;
    if ((isAgain || isOld) && MAY_COUNT.test(raw.text)) {
      this.asking.hold(raw, "twice", room);
      this.asking.answer(raw, (words) => say(words.saidTwice, { text: shortened(raw.text) }));
      return;
    }
    this.pass(room, person, raw);
  }

  private settleTwice(room: Room, person: string, raw: RawMessage): void {
    const { held } = this.parts;
    const waiting = held.waiting("twice", room.id, raw.talker.name);
    const counts = YES.test(raw.text);
    held.remove(waiting);
    if (counts) for (const { event } of waiting) this.pass(room, person, event);
    this.asking.answer(raw, (words) => (counts ? words.saidTwiceYes : words.saidTwiceNo));
  }

  private pass(room: Room, person: string, raw: RawMessage): void {
    const sender = { id: person, name: raw.talker.name };
    this.parts.deliver(toText(raw, { chat: chatOf(room), sender }, this.parts.recent));
  }
}

function pictureFailedText({ pictureFailed }: RawMessage, words: Words): string {
  const most = String(MOST_PICTURE / 1_024 / 1_024);
  return pictureFailed === "too-big" ? say(words.pictureTooBig, { most }) : words.pictureUnread;
}

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
