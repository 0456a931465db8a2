import { findPerson, PEOPLE, type Person } from "./people.ts";
import type { Message } from "./print.ts";
import type { Said } from "./receive.ts";

/** The chat of one run: who is there, who speaks, what was said. */
export class ConsoleChat {
  speaker: Person;
  readonly people: Person[] = [...PEOPLE];
  /** What people said, by the id of the message. */
  readonly said = new Map<string, Said>();
  private readonly messages = new Map<string, Message>();
  private readonly listeners = new Set<() => void>();
  private count = 0;
  private pressed = 0;
  private readonly run: string;

  /** @param startedAt  sets the ids of this run apart from those of earlier ones, which the database knows */
  constructor(startedAt: Date) {
    this.run = startedAt.getTime().toString(36);
    this.speaker = PEOPLE[0]!;
  }

  /** A number that rises and an id that nothing else has. */
  number(): { readonly number: number; readonly id: string } {
    this.count++;
    return { number: this.count, id: `${this.run}-${this.count}` };
  }

  /** The id of one more press. */
  press(): string {
    this.pressed++;
    return `${this.run}-press-${this.pressed}`;
  }

  /** Keeps a message, new or changed. */
  keep(message: Message): Message {
    this.messages.set(message.id, message);
    for (const look of this.listeners) look();
    return message;
  }

  forget(id: string): void {
    this.messages.delete(id);
    this.said.delete(id);
  }

  byId(id: string | undefined): Message | undefined {
    return id === undefined ? undefined : this.messages.get(id);
  }

  byNumber(number: number): Message | undefined {
    return this.byId(`${this.run}-${number}`);
  }

  /** Oldest first. */
  all(): Message[] {
    return [...this.messages.values()];
  }

  /** The person of this name, who comes in if they were not there. */
  welcome(name: string): Person {
    const known = findPerson(this.people, name);
    if (known) return known;
    const person = { id: name.toLowerCase(), name, leader: false };
    this.people.push(person);
    return person;
  }

  /** What `find` finds, now or when a message comes or changes; undefined when `signal` ends the waiting. */
  async eventually<Found>(find: () => Found | undefined, signal: AbortSignal): Promise<Found | undefined> {
    for (;;) {
      const found = find();
      if (found !== undefined || signal.aborted) return found;
      await new Promise<void>((resolve) => {
        const look = (): void => {
          this.listeners.delete(look);
          signal.removeEventListener("abort", look);
          resolve();
        };
        this.listeners.add(look);
        signal.addEventListener("abort", look);
      });
    }
  }
}
