import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { type Adapter, type Deliver, type Lease, type LoginStore, SendFault } from "../../bot/ports.ts";
import type { Language } from "../../bot/store.ts";
import { Codes } from "./codes.ts";
import { Day } from "./day.ts";
import { Hearing } from "./hearing.ts";
import { HeldMessages } from "./held.ts";
import { Inbox } from "./inbox.ts";
import { chatOf, Known } from "./known.ts";
import { Legacy } from "./legacy.ts";
import { ASK_MS, capabilities, type Pace, usualPace } from "./limits.ts";
import { Outbox } from "./outbox.ts";
import { Page } from "./page.ts";
import { Pictures } from "./pictures.ts";
import { Presence } from "./presence.ts";
import type { Bot, Puppet } from "./puppet.ts";
import { Reach } from "./reach.ts";
import { Reader } from "./reader.ts";
import { Receipts } from "./receipts.ts";
import { platform } from "./receive.ts";
import { Recent } from "./recent.ts";
import { createSending } from "./send.ts";
import { Session, usualWatch, type Watch } from "./session.ts";
import { Turns } from "./turns.ts";
import { within } from "./within.ts";
import { Writer } from "./writer.ts";

/** When a day is full, how long until it is looked at again. */
const HOUR_MS = 3_600_000;

/** What the adapter is made of. */
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
  /** How long the puppet may take to answer. Default: as in `limits.ts`. */
  readonly askMs?: number;
  /** Default: chance. */
  readonly random?: () => number;
}

/** The adapter, and what its operator sees. */
export interface WeChat extends Adapter {
  /** The operator's page, while it is open. */
  readonly page: string | undefined;
}

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
  const presence = new Presence(now);
  const pictures = new Pictures(store, now);
  const reader = new Reader({ known, pictures, askMs: options.askMs ?? ASK_MS, now });
  const reach = new Reach(
    known,
    day,
    watch.lookAgainMs,
    () => session.bot,
    (room) => {
      const at = now();
      const about = { what: "full", most: pace.daily } as const;
      inbox?.add({ type: "notice", platform, chat: chatOf(room), id: `full-${randomUUID()}`, at, about });
    },
  );
  const page = new Page({
    port: options.port,
    show,
    codes,
    missing: () => hearing.missing(),
    isOn: () => !!session.bot,
  });
  const turns = new Turns(log);
  const legacy = new Legacy({ store, known, held, presence, day, now, log });
  let inbox: Inbox | undefined;
  let keeping: NodeJS.Timeout | undefined;
  let hasStarted = false;
  /** The account is this process's. */
  let isOurs = false;
  /** Since when it is logged in, in ms of a clock that nobody sets. */
  let loggedInAt = 0;
  const hearing = new Hearing({
    ...{ known, held, codes, recent, language, log, now },
    deliver: (...events) => inbox?.add(...events),
    tell: (to, text, mention) => {
      outbox.say({ to, text, mentions: mention ? [mention] : [], first: false }).catch(unsaid);
    },
    codesChanged: () => page.showCodes(),
    membersOf: (session) => reach.membersOf(session),
  });

  const unsaid = (fault: unknown) => {
    log.warn({ outcome: fault instanceof SendFault ? fault.outcome : "bug" }, "something could not be said in WeChat");
  };

  /** The account, as it was last logged in. */
  let own = { id: "", name: "" };

  const session = new Session({
    ...{ open, folder, hold, watch, log },
    on: {
      held: () => {
        isOurs = true;
        turns.take("legacy", () => legacy.load());
      },
      lost: () => {
        isOurs = false;
      },
      login: (bot) => {
        loggedInAt = performance.now();
        own = ownOf(bot) ?? own;
        turns.take(
          "login",
          () => greet(bot),
          () => session.giveUp(), // or nobody would know which rooms are here
        );
      },
      away: () => {
        presence.away();
        log.warn("no longer logged in to WeChat");
      },
      code: (text) => void page.showCode(text),
      message: (bot, message) => {
        // Asked now: a login may be over when its turn comes, and a puppet that begins anew by itself may be out of one.
        own = ownOf(bot) ?? own;
        const { payload } = message;
        if (payload?.talkerId === own.id) return;
        const { name } = own;
        turns.take(
          "message",
          async () => {
            const raw = await reader.read(bot, message, name);
            if (raw) await hearing.hear(raw);
          },
          () => hearing.unread(payload?.roomId, payload?.talkerId, now()),
        );
      },
      missed: () => turns.take("missed", () => hearing.missed(now())),
      changed: (room) => reader.changed(room.id),
      left: (room) => turns.take("left", () => hearing.left(room.id)),
      alive: () => presence.alive(),
    },
  });

  async function greet(bot: Bot): Promise<void> {
    const rooms = new Set(await within(options.askMs ?? ASK_MS, bot.puppet.roomList()));
    hearing.loggedIn(rooms, presence.greeted());
    reader.loggedIn();
    log.info({ rooms: known.all().length, missing: hearing.missing().length }, "logged in to WeChat");
    show("\nWeChat: logged in.\n");
    page.showCodes();
  }

  const outbox = new Outbox({
    pace,
    maxText: capabilities.maxText,
    random,
    sleep: (ms) => wait(ms),
    send: (...what) => reach.send(...what),
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

  const graceMs = options.graceMs ?? capabilities.graceMs;
  return {
    platform,
    capabilities: { ...capabilities, graceMs },
    /** After a login, what was said before it comes within the grace; and what waits to be read was said before now. */
    get isBehind() {
      if (!hasStarted || !isOurs) return !hasStarted; // another process has the account, and hears
      return session.bot === undefined || turns.unread > 0 || performance.now() - loggedInAt < graceMs;
    },
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
        turns.take("held", () => hearing.tick());
        void legacy.write();
      }, options.presenceMs ?? 10_000);
      try {
        await session.start();
        await turns.done();
        hasStarted = true;
      } catch (fault) {
        clearInterval(keeping);
        await page.close();
        throw fault;
      }
    },

    async stop(): Promise<void> {
      legacy.stop();
      clearInterval(keeping);
      receipts.stop();
      await outbox.stop();
      const wasOn = session.bot !== undefined;
      await session.stop();
      await page.close();
      await turns.done();
      await inbox?.stop();
      await writer.stop();
      if (wasOn) await legacy.write();
    },

    ...createSending({
      outbox,
      recent,
      reach,
      pictures,
      newId: randomUUID,
      checkDay(room, person, isLeader) {
        const hasCode = person !== undefined && known.room(room)?.binding.leaders.includes(person) === true;
        if (day.isFull(room, isLeader || hasCode))
          throw new SendFault("not-sent", "WeChat: enough was said in this room today");
      },
    }),

    acknowledge: (chat, receipt) => receipts.add(chat, receipt),

    deferMs(chat, urgency) {
      const room = known.room(chat);
      if (room && !room.isHere) return watch.lookAgainMs;
      if (urgency === "now") return 0;
      const untilMorning = day.nightMs();
      if (untilMorning > 0 || urgency === "by-day") return untilMorning;
      if (day.isFull(chat)) return HOUR_MS;
      return outbox.keptMs();
    },

    /** WeChat's own lists of administrators are often empty: whoever has shown the server's code leads. */
    async isAdministrator(chat: string, person: string): Promise<boolean> {
      return known.room(chat)?.binding.leaders.includes(person) ?? false;
    },
  };
}

/** Who we are in a login; undefined while it is not one, when wechaty throws for that question. */
function ownOf(bot: Bot): { readonly id: string; readonly name: string } | undefined {
  return bot.isLoggedIn ? { id: bot.currentUser.id, name: bot.currentUser.name() } : undefined;
}
