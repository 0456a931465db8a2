import { SendFault } from "../../bot/ports.ts";
import type { Day } from "./day.ts";
import type { Known, Room } from "./known.ts";
import { ASK_MS, SEND_MS } from "./limits.ts";
import type { Mentioned } from "./outbox.ts";
import type { Bot } from "./puppet.ts";
import { within } from "./within.ts";

/** How rooms and people are reached in the login that there is now. */
export class Reach {
  private readonly known: Known;
  private readonly day: Day;
  private readonly lookAgainMs: number;
  private readonly onFull: (room: Room) => void;
  private readonly bot: () => Bot | undefined;

  /**
   * @param lookAgainMs  after this it is tried again where the account or the room is not there
   * @param onFull       told when as much was said in a room today as may be, but for the reserve
   */
  constructor(known: Known, day: Day, lookAgainMs: number, bot: () => Bot | undefined, onFull: (room: Room) => void) {
    this.onFull = onFull;
    this.known = known;
    this.day = day;
    this.lookAgainMs = lookAgainMs;
    this.bot = bot;
  }

  /** What a room is called since the login. @throws SendFault while that is not known */
  sessionOf(room: string): string {
    const here = this.known.room(room);
    if (!here) return room; // a direct chat
    if (!here.isHere) {
      throw new SendFault("not-sent", "WeChat: the room is not found yet", { retryAfterMs: this.lookAgainMs });
    }
    return here.binding.sessionId;
  }

  /** Whether this is no room but somebody's private chat with the account. */
  isAlone(chat: string): boolean {
    return this.known.room(chat) === undefined && this.known.knownAs(chat).length > 0;
  }

  /** A person as a room calls them now; without an id where they have not been seen since the login. */
  async memberOf(room: string, person: string): Promise<Mentioned | undefined> {
    const member = this.known.room(room)?.byKnown(person);
    if (!member || !this.bot()) return undefined;
    const members = await this.membersOf(this.sessionOf(room));
    return { ...(members?.has(member.sessionId) && { id: member.sessionId }), name: member.name };
  }

  /** Whether the account may write to a person outside of rooms. */
  async isFriend(session: string): Promise<boolean> {
    const contact = await ask(this.bot()?.puppet.contactPayload(session));
    return contact?.friend === true;
  }

  /** Who is in a room now, by the ids of this login; undefined where the puppet does not say. */
  async membersOf(session: string): Promise<ReadonlySet<string> | undefined> {
    const members = await ask(this.bot()?.puppet.roomMemberList(session));
    return members && new Set(members);
  }

  /** @throws SendFault where there is none now */
  login(): Bot {
    const bot = this.bot();
    if (!bot) throw new SendFault("not-sent", "WeChat: not logged in", { retryAfterMs: this.lookAgainMs });
    return bot;
  }

  /** Sends one thing now, which counts for the day. @returns the id that it got, where the puppet says */
  async send(to: string, text: string, mentions: readonly string[], file?: Uint8Array): Promise<string | undefined> {
    const bot = this.login();
    const room = this.known.roomBySession(to);
    if (this.day.count(room?.id ?? to) && room) this.onFull(room);
    const sent = file
      ? bot.puppet.messageSendFile(to, await fileBox(file, text))
      : bot.puppet.messageSendText(to, text, [...mentions]);
    return (await within(SEND_MS, sent)) || undefined;
  }
}

/** What a puppet tells, if it does. */
async function ask<T>(told: Promise<T> | undefined): Promise<T | undefined> {
  return told && within(ASK_MS, told).catch(() => undefined);
}

/** As wechaty wants a file. */
async function fileBox(data: Uint8Array, name: string) {
  const { FileBox } = await import("file-box");
  return FileBox.fromBuffer(Buffer.from(data), name);
}
