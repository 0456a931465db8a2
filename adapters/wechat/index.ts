import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { MessageInterface } from "wechaty/impls";
import { type Adapter, type Deliver, type Lease, type LoginStore, SendFault } from "../../bot/ports.ts";
import type { Language } from "../../bot/store.ts";
import { Codes } from "./codes.ts";
import { Day } from "./day.ts";
import { codeOf } from "./faults.ts";
import { Hearing } from "./hearing.ts";
import { HeldMessages } from "./held.ts";
import { Inbox } from "./inbox.ts";
import { Known } from "./known.ts";
import { capabilities, type Pace, usualPace } from "./limits.ts";
import { Outbox } from "./outbox.ts";
import { Page } from "./page.ts";
import type { Bot, Puppet } from "./puppet.ts";
import { Receipts } from "./receipts.ts";
import { platform, readWhat, withoutMention } from "./receive.ts";
import { Recent } from "./recent.ts";
import { createSending } from "./send.ts";
import { Session, usualWatch, type Watch } from "./session.ts";
import { Writer } from "./writer.ts";

export interface WeChatOptions {
  /** A new puppet for each login. */
  readonly open: () => Promise<Puppet>;
  /** For the login's file and the puppet's caches. */
  readonly folder: string;
  /** Waits until the account is this process's alone. */
  readonly hold: (signal: AbortSignal) => Promise<Lease | undefined>;
  readonly store: LoginStore;
  /** What the operator must see and no log may hold: codes. */
  readonly show: (text: string) => void;
  /** Of the operator's page, on 127.0.0.1; 0 for any that is free. */
  readonly port: number;
  /** IANA: by which night falls. */
  readonly zone: string;
  readonly language: Language;
  readonly log: Logger;
  /** Default: the machine's clock. */
  readonly now?: () => Date;
  readonly pace?: Partial<Pace>;
  readonly watch?: Partial<Watch>;
  /** How often it is written down until when everything was heard, and looked for words that wait too long. */
  readonly presenceMs?: number;
  /** Default: as in `limits.ts`. */
  readonly graceMs?: number;
  /** Default: chance. */
  readonly random?: () => number;
}

/** The adapter, and what its operator sees. */
export interface WeChat extends Adapter {
  /** The operator's page, while it is open. */
  readonly page: string | undefined;
}

/** A room that is not found yet is looked for again after this. */
const LOOK_AGAIN_MS = 60_000;

/** How long a pause is worth a word. */
const GAP_MS = 45_000;

/** How long names of a room are believed: wechaty keeps old ones for ever. */
const NAMES_MS = 10 * 60_000;

/** WeChat, by a puppet of wechaty. */
export function createWeChat(options: WeChatOptions): WeChat {
  const {
    open,
    folder,
    hold,
    store,
    show,
    log,
    language,
    zone,
    now = () => new Date(),
    random = Math.random,
  } = options;
  const pace = { ...usualPace, ...options.pace };
  const watch = { ...usualWatch, ...options.watch };
  const recent = new Recent();
  const writer = new Writer(log);
  const known = new Known(store, writer);
  const held = new HeldMessages(store, writer);
  const codes = new Codes(now);
  const day = new Day({ pace, zone, now });
  const page = new Page({
    port: options.port,
    show,
    codes,
    missing: () => hearing.missing(),
    isOn: () => !!session.bot,
  });
  let inbox: Inbox | undefined;
  let reading: Promise<void> = Promise.resolve();
  let position = 0;
  let stopping = false;
  let heardAt: Date | undefined;
  /** What was not heard before this login is told: until then a sign of life says nothing about it. */
  let isGreeted = false;
  let keeping: NodeJS.Timeout | undefined;
  const namesAsked = new Map<string, number>();

  const hearing = new Hearing({
    ...{ known, held, codes, recent, language, log, now },
    deliver: (...events) => inbox?.add(...events),
    tell: (to, text, mention) => {
      outbox.say({ to, text, mentions: mention ? [mention] : [], first: false }).catch(unsaid);
    },
    codesChanged: () => page.showCodes(),
    async membersOf(room) {
      const members = await session.bot?.puppet.roomMemberList(room).catch(() => undefined);
      return members && new Set(members);
    },
  });

  const unsaid = (fault: unknown) => {
    log.warn({ outcome: fault instanceof SendFault ? fault.outcome : "bug" }, "something could not be said in WeChat");
  };

  /** One after the other: names are asked for, and the order must hold. */
  const inTurn = (what: string, work: () => Promise<void> | void) => {
    reading = reading.then(work).catch((error: unknown) => {
      log.error({ code: codeOf(error), what }, "an event of WeChat could not be read and was left out");
    });
  };

  const session = new Session({
    ...{ open, folder, hold, watch, log },
    on: {
      held: () => inTurn("memory", remember),
      login: (bot) => inTurn("login", () => greet(bot)),
      away: () => {
        isGreeted = false;
        log.warn("no longer logged in to WeChat");
      },
      code: (text) => void page.showCode(text),
      message: (bot, message) => {
        // Asked now: a login may be over, or not be told of yet, when its turn comes.
        if (message.self()) return;
        const ownName = bot.currentUser.name();
        inTurn("message", () => read(bot, message, ownName));
      },
      changed: (room) => void namesAsked.delete(room.id),
      left: (room) => inTurn("left", () => hearing.left(room.id)),
      alive: () => {
        if (isGreeted) heardAt = now();
      },
    },
  });

  /** What earlier logins have left, of this process or another. Nothing is read before it is known. */
  async function remember(): Promise<void> {
    const left = await store.load().catch((error: unknown) => {
      log.warn({ code: codeOf(error) }, "what is known of WeChat's rooms cannot be loaded yet");
    });
    if (!left) {
      if (stopping) throw new Error("stopped before the database was there");
      await wait(1_000);
      return remember();
    }
    const { bindings, held: messages, heardAt: until, sent } = left;
    known.load(bindings);
    held.load(messages, now());
    heardAt = until;
    if (sent) day.load(sent);
  }

  async function greet(bot: Bot): Promise<void> {
    const rooms = new Set(await bot.puppet.roomList());
    const isGap = heardAt && now().getTime() - heardAt.getTime() > GAP_MS;
    hearing.loggedIn(rooms, isGap && heardAt ? { from: heardAt, until: now() } : undefined);
    heardAt = now();
    isGreeted = true;
    namesAsked.clear();
    log.info({ rooms: known.all().length, missing: hearing.missing().length }, "logged in to WeChat");
    page.showCodes();
  }

  async function read(bot: Bot, message: MessageInterface, ownName: string): Promise<void> {
    const { payload } = message;
    const what = payload && readWhat(payload);
    if (!payload || !what) return;
    const { roomId, talkerId } = payload;
    position = Math.max(position + 1, now().getTime() * 1_000);
    if (roomId) await renewNames(bot, roomId);
    const room = roomId ? known.roomBySession(roomId) : undefined;
    // A puppet that has gone meanwhile tells nothing any more: then rooms and people are called as before.
    const topic = roomId && (await bot.puppet.roomPayload(roomId).catch(() => undefined))?.topic;
    const name = await nameIn(bot, roomId, talkerId).catch(() => room?.bySession(talkerId)?.name ?? "?");
    await hearing.hear({
      ...what,
      text: withoutMention(what.text, [ownName]),
      id: payload.id,
      sentAt: message.date(),
      position,
      room: roomId ? { id: roomId, topic: topic ?? room?.binding.name ?? "" } : undefined,
      talker: { id: talkerId, name },
    });
  }

  async function renewNames(bot: Bot, room: string): Promise<void> {
    const asked = namesAsked.get(room);
    if (asked !== undefined && now().getTime() - asked < NAMES_MS) return;
    namesAsked.set(room, now().getTime());
    const renewals = [bot.puppet.roomPayloadDirty(room), bot.puppet.roomMemberPayloadDirty(room)];
    for (const renewal of await Promise.allSettled(renewals)) {
      if (renewal.status === "rejected") namesAsked.delete(room); // next time
    }
  }

  const outbox = new Outbox({
    pace,
    maxText: capabilities.maxText,
    random,
    sleep: (ms) => wait(ms),
    async send(to, text, mentions, file) {
      const { bot } = session;
      if (!bot) throw new SendFault("not-sent", "WeChat: not logged in", { retryAfterMs: LOOK_AGAIN_MS });
      day.count(known.roomBySession(to)?.id ?? to);
      if (file) return (await bot.puppet.messageSendFile(to, await fileBox(file, text))) || undefined;
      return (await bot.puppet.messageSendText(to, text, [...mentions])) || undefined;
    },
  });

  const receipts = new Receipts({
    gatherMs: pace.gatherMs,
    waitMs: () => day.nightMs(),
    say(room, text) {
      const here = known.room(room);
      if (!here?.isHere || day.isFull(room)) return;
      outbox.say({ to: here.binding.sessionId, text, mentions: [], first: false }).catch(unsaid);
    },
  });

  function sessionOf(room: string): string {
    const here = known.room(room);
    if (!here) return room; // a direct chat
    if (!here.isHere) {
      throw new SendFault("not-sent", "WeChat: the room is not found yet", { retryAfterMs: LOOK_AGAIN_MS });
    }
    return here.binding.sessionId;
  }

  return {
    platform,
    capabilities: { ...capabilities, graceMs: options.graceMs ?? capabilities.graceMs },
    get isReady() {
      return session.bot !== undefined;
    },
    get page() {
      return page.url;
    },

    async start(deliver: Deliver): Promise<void> {
      inbox = new Inbox({ deliver, log, retryMs: 1_000 });
      await page.open();
      keeping = setInterval(() => {
        if (!session.bot) return;
        inTurn("held", () => hearing.tick());
        if (heardAt) store.heard(heardAt, day.today).catch(() => undefined); // it is tried again in a moment
      }, options.presenceMs ?? 10_000);
      try {
        await session.start();
        await reading;
      } catch (fault) {
        clearInterval(keeping);
        await page.close();
        throw fault;
      }
    },

    async stop(): Promise<void> {
      stopping = true;
      clearInterval(keeping);
      receipts.stop();
      await outbox.stop();
      const wasOn = session.bot !== undefined;
      await session.stop();
      await page.close();
      await reading;
      await inbox?.stop();
      await writer.stop();
      if (wasOn && heardAt) await store.heard(heardAt, day.today).catch(() => undefined);
    },

    ...createSending({
      outbox,
      recent,
      sessionOf,
      newId: randomUUID,
      checkDay(room) {
        if (day.isFull(room)) throw new SendFault("not-sent", "WeChat: enough was said in this room today");
      },
      async memberOf(room, person) {
        const member = known.room(room)?.byKnown(person);
        const { bot } = session;
        if (!member || !bot) return undefined;
        const members = await bot.puppet.roomMemberList(sessionOf(room)).catch((): string[] => []);
        return { ...(members.includes(member.sessionId) && { id: member.sessionId }), name: member.name };
      },
      async isFriend(person) {
        const contact = await session.bot?.puppet.contactPayload(person).catch(() => undefined);
        return contact?.friend === true;
      },
    }),

    acknowledge: (chat, receipt) => receipts.add(chat, receipt),

    deferMs(chat, urgent) {
      const room = known.room(chat);
      if (room && !room.isHere) return LOOK_AGAIN_MS;
      if (urgent) return 0;
      const untilMorning = day.nightMs();
      return untilMorning > 0 || !day.isFull(chat) ? untilMorning : 60 * LOOK_AGAIN_MS;
    },

    /** WeChat's own lists of administrators are often empty: whoever has shown the server's code leads. */
    async isAdministrator(chat: string, person: string): Promise<boolean> {
      return known.room(chat)?.binding.leaders.includes(person) ?? false;
    },
  };
}

/** As wechaty wants a file. */
async function fileBox(data: Uint8Array, name: string) {
  const { FileBox } = await import("file-box");
  return FileBox.fromBuffer(Buffer.from(data), name);
}

/** As the room calls somebody: by their name there, else by their own. */
async function nameIn(bot: Bot, room: string | undefined, person: string): Promise<string> {
  const member = room && (await bot.puppet.roomMemberPayload(room, person).catch(() => undefined));
  if (member) return member.roomAlias || member.name;
  return (await bot.puppet.contactPayload(person)).name;
}
