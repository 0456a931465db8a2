import pino from "pino";
import { describe, expect, test } from "vitest";
import { Lane } from "../../bot/lane.ts";

const log = pino({ level: "silent" });

describe("work that is under way once at most", () => {
  test("is done once more for all who asked while it was under way", async () => {
    let count = 0;
    const lane: Lane = new Lane(async () => {
      count += 1;
      if (count > 1) return;
      for (const _ of "many") lane.wake();
      await new Promise(setImmediate);
    }, log);

    lane.wake();
    await lane.idle();

    expect(count).toBe(2);
  });

  test("is done again after it has failed", async () => {
    let count = 0;
    const lane = new Lane(async () => {
      count += 1;
      if (count === 1) throw new Error("away");
    }, log);

    lane.wake();
    await lane.idle();
    lane.wake();
    await lane.idle();

    expect(count).toBe(2);
  });

  test("ends what is under way when it is stopped, and begins nothing", async () => {
    const done: string[] = [];
    const lane: Lane = new Lane(async () => {
      done.push("begun");
      lane.wake();
      await new Promise(setImmediate);
      done.push("ended");
    }, log);

    lane.wake();
    await Promise.resolve(); // it has begun
    await lane.stop();
    lane.wake();

    expect(done).toEqual(["begun", "ended"]);
  });
});
