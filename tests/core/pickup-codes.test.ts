import fc from "fast-check";
import { expect, test } from "vitest";
import { codesFor } from "../../core/pickup-codes.ts";

test("each person has four digits that nobody else in the buy has", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string(), { maxLength: 50 }),
      fc.array(fc.nat(9_999)),
      fc.nat(),
      (people, inUse, drawn) => {
        const taken = inUse.map((code) => String(code).padStart(4, "0"));

        const codes = [...codesFor(people, taken, () => drawn)].map(([, code]) => code);

        expect(codes).toHaveLength(people.length);
        expect(codes.every((code) => /^\d{4}$/.test(code) && !taken.includes(code))).toBe(true);
        expect(new Set(codes).size).toBe(codes.length);
      },
    ),
  );
});

test("more people than codes are refused", () => {
  const people = Array.from({ length: 3 }, (_, index) => `p${index}`);
  const taken = Array.from({ length: 9_998 }, (_, index) => String(index).padStart(4, "0"));

  expect(() => codesFor(people, taken, () => 0)).toThrow(RangeError);
});
