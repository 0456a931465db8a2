import { describe, expect, test } from "vitest";
import { currencyOf, currencyOfZone } from "../../../core/announce/currency.ts";

describe("the currency of a zone", () => {
  const zones: Readonly<Record<string, string>> = {
    "Asia/Shanghai": "CNY",
    "Asia/Chongqing": "CNY",
    "Asia/Urumqi": "CNY",
    "Asia/Hong_Kong": "HKD",
    "Asia/Taipei": "TWD",
    "Asia/Singapore": "SGD",
    "Asia/Kuala_Lumpur": "MYR",
    "Asia/Tokyo": "JPY",
    "Europe/London": "GBP",
    "Europe/Berlin": "EUR",
    "Europe/Paris": "EUR",
    "Europe/Dublin": "EUR",
    "America/Toronto": "CAD",
    "America/Vancouver": "CAD",
    "America/St_Johns": "CAD",
    "America/New_York": "USD",
    "America/Los_Angeles": "USD",
    "America/Indiana/Knox": "USD",
    "Pacific/Honolulu": "USD",
    "Australia/Sydney": "AUD",
    "Australia/Perth": "AUD",
  };
  for (const [zone, currency] of Object.entries(zones)) {
    test(`in ${zone} is ${currency}`, () => {
      expect(currencyOfZone(zone)).toBe(currency);
    });
  }

  test("is not guessed where we do not know it", () => {
    expect(currencyOfZone("America/Bogota")).toBeUndefined();
  });
});

describe("a sign or word of money", () => {
  const rows = [
    { word: "$", zone: "Asia/Singapore", currency: "SGD", why: "the dollar of the place" },
    { word: "$", zone: "Asia/Taipei", currency: "TWD", why: "$100 is written for NT$100" },
    { word: "$", zone: "Asia/Shanghai", currency: "USD", why: "a place without dollars of its own" },
    { word: "hk$", zone: "Asia/Singapore", currency: "HKD", why: "a named dollar beats the zone" },
    { word: "元", zone: "Asia/Taipei", currency: "TWD", why: "元 of the place" },
    { word: "元", zone: "Asia/Shanghai", currency: "CNY", why: "元 of the place" },
    { word: "块", zone: "Asia/Singapore", currency: "SGD", why: "Chinese speakers abroad say 块" },
    { word: "¥", zone: "Asia/Tokyo", currency: "JPY", why: "the yen has the same sign" },
    { word: "¥", zone: "Europe/London", currency: "CNY", why: "elsewhere it is the yuan" },
    { word: "€", zone: "Europe/London", currency: "EUR", why: "a sign beats the zone" },
    { word: "rm", zone: "Asia/Singapore", currency: "MYR", why: "ringgit" },
    { word: "蚊", zone: "Asia/Hong_Kong", currency: "HKD", why: "Cantonese" },
  ];
  for (const { word, zone, currency, why } of rows) {
    test(`${word} in ${zone} is ${currency} (${why})`, () => {
      expect(currencyOf(word, zone)).toBe(currency);
    });
  }
});
