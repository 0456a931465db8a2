import { describe, expect, test } from "vitest";
import { Hearing } from "../../bot/hearing.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const NOON = Date.parse("2026-11-21T12:00:00+08:00");

describe("a closing whose time has come", () => {
  test("need not wait where everything has come", () => {
    expect(town().waits()).toBe(0);
  });

  test("waits while what was said before it may still be on its way, and not for ever", () => {
    const bot = town({ isBehind: true });

    expect(bot.waitsFor()).toBe(10 * MINUTE);
    expect(bot.waits()).toBe(0);
  });

  test("waits no longer as soon as all has come, and the next waits for what comes then", () => {
    const bot = town({ isBehind: true });
    bot.waits();
    bot.passes(9 * MINUTE);
    bot.set({ isBehind: false });
    expect(bot.waits()).toBe(0);
    bot.set({ isBehind: true });

    expect(bot.waitsFor()).toBe(10 * MINUTE);
  });

  test("waits for what the database could not take while it was away", () => {
    const bot = town({ isUnstored: true });

    expect(bot.waits()).toBeGreaterThan(0);
    bot.set({ isUnstored: false });
    expect(bot.waits()).toBe(0);
  });

  test("is looked at again soon at first", () => {
    const bot = town({ isBehind: true });

    expect(bot.waits()).toBe(250);
    bot.passes(250);
    expect(bot.waits()).toBe(250);
  });

  test("does not wait for a platform that another process serves", () => {
    expect(town({ isBehind: true }).waits("wechat")).toBe(0);
  });

  const rows = [
    { there: -MINUTE, waits: MINUTE, why: "the database is a minute ahead: people may order for that long" },
    { there: -60 * MINUTE, waits: MINUTE, why: "an hour ahead: somebody may set the clock meanwhile" },
    { there: -2 * SECOND, waits: 0, why: "clocks are never the same" },
    { there: 0, waits: 0, why: "the same" },
    { there: MINUTE, waits: 0, why: "the database is behind: its closing comes late by itself" },
    { there: undefined, waits: 0, why: "the platform's time is not known" },
  ];
  for (const { there, waits, why } of rows) {
    test(`waits ${waits} ms where the platform's clock is ${there} ms from the database's (${why})`, () => {
      expect(town({ there }).waits()).toBe(waits);
    });
  }
});

function town({
  isBehind = false,
  isUnstored = false,
  there,
}: {
  isBehind?: boolean;
  isUnstored?: boolean;
  there?: number | undefined;
} = {}) {
  let passed = 0;
  const state = { isBehind, isUnstored };
  const adapter = {
    get isBehind() {
      return state.isBehind;
    },
    now: () => (there === undefined ? undefined : new Date(NOON + passed + there)),
  };
  const hearing = new Hearing({
    adapters: new Map([["telegram", adapter]]),
    isUnstored: () => state.isUnstored,
    elapsed: () => passed,
  });
  const waits = (platform = "telegram") => hearing.waitMs(platform, new Date(NOON), new Date(NOON + passed));
  const passes = (ms: number) => {
    passed += ms;
  };
  return {
    waits,
    passes,
    set: (now: Partial<typeof state>) => Object.assign(state, now),
    /** How long a closing waits in all. */
    waitsFor() {
      const begun = passed;
      for (let wait = waits(); wait > 0; wait = waits()) passes(Math.min(wait, begun + 10 * MINUTE - passed || wait));
      return passed - begun;
    },
  };
}
