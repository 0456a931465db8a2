import type { Binding } from "../../bot/ports.ts";
import { say } from "../../bot/replies/replies.ts";
import { type Asking, NO, shortened, YES } from "./asking.ts";
import type { HearingParts } from "./hearing-parts.ts";
import type { Held } from "./held.ts";
import type { Room } from "./known.ts";
import type { RawMessage } from "./receive.ts";

type Talker = RawMessage["talker"];

/** Who is who in a room: this login may call somebody from before by an id that we do not know. */
export class Who {
  private readonly parts: HearingParts;
  private readonly asking: Asking;

  constructor(parts: HearingParts, asking: Asking) {
    this.parts = parts;
    this.asking = asking;
  }

  /** People of this name whom the login does not show under their former ids. */
  async formerNamesakes(room: Room, { name }: Talker): Promise<readonly Binding[]> {
    const called = room.called(name);
    if (called.length === 0) return [];
    const members = await this.parts.membersOf(room.binding.sessionId);
    return called.filter(({ sessionId }) => !members?.has(sessionId));
  }

  /** @param knownId  of whom they are; left out: of nobody from before */
  bind(room: Room, { id, name }: Talker, knownId = id): Binding {
    return this.parts.known.bindPerson(room, { sessionId: id, knownId, name });
  }

  /** Whoever has the code and bears the name of one person who is not here under a former id is that person. */
  async bindByCode(room: Room, talker: Talker): Promise<Binding> {
    const here = room.bySession(talker.id);
    const namesakes = here ? [] : await this.formerNamesakes(room, talker);
    const former = here ?? (namesakes.length === 1 ? namesakes[0] : undefined);
    return this.bind(room, talker, former?.knownId);
  }

  /**
   * Somebody new to this login bears the name of somebody whom we know: they are asked, and their words wait.
   *
   * @returns  who they are, once they have said so, and what has waited for it
   */
  settle(
    room: Room,
    raw: RawMessage,
    namesakes: readonly Binding[],
  ): { readonly person: Binding; readonly waited: readonly Held[] } | undefined {
    const { talker } = raw;
    const waiting = this.waiting(room, talker);
    const isOne = namesakes.length === 1;
    const isLeader = namesakes.some(({ knownId }) => room.binding.leaders.includes(knownId));
    const isYes = waiting.length > 0 && YES.test(raw.text);
    const isNo = waiting.length > 0 && NO.test(raw.text);
    // Of one: yes, that is me. Of several: yes, I am new. A leader shows the code: anybody can bear a name.
    const same = isOne && isYes && !isLeader ? namesakes[0]?.knownId : undefined;
    const isNew = isOne ? isNo : isYes;
    if (same === undefined && !isNew) {
      const isAnswer = isYes || isNo;
      if (!isAnswer) this.asking.hold(raw, "person", room);
      if (isAnswer || waiting.length === 0) this.ask(raw, waiting[0]?.event ?? raw, isOne, isLeader);
      return undefined;
    }
    const person = this.bind(room, talker, same);
    this.parts.held.remove(waiting);
    this.asking.answer(raw, (words) => say(same ? words.samePersonYes : words.samePersonNo, { name: talker.name }));
    return { person, waited: waiting };
  }

  /** What somebody of this name said while it was not known who they are: it waits no longer. */
  letGo(room: Room, talker: Talker): readonly Held[] {
    const waiting = this.waiting(room, talker);
    this.parts.held.remove(waiting);
    return waiting;
  }

  private waiting(room: Room, { name }: Talker): readonly Held[] {
    return this.parts.held.waiting("person", room.id, name);
  }

  private ask(raw: RawMessage, first: RawMessage, isOne: boolean, isLeader: boolean): void {
    const text = shortened(first.text);
    this.asking.answer(raw, (words) => {
      const sentence = isLeader ? words.samePersonLeader : isOne ? words.samePerson : words.samePersonSeveral;
      return say(sentence, { name: raw.talker.name, text });
    });
  }
}
