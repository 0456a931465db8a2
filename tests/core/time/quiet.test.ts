import { describe, expect, test } from "vitest";
import { quietAround } from "../../../core/time/quiet.ts";

const NIGHT = { from: 22 * 60, until: 8 * 60 };

describe("quiet hours", () => {
  const rows = [
    {
      at: "2026-11-27T15:00:00Z",
      zone: "Asia/Shanghai",
      until: "2026-11-28T00:00:00Z",
      why: "23:00, until the morning",
    },
    {
      at: "2026-11-27T20:00:00Z",
      zone: "Asia/Shanghai",
      until: "2026-11-28T00:00:00Z",
      why: "4:00 of a night that began the day before",
    },
    { at: "2026-11-28T00:00:00Z", zone: "Asia/Shanghai", until: undefined, why: "8:00 is day" },
    { at: "2026-11-27T13:59:59Z", zone: "Asia/Shanghai", until: undefined, why: "not yet 22:00" },
    {
      at: "2026-11-01T03:00:00Z",
      zone: "America/New_York",
      until: "2026-11-01T13:00:00Z",
      why: "a night of 11 hours: clocks are set back",
    },
    {
      at: "2026-03-08T04:00:00Z",
      zone: "America/New_York",
      until: "2026-03-08T12:00:00Z",
      why: "a night of 9 hours: clocks are set forward",
    },
  ];
  for (const { at, zone, until, why } of rows) {
    test(`${at} in ${zone}: ${until ?? "not quiet"} (${why})`, () => {
      expect(quietAround(new Date(at), NIGHT, zone)?.until).toEqual(until && new Date(until));
    });
  }

  test("may lie within a day, or not be at all", () => {
    const at = new Date("2026-11-27T05:00:00Z"); // 13:00

    expect(quietAround(at, { from: 12 * 60, until: 14 * 60 }, "Asia/Shanghai")).toEqual({
      from: new Date("2026-11-27T04:00:00Z"),
      until: new Date("2026-11-27T06:00:00Z"),
    });
    expect(quietAround(at, undefined, "Asia/Shanghai")).toBeUndefined();
  });
});
