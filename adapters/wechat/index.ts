import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { MessageInterface } from "wechaty/impls";
import type { Adapter, ChatRef, Deliver, Lease } from "../../bot/ports.ts";
import { SendFault } from "../../bot/ports.ts";
import { codeOf } from "./faults.ts";
import { Inbox } from "./inbox.ts";
import { capabilities, type Pace, usualPace } from "./limits.ts";
import { Outbox } from "./outbox.ts";
import type { Bot, Puppet } from "./puppet.ts";
import { platform, toIncoming } from "./receive.ts";
import { Recent } from "./recent.ts";
import { createSending } from "./send.ts";
import { Session, usualWatch, type Watch } from "./session.ts";

export interface WeChatOptions {
  /** A new puppet for each login. */
  readonly open: () => Promise<Puppet>;
  /** For the login's file and the puppet's caches. */
  readonly folder: string;
  readonly hold: (signal: AbortSignal) => Promise<Lease | undefined>;
  readonly log: Logger;
  /** Default: the machine's clock. */
  readonly now?: () => Date;
  readonly pace?: Partial<Pace>;
  readonly watch?: Partial<Watch>;
  /** Default: chance. */
  readonly random?: () => number;
}

/** WeChat, by a puppet of wechaty. */
export function createWeChat(options: WeChatOptions): Adapter {
  const { open, folder, hold, log, now = () => new Date(), random = Math.random } = options;
  const pace = { ...usualPace, ...options.pace };
  const watch = { ...usualWatch, ...options.watch };
  const recent = new Recent();
  let inbox: Inbox | undefined;
  let reading: Promise<void> = Promise.resolve();
  let position = 0;

  const session = new Session({
    open,
    folder,
    hold,
    watch,
    log,
    on: {
      login: () => log.info("logged in to WeChat"),
      away: () => log.warn("no longer logged in to WeChat"),
      code: () => {},
      // One after the other: names are asked for, and the order must hold.
      message: (message) => {
        reading = reading
          .then(() => read(message))
          .catch((error: unknown) => {
            log.error(
              { code: codeOf(error), message: message.id },
              "a message of WeChat could not be read and was left out",
            );
          });
      },
      topic: () => {},
      left: () => {},
      alive: () => {},
    },
  });

  async function read(message: MessageInterface): Promise<void> {
    const { bot } = session;
    const { payload } = message;
    if (!bot || !payload || message.self()) return;
    const chat = await chatOf(bot, message);
    position = Math.max(position + 1, now().getTime() * 1000);
    const event = toIncoming(
      {
        message: payload,
        sentAt: message.date(),
        chat,
        sender: { id: payload.talkerId, name: await nameIn(bot, payload.roomId, payload.talkerId) },
        ownNames: [bot.currentUser.name()],
        position,
        now: now(),
      },
      recent,
    );
    if (event) inbox?.add(event);
  }

  const outbox = new Outbox({
    pace,
    maxText: capabilities.maxText,
    random,
    sleep: (ms) => wait(ms),
    async send(to, text, mentions) {
      const { bot } = session;
      if (!bot) throw new SendFault("not-sent", "WeChat: not logged in");
      return (await bot.puppet.messageSendText(to, text, [...mentions])) || undefined;
    },
  });

  return {
    platform,
    capabilities,
    get isReady() {
      return session.bot !== undefined;
    },

    async start(deliver: Deliver): Promise<void> {
      inbox = new Inbox({ deliver, log, retryMs: 1_000 });
      await session.start();
    },

    async stop(): Promise<void> {
      await outbox.stop();
      await session.stop();
      await reading;
      await inbox?.stop();
    },

    ...createSending({
      outbox,
      recent,
      newId: randomUUID,
      async memberOf(room, person) {
        const { bot } = session;
        return bot && { id: person, name: await nameIn(bot, room, person) };
      },
      async isFriend(person) {
        const contact = await session.bot?.puppet.contactPayload(person).catch(() => undefined);
        return contact?.friend === true;
      },
    }),

    async isAdministrator(): Promise<boolean> {
      return false;
    },
  };
}

async function chatOf(bot: Bot, { payload }: MessageInterface): Promise<ChatRef> {
  const { roomId, talkerId } = payload!;
  if (!roomId) return { id: talkerId, kind: "direct" };
  const room = await bot.puppet.roomPayload(roomId);
  return { id: roomId, kind: "group", title: room.topic };
}

/** As the room calls somebody: by their name there, else by their own. */
async function nameIn(bot: Bot, room: string | undefined, person: string): Promise<string> {
  const member = room && (await bot.puppet.roomMemberPayload(room, person).catch(() => undefined));
  if (member) return member.roomAlias || member.name;
  return (await bot.puppet.contactPayload(person)).name;
}
