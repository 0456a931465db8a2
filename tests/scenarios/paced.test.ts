import pino from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { createTelegram } from "../../adapters/telegram/index.ts";
import { Answers } from "../../bot/answers.ts";
import { createCatalogs } from "../../bot/catalogs.ts";
import { LivePosts } from "../../bot/live-posts.ts";
import { Outgoing } from "../../bot/outgoing.ts";
import { Pacing } from "../../bot/pacing.ts";
import type { Parts } from "../../bot/parts.ts";
import type { Adapter, TextIn } from "../../bot/ports.ts";
import { record } from "../../bot/record.ts";
import type { Buy, OutgoingEnd, Person, Place, Store } from "../../bot/store.ts";
import { openPool } from "../../prisma/pool.ts";
import { PrismaStore } from "../../prisma/store.ts";
import {
  answers as answersWith,
  badRequest,
  type Call,
  type FakeGroup,
  type FakeUser,
  startFakeTelegram,
  tooManyRequests,
} from "../support/fake-telegram/index.ts";
import { ownDatabase } from "../support/scenario.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

/** A real database, Telegram's adapter over HTTP, and a clock in the hand: each test plays minutes. */
describe("what goes to Telegram", () => {
  test("25 notices for a group arrive once each, in order, never more than Telegram bears", async () => {
    const { group, place, posts, passes, sent } = await community();
    const texts = Array.from({ length: 25 }, (_, index) => `notice ${index + 1}`);
    await posts(place, ...texts);

    await passes(59_000);
    expect(sent(group)).toHaveLength(20);
    await passes(20_000);

    expect(sent(group).map(({ args }) => args["text"])).toEqual(texts);
    expectWithin(sent(group), 3, 3_000);
    expectWithin(sent(group), 20, 60_000);
  });

  test("a hundred groups that are told at once hear it within seconds, thirty in one at most", async () => {
    const { telegram, meet, posts, passes } = await community();
    for (let count = 0; count < 100; count += 1) await posts((await meet(`Court ${count}`)).place, "closed");

    await passes(5_000);

    const calls = telegram.callsTo("sendMessage");
    expect(calls).toHaveLength(100);
    expect(new Set(calls.map(({ args }) => args["chat_id"])).size).toBe(100);
    expectWithin(calls, 30, 1_000);
  });

  test("questions go before notices that have waited longer, and the notices still arrive", async () => {
    const { group, place, lin, posts, passes, asks, sent } = await community();
    await posts(place, ...Array.from({ length: 12 }, (_, index) => `notice ${index + 1}`));
    await passes(0);
    expect(sent(group)).toHaveLength(3);

    for (const what of ["which apples?", "how many?", "for whom?"]) asks(place, lin, what);
    await passes(3_000);

    const next = sent(group).slice(3, 6);
    expect(next.map(({ args }) => args["text"])).toEqual(["which apples?", "how many?", "for whom?"]);
    await passes(60_000);
    expect(sent(group)).toHaveLength(15);
  });

  test("a flood of questions cannot keep a final list back", async () => {
    const { group, place, lin, posts, passes, asks, sent } = await community();
    for (let count = 0; count < 60; count += 1) asks(place, lin, `question ${count}`);
    await passes(30_000);

    await posts(place, "final list");
    await passes(60_000);

    expect(sent(group).map(({ args }) => args["text"])).toContain("final list");
    expectWithin(sent(group), 20, 60_000);
  });

  test("after a 429 nothing goes to that group until it may, and another group does not wait", async () => {
    const { telegram, clock, group, place, lin, buyWithPost, order, meet, posts, passes, asks, sent } =
      await community();
    const buy = await buyWithPost();
    const other = await meet("Blue Court");
    await passes(60_000);
    const before = telegram.calls.length;
    telegram.failNext("sendMessage", tooManyRequests(7));

    await posts(place, "notice");
    await passes(0);
    const refusedAt = clock.now().getTime();
    asks(place, lin, "which apples?");
    await order(buy, "1", 2_000);
    await posts(other.place, "elsewhere");
    await passes(6_500);

    const meanwhile = telegram.calls.slice(before);
    expect(meanwhile.map(({ args, status }) => [args["text"], status])).toEqual([
      ["notice", 429],
      ["elsewhere", 200],
    ]);
    await passes(5_000);
    const later = telegram.calls.slice(before + 2).filter(({ args }) => String(args["chat_id"]) === group.id);
    expect(later.every(({ at }) => at.getTime() >= refusedAt + 7_000)).toBe(true);
    expect(sent(group).filter(({ args, status }) => args["text"] === "notice" && status === 200)).toHaveLength(1);
    expect(later.map(({ method }) => method).sort()).toEqual(["editMessageText", "sendMessage", "sendMessage"]);
  });

  test("of fifty orders in ten seconds a live post shows every third second's, and the last", async () => {
    const { telegram, group, buyWithPost, order, passes } = await community();
    const buy = await buyWithPost();
    for (let count = 1; count <= 50; count += 1) {
      await order(buy, `m${count}`, count * 1_000);
      await passes(200);
    }
    await passes(6_000);

    const edits = telegram.callsTo("editMessageText");
    expectWithin(edits, 1, 3_000);
    expect(edits.length).toBeGreaterThanOrEqual(3);
    expect(edits.length).toBeLessThanOrEqual(6);
    expect(group.botMessages()[0]?.text).toMatch(/Apples.*→ 50 kg/);
  });

  test("a list in parts, and the process dies with the second under way: no part is sent twice, the leader decides", async () => {
    const { telegram, group, place, lin, store, outgoing, restarts, posts, passes, query, sent } = await community();
    const list = Array.from({ length: 90 }, (_, index) => `${index + 1}. Neighbour ${"x".repeat(100)}`).join("\n");
    await posts(place, list);
    await store.diesWhen((end) => end.state === "sent" && sent(group).length === 2, outgoing());

    restarts();
    await query(`UPDATE outgoing SET "leaseUntil" = now() - interval '1 second' WHERE state = 'sending'`);
    await passes(10_000);

    const parts = group.botMessages().map(({ text }) => text);
    expect(parts).toHaveLength(3);
    expect(parts.join("\n")).toBe(list);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(4_096);
    const rows = await query(`SELECT part, state FROM outgoing WHERE "personId" IS NULL ORDER BY part`);
    expect(rows).toEqual([
      { part: 1, state: "sent" },
      { part: 2, state: "maybe" },
      { part: 3, state: "sent" },
    ]);
    const told = await lin.hears(/could not tell/);
    expect(told.labels).toHaveLength(1);

    const [doubted] = await query(`SELECT "communityId" AS community, id FROM outgoing WHERE part = 2`);
    await store.change((tx) => tx.resend(String(doubted?.["community"]), String(doubted?.["id"])));
    await passes(10_000);
    expect(group.botMessages().map(({ text }) => text)).toEqual([...parts, parts[1]]);
    expect(telegram.callsTo("sendMessage").filter(({ args }) => args["text"] === parts[0])).toHaveLength(1);
  });

  test("what Telegram will never take is told to the leader, and what comes after it goes on", async () => {
    const { telegram, group, place, lin, posts, passes } = await community();
    telegram.failNext("sendMessage", answersWith(badRequest("can't parse entities")));
    await posts(place, "one", "two");

    await passes(5_000);

    expect(group.botMessages().map(({ text }) => text)).toEqual(["two"]);
    await lin.hears(/could not be delivered/);
  });

  test("a word in two parts whose second is refused for a while is said once, and whole", async () => {
    const { telegram, group, place, lin, asks, passes, sent } = await community();
    const word = `${"a".repeat(4_000)}\n${"b".repeat(4_000)}`;
    asks(place, lin, word);
    await telegram.until(() => sent(group).length === 1);
    telegram.failNext("sendMessage", tooManyRequests(2));

    await passes(3_000);

    const heard = sent(group).map(({ args, status }) => [String(args["text"])[0], status]);
    expect(heard).toEqual([
      ["a", 200],
      ["b", 429],
      ["b", 200],
    ]);
  });
});

/** In no span are more calls than that. */
function expectWithin(calls: readonly Call[], most: number, perMs: number): void {
  for (const { at } of calls) {
    const inSpan = calls.filter((each) => +each.at >= +at && +each.at < +at + perMs).length;
    expect(inSpan).toBeLessThanOrEqual(most);
  }
}

/** A group whose leader is Lin, on all that sends. */
async function community() {
  const clock = new VirtualClock();
  const log = pino({ level: "silent" });
  const telegram = await startFakeTelegram({ now: clock.now });
  onTestFinished(() => telegram.close());
  const pool = openPool(await ownDatabase(), { log });
  const store = new MortalStore(pool, clock);
  onTestFinished(async () => {
    await store.close();
    await pool.end();
  });
  const adapter = createTelegram({ token: telegram.token, apiRoot: telegram.apiRoot, log, now: clock.now });
  onTestFinished(() => adapter.stop());
  const calls = new Set<Promise<unknown>>();
  const adapters = new Map<string, Adapter>([["telegram", tracked(adapter, calls)]]);

  const start = () => {
    const pacing = new Pacing(adapters, clock, clock.runIn);
    const answers = new Answers(adapters, pacing, log);
    const parts = { store, adapters, clock, log, pacing, answers } as unknown as Parts;
    return { answers, outgoing: new Outgoing(parts, () => {}), live: new LivePosts(parts, () => {}) };
  };
  let running = start();

  const query = async (sql: string): Promise<Record<string, unknown>[]> => (await pool.query(sql)).rows;
  /** All that may go now goes, and has been answered. */
  const settles = async () => {
    running.outgoing.wake(true);
    await running.outgoing.idle();
    await running.live.refresh();
    await running.live.drain();
    for (let quiet = 0; quiet < 3; quiet += 1) {
      await new Promise(setImmediate);
      if (calls.size > 0) quiet = -1;
      await Promise.allSettled(calls);
    }
  };
  const meet = async (title: string) => {
    const group = telegram.group(title);
    const chat = { id: group.id, kind: "group", title } as const;
    return { group, place: await store.meetChat("telegram", chat, DEFAULTS) };
  };
  const { group, place } = await meet("Green Court");
  const lin = group.user("Lin", { status: "creator" });
  const leader = await store.meetPerson(place, { id: String(lin.person.id), name: "Lin" });
  await store.change((tx) => tx.grantRole(place.community.id, leader.id, "leader", undefined));
  let causes = 0;

  return {
    ...{ telegram, clock, group, place, lin, store, meet, query },
    outgoing: () => running.outgoing,
    restarts: () => {
      running = start();
    },
    /** What was sent to a group, also what was refused. */
    sent: ({ id }: FakeGroup) => telegram.callsTo("sendMessage").filter(({ args }) => String(args["chat_id"]) === id),
    posts: async (at: Place, ...texts: readonly string[]) => {
      for (const text of texts) {
        causes += 1;
        const cause = `notice:${String(causes).padStart(3, "0")}`;
        await store.change((tx) =>
          tx.addOutgoing({ place: at, kind: "note", cause, content: { text }, maxText: adapter.capabilities.maxText }),
        );
      }
    },
    asks: (at: Place, { person }: FakeUser, text: string) =>
      running.answers.give([{ type: "whisper", place: at, whisper: { to: String(person.id) }, content: { text } }]),
    /** Time passes: here, and for what waits in the database. */
    passes: async (ms: number) => {
      await settles();
      for (let left = ms; left > 0; ) {
        const step = Math.min(left, 500);
        left -= step;
        clock.advance(step);
        await query(`UPDATE outgoing SET "dueAt" = "dueAt" - interval '${step} milliseconds' WHERE state = 'pending'`);
        await settles();
      }
    },
    buyWithPost: async () => {
      const openedAt = clock.now();
      const terms = { title: "Fruit", currency: "CNY", items: [APPLES], openedAt };
      const buy = await store.change(async (tx) => {
        const draft = { place, leader: leader.id, language: "en", text: "", terms, draftedAt: openedAt } as const;
        const made = await tx.createBuy(draft);
        await tx.updateBuy(made, { status: "open", openedAt });
        const about = { place, buy: made.id, kind: "live-post", cause: `post:${made.id}` };
        await tx.addOutgoing({ ...about, content: { text: "Fruit" }, maxText: 4_096 });
        return made;
      });
      await settles();
      return buy;
    },
    /** Lin takes one kilogram more. */
    order: async (buy: Buy, id: string, afterMs: number) => {
      const event = saying(leader, id, new Date(buy.terms.openedAt.getTime() + afterMs));
      await store.record((tx) => record(tx, [{ place, event, person: leader }], createCatalogs(), false));
      running.live.note(buy);
    },
  };
}

/** A store that its process may leave without a word. */
class MortalStore extends PrismaStore {
  #isEnd: (end: OutgoingEnd) => boolean = () => false;
  #died = () => {};

  /** Resolves when the process has died before it could keep that a message ended so. */
  async diesWhen(isEnd: (end: OutgoingEnd) => boolean, outgoing: Outgoing): Promise<void> {
    const died = new Promise<void>((resolve) => {
      this.#died = resolve;
    });
    this.#isEnd = isEnd;
    outgoing.wake(true);
    await died;
    await outgoing.stop();
    this.#isEnd = () => false;
  }

  override async finishOutgoing(...[claim, end, follows]: Parameters<Store["finishOutgoing"]>): Promise<void> {
    if (!this.#isEnd(end)) return super.finishOutgoing(claim, end, follows);
    this.#died();
    throw new Error("The process has died.");
  }
}

/** Remembers the calls under way. */
function tracked(adapter: Adapter, calls: Set<Promise<unknown>>): Adapter {
  return new Proxy(adapter, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        const call: unknown = value.apply(target, args);
        if (!(call instanceof Promise)) return call;
        calls.add(call);
        const done = () => calls.delete(call);
        call.then(done, done);
        return call;
      };
    },
  });
}

const DEFAULTS = { zone: "Asia/Shanghai", language: "en", currency: "CNY" } as const;
const APPLES = { name: "Apples", unit: "kg", aliases: [], options: [], price: 500, tiers: [] } as const;

function saying({ externalId, name }: Person, id: string, sentAt: Date): TextIn {
  const chat = { id: "ignored", kind: "group" } as const;
  const sender = { id: externalId, name };
  return { type: "text", platform: "telegram", chat, id, position: 1, sender, text: "one more apple", sentAt };
}
