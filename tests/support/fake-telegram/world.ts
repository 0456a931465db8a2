import { EventEmitter } from "node:events";
import type { User, UserFromGetMe } from "grammy/types";
import { FakeChat, type FakeMember, type FakeMessage } from "./chats.ts";
import { ApiFault, badRequest, forbidden } from "./faults.ts";
import { UpdateQueue } from "./updates.ts";
import { WebhookDelivery } from "./webhook.ts";

/** A pressed button that waits for its answer. */
export interface FakePress {
  readonly id: string;
  readonly by: User;
  readonly message: FakeMessage;
  /** What the person was shown; undefined while it waits, "" for no words. */
  answer: string | undefined;
  alert: boolean;
  /** Resolves when the bot has confirmed the update. */
  confirmed: Promise<void>;
}

/** All that Telegram's servers know: people, chats, what waits for the bot. */
export class FakeWorld {
  readonly bot: UserFromGetMe;
  readonly updates = new UpdateQueue();
  readonly people = new Map<number, User>();
  readonly chats = new Map<number, FakeChat>();
  readonly presses = new Map<string, FakePress>();
  /** Pictures that its servers have. */
  readonly photos = new Set(["photo"]);
  /** Those that the bot has sent itself, by their ids. */
  readonly uploads = new Map<string, Buffer>();
  readonly commands = new Map<string, unknown>();
  /** Whether the server knows messages that one person alone sees; older ones post them for everybody. */
  ephemeral = true;
  /** Where updates are sent to; empty: they are polled for. */
  webhook = "";
  readonly webhooks = new WebhookDelivery({
    updates: this.updates,
    seconds: () => this.seconds(),
    changed: () => this.changed(),
  });
  readonly now: () => Date;
  private readonly changes = new EventEmitter().setMaxListeners(0);
  private nextPerson = 5_000_000_001;
  private nextGroup = 1_000_000_001;
  private nextPress = 4_400_000_000_000_001n;

  constructor({ now, bot }: { now: () => Date; bot: Partial<UserFromGetMe> }) {
    this.now = now;
    this.bot = {
      id: 7_000_000_001,
      is_bot: true,
      first_name: "Plusone",
      username: "plusone_test_bot",
      can_join_groups: true,
      can_read_all_group_messages: true,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
      has_topics_enabled: false,
      allows_users_to_create_topics: false,
      can_manage_bots: false,
      supports_join_request_queries: false,
      ...bot,
    } as UserFromGetMe;
  }

  /** The bot as others see it. */
  get me(): User {
    const { id, is_bot, first_name, username } = this.bot;
    return { id, is_bot, first_name, username };
  }

  /** Telegram's time: whole seconds. */
  seconds(at: Date = this.now()): number {
    return Math.floor(at.getTime() / 1000);
  }

  /** Keeps a picture. Its id. */
  keepPhoto(data: Buffer): string {
    const id = `upload-${this.uploads.size + 1}`;
    this.photos.add(id);
    this.uploads.set(id, data);
    return id;
  }

  addPerson(name: string, more: Partial<User> = {}): User {
    const person: User = { id: this.nextPerson++, is_bot: false, first_name: name, language_code: "en", ...more };
    this.people.set(person.id, person);
    const direct = new FakeChat({ id: person.id, type: "private", title: name });
    direct.reachable = "never-started";
    this.chats.set(person.id, direct);
    return person;
  }

  addGroup(title: string, type: "group" | "supergroup"): FakeChat {
    const id = type === "group" ? -this.nextGroup++ : -1_000_000_000_000 - this.nextGroup++;
    const group = new FakeChat({ id, type, title });
    this.chats.set(id, group);
    return group;
  }

  addPress(by: User, message: FakeMessage): FakePress {
    const id = String(this.nextPress++);
    const press: FakePress = { id, by, message, answer: undefined, alert: false, confirmed: Promise.resolve() };
    this.presses.set(id, press);
    return press;
  }

  /** The chat that a call means, if the bot may write there. */
  chatForBot(chatId: unknown): FakeChat {
    const chat = this.chats.get(Number(chatId));
    if (!chat) throw badRequest("chat not found");
    if (chat.movedTo) {
      throw new ApiFault(400, "Bad Request: group chat was upgraded to a supergroup chat", {
        migrate_to_chat_id: chat.movedTo.id,
      });
    }
    if (chat.type === "private") {
      if (chat.reachable === "blocked") throw forbidden("bot was blocked by the user");
      if (chat.reachable === "never-started") throw forbidden("bot can't initiate conversation with a user");
      return chat;
    }
    const me = this.botIn(chat);
    if (me?.status === "kicked") throw forbidden(`bot was kicked from the ${chat.type} chat`);
    if (!me || me.status === "left") throw forbidden(`bot is not a member of the ${chat.type} chat`);
    return chat;
  }

  botIn(chat: FakeChat): FakeMember | undefined {
    return chat.members.get(this.bot.id);
  }

  /** Somebody may be waiting for what just happened. */
  changed(): void {
    this.changes.emit("change");
  }

  /**
   * What `look` finds, at once or as soon as something that happens makes it find it.
   *
   * @param describe  says what was there instead, for the report when time is over
   */
  until<T>(look: () => T | undefined, describe: () => string, withinMs = 120_000): Promise<T> {
    const already = look();
    if (already !== undefined) return Promise.resolve(already);
    return new Promise((resolve, reject) => {
      const again = () => {
        try {
          const found = look();
          if (found === undefined) return;
          end();
          resolve(found);
        } catch (error) {
          end();
          reject(error);
        }
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(`Nothing of the kind within ${withinMs} ms.\n${describe()}`));
      }, withinMs);
      const end = () => {
        clearTimeout(timer);
        this.changes.off("change", again);
      };
      this.changes.on("change", again);
    });
  }
}
