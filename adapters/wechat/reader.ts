import type { MessageInterface } from "wechaty/impls";
import { mayMeanPicture } from "../../bot/may-mean-picture.ts";
import type { Known } from "./known.ts";
import type { Pictures, Taken } from "./pictures.ts";
import type { Bot } from "./puppet.ts";
import { type RawMessage, readWhat, withoutMention } from "./receive.ts";
import { Recent } from "./recent.ts";
import { within } from "./within.ts";

/** How long names of a room are believed: wechaty keeps old ones for ever. */
const NAMES_MS = 10 * 60_000;

/** What reading works with. */
export interface ReaderParts {
  readonly known: Known;
  readonly pictures: Pictures;
  /** How long the puppet may take to tell names. */
  readonly askMs: number;
  now(): Date;
}

/** What was said, with what a room and the people in it are called now. One message after the other. */
export class Reader {
  private readonly parts: ReaderParts;
  private position = 0;
  /** By room of this login: when its names were asked for. */
  private readonly namesAsked = new Map<string, number>();

  constructor(parts: ReaderParts) {
    this.parts = parts;
  }

  /** A login: rooms have other ids now. */
  loggedIn(): void {
    this.namesAsked.clear();
    this.parts.pictures.loggedIn();
  }

  /** The topic of a room has changed, or who is in it. */
  changed(room: string): void {
    this.namesAsked.delete(room);
  }

  /**
   * Undefined where a message says nothing to a buy by itself. A picture in a room waits for words about it; one that is
   * sent to the account alone has none.
   *
   * @param ownName  of the account when it arrived
   */
  async read(bot: Bot, message: MessageInterface, ownName: string): Promise<RawMessage | undefined> {
    const { payload } = message;
    const said = payload && readWhat(payload);
    if (!payload || !said) return undefined;
    const { known, pictures, now } = this.parts;
    const { roomId, talkerId } = payload;
    this.position = Math.max(this.position + 1, now().getTime() * 1_000);
    const { position } = this;
    const room = roomId ? known.roomBySession(roomId) : undefined;
    const { topic, name } = await this.names(bot, roomId, talkerId);
    const talker = { id: talkerId, name };
    const take = () => pictures.take(() => message.toFileBox());
    if (said.what === "picture" && roomId) {
      if (room) pictures.shown({ chat: roomId, by: talker, take });
      return undefined;
    }
    const text = withoutMention(said.text, [ownName]);
    const taken =
      said.what === "picture" ? await take() : said.what === "text" && (await this.pictureOf(payload, text));
    if (said.what === "picture" && taken) pictures.shown({ chat: talkerId, by: talker, take: async () => taken });
    return {
      what: said.what === "recall" ? "recall" : "text",
      text,
      ...{ id: payload.id, sentAt: message.date(), position, talker },
      room: roomId ? { id: roomId, topic: topic ?? room?.binding.name ?? "" } : undefined,
      ...(taken && ("photo" in taken ? taken : { pictureFailed: taken.failed })),
    };
  }

  /** The picture that words may be about. */
  private async pictureOf(
    { roomId, talkerId }: { readonly roomId?: string; readonly talkerId: string },
    text: string,
  ): Promise<Taken | undefined> {
    const quote = Recent.parts(text);
    if (!mayMeanPicture(quote?.own ?? text)) return undefined;
    return this.parts.pictures.of(roomId ?? talkerId, talkerId, quote && { name: quote.name, text: quote.quoted });
  }

  /** A puppet that has gone meanwhile, or hangs, tells nothing any more: then rooms and people are called as before. */
  private async names(bot: Bot, room: string | undefined, person: string) {
    const { known, askMs } = this.parts;
    const before = (room ? known.roomBySession(room)?.bySession(person)?.name : undefined) ?? "?";
    const ask = async () => {
      if (room) await this.renewNames(bot, room);
      const topic = room && (await bot.puppet.roomPayload(room).catch(() => undefined))?.topic;
      return { topic, name: await nameIn(bot, room, person).catch(() => before) };
    };
    return within(askMs, ask()).catch(() => ({ topic: undefined, name: before }));
  }

  private async renewNames(bot: Bot, room: string): Promise<void> {
    const asked = this.namesAsked.get(room);
    const now = this.parts.now().getTime();
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
