import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shareOut } from "../../core/accounts.ts";
import { formatAmount, minorDigits, parseAmount, partOf } from "../../core/money.ts";

const currencies = [
  { currency: "JPY", digits: 0, text: "1050" },
  { currency: "KRW", digits: 0, text: "1050" },
  { currency: "EUR", digits: 2, text: "10.50" },
  { currency: "KWD", digits: 3, text: "1.050" },
  { currency: "TND", digits: 3, text: "1.050" },
];
for (const { currency, digits, text } of currencies) {
  describe(`amounts of ${currency}`, () => {
    test(`have ${digits} digits behind the point`, () => {
      expect(minorDigits(currency)).toBe(digits);
      expect(formatAmount(1050, currency)).toBe(text);
      expect(parseAmount(text, currency)).toBe(1050);
    });

    test("are read back as they were written, and one digit more is no amount", () => {
      fc.assert(
        fc.property(fc.nat(1_000_000_000), (amount) => {
          expect(parseAmount(formatAmount(amount, currency), currency)).toBe(amount);
        }),
      );
      expect(parseAmount(`1.${"0".repeat(digits)}1`, currency)).toBeUndefined();
    });

    test("shared out add up to what was shared, as printed", () => {
      fc.assert(
        fc.property(fc.nat(1_000_000), fc.array(fc.nat(9_000), { minLength: 1, maxLength: 40 }), (amount, weights) => {
          const printed = shareOut(amount, weights).map((share) => formatAmount(share, currency).replace(".", ""));

          expect(printed.reduce((sum, share) => sum + Number(share), 0)).toBe(amount);
        }),
      );
    });
  });
}

test("a part of an amount is rounded half up, once", () => {
  expect([partOf(1050, 500, 10_000), partOf(1, 1, 3), partOf(1, 1, 2), partOf(0, 5, 7)]).toEqual([53, 0, 1, 0]);
});
