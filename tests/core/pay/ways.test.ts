import { describe, expect, test } from "vitest";
import { formatIban, readIban } from "../../../core/pay/iban.ts";
import { readPayNow } from "../../../core/pay/paynow.ts";
import { readUpi } from "../../../core/pay/upi.ts";
import { accountText, codeText, isWayFor, type PayWay, payKindOf, readPayWay } from "../../../core/pay/ways.ts";

describe("what a leader writes behind /pay set", () => {
  const rows: { said: string; read: object; why: string }[] = [
    { said: "paynow 9123 4567", read: { kind: "paynow", account: "+6591234567", holder: "Lin" }, why: "a mobile" },
    {
      said: "PayNow: +65 81234567 Lin Wu",
      read: { kind: "paynow", account: "+6581234567", holder: "Lin Wu" },
      why: "with its country, and a name behind it",
    },
    {
      said: "paynow 201403121w Fruit Pte Ltd",
      read: { kind: "paynow", account: "201403121W", holder: "Fruit Pte Ltd" },
      why: "a business",
    },
    {
      said: "paynow 9123 4567 Lin Wu",
      read: { kind: "paynow", account: "+6591234567", holder: "Lin Wu" },
      why: "a number and a name are no business",
    },
    { said: "paynow 6123 4567", read: { code: "pay-account", scheme: "paynow" }, why: "a land line has no PayNow" },
    { said: "paynow", read: { code: "pay-account", scheme: "paynow" }, why: "nothing behind it" },
    {
      said: "iban DE71 1102 2033 0123 4567 89 Franz Mustermänn",
      read: { kind: "epc", account: "DE71110220330123456789", holder: "Franz Mustermänn" },
      why: "in groups",
    },
    { said: "IBAN DE71 1102 2033 0123 4567 89", read: { code: "pay-holder", scheme: "epc" }, why: "banks want a name" },
    {
      said: "sepa DE72110220330123456789 Franz",
      read: { code: "pay-account", scheme: "epc" },
      why: "wrong check digits",
    },
    { said: "upi Lin.Wu@OKbank", read: { kind: "upi", account: "lin.wu@okbank", holder: "Lin" }, why: "an address" },
    { said: "upi lin", read: { code: "pay-account", scheme: "upi" }, why: "no address" },
    { said: "微信转账给我，备注房号", read: { kind: "text", text: "微信转账给我，备注房号" }, why: "words" },
    { said: "paynowhere else", read: { kind: "text", text: "paynowhere else" }, why: "another word" },
    { said: " ", read: { code: "pay-empty" }, why: "nothing" },
    { said: "x".repeat(301), read: { code: "pay-long", most: 300 }, why: "a novel" },
  ];
  for (const { said, read, why } of rows) {
    test(`${said.slice(0, 40)} (${why})`, () => expect(readPayWay(said, "Lin")).toEqual(read));
  }

  test("under a picture the words belong to it", () => {
    expect(readPayWay("paynow 1", "Lin", { photo: "p1", platform: "telegram" })).toEqual({
      ...{ kind: "picture", photo: "p1", platform: "telegram", text: "paynow 1" },
    });
  });
});

describe("accounts", () => {
  const ibans = [
    { text: "GB82 WEST 1234 5698 7654 32", fine: true, why: "the example of ISO 13616" },
    { text: "GB82 WEST 1234 5698 7654 33", fine: false, why: "one digit off" },
    { text: "FR14 2004 1010 0505 0001 3M02 606", fine: true, why: "a letter in it" },
    { text: "DE71", fine: false, why: "too short" },
    { text: "US64SVBKUS6S3300958879", fine: false, why: "no country of SEPA" },
  ];
  for (const { text, fine, why } of ibans) {
    test(`${text} is ${fine ? "an" : "no"} IBAN (${why})`, () => expect(readIban(text) !== undefined).toBe(fine));
  }

  test("an IBAN is shown in groups of four", () => {
    expect(formatIban("GB82WEST12345698765432")).toBe("GB82 WEST 1234 5698 7654 32");
  });

  test("PayNow knows businesses of all three kinds, with a bank's suffix", () => {
    for (const uen of ["53001234D", "200512345R", "T08GB0025A", "201411660RXFR"])
      expect(readPayNow(uen)).toEqual({ uen });
    expect(readPayNow("201411660RXFRX")).toBeUndefined();
  });

  test("a UPI address has a bank behind the @", () => {
    expect(readUpi("a@b")).toBeUndefined();
    expect(readUpi("9488467006@fam")).toBe("9488467006@fam");
  });
});

describe("ways", () => {
  const paynow: PayWay = { kind: "paynow", account: "+6591234567", holder: "Lin" };

  test("a scheme is for its currency alone, words are for all", () => {
    expect(isWayFor(paynow, "SGD")).toBe(true);
    expect(isWayFor(paynow, "CNY")).toBe(false);
    expect(isWayFor({ kind: "text", text: "cash" }, "CNY")).toBe(true);
  });

  test("a scheme has a code, words have none", () => {
    expect(codeText(paynow, { amount: 100, reference: "#1" })).toMatch(/^0002.*54041\.00/);
    expect(codeText({ kind: "text", text: "cash" })).toBeUndefined();
    expect(accountText(paynow)).toBe("+65 9123 4567");
  });

  test("each is taken away by its name", () => {
    for (const [text, kind] of [
      ["PayNow", "paynow"],
      ["iban", "epc"],
      ["收款码", "picture"],
      ["文字", "text"],
    ] as const) {
      expect(payKindOf(text)).toBe(kind);
    }
    expect(payKindOf("all")).toBeUndefined();
  });
});
