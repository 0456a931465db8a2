import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc16, emvText } from "../../../core/pay/emv.ts";
import { epcText } from "../../../core/pay/epc.ts";
import { payNowText } from "../../../core/pay/paynow.ts";
import { upiText } from "../../../core/pay/upi.ts";
import { utf8 } from "../../../core/pay/utf8.ts";
import { anyText } from "../../support/any-text.ts";

describe("the checksum of EMV codes", () => {
  const rows = [
    { text: "123456789", crc: "29B1", why: "the check value of CRC-16/CCITT-FALSE in the catalogue of CRCs" },
    {
      text: "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***0708A60086670902ME91320016A0112233449988770708123456786304",
      crc: "A13A",
      why: "the example of the EMV specification, with Chinese in it",
    },
  ];
  for (const { text, crc, why } of rows) {
    test(`${text.slice(0, 24)}… has ${crc} (${why})`, () => {
      expect(crc16(text).toString(16).toUpperCase()).toBe(crc);
    });
  }

  test("the bytes are those of UTF-8, for any text", () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(utf8(text)).toEqual([...new TextEncoder().encode(text)]);
      }),
    );
  });
});

describe("a PayNow code", () => {
  test("of a mobile number without an amount is the one that others print", () => {
    expect(payNowText({ mobile: "+6591234567" }, "")).toBe(
      "00020101021126380009SG.PAYNOW010100211+6591234567030115204000053037025802SG5902NA6009Singapore6304B5DB",
    );
  });

  test("of a business holds amount, name and reference, and the amount cannot be changed", () => {
    const text = payNowText({ uen: "201403121W" }, "Lín's Fruit 林", { amount: 2550, reference: "#12 Ada 302 王姐" });

    expect(text).toBe(
      emvText([
        ["00", "01"],
        ["01", "12"],
        [
          "26",
          [
            ["00", "SG.PAYNOW"],
            ["01", "2"],
            ["02", "201403121W"],
            ["03", "0"],
          ],
        ],
        ["52", "0000"],
        ["53", "702"],
        ["54", "25.50"],
        ["58", "SG"],
        ["59", "Lin's Fruit"],
        ["60", "Singapore"],
        ["62", [["01", "#12 Ada 302"]]],
      ]),
    );
  });

  test("can be taken apart again, whatever the names are: lengths are right, and the checksum fits", () => {
    fc.assert(
      fc.property(anyText(), anyText(), fc.integer({ min: 1, max: 1e9 }), (holder, reference, amount) => {
        const text = payNowText({ mobile: "+6581234567" }, holder, { amount, reference });

        const fields = takenApart(text);
        expect(fields.at(-1)).toEqual(["63", crc16(text.slice(0, -4)).toString(16).toUpperCase().padStart(4, "0")]);
        expect(Number(fields.find(([id]) => id === "54")![1]) * 100).toBeCloseTo(amount);
        expect(text).toMatch(/^[\x20-\x7e]+$/);
      }),
    );
  });
});

describe("the code of a SEPA transfer", () => {
  // The published example names a BIC and a purpose besides; version 002 may leave both out.
  test("has a line for each field, in the order of EPC069-12", () => {
    const text = epcText("BE72000000001616", "Red Cross of Belgium", { amount: 100, reference: "Urgency fund" });

    expect(text).toBe(
      [
        "BCD",
        "002",
        "1",
        "SCT",
        "",
        "Red Cross of Belgium",
        "BE72000000001616",
        "EUR1.00",
        "",
        "",
        "Urgency fund",
      ].join("\n"),
    );
  });

  test("without an amount ends with the account", () => {
    expect(epcText("DE71110220330123456789", "Franz Mustermänn")).toBe(
      "BCD\n002\n1\nSCT\n\nFranz Mustermänn\nDE71110220330123456789",
    );
  });

  test("there is none for nothing, and none for a billion", () => {
    expect(epcText("DE71110220330123456789", "Franz", { amount: 0, reference: "" })).toBeUndefined();
    expect(epcText("DE71110220330123456789", "Franz", { amount: 1e11, reference: "" })).toBeUndefined();
  });

  test("holds 331 bytes at most, in eleven lines at most, whatever the names are", () => {
    const name = anyText({ maxLength: 400 });
    fc.assert(
      fc.property(name, name, (holder, reference) => {
        const text = epcText("DE71110220330123456789", holder, { amount: 1, reference })!;

        expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(331);
        expect(text.split("\n").length).toBeLessThanOrEqual(11);
        expect(text).toContain("\nDE71110220330123456789\nEUR0.01");
      }),
    );
  });
});

describe("the link of UPI", () => {
  test("names payee, amount, currency and note", () => {
    expect(upiText("lin@okbank", "Lin Wu", { amount: 24900, reference: "#12 Ada & Ben" })).toBe(
      "upi://pay?pa=lin@okbank&pn=Lin%20Wu&am=249.00&cu=INR&tn=%2312%20Ada%20%26%20Ben",
    );
  });

  test("is read back as what went in, by any reader of addresses", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (name) => {
        const holder = name.replace(/[\s\p{Cc}]+/gu, " ").trim();
        const link = new URL(upiText("lin@okbank", name, { amount: 5, reference: "x" }));

        expect(link.searchParams.get("pn")).toBe(holder);
        expect(link.searchParams.get("am")).toBe("0.05");
      }),
    );
  });
});

/** The outer data objects of an EMV code. */
function takenApart(text: string): (readonly [string, string])[] {
  const fields: (readonly [string, string])[] = [];
  for (let at = 0; at < text.length; ) {
    const length = Number(text.slice(at + 2, at + 4));
    fields.push([text.slice(at, at + 2), text.slice(at + 4, at + 4 + length)]);
    at += 4 + length;
  }
  return fields;
}
