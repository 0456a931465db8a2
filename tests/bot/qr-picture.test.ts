import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { qrAddress, qrPicture } from "../../bot/qr-picture.ts";
import { codeText } from "../../core/pay/ways.ts";
import { scanned } from "../support/scanned.ts";

describe("a code that is drawn", () => {
  const demand = { amount: 2550, reference: "#12 王姐 302" };
  const rows = [
    { kind: "paynow", account: "+6591234567", holder: "Lin" },
    { kind: "epc", account: "DE71110220330123456789", holder: "Franz Mustermänn" },
    { kind: "upi", account: "lin@okbank", holder: "Lin Wu" },
  ] as const;
  for (const way of rows) {
    test(`of ${way.kind} is scanned as what it says, and is small`, async () => {
      const text = codeText(way, demand)!;
      const picture = await qrPicture(text);

      expect(scanned(picture)).toBe(text);
      expect(picture.length).toBeLessThan(20_000);
      expect(await qrAddress(text)).toBe(`data:image/png;base64,${Buffer.from(picture).toString("base64")}`);
    });
  }

  test("is scanned as what it says, whoever is paid", async () => {
    const name = fc.string({ unit: "grapheme-composite", minLength: 1, maxLength: 70 });
    await fc.assert(
      fc.asyncProperty(name, async (holder) => {
        const text = codeText({ kind: "epc", account: "DE71110220330123456789", holder }, demand)!;

        expect(scanned(await qrPicture(text))).toBe(text);
      }),
      { numRuns: 20 },
    );
  });
});
