import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Moments } from "../../jobs/moments.ts";

const now = Date.parse("2026-11-21T20:00:00+08:00");
const hour = 60 * 60 * 1000;

describe("the moments asked for", () => {
  const rows = [
    { at: now + hour, todo: "add", why: "an hour from now" },
    { at: now, todo: "ring", why: "now" },
    { at: now - hour, todo: "ring", why: "past" },
    { at: Number.NaN, todo: "ring", why: "no date at all: a look too many does no harm" },
    { at: now + 24 * hour, todo: "add", why: "a day from now" },
    { at: now + 24 * hour + 1, todo: "nothing", why: "further away: the sweep asks again when it is nearer" },
  ] as const;
  for (const { at, todo, why } of rows) {
    test(`${todo}: ${why}`, () => {
      expect(new Moments().ask(at, now)).toBe(todo);
    });
  }

  test("are asked for once, however often somebody asks", () => {
    const moments = new Moments();
    moments.ask(now + hour, now);

    expect(moments.ask(now + hour, now)).toBe("nothing");
    expect(moments.missing(10)).toEqual([now + hour]);
  });

  test("a past one rings each time, for the last time may have failed", () => {
    const moments = new Moments();
    moments.ask(now - 1, now);

    expect(moments.ask(now - 1, now)).toBe("ring");
  });

  test("are missing until they are stored, and again when the queue may have lost them", () => {
    const moments = new Moments();
    moments.ask(now + hour, now);
    moments.ask(now + 2 * hour, now);

    moments.stored([now + hour]);
    expect(moments.missing(10)).toEqual([now + 2 * hour]);
    expect(moments.next(now)).toBe(now + hour);

    moments.doubt();
    expect(moments.missing(10)).toEqual([now + hour, now + 2 * hour]);
    expect(moments.missing(1)).toEqual([now + hour]);
    expect(moments.next(now)).toBeUndefined();
  });

  test("are forgotten once they have passed; one that never reached the queue is told", () => {
    const moments = new Moments();
    moments.ask(now + 50, now);
    moments.ask(now + 100, now);
    moments.ask(now + hour, now);
    moments.stored([now + 50, now + hour]);

    expect(moments.pass(now + 50)).toBe(false);
    expect(moments.pass(now + 100)).toBe(true);
    expect(moments.pass(now + 100)).toBe(false);
    expect(moments.next(now)).toBe(now + hour);
  });

  test("never ring early, and at most 50 ms late", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 24 * hour }), (delay) => {
        const moments = new Moments();
        moments.ask(now + delay, now);
        const [moment] = moments.missing(1);

        expect(moment! - (now + delay)).toBeGreaterThanOrEqual(0);
        expect(moment! - (now + delay)).toBeLessThan(50);
      }),
    );
  });

  test("are at most twenty jobs a second, however many buys close in it", () => {
    const moments = new Moments();
    for (let ms = 1; ms <= 1000; ms++) moments.ask(now + ms, now);

    expect(moments.missing(1000)).toHaveLength(20);
  });
});
