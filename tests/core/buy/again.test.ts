import { describe, expect, test } from "vitest";
import { pickupAfter, timesAgain } from "../../../core/buy/again.ts";
import type { BuyTerms } from "../../../core/buy/terms.ts";

const day = (text: string) => new Date(text);
const TERMS: BuyTerms = {
  title: "Apples",
  currency: "CNY",
  items: [],
  openedAt: day("2026-11-20T10:00:00+08:00"),
  closesAt: day("2026-11-21T20:00:00+08:00"),
};
const PICKUP = { from: day("2026-11-23T17:00:00+08:00"), until: day("2026-11-23T19:00:00+08:00") };

describe("a buy that opens again", () => {
  test("closes as many days after its opening as before, at the same hour", () => {
    expect(timesAgain(TERMS, PICKUP, day("2026-11-27T18:00:00+08:00"), "Asia/Shanghai")).toEqual({
      closesAt: day("2026-11-28T20:00:00+08:00"),
      from: day("2026-11-30T17:00:00+08:00"),
      until: day("2026-11-30T19:00:00+08:00"),
    });
  });

  test("later in the day than its closing, everything is a day later", () => {
    const sameDay = { ...TERMS, closesAt: day("2026-11-20T20:00:00+08:00") };

    expect(timesAgain(sameDay, undefined, day("2026-11-27T21:00:00+08:00"), "Asia/Shanghai")).toEqual({
      closesAt: day("2026-11-28T20:00:00+08:00"),
    });
  });

  test("keeps its hour where clocks are set back between", () => {
    const terms = { ...TERMS, openedAt: day("2026-10-24T10:00:00-04:00"), closesAt: day("2026-10-24T20:00:00-04:00") };

    expect(timesAgain(terms, undefined, day("2026-11-01T10:00:00-05:00"), "America/New_York")).toEqual({
      closesAt: day("2026-11-01T20:00:00-05:00"),
    });
  });

  test("has no times where it had none", () => {
    const { closesAt: _, ...terms } = TERMS;

    expect(timesAgain(terms, undefined, day("2026-11-27T18:00:00+08:00"), "Asia/Shanghai")).toEqual({});
  });
});

describe("a pickup that a later closing would overtake", () => {
  const rows = [
    { closesAt: "2026-11-23T17:00:00+08:00", from: "2026-11-24T17:00:00+08:00", why: "as it begins is too late" },
    { closesAt: "2026-11-25T12:00:00+08:00", from: "2026-11-25T17:00:00+08:00", why: "the same day will do" },
    { closesAt: "2026-11-25T18:00:00+08:00", from: "2026-11-26T17:00:00+08:00", why: "else the day after" },
    { closesAt: "2026-11-20T18:00:00+08:00", from: "2026-11-23T17:00:00+08:00", why: "it is not overtaken" },
  ];
  for (const { closesAt, from, why } of rows) {
    test(`begins at the same hour, ${from} after ${closesAt} (${why})`, () => {
      const until = new Date(day(from).getTime() + 2 * 60 * 60_000);

      expect(pickupAfter(day(closesAt), PICKUP, "Asia/Shanghai")).toEqual({ from: day(from), until });
    });
  }

  test("keeps its hour where clocks are set back between", () => {
    const pickup = { until: day("2026-10-31T19:00:00-04:00") };

    expect(pickupAfter(day("2026-11-01T12:00:00-05:00"), pickup, "America/New_York")).toEqual({
      until: day("2026-11-01T19:00:00-05:00"),
    });
  });
});
