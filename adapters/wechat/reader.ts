import type { MessageInterface } from "wechaty/impls";
import type { Known } from "./known.ts";
import type { Bot } from "./puppet.ts";
import { type RawMessage, readWhat, withoutMention } from "./receive.ts";

/** How long names of a room are believed: wechaty keeps old ones for ever. */
const NAMES_MS = 10 * 60_000;

/** What was said, with what a room and the people in it are called now. One message after the other. */
export class Reader {
  private readonly known: Known;
  private readonly now: () => Date;
  private position = 0;
  /** By room of this login: when its names were asked for. */
  private readonly namesAsked = new Map<string, number>();

  constructor(known: Known, now: () => Date) {
    this.known = known;
    this.now = now;
  }

  /** A login: rooms have other ids now. */
  loggedIn(): void {
    this.namesAsked.clear();
  }

  /** The topic of a room has changed, or who is in it. */
  changed(room: string): void {
    this.namesAsked.delete(room);
  }

  /** Undefined where a message says nothing to a buy. @param ownName  of the account when it arrived */
  async read(bot: Bot, message: MessageInterface, ownName: string): Promise<RawMessage | undefined> {
    const { payload } = message;
    const what = payload && readWhat(payload);
    if (!payload || !what) return undefined;
    const { roomId, talkerId } = payload;
    this.position = Math.max(this.position + 1, this.now().getTime() * 1_000);
    const { position } = this;
    if (roomId) await this.renewNames(bot, roomId);
    const room = roomId ? this.known.roomBySession(roomId) : undefined;
    // A puppet that has gone meanwhile tells nothing any more: then rooms and people are called as before.
    const topic = roomId && (await bot.puppet.roomPayload(roomId).catch(() => undefined))?.topic;
    const name = await nameIn(bot, roomId, talkerId).catch(() => room?.bySession(talkerId)?.name ?? "?");
    return {
      ...what,
      text: withoutMention(what.text, [ownName]),
      id: payload.id,
      sentAt: message.date(),
      position,
      room: roomId ? { id: roomId, topic: topic ?? room?.binding.name ?? "" } : undefined,
      talker: { id: talkerId, name },
    };
  }

  private async renewNames(bot: Bot, room: string): Promise<void> {
    const asked = this.namesAsked.get(room);
    const now = this.now().getTime();
    if (asked !== undefined && now - asked < NAMES_MS) return;
    this.namesAsked.set(room, now);
    const renewals = [bot.puppet.roomPayloadDirty(room), bot.puppet.roomMemberPayloadDirty(room)];
    for (const renewal of await Promise.allSettled(renewals)) {
      if (renewal.status === "rejected") this.namesAsked.delete(room); // next time
    }
  }
}

/** As the room calls somebody: by their name there, else by their own. */
async function nameIn(bot: Bot, room: string | undefined, person: string): Promise<string> {
  const member = room && (await bot.puppet.roomMemberPayload(room, person).catch(() => undefined));
  if (member) return member.roomAlias || member.name;
  return (await bot.puppet.contactPayload(person)).name;
}
