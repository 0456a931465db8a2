import pino from "pino";
import { describe, expect, test } from "vitest";
import { Gather, type HandleBatch } from "../../bot/gather.ts";
import type { Incoming, TextIn } from "../../bot/ports.ts";

const log = pino({ level: "silent" });

describe("the lane that all messages go through", () => {
  test("what arrives together is stored together, in order", async () => {
    const { gather, batches } = lane();

    await Promise.all([gather.deliver([says("1"), says("2")]), gather.deliver([says("3")])]);

    expect(batches).toEqual([["1", "2", "3"]]);
  });

  test("what arrives while a batch is being stored becomes the next one", async () => {
    const held = hold();
    const { gather, batches } = lane(async (_, count) => {
      if (count === 1) await held.promise;
    });

    const first = gather.deliver([says("1")]);
    await held.reached(() => batches.length === 1);
    const others = Promise.all([gather.deliver([says("2")]), gather.deliver([says("3")])]);
    held.release();
    await Promise.all([first, others]);

    expect(batches).toEqual([["1"], ["2", "3"]]);
  });

  test("a database that is away is waited for: nothing is lost, nothing confirmed before", async () => {
    const { gather, batches } = lane(async (_, count) => {
      if (count <= 2) throw outage();
    });

    await gather.deliver([says("1")]);

    expect(batches).toEqual([["1"], ["1"], ["1"]]);
  });

  test("what was stored before the database went away is not handled again", async () => {
    const { gather, batches } = lane(async (events, count, stored) => {
      if (count > 1) return;
      stored(events.slice(0, 2));
      throw outage();
    });

    await gather.deliver([says("1"), says("2"), says("3")]);

    expect(batches).toEqual([["1", "2", "3"], ["3"]]);
  });

  test("nor when another event fails by itself", async () => {
    const { gather, batches, parked } = lane(async (events, _, stored) => {
      for (const event of events) {
        if (event.id === "bad") throw new Error("cannot be read");
        stored([event]);
      }
    });

    await gather.deliver([says("1"), says("bad"), says("2")]);

    expect(parked).toEqual(["bad"]);
    expect(batches).toEqual([["1", "bad", "2"], ["bad"], ["bad"], ["2"]]);
  });

  test("an event that fails by itself is parked, and the others are stored", async () => {
    const { gather, batches, parked } = lane(async (events) => {
      if (events.some(({ id }) => id === "bad")) throw new Error("cannot be read");
    });

    await gather.deliver([says("1"), says("bad"), says("2")]);

    expect(parked).toEqual(["bad"]);
    expect(batches.at(-1)).toEqual(["2"]);
    expect(batches).toContainEqual(["1"]);
  });

  test("an event that fails once is tried again before it is parked", async () => {
    const { gather, batches, parked } = lane(async (_, count) => {
      if (count === 1) throw new Error("two processes met");
    });

    await gather.deliver([says("1")]);

    expect(parked).toEqual([]);
    expect(batches).toEqual([["1"], ["1"]]);
  });

  test("stopping stores what waits, and takes nothing more", async () => {
    const { gather, batches } = lane();

    const delivered = gather.deliver([says("1")]);
    await gather.stop();
    await delivered;

    expect(batches).toEqual([["1"]]);
    await expect(gather.deliver([says("2")])).rejects.toThrow(/stopping/);
  });

  test("stopping while the database is away gives back what it could not store, unconfirmed", async () => {
    const { gather } = lane(async () => {
      throw outage();
    });

    const delivered = gather.deliver([says("1")]);
    const stopped = gather.stop();

    await expect(delivered).rejects.toThrow(/away/);
    await stopped;
  });
});

type Stored = Parameters<HandleBatch>[1];

function lane(work: (events: readonly Incoming[], count: number, stored: Stored) => Promise<void> = async () => {}) {
  const batches: string[][] = [];
  const parked: string[] = [];
  const handle: HandleBatch = async (events, stored) => {
    batches.push(events.map(({ id }) => id));
    await work(events, batches.length, stored);
  };
  const gather = new Gather({
    handle,
    isOutage: (fault) => fault instanceof Error && fault.message === "away",
    park: async (event) => void parked.push(event.id),
    log,
  });
  return { gather, batches, parked };
}

function says(id: string): TextIn {
  return {
    type: "text",
    platform: "fake",
    chat: { id: "g", kind: "group" },
    id,
    position: 1,
    sender: { id: "u", name: "Lin" },
    text: "+1",
    sentAt: new Date("2026-11-21T20:00:00+08:00"),
  };
}

function outage(): Error {
  return new Error("away");
}

function hold() {
  let release = () => {};
  const promise = new Promise<void>((resolve) => {
    release = resolve;
  });
  const reached = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise(setImmediate);
  };
  return { promise, release: () => release(), reached };
}
