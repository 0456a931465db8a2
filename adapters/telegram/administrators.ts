import type { Update } from "grammy/types";
import { SendFault } from "../../bot/ports.ts";

/** How old the list may be by which somebody is one, and by which somebody is none: they may just have become one. */
const freshMs = { yes: 5 * 60_000, no: 30_000 };

interface Listed {
  readonly people: Promise<ReadonlySet<string>>;
  readonly at: number;
}

/** Who runs which chat, asked of Telegram and remembered for minutes. */
export class Administrators {
  private readonly lists = new Map<string, Listed>();
  private readonly ask: (chat: string) => Promise<readonly string[]>;
  private readonly now: () => Date;

  constructor(ask: (chat: string) => Promise<readonly string[]>, now: () => Date) {
    this.ask = ask;
    this.now = now;
  }

  /** Forgets a list that an update says is old. */
  see({ my_chat_member, chat_member }: Update): void {
    const changed = chat_member ?? my_chat_member;
    if (changed) this.lists.delete(String(changed.chat.id));
  }

  /** @throws SendFault if Telegram does not answer, and never has for this chat */
  async has(chat: string, person: string): Promise<boolean> {
    const known = this.lists.get(chat);
    if (!known) return (await this.fetch(chat)).has(person);
    const listed = (await known.people).has(person);
    if (this.now().getTime() - known.at < (listed ? freshMs.yes : freshMs.no)) return listed;
    return this.fetch(chat).then(
      (people) => people.has(person),
      (fault: unknown) => {
        if (!(fault instanceof SendFault)) throw fault;
        this.lists.set(chat, known); // an old list is better than none
        return listed;
      },
    );
  }

  private fetch(chat: string): Promise<ReadonlySet<string>> {
    const people = this.ask(chat).then((ids) => new Set(ids));
    const listed = { people, at: this.now().getTime() };
    this.lists.set(chat, listed);
    // A question that failed is asked again next time; who asked hears of the fault.
    people.catch(() => {
      if (this.lists.get(chat) === listed) this.lists.delete(chat);
    });
    return people;
  }
}
