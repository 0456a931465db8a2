import type { Binding } from "../../bot/ports.ts";
import { say, wordsOf } from "../../bot/replies/replies.ts";
import type { Asking } from "./asking.ts";
import type { Proof } from "./codes.ts";
import type { HearingParts } from "./hearing-parts.ts";
import type { Held } from "./held.ts";
import { chatOf, type Room } from "./known.ts";
import { platform, type RawMessage, toAdded } from "./receive.ts";
import type { Who } from "./who.ts";

type Place = NonNullable<RawMessage["room"]>;

/** Which rooms are ours: those in which a code of the server was shown, found again after each login. */
export class Rooms {
  private readonly parts: HearingParts;
  private readonly asking: Asking;
  private readonly who: Who;
  /** Rooms that were asked since the login whether they are one of ours. */
  private readonly asked = new Set<string>();
  /** Every room that this login has shown, ours or not. */
  private seen = new Set<string>();
  /** Until when everything was heard before this login, if some was not. */
  private until: Date | undefined;

  constructor(parts: HearingParts, asking: Asking, who: Who) {
    this.parts = parts;
    this.asking = asking;
    this.who = who;
  }

  get heardUntil(): Date | undefined {
    return this.until;
  }

  /**
   * A login: rooms are here that are called as before.
   *
   * @param sessions    the rooms that it shows
   * @param heardUntil  when the silence before it began; undefined where there was none
   */
  loggedIn(sessions: ReadonlySet<string>, heardUntil: Date | undefined): void {
    this.until = heardUntil;
    this.asked.clear();
    this.seen = new Set(sessions);
    for (const room of this.parts.known.all()) {
      room.isHere = sessions.has(room.binding.sessionId);
      if (room.isHere) this.reportGap(room);
    }
  }

  /** Rooms of ours that this login has not shown yet. */
  missing(): readonly Room[] {
    return this.parts.known.all().filter(({ isHere }) => !isHere);
  }

  /** The room in which something is said now, if it is ours. */
  find({ id }: Place): Room | undefined {
    this.seen.add(id);
    return this.parts.known.roomBySession(id);
  }

  /** Something is said in a room of ours. */
  noteHere(room: Room, { topic }: Place): void {
    room.isHere = true;
    if (topic && room.binding.name !== topic) this.parts.known.bindRoom({ ...room.binding, name: topic });
  }

  /**
   * Somebody has shown a code: the room is ours, and they lead in it.
   *
   * @param room  the one in which it was shown, if it was ours already
   * @returns     with what was said there before it was found
   */
  async claim(
    raw: RawMessage,
    { id, topic }: Place,
    proof: Proof,
    room: Room | undefined,
  ): Promise<{ readonly room: Room; readonly person: Binding; readonly waited: readonly Held[] }> {
    const { known, deliver, now, codesChanged } = this.parts;
    const wordless = { ...raw, text: "" }; // the letters of a code are no language
    codesChanged();
    const found = proof.room === undefined ? undefined : known.room(proof.room);
    const former = room ?? found;
    // A code of another room leaves this one what it is, but whoever has it may lead here.
    const bound = known.bindRoom({
      sessionId: id,
      name: topic,
      knownId: former?.id ?? this.newId(id),
      leaders: former?.binding.leaders ?? [],
    });
    bound.isHere = true;
    const person = await this.who.bindByCode(bound, raw.talker);
    const leaders = [...new Set([...bound.binding.leaders, person.knownId])];
    known.bindRoom({ ...bound.binding, leaders });

    if (!former) deliver(toAdded(chatOf(bound), { id: person.knownId, name: raw.talker.name }, now()));
    if (room || !found) {
      this.asking.answer(wordless, (words) => words.roomClaimed);
      return { room: bound, person, waited: [] };
    }
    this.asking.answer(wordless, (words) => say(words.roomFound, { room: found.binding.name }));
    this.reportGap(found);
    return { room: bound, person, waited: this.letGo(found) };
  }

  /** A room that may be one of ours is asked, once; what is said in it waits. Any other room is none of our business. */
  hold(raw: RawMessage, { id, topic }: Place): void {
    const { codes, language, tell, log } = this.parts;
    const lookalike = this.missing().find(({ binding }) => topic !== "" && binding.name === topic);
    if (!lookalike) {
      log.debug("a message of a room that is not ours was left out");
      return;
    }
    this.asking.hold(raw, "room", lookalike, `session:${id}`);
    codes.toFind(lookalike.id); // from now on the server shows it
    if (this.asked.has(id)) return;
    this.asked.add(id);
    tell(id, say(wordsOf(language).whichRoom, { room: topic }));
  }

  /** Ids are never given twice; a room that was ours under this very id before is another one now. */
  private newId(session: string): string {
    const { known, now } = this.parts;
    return known.room(session) ? `${session}#${now().getTime()}` : session;
  }

  /**
   * What was said in a room before it was found, which waits no longer: in this login, or in one before, where no other
   * room bears its name.
   */
  private letGo(room: Room): readonly Held[] {
    const { held, known } = this.parts;
    const { sessionId, name } = room.binding;
    const isOnlyOne = known.all().filter(({ binding }) => binding.name === name).length === 1;
    const isOurs = (was: RawMessage["room"]) =>
      was?.id === sessionId || (isOnlyOne && was?.topic === name && !this.seen.has(was.id));
    const waiting = held.find(({ question, event }) => question === "room" && isOurs(event.room));
    held.remove(waiting);
    return waiting;
  }

  private reportGap(room: Room): void {
    const { deliver, now } = this.parts;
    if (!this.until) return;
    const about = { what: "away", awayFrom: this.until, awayUntil: now() } as const;
    const id = `away-${this.until.getTime()}`;
    deliver({ type: "notice", platform, chat: chatOf(room), id, at: now(), about });
  }
}
