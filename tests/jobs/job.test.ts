import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { queuedAlarm, queuedBeat, readJob } from "../../jobs/job.ts";

const now = Date.parse("2026-11-21T20:00:00+08:00");
const soon = now + 60_000;

describe("a job", () => {
  test("is read as it was put in", () => {
    expect(readJob(queuedAlarm(soon, now).data)).toEqual({ kind: "alarm", at: soon });
    expect(readJob(queuedBeat("a-process", now).data)).toEqual({ kind: "beat", from: "a-process" });
  });

  test("carries its moment in its id, without a colon, so that two processes ask for the same one", () => {
    expect(queuedAlarm(soon, now).opts.jobId).toBe(`alarm.${soon}`);
    expect(queuedAlarm(soon, now + 5).opts.jobId).toBe(`alarm.${soon}`);
  });

  test("is due at its moment, or at once if that is past", () => {
    expect(queuedAlarm(soon, now).opts).toMatchObject({ timestamp: now, delay: 60_000 });
    expect(queuedAlarm(now - 1, now).opts.delay).toBe(0);
  });

  const strange = [
    { data: { kind: "close-buy", at: soon }, why: "a kind of another version" },
    { data: { kind: "alarm", at: "soon" }, why: "an alarm without an instant" },
    { data: { kind: "beat" }, why: "a beat of nobody" },
    { data: null, why: "nothing" },
    { data: "alarm", why: "a word" },
  ];
  for (const { data, why } of strange) {
    test(`is not guessed at: ${why}`, () => {
      expect(readJob(data)).toBeUndefined();
    });
  }

  test("is never a reason to throw, whatever it holds", () => {
    fc.assert(
      fc.property(fc.anything(), (data) => {
        readJob(data);
      }),
    );
  });
});
