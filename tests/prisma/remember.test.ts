import { expect, test } from "vitest";
import { Remembered } from "../../prisma/remember.ts";

const rows = [
  { afterMs: 4_000, looks: 1, why: "it is still fresh" },
  { afterMs: 5_000, looks: 2, why: "it is too old" },
  { afterMs: -3_600_000, looks: 2, why: "the clock was set back, so nobody knows how old it is" },
];
for (const { afterMs, looks, why } of rows) {
  test(`what was looked up is asked for again after ${afterMs} ms: ${looks} looks, since ${why}`, async () => {
    let now = Date.parse("2026-11-28T12:00:00Z");
    const clock = { now: () => new Date(now), newId: () => "" };
    const remembered = new Remembered<number>({ forMs: 5_000, most: 10 }, clock);
    let count = 0;
    const look = async () => new Map([["key", ++count]]);
    await remembered.getAll(new Map([["key", undefined]]), look);

    now += afterMs;
    await remembered.getAll(new Map([["key", undefined]]), look);

    expect(count).toBe(looks);
  });
}
