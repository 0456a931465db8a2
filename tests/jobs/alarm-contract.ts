import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Alarm } from "../../bot/ports.ts";
import { createAlarm } from "../../jobs/alarm.ts";
import { queuedAlarm } from "../../jobs/job.ts";
import type { Pace } from "../../jobs/queues.ts";
import { eventually } from "../support/eventually.ts";
import type { QueueServer } from "./queue-server.ts";

/** Quick enough for a test to see several beats, patient enough for a busy machine. */
const quick: Partial<Pace> = {
  beatEvery: 300,
  patience: 1_000,
  stalledInterval: 300,
  leastPause: 50,
  firstRetry: 50,
  longestRetry: 300,
};

const clock = { now: () => new Date(), newId: () => randomUUID() };
const inMs = (ms: number) => new Date(Date.now() + ms);
const inAnHour = () => inMs(60 * 60 * 1000);

/**
 * What the alarm promises, whichever database holds the queue; to be called in a suite. One server for all tests, an
 * empty queue for each.
 */
export function alarmContract(startServer: () => Promise<QueueServer>): void {
  let server: QueueServer;
  let running: Alarm[];
  let told: Told[];

  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(async () => {
    await server?.close();
  });
  beforeEach(() => {
    running = [];
    told = [];
  });
  afterEach(async () => {
    server.thaw();
    await server.up();
    await Promise.all(running.map((alarm) => alarm.stop()));
    await server.asOther((queue) => queue.obliterate({ force: true }));
  });

  function anAlarm(pace: Partial<Pace> = {}): Alarm {
    const log = pino({ level: "warn" }, { write: (line) => told.push(JSON.parse(line) as Told) });
    const alarm = createAlarm({ ...server.where, log, clock, pace });
    running.push(alarm);
    return alarm;
  }

  /** A process with its alarm started, which notes when it looked. */
  async function aProcess(pace: Partial<Pace> = {}): Promise<{ alarm: Alarm; looks: Date[] }> {
    const looks: Date[] = [];
    const alarm = anAlarm(pace);
    await alarm.start(async () => {
      looks.push(new Date());
    });
    return { alarm, looks };
  }

  /** Ids of the jobs in the queue, beats aside: they come and go by themselves. */
  async function jobs(): Promise<string[]> {
    const all = await server.asOther((queue) => queue.getJobs(["waiting", "delayed", "active", "failed", "completed"]));
    return all.map(({ id }) => String(id)).filter((id) => !id.startsWith("beat."));
  }

  const ok = async (alarm: Alarm) => (await alarm.health()).ok;

  describe("rings", () => {
    test("at the moment asked for, once, and leaves nothing in the queue", async () => {
      const { alarm, looks } = await aProcess();
      const at = inMs(300);

      alarm.ringAt(at);
      await eventually("it rings", () => looks.length > 0);

      expect(looks[0]!.getTime()).toBeGreaterThanOrEqual(at.getTime());
      await eventually("the job is gone", async () => (await jobs()).length === 0);
      expect(looks).toHaveLength(1);
    });

    test("at once for a moment that is past, even while the queue is down", async () => {
      const { alarm, looks } = await aProcess();
      await server.down();

      alarm.ringAt(inMs(-60_000));

      await eventually("it rings", () => looks.length > 0);
    });

    test("for moments asked for before the start", async () => {
      const alarm = anAlarm();
      const looks: Date[] = [];
      const soon = inMs(500);
      alarm.ringAt(inMs(-1));
      alarm.ringAt(soon);

      await alarm.start(async () => {
        looks.push(new Date());
      });

      await eventually("it rings for the one that is past", () => looks.length > 0);
      await eventually("it rings for the other", () => looks.some((look) => look >= soon));
    });

    test("once for a thousand buys that close at the same moment", async () => {
      const { alarm, looks } = await aProcess();
      const [soon, later] = [inMs(400), inAnHour()];

      for (let buy = 0; buy < 1000; buy++) for (const at of [soon, later]) alarm.ringAt(at);
      await eventually("it rings", () => looks.length > 0);
      await eventually("the later one alone is in the queue", async () => (await jobs()).length === 1);

      expect(looks).toHaveLength(1);
    });

    test("each time it is asked", async () => {
      const { alarm, looks } = await aProcess();
      for (let ring = 1; ring <= 3; ring++) {
        alarm.ringAt(inMs(60));
        await eventually(`it rings for the ${ring}. time`, () => looks.length === ring);
      }
    });

    test("in one of two processes, whichever asked", async () => {
      const one = await aProcess();
      const other = await aProcess();
      const at = inMs(1_000);

      one.alarm.ringAt(at);
      other.alarm.ringAt(at);

      await eventually("one of them rings", () => one.looks.length + other.looks.length > 0);
      await eventually("the job is gone", async () => (await jobs()).length === 0);
      expect(one.looks.length + other.looks.length).toBe(1);
    });

    test("after a look that failed", async () => {
      const alarm = anAlarm();
      let looks = 0;
      await alarm.start(async () => {
        looks += 1;
        throw new Error("the database is away");
      });

      alarm.ringAt(inMs(-1));
      await eventually("it looks", () => looks === 1);
      alarm.ringAt(inMs(60));

      await eventually("it looks again", () => looks === 2);
    });
  });

  describe("keeps in the queue", () => {
    test("a job for each moment, with the moment in its id", async () => {
      const { alarm } = await aProcess();
      const at = inAnHour();
      at.setMilliseconds(0);

      alarm.ringAt(at);

      await eventually("it is in the queue", async () => (await jobs()).includes(`alarm.${at.getTime()}`));
    });

    test("nothing that is more than a day away", async () => {
      const { alarm } = await aProcess();

      alarm.ringAt(new Date(Date.now() + 7 * 24 * 60 * 60 * 1000));
      alarm.ringAt(inAnHour());

      await eventually("the near one is in the queue", async () => (await jobs()).length > 0);
      expect(await jobs()).toHaveLength(1);
    });

    test("what one process asked for when that process has ended", async () => {
      const first = await aProcess();
      first.alarm.ringAt(inAnHour());
      await eventually("it is in the queue", async () => (await jobs()).length === 1);
      await first.alarm.stop();
      expect(first.looks).toEqual([]);

      const second = await aProcess();
      await server.asOther(async (queue) => (await queue.getDelayed())[0]!.promote()); // its hour has come

      await eventually("it rings in the next one", () => second.looks.length > 0);
    });
  });

  describe("a job of an unknown kind", () => {
    test("is parked and told, not tried again, and in nobody's way", async () => {
      const { alarm, looks } = await aProcess();

      await server.asOther((queue) =>
        queue.add("close-buy", { kind: "close-buy" }, { jobId: "from.later", attempts: 5 }),
      );

      await eventually("it is told", () => told.some(({ job }) => job === "from.later"));
      await eventually("it is parked", () =>
        server.asOther(async (queue) => (await queue.getFailed()).some(({ id }) => id === "from.later")),
      );
      expect(told.filter(({ job }) => job === "from.later")).toHaveLength(1);
      expect(await alarm.health()).toMatchObject({ ok: true, detail: expect.stringContaining("unknown") });
      alarm.ringAt(inMs(60));
      await eventually("alarms ring", () => looks.length > 0);
    });
  });

  describe("survives", () => {
    test("a start while the queue is down: it is there within 15 s of the queue, and nothing asked for is lost", async () => {
      await server.down();
      const { alarm, looks } = await aProcess();
      alarm.ringAt(inMs(100));
      alarm.ringAt(inAnHour());
      expect(await alarm.health()).toMatchObject({
        ok: false,
        detail: expect.stringMatching(/since .*ECONNREFUSED/),
      });

      await server.up();

      await eventually("the queue works", () => ok(alarm));
      await eventually("it rings for the moment that passed meanwhile", () => looks.length > 0);
      await eventually("the later one is in the queue", async () => (await jobs()).length === 1);
      expect(told.filter(({ level }) => level >= 40)).toHaveLength(1);
    });

    test("kill -9 of the queue, which may come back with nothing in it", async () => {
      const { alarm, looks } = await aProcess(quick);
      alarm.ringAt(inMs(3_000));
      await eventually("it is in the queue", async () => (await jobs()).length === 1);

      await server.crash();

      await eventually("it rings", () => looks.length > 0);
    });

    test("an outage with alarms asked for in the middle of it", async () => {
      const { alarm, looks } = await aProcess(quick);
      await server.down();
      await eventually("it notices", () => told.length > 0);
      expect(await ok(alarm)).toBe(false);

      for (let ms = 1; ms <= 500; ms++) alarm.ringAt(inMs(1_000 + ms));
      await server.up();

      await eventually("the queue works", () => ok(alarm));
      await eventually("it rings", () => looks.length > 0);
      expect(told.filter(({ level }) => level >= 40)).toHaveLength(1);
    });

    test("a queue that somebody empties: what was asked for is put back, and what is asked for next rings", async () => {
      const { alarm, looks } = await aProcess(quick);
      alarm.ringAt(inAnHour());
      await eventually("it is in the queue", async () => (await jobs()).length === 1);

      await server.empty();
      alarm.ringAt(inMs(100));

      await eventually("the next one rings", () => looks.length > 0);
      await eventually("the other is back", async () => (await jobs()).length === 1);
    });

    test("the loss of every connection", async () => {
      const { alarm, looks } = await aProcess(quick);

      expect(await server.cutConnections()).toBeGreaterThan(1);
      alarm.ringAt(inMs(500));

      await eventually("it rings", () => looks.length > 0);
      await eventually("the queue works", () => ok(alarm));
    });

    test("a queue that hangs: connections stand and nothing answers", async () => {
      const { alarm, looks } = await aProcess(quick);

      await server.freeze();
      await eventually("it notices", async () => !(await ok(alarm)));
      server.thaw();

      await eventually("the queue works", () => ok(alarm));
      alarm.ringAt(inMs(60));
      await eventually("it rings", () => looks.length > 0);
    });

    test("the death of a process that had just taken an alarm: another one is given it", async () => {
      const { opts, data } = queuedAlarm(Date.now(), Date.now());
      await server.asOther((queue) => queue.add("alarm", data, { ...opts, removeOnComplete: true }));
      await server.dieWithJob();

      const { looks } = await aProcess(quick);

      await eventually("it rings", () => looks.length > 0);
    });

    test("a worker that takes no jobs: it says so, and another one takes its place", async () => {
      const { alarm, looks } = await aProcess(quick);

      await server.asOther((queue) => queue.pause());
      await eventually("it notices", async () => (await alarm.health()).detail?.includes("no worker takes jobs"));
      await server.asOther((queue) => queue.resume());

      await eventually("the queue works", () => ok(alarm));
      alarm.ringAt(inMs(60));
      await eventually("it rings", () => looks.length > 0);
    });

    test("another process whose worker takes all the beats", async () => {
      const one = await aProcess(quick);
      const other = await aProcess(quick);
      const calm = Date.now() + 2_000;

      await eventually("two seconds pass in which both are well", async () => {
        expect(await ok(one.alarm)).toBe(true);
        expect(await ok(other.alarm)).toBe(true);
        return Date.now() > calm;
      });

      expect(told).toEqual([]);
    });
  });

  describe("stops", () => {
    test("after the look under way, and rings no more", async () => {
      const alarm = anAlarm();
      let looks = 0;
      let end = () => {};
      await alarm.start(() => {
        looks += 1;
        return new Promise((resolve) => {
          end = resolve;
        });
      });
      alarm.ringAt(inMs(-1));
      await eventually("it looks", () => looks === 1);

      let stopped = false;
      const stopping = alarm.stop().then(() => {
        stopped = true;
      });
      await eventually("its connections are closed", async () => (await server.cutConnections()) === 0);
      expect(stopped).toBe(false);
      end();
      await stopping;

      alarm.ringAt(inMs(-1));
      expect(looks).toBe(1);
    });

    const states = [
      { state: "while all is well", prepare: async () => undefined },
      { state: "while the queue is down", prepare: () => server.down() },
      { state: "while the queue hangs", prepare: () => server.freeze() },
    ];
    for (const { state, prepare } of states) {
      test(`${state}, and leaves nothing open`, async () => {
        const open = () => process.getActiveResourcesInfo().filter((kind) => /TCP|Timeout|Immediate/.test(kind)).length;
        const before = open();
        const { alarm } = await aProcess(quick);
        alarm.ringAt(inAnHour());
        await prepare();

        await alarm.stop();

        await eventually("nothing is open", () => open() <= before);
      });
    }

    test("without having been started, and twice", async () => {
      const alarm = anAlarm();

      await alarm.stop();
      await alarm.stop();
    });
  });
}

/** A line of the log. */
interface Told {
  readonly level: number;
  readonly msg: string;
  readonly job?: string;
}
