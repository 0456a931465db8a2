import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { Busy, Gather, type GatherParts, type HandleBatch } from "../../bot/gather.ts";
import type { Incoming, TextIn } from "../../bot/ports.ts";
import { Spool } from "../../bot/spool.ts";

const log = pino({ level: "silent" });

describe("the lane that all messages go through", () => {
  test("what arrives together is stored together, in order", async () => {
    const { gather, batches } = lane();

    await Promise.all([gather.deliver([says("1"), says("2")]), gather.deliver([says("3")])]);

    expect(batches).toEqual([["1", "2", "3"]]);
  });

  test("an event that is delivered twice at once is done twice", async () => {
    const { gather } = lane();
    const event = says("1");

    await expect(Promise.all([gather.deliver([event, event]), gather.deliver([event])])).resolves.toHaveLength(2);
    expect(gather.backlog).toBe(0);
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

  test("what could not be stored is known to wait until it is: no list becomes final meanwhile", async () => {
    const seen: boolean[] = [];
    const { gather } = lane(async (_, count) => {
      seen.push(gather.isBehind);
      if (count <= 2) throw outage();
    });

    await gather.deliver([says("1")]);
    await gather.deliver([says("2")]);

    expect(seen).toEqual([false, true, true, false]);
    expect(gather.isBehind).toBe(false);
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

  test("an event that takes too long each time is parked, and the others are stored", async () => {
    const { gather, batches, parked } = lane(
      async (events) => {
        if (events.some(({ id }) => id === "bad")) throw new Error("too slow");
      },
      { limits: { retryMs: 1, retryAtMostMs: 1 } },
    );

    await gather.deliver([says("1"), says("bad"), says("2")]);

    expect(parked).toEqual(["bad"]);
    expect(batches.filter((ids) => ids.includes("bad")).map((ids) => ids.length)).toEqual([3, 3, 3, 1, 1, 1]);
    expect(batches.at(-1)).toEqual(["2"]);
  });

  test("nothing is parked while the database takes nothing else either", async () => {
    let isAway = true;
    const kept: string[] = [];
    const { gather, batches } = lane(
      async (_, count) => {
        if (isAway) throw new Error(count % 4 === 0 ? "away" : "too slow");
      },
      {
        limits: { retryMs: 1, retryAtMostMs: 1 },
        park: async ({ id }) => {
          if (isAway) throw new Error("too slow");
          kept.push(id);
        },
      },
    );

    const delivered = gather.deliver([says("1")]);
    await expect.poll(() => batches.length).toBeGreaterThan(20);
    isAway = false;
    await delivered;

    expect(kept).toEqual([]);
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

describe("two batches under way", () => {
  test("never have words of the same person: nobody overtakes themselves", async () => {
    const { batches, begin, release } = heldAt("1");

    const first = await begin(says("1", { by: "ada" }));
    const second = await begin(says("2", { by: "ada" }));
    await (await begin(says("3", { by: "ben" }))).stored;
    const meanwhile = [...batches];
    release();
    await Promise.all([first.stored, second.stored]);

    expect(meanwhile).toEqual([["1"], ["3"]]);
    expect(batches.at(-1)).toEqual(["2"]);
  });

  test("a command waits for all that was said before it in its chat, and is waited for", async () => {
    const { batches, begin, release } = heldAt("1");

    const first = await begin(says("1", { by: "ada" }));
    const close = await begin(says("2", { by: "lin", text: "/close" }));
    const after = await begin(says("3", { by: "ben" }));
    await (await begin(says("4", { by: "ben", chat: "other" }))).stored;
    const meanwhile = [...batches];
    release();
    await Promise.all([first.stored, close.stored, after.stored]);

    expect(meanwhile).toEqual([["1"], ["4"]]);
    expect(batches.flat()).toEqual(["1", "4", "2", "3"]);
  });

  test("nothing of a chat passes a command that is under way there", async () => {
    const { batches, begin, release } = heldAt("1");

    const open = await begin(says("1", { by: "lin", text: "/open" }));
    const after = await begin(says("2", { by: "ben" }));
    await (await begin(says("3", { chat: "other" }))).stored;
    const meanwhile = [...batches];
    release();
    await Promise.all([open.stored, after.stored]);

    expect(meanwhile).toEqual([["1"], ["3"]]);
    expect(batches.flat()).toEqual(["1", "3", "2"]);
  });

  test("what is delivered together is done when all of it is, whatever the lane", async () => {
    const held = hold();
    const { gather, batches } = lane(async (events) => {
      if (events.some(({ id }) => id === "1")) await held.promise;
    });
    let isDone = false;

    const delivered = gather.deliver([says("1"), says("2", { text: "/close" })]).then(() => {
      isDone = true;
    });
    await held.reached(() => batches.length === 1);
    await new Promise(setImmediate);

    expect(isDone).toBe(false);
    held.release();
    await delivered;
  });
});

describe("more than can wait in memory", () => {
  test("is refused where the platform sends it again, until there is room", async () => {
    const held = hold();
    const { gather, batches } = lane(() => held.promise, { limits: { most: 3 } });

    const taken = [gather.deliver([says("1"), says("2")]), gather.deliver([says("3")])];
    const refused = await gather.deliver([says("4")]).catch((fault: unknown) => fault);
    held.release();
    await Promise.all(taken);
    await gather.deliver([says("4")]);

    expect(refused).toBeInstanceOf(Busy);
    expect(batches.flat()).toEqual(["1", "2", "3", "4"]);
    expect(gather.backlog).toBe(0);
  });

  test("is counted by the length of the texts too", async () => {
    const held = hold();
    const { gather } = lane(() => held.promise, { limits: { mostText: 1_000 } });
    const long = { ...says("1"), text: "x".repeat(900) };

    const taken = gather.deliver([long]);
    const refused = await gather.deliver([{ ...long, id: "2" }]).catch((fault: unknown) => fault);
    held.release();
    await taken;

    expect(refused).toBeInstanceOf(Busy);
  });

  test("but too large by itself, it is taken alone", async () => {
    const { gather, batches } = lane(async () => {}, { limits: { most: 1 } });

    await gather.deliver([says("1"), says("2")]);

    expect(batches).toEqual([["1", "2"]]);
  });

  test("goes into the spool where it would not come again, behind what is there", async () => {
    const held = hold();
    const { spool, path } = await ownSpool();
    const { gather, batches } = lane(() => held.promise, { spool, limits: { most: 2, lanes: 1 } });

    const first = [gather.deliver([once("1")]), gather.deliver([once("2")])];
    await gather.deliver([once("3")]); // done: it is on the disk
    await gather.deliver([once("4")]);
    const kept = statSync(path).size;
    held.release();
    await Promise.all(first);
    await held.reached(() => batches.flat().length === 4);
    await gather.stop();

    expect(kept).toBeGreaterThan(0);
    expect(batches.flat()).toEqual(["1", "2", "3", "4"]);
    expect(statSync(path).size).toBe(0);
  });
});

describe("what will not come again, while the database is away", () => {
  test("goes into the spool at once, in order, and from there to the database", async () => {
    const { spool, path } = await ownSpool();
    let isAway = true;
    const stored: string[] = [];
    const { gather } = lane(
      async (events) => {
        if (isAway) throw outage();
        stored.push(...events.map(({ id }) => id));
      },
      { spool, limits: { retryMs: 1, retryAtMostMs: 1 } },
    );

    await gather.deliver([once("1")]);
    await gather.deliver([once("2"), once("3")]);
    const kept = statSync(path).size;
    isAway = false;
    while (!spool.isEmpty) await new Promise(setImmediate);
    await gather.stop();

    expect(kept).toBeGreaterThan(0);
    expect(stored).toEqual(["1", "2", "3"]);
    expect(statSync(path).size).toBe(0);
  });

  test("stays in the spool when the process ends, and is stored by the next one", async () => {
    const { spool, path } = await ownSpool();
    const first = lane(
      async () => {
        throw outage();
      },
      { spool, limits: { retryMs: 1, retryAtMostMs: 1 } },
    );
    await first.gather.deliver([once("1")]);
    await Promise.all([first.gather.stop(), first.gather.deliver([once("2")])]);

    const again = await Spool.open(path);
    const second = lane(async () => {}, { spool: again });
    second.gather.start();
    while (!again.isEmpty) await new Promise(setImmediate);
    await second.gather.stop();
    await again.close();

    expect(second.batches.flat()).toEqual(["1", "2"]);
  });

  test("others wait in memory, unconfirmed", async () => {
    const { spool, path } = await ownSpool();
    const { gather } = lane(
      async (_, count) => {
        if (count === 1) throw outage();
      },
      { spool, limits: { retryMs: 1 } },
    );

    await gather.deliver([says("1")]);

    expect(statSync(path).size).toBe(0);
  });
});

type Stored = Parameters<HandleBatch>[1];

function lane(
  work: (events: readonly Incoming[], count: number, stored: Stored) => Promise<void> = async () => {},
  more: Partial<GatherParts> = {},
) {
  const batches: string[][] = [];
  const parked: string[] = [];
  const handle: HandleBatch = async (events, stored) => {
    batches.push(events.map(({ id }) => id));
    await work(events, batches.length, stored);
  };
  const gather = new Gather({
    handle,
    isOutage: (fault) => fault instanceof Error && ["away", "too slow"].includes(fault.message),
    isTimeout: (fault) => fault instanceof Error && fault.message === "too slow",
    park: async (event) => void parked.push(event.id),
    isWords: (event) => event.type === "text" && !event.text.startsWith("/"),
    resends: (platform) => platform !== "once",
    log,
    ...more,
  });
  return { gather, batches, parked };
}

function says(id: string, { platform = "fake", chat = "g", by = "u", text = "+1" } = {}): TextIn {
  return {
    type: "text",
    platform,
    chat: { id: chat, kind: "group" },
    id,
    position: 1,
    sender: { id: by, name: "Lin" },
    text,
    sentAt: new Date("2026-11-21T20:00:00+08:00"),
  };
}

/** A lane in which the batch with an event waits until it is released; deliveries are let in one after the other. */
function heldAt(id: string) {
  const held = hold();
  const { gather, batches } = lane(async (events) => {
    if (events.some((event) => event.id === id)) await held.promise;
  });
  const begin = async (event: Incoming) => {
    const stored = gather.deliver([event]);
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
    return { stored };
  };
  return { batches, begin, release: held.release };
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

/** Of a platform that does not send it again. */
function once(id: string): TextIn {
  return says(id, { platform: "once" });
}

async function ownSpool(): Promise<{ spool: Spool; path: string }> {
  const folder = mkdtempSync(join(tmpdir(), "plusone-spool-"));
  const path = join(folder, "spool.jsonl");
  const spool = await Spool.open(path);
  onTestFinished(async () => {
    await spool.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { spool, path };
}
