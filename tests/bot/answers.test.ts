import pino from "pino";
import { describe, expect, test } from "vitest";
import { Answers } from "../../bot/answers.ts";
import { Pacing } from "../../bot/pacing.ts";
import { type Adapter, type Capabilities, type Mark, type Rates, SendFault } from "../../bot/ports.ts";
import type { Place } from "../../bot/store.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

const RATES: Rates = {
  direct: [],
  group: [{ most: 20, perMs: 60_000 }],
  edits: [],
  inAll: [{ most: 30, perMs: 1_000 }],
};
const community = { id: "c", name: "", zone: "UTC", language: "en", currency: "EUR", lastCallMinutes: 0 } as const;
const GREEN: Place = {
  community: { ...community, remindPayment: false },
  ...{ chat: "green", platform: "busy", externalChat: "-1", kind: "group" },
};

describe("marks", () => {
  test("of two thousand orders within a minute are all given, the last within half a minute more", async () => {
    const { answers, clock, marks, passes } = chat();
    for (let order = 0; order < 2_000; order += 1) {
      if (order % 100 === 0) await passes(3_000);
      answers.give([markOf(String(order), "booked")]);
    }
    const asked = clock.now().getTime();
    await passes(30_000);

    expect(marks.map(({ message }) => message)).toEqual(Array.from({ length: 2_000 }, (_, order) => String(order)));
    const inSecond = (from: number) => marks.filter(({ at }) => at >= from && at < from + 1_000).length;
    expect(Math.max(...marks.map(({ at }) => inSecond(at)))).toBeLessThanOrEqual(30);
    expect(marks.at(-1)!.at).toBeLessThanOrEqual(asked + 30_000);
  });

  test("wait through a pause, and of two for one message only the newer is given", async () => {
    const { answers, pacing, marks, passes } = chat();
    pacing.pause(GREEN, 7_000);

    answers.give([markOf("1", "booked"), markOf("2", "booked"), markOf("1", "changed")]);
    await passes(6_999);
    expect(marks).toEqual([]);
    await passes(1);

    expect(marks.map(({ message, mark }) => [message, mark])).toEqual([
      ["1", "changed"],
      ["2", "booked"],
    ]);
  });

  test("that were refused for a while or whose answer was lost are put again, others are not", async () => {
    const { answers, faults, marks, passes } = chat();
    faults.push(new SendFault("not-sent", "busy", { retryAfterMs: 5_000 }), new SendFault("unknown", "cut"));
    answers.give([markOf("1", "booked")]);
    await passes(10_000);
    faults.push(new SendFault("gone", "the message is not there"));
    answers.give([markOf("2", "booked"), markOf("3", "booked")]);
    await passes(10_000);

    expect(marks.map(({ message }) => message)).toEqual(["1", "3"]);
  });

  test("are not waited for when the process stops", async () => {
    const { answers, pacing, marks } = chat();
    pacing.pause(GREEN, 60_000);
    answers.give([markOf("1", "booked"), markOf("2", "booked")]);

    pacing.stop();
    await answers.drain();

    expect(marks).toEqual([]);
  });
});

const markOf = (message: string, mark: Mark) => ({ type: "mark", place: GREEN, message, mark }) as const;

/** A chat on a platform with the pace of Telegram, and time that passes by hand. */
function chat() {
  const clock = new VirtualClock();
  const marks: { readonly message: string; readonly mark: Mark; readonly at: number }[] = [];
  /** What the next calls meet with. */
  const faults: SendFault[] = [];
  const adapter: Pick<Adapter, "capabilities" | "react"> = {
    capabilities: { react: true, editEveryMs: 0, rates: RATES } as Capabilities,
    react: async (_, message, mark) => {
      const fault = faults.shift();
      if (fault) throw fault;
      marks.push({ message, mark, at: clock.now().getTime() });
    },
  };
  const adapters = new Map([["busy", adapter as Adapter]]);
  const pacing = new Pacing(adapters, clock, clock.runIn);
  const answers = new Answers(adapters, pacing, pino({ level: "silent" }));
  const passes = async (ms: number) => {
    for (let left = ms; ; ) {
      for (let turns = 0; turns < 3; turns += 1) await new Promise(setImmediate);
      if (left <= 0) return;
      const step = Math.min(left, Math.max(1, clock.nextInMs ?? left));
      clock.advance(step);
      left -= step;
    }
  };
  return { answers, clock, faults, marks, pacing, passes };
}
