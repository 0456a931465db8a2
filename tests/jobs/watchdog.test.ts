import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PlusoneError } from "../../bot/fault.ts";
import type { Link, LinkEvents } from "../../jobs/link.ts";
import { type Pace, pace as usual } from "../../jobs/queues.ts";
import { Watchdog } from "../../jobs/watchdog.ts";
import { eventually } from "../support/eventually.ts";

const pace: Pace = {
  ...usual,
  beatEvery: 40,
  patience: 40,
  leastPause: 20,
  answer: 60,
  firstRetry: 10,
  longestRetry: 20,
  close: 50,
};

/** A backend in memory, which does what the test says. */
class FakeBackend {
  readonly name = "redis";
  opened = 0;
  closed = 0;
  /** Ids of all beats ever put in. */
  readonly beats: string[] = [];
  /** When each was put in, by a clock that nobody sets. */
  readonly beatAt: number[] = [];
  readonly held = new Set<string>();
  events: LinkEvents | undefined;
  /** Beats come out again at once. */
  works = true;
  open = async (events: LinkEvents): Promise<Link> => {
    this.opened += 1;
    this.events = events;
    return this.link;
  };
  ping = async () => undefined;
  look = () => Promise.reject(new Error("nobody looks at it"));
  readonly link: Link = {
    add: async (jobs) => {
      for (const { name, data, opts } of jobs) {
        this.beats.push(opts.jobId);
        this.beatAt.push(performance.now());
        if (this.works) this.events?.take({ id: opts.jobId, name, data });
        else this.held.add(opts.jobId);
      }
    },
    holds: async (id) => this.held.has(id),
    remove: async (id) => {
      this.held.delete(id);
    },
    recoverStalled: async () => undefined,
    close: async () => {
      this.closed += 1;
    },
  };
}

let backend: FakeBackend;
let told: { level: number; msg: string }[];
let healthyBeats: boolean[];
let watchdog: Watchdog;

beforeEach(() => {
  backend = new FakeBackend();
  told = [];
  healthyBeats = [];
  watchdog = new Watchdog({
    backend,
    pace,
    log: pino({ level: "info" }, { write: (line) => told.push(JSON.parse(line)) }),
    clock: { now: () => new Date(), newId: () => "a-process" },
    take: () => {
      watchdog.hear();
      return true;
    },
    onBeat: async (_, fresh) => {
      healthyBeats.push(fresh);
    },
  });
});
afterEach(async () => {
  await watchdog.stop();
});

describe("the watchdog", () => {
  test("beats on and leaves a link that works alone", async () => {
    await watchdog.start();

    await eventually("it has beaten five times", () => backend.beats.length >= 5);
    expect(new Set(backend.beats).size).toBe(backend.beats.length);
    expect([backend.opened, backend.closed]).toEqual([1, 0]);
    expect(healthyBeats.slice(0, 2)).toEqual([true, false]);
    expect(told).toEqual([]);
  });

  test("makes another link when a beat does not come out, and says so once", async () => {
    await watchdog.start();
    backend.works = false;

    await eventually("it has tried three times", () => backend.opened >= 4);
    expect(backend.closed).toBeGreaterThanOrEqual(3);
    expect(watchdog.link).toBeUndefined();
    backend.works = true;

    await eventually("it works again", () => watchdog.link);
    expect(told.map(({ level }) => level)).toEqual([40, 30]);
    expect(healthyBeats.at(-1)).toBe(true);
  });

  test("is not held up by a beat that a dead taker has locked", async () => {
    backend.link.remove = async () => undefined; // locked jobs stay
    backend.works = false;
    await watchdog.start();
    backend.works = true;

    await eventually("it works", () => watchdog.link);
    expect(backend.held.size).toBeGreaterThan(0);
  });

  test("takes back the beats that nobody took, so that they do not pile up", async () => {
    backend.works = false;
    await watchdog.start();
    await eventually("it has tried four times", () => backend.opened >= 4);

    expect(backend.held.size).toBeLessThanOrEqual(1);
  });

  test("takes a beat that came out in another process for a good sign", async () => {
    backend.events = undefined;
    backend.open = async () => backend.link; // nothing comes out here, nothing stays inside

    await watchdog.start();

    expect(watchdog.link).toBe(backend.link);
  });

  test("does not wait for a queue that never answers", async () => {
    backend.link.add = () => new Promise(() => {});

    await watchdog.start();

    expect(watchdog.outage?.reason).toMatchObject({ message: expect.stringContaining("took longer than 60 ms") });
  });

  test("looks soon when trouble is reported, but not as often as trouble is", async () => {
    await watchdog.start();

    await eventually("five beats have passed", () => {
      for (let times = 0; times < 100; times++) watchdog.report(new Error("trouble"));
      return backend.beats.length >= 5;
    });

    const pauses = backend.beatAt.slice(1).map((at, index) => at - backend.beatAt[index]!);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(pace.leastPause - 1); // timers count whole milliseconds
  });

  test("throws at the start what the other side refuses, and does not go on", async () => {
    const fault = new PlusoneError({ code: "redis-evicts", message: "No.", advice: "Change it." });
    backend.open = async () => {
      throw fault;
    };

    await expect(watchdog.start()).rejects.toBe(fault);
  });

  test("tells a refusal that comes later once, and takes the link when it is over", async () => {
    await watchdog.start();
    const open = backend.open;
    backend.works = false;
    let tries = 0;
    backend.open = async () => {
      tries += 1;
      throw new PlusoneError({ code: "redis-evicts", message: "No.", advice: "Change it." });
    };
    await eventually("it has tried three times", () => tries >= 3);
    backend.works = true;
    backend.open = open;

    await eventually("it works again", () => watchdog.link);
    expect(told.map(({ level }) => level)).toEqual([40, 50, 30]);
  });

  test("closes a link that is made while it stops", async () => {
    await watchdog.start();
    let finish: (() => void) | undefined;
    backend.open = () =>
      new Promise((resolve) => {
        finish = () => resolve(backend.link);
      });
    backend.works = false;
    await eventually("it makes a link", () => finish);

    const stopping = watchdog.stop();
    finish?.();
    await stopping;

    await eventually("it is closed", () => backend.closed >= 2);
  });
});
