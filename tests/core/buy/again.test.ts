import { describe, expect, test } from "vitest";
import { timesAgain } from "../../../core/buy/again.ts";
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
