import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { endOfDay, formatInstant, instantOf, isZone, wallAt } from "../../../core/time/zone.ts";

const zones = [
  "Asia/Shanghai",
  "Europe/London",
  "America/New_York",
  "Australia/Sydney",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "UTC",
];
const instants = fc.date({ min: new Date("1990-01-01"), max: new Date("2037-12-31"), noInvalidDate: true });
const wall = { year: 2026, month: 10, day: 25, hour: 0, minute: 0, second: 0 };

describe("wall time in a zone", () => {
  test("leads back to the instant, or to the earlier one that shows the same", () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (date, zone) => {
        const at = new Date(Math.floor(date.getTime() / 1000) * 1000);

        const back = instantOf(wallAt(at, zone), zone);

        expect(back).toBeDefined();
        expect(wallAt(back ?? at, zone)).toEqual(wallAt(at, zone));
        expect(at.getTime() - (back?.getTime() ?? 0)).toBeGreaterThanOrEqual(0);
        expect(at.getTime() - (back?.getTime() ?? 0)).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });

  test("is what Intl shows, in every zone", () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...Intl.supportedValuesOf("timeZone")), (at, zone) => {
        const shown = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });

        const { year, month, day, hour, minute, second } = wallAt(at, zone);

        const two = (number: number) => String(number).padStart(2, "0");
        expect(`${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`).toBe(shown.format(at));
      }),
      { numRuns: 1_000 },
    );
  });

  test("is printed with the offset of that moment", () => {
    expect(formatInstant(new Date("2026-10-25T00:30:00Z"), "Europe/London")).toBe("2026-10-25T01:30:00+01:00");
    expect(formatInstant(new Date("2026-10-25T01:30:00Z"), "Europe/London")).toBe("2026-10-25T01:30:00+00:00");
    expect(formatInstant(new Date("2026-01-01T00:00:00Z"), "Asia/Kathmandu")).toBe("2026-01-01T05:45:00+05:45");
    expect(formatInstant(new Date("2026-01-01T00:00:00Z"), "America/St_Johns")).toBe("2025-12-31T20:30:00-03:30");
  });

  test("that comes twice is the earlier one", () => {
    const twice = { ...wall, hour: 1, minute: 30 };

    expect(instantOf(twice, "Europe/London")?.toISOString()).toBe("2026-10-25T00:30:00.000Z");
  });

  test("that clocks skip is none", () => {
    const skipped = { ...wall, month: 3, day: 29, hour: 1, minute: 30 };

    expect(instantOf(skipped, "Europe/London")).toBeUndefined();
  });

  test("of 24:00 is the next day's beginning", () => {
    expect(instantOf({ ...wall, hour: 24 }, "Europe/London")?.toISOString()).toBe("2026-10-26T00:00:00.000Z");
    expect(endOfDay(wall, "Europe/London").toISOString()).toBe("2026-10-26T00:00:00.000Z");
  });

  test("of a day's end exists even where clocks skip midnight", () => {
    const lastDay = { ...wall, year: 2026, month: 9, day: 5 };

    expect(endOfDay(lastDay, "America/Santiago").toISOString()).toBe("2026-09-06T04:00:00.000Z");
  });

  test("needs a zone that the runtime knows", () => {
    expect(isZone("Asia/Shanghai")).toBe(true);
    expect(isZone("Asia/Nowhere")).toBe(false);
    expect(isZone("")).toBe(false);
  });
});
