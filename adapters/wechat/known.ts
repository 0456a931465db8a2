import type { Binding, ChatRef, LoginStore } from "../../bot/ports.ts";
import { foldName } from "../../core/buy/whom.ts";
import type { Writer } from "./writer.ts";

/** A room under the id by which everything else knows it, and the people in it. */
export class Room {
  binding: Binding;
  readonly people: Binding[] = [];
  /** Seen under this id since the login. */
  isHere = false;

  constructor(binding: Binding) {
    this.binding = binding;
  }

  get id(): string {
    return this.binding.knownId;
  }

  /** By what WeChat calls them since the login. */
  bySession(sessionId: string): Binding | undefined {
    return this.people.find((person) => person.sessionId === sessionId);
  }

  byKnown(knownId: string): Binding | undefined {
    return this.people.find((person) => person.knownId === knownId);
  }

  /** Those who bore this name last. */
  called(name: string): readonly Binding[] {
    return this.people.filter((person) => foldName(person.name) === foldName(name));
  }
}

/**
 * Who is who. On the web's protocol WeChat calls every room and person anew at each login; everything else in Plusone goes
 * by the first id that each had. What is decided here holds at once and is written down behind: while the database is away
 * messages wait for it anyway.
 */
export class Known {
  private readonly store: LoginStore;
  private readonly writer: Writer;
  private readonly rooms = new Map<string, Room>();

  constructor(store: LoginStore, writer: Writer) {
    this.store = store;
    this.writer = writer;
  }

  load(bindings: readonly Binding[]): void {
    this.rooms.clear();
    for (const binding of bindings.filter(({ room }) => room === "")) {
      this.rooms.set(binding.knownId, new Room(binding));
    }
    for (const binding of bindings) this.rooms.get(binding.room)?.people.push(binding);
  }

  all(): readonly Room[] {
    return [...this.rooms.values()];
  }

  room(knownId: string): Room | undefined {
    return this.rooms.get(knownId);
  }

  roomBySession(sessionId: string): Room | undefined {
    return this.all().find(({ binding }) => binding.sessionId === sessionId);
  }

  /** Who somebody of this login is in our rooms: several where these know them by other ids. */
  knownAs(sessionId: string): readonly string[] {
    return [...new Set(this.all().flatMap((room) => room.bySession(sessionId)?.knownId ?? []))];
  }

  /** A room that is new to us, or one that has got another id. */
  bindRoom(binding: Omit<Binding, "room">): Room {
    const whole: Binding = { ...binding, room: "" };
    const room = this.rooms.get(whole.knownId) ?? new Room(whole);
    room.binding = whole;
    this.rooms.set(room.id, room);
    this.write(whole);
    return room;
  }

  /** Somebody who is new to us, has got another id, or another name. */
  bindPerson(room: Room, person: Pick<Binding, "sessionId" | "knownId" | "name">): Binding {
    const binding: Binding = { ...person, room: room.id, leaders: [] };
    const former = room.people.findIndex(({ knownId }) => knownId === person.knownId);
    if (former >= 0) room.people.splice(former, 1);
    room.people.push(binding);
    this.write(binding);
    return binding;
  }

  private write(binding: Binding): void {
    this.writer.add(() => this.store.bind(binding));
  }
}

/** As the bot knows a room. */
export function chatOf({ id, binding }: Room): ChatRef {
  return { id, kind: "group", title: binding.name };
}
