import { describe, expect, test, vi } from "vitest";
import { Day } from "../../../adapters/wechat/day.ts";
import { usualPace } from "../../../adapters/wechat/limits.ts";
import { Outbox, type Saying } from "../../../adapters/wechat/outbox.ts";
import { Receipts } from "../../../adapters/wechat/receipts.ts";
import type { SendFault } from "../../../bot/ports.ts";

/** An outbox whose pauses the test ends. */
function outbox(random = 0.5) {
  const sent: { to: string; text: string; mentions: readonly string[] }[] = [];
  const pauses: { ms: number; end: () => void }[] = [];
  const box = new Outbox({
    pace: usualPace,
    maxText: 60,
    random: () => random,
    sleep: (ms) => new Promise<void>((end) => pauses.push({ ms, end })),
    async send(to, text, mentions) {
      sent.push({ to, text, mentions });
      return `${sent.length}`;
    },
  });
  /** Ends the pause before the next message. */
  const next = async () => {
    pauses.at(-1)?.end();
    await new Promise(setImmediate);
  };
  return { box, sent, pauses, next };
}

const post = (text: string, to = "room"): Saying => ({ to, text, mentions: [], first: true });
const word = (text: string, name: string, to = "room"): Saying => ({
  ...{ to, text, first: false },
  mentions: [{ id: name, name }],
});

describe("what is said", () => {
  test("waits as long as a person takes, more for longer texts, never the same twice", async () => {
    const short = outbox(0);
    const long = outbox(1);
    const longest = outbox(1);

    void short.box.say(post("好"));
    void long.box.say(post("好".repeat(100)));
    void longest.box.say(post("好".repeat(1_800)));
    await new Promise(setImmediate);

    expect(short.pauses[0]?.ms).toBe(usualPace.leastMs + usualPace.letterMs);
    expect(long.pauses[0]?.ms).toBe(usualPace.leastMs + usualPace.chanceMs + 100 * usualPace.letterMs);
    expect(longest.pauses[0]?.ms).toBe(usualPace.leastMs + usualPace.chanceMs + usualPace.mostTypingMs);
    expect(short.sent).toEqual([]);
  });

  test("goes out one after the other, posts before answers", async () => {
    const { box, sent, next } = outbox();

    void box.say(word("one", "a"));
    void box.say(word("two", "b", "elsewhere"));
    void box.say(post("list"));
    for (let count = 0; count < 3; count++) await next();

    expect(sent.map(({ text }) => text)).toEqual(["@a\u2005one", "list", "@b\u2005two"]);
  });

  test("to several people of a room goes out as one message that mentions them all", async () => {
    const { box, sent, next } = outbox();

    void box.say(post("list"));
    const words = [box.say(word("哪种？", "王姐")), box.say(word("没有了", "阿罗")), box.say(word("x", "c", "other"))];
    await next();
    await next();

    expect(sent[1]).toEqual({
      to: "room",
      text: "@王姐\u2005哪种？\n@阿罗\u2005没有了",
      mentions: ["王姐", "阿罗"],
    });
    expect(await Promise.all(words.slice(0, 2))).toEqual(["2", "2"]);
  });

  test("together is no longer than a message may be", async () => {
    const { box, sent, next } = outbox();

    void box.say(post("list"));
    for (const name of ["a", "b", "c"]) void box.say(word("字".repeat(20), name));
    for (let count = 0; count < 3; count++) await next();

    expect(sent.slice(1).map(({ mentions }) => mentions)).toEqual([["a", "b"], ["c"]]);
  });

  test("to several people in one message of its own is not joined to anything", async () => {
    const { box, sent, next } = outbox();
    const mentions = [{ id: "a", name: "a" }, { name: "gone" }];

    void box.say({ to: "room", text: "@a one\n\n@gone two", mentions, namesThem: true, first: false, kept: true });
    void box.say(word("哪种？", "王姐"));
    for (let count = 0; count < 2; count++) await next();

    expect(sent.map(({ text, mentions }) => [text, mentions])).toEqual([
      ["@a one\n\n@gone two", ["a"]],
      ["@王姐\u2005哪种？", ["王姐"]],
    ]);
  });

  test("too much of it is handed back with a time, not kept until a lease runs out", async () => {
    const { box } = outbox();
    for (let count = 0; count < 8; count++) box.say(post("字".repeat(40))).catch(() => undefined);

    const fault = await box.say(post("list")).catch((error: SendFault) => error);

    expect(fault).toMatchObject({ outcome: "not-sent", retryAfterMs: expect.any(Number) });
  });

  test("that is kept elsewhere goes behind posts and before answers, and comes again later where that would take long", async () => {
    const { box, sent, next } = outbox();
    const notice = (text: string): Saying => ({ ...post(text), first: false, kept: true });

    void box.say(word("one", "a"));
    void box.say(word("two", "b", "elsewhere"));
    void box.say(notice("notice"));
    void box.say(post("list"));
    const before = box.keptMs();
    void box.say(post("字".repeat(400)));
    const after = box.keptMs();
    const refused = box.say(notice("later")).catch((fault: SendFault) => fault);
    for (let count = 0; count < 5; count++) await next();

    expect(sent.map(({ text }) => text.slice(0, 6))).toEqual([
      "@a\u2005one",
      "list",
      "字".repeat(6),
      "notice",
      "@b\u2005two",
    ]);
    expect(before).toBe(0);
    expect(after).toBeGreaterThan(usualPace.mostWaitMs / 2);
    expect(await refused).toMatchObject({ outcome: "not-sent", retryAfterMs: after });
  });

  test("and waits still when everything stops was surely not sent", async () => {
    const { box, sent, next } = outbox();
    const first = box.say(post("one"));
    const second = box.say(post("two")).catch((fault: SendFault) => fault.outcome);

    const stopped = box.stop();
    await next();

    await stopped;
    expect([await first, await second]).toEqual(["1", "not-sent"]);
    expect(sent).toHaveLength(1);
  });
});

describe("a day", () => {
  const zone = "Asia/Shanghai";

  test("of a room is full after so many messages, and over at midnight of the zone", () => {
    let now = new Date("2026-11-28T22:00:00+08:00");
    const day = new Day({ pace: { ...usualPace, daily: 2 }, zone, now: () => now });

    day.count("room");
    expect(day.isFull("room")).toBe(false);
    day.count("room");
    expect([day.isFull("room"), day.isFull("other")]).toEqual([true, false]);

    const restarted = new Day({ pace: { ...usualPace, daily: 2 }, zone, now: () => now });
    restarted.load(day.today);
    expect(restarted.isFull("room")).toBe(true);
    now = new Date("2026-11-29T00:00:00+08:00");
    expect(restarted.isFull("room")).toBe(false);
  });

  test.each([
    ["22:59", 0],
    ["23:00", 510],
    ["03:30", 240],
    ["07:30", 0],
  ])("at %s night lasts another %d minutes", (time, minutes) => {
    const day = new Day({ pace: usualPace, zone, now: () => new Date(`2026-11-28T${time}:00+08:00`) });

    expect(day.nightMs()).toBe(minutes * 60_000);
  });
});

describe("orders are acknowledged", () => {
  const receipt = (name: string, item: string, quantity: number) => ({
    ...{ person: name, name, lines: new Map([[item, `${item}${quantity}`]]), frame: "记下了：{orders}", comma: "、" },
  });

  test("together after a while, the last word about each thing, and not at night", () => {
    vi.useFakeTimers();
    try {
      const said: string[] = [];
      let night = 0;
      const receipts = new Receipts({
        gatherMs: 20_000,
        waitMs: () => night,
        say: (room, text) => void said.push(`${room}: ${text}`),
      });

      receipts.add("room", receipt("王姐", "苹果", 2));
      receipts.add("room", receipt("阿罗", "梨", 1));
      receipts.add("room", receipt("王姐", "枣", 1));
      receipts.add("room", receipt("王姐", "苹果", 3));
      receipts.add("other", receipt("Eve", "枣$&", 1));
      vi.advanceTimersByTime(19_999);
      expect(said).toEqual([]);
      vi.advanceTimersByTime(1);
      expect(said).toEqual(["room: 记下了：王姐 苹果3 枣1、阿罗 梨1", "other: 记下了：Eve 枣$&1"]);

      night = 3_600_000;
      receipts.add("room", receipt("阿罗", "梨", 2));
      vi.advanceTimersByTime(3_599_999);
      night = 1;
      expect(said).toHaveLength(2);
      night = 0;
      vi.advanceTimersByTime(1);
      expect(said[2]).toBe("room: 记下了：阿罗 梨2");
    } finally {
      vi.useRealTimers();
    }
  });
});
