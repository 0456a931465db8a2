/** Currency by zone, where the text does not say. @source message language, 2; the rest: ISO 4217 by country */
const BY_ZONE: Readonly<Record<string, string>> = {
  "Asia/Shanghai": "CNY",
  "Asia/Chongqing": "CNY",
  "Asia/Harbin": "CNY",
  "Asia/Urumqi": "CNY",
  "Asia/Kashgar": "CNY",
  PRC: "CNY",
  "Asia/Hong_Kong": "HKD",
  Hongkong: "HKD",
  "Asia/Macau": "MOP",
  "Asia/Taipei": "TWD",
  ROC: "TWD",
  "Asia/Singapore": "SGD",
  Singapore: "SGD",
  "Asia/Kuala_Lumpur": "MYR",
  "Asia/Kuching": "MYR",
  "Asia/Tokyo": "JPY",
  Japan: "JPY",
  "Asia/Seoul": "KRW",
  "Asia/Bangkok": "THB",
  "Asia/Jakarta": "IDR",
  "Asia/Manila": "PHP",
  "Asia/Ho_Chi_Minh": "VND",
  "Asia/Kolkata": "INR",
  "Asia/Dubai": "AED",
  "Europe/London": "GBP",
  "Europe/Belfast": "GBP",
  "Europe/Jersey": "GBP",
  "Europe/Guernsey": "GBP",
  "Europe/Isle_of_Man": "GBP",
  GB: "GBP",
  "Europe/Zurich": "CHF",
  "Europe/Stockholm": "SEK",
  "Europe/Oslo": "NOK",
  "Europe/Copenhagen": "DKK",
  "Europe/Warsaw": "PLN",
  "Europe/Prague": "CZK",
  "Europe/Budapest": "HUF",
  "Pacific/Auckland": "NZD",
  "Pacific/Honolulu": "USD",
};

const EURO_ZONES = new Set(
  "Amsterdam Andorra Athens Berlin Bratislava Brussels Busingen Dublin Helsinki Lisbon Ljubljana Luxembourg Madrid Malta Mariehamn Monaco Paris Podgorica Riga Rome San_Marino Sofia Tallinn Vatican Vienna Vilnius Zagreb"
    .split(" ")
    .map((city) => `Europe/${city}`)
    .concat("Asia/Nicosia", "Atlantic/Canary", "Atlantic/Madeira", "Atlantic/Azores"),
);

const CANADIAN_ZONES = new Set(
  "Toronto Vancouver Montreal Edmonton Calgary Winnipeg Halifax St_Johns Regina Moncton Whitehorse Yellowknife Iqaluit Goose_Bay Glace_Bay Thunder_Bay Swift_Current Dawson Dawson_Creek Fort_Nelson Creston Inuvik Rankin_Inlet Resolute Cambridge_Bay Nipigon Rainy_River Pangnirtung Atikokan Blanc-Sablon"
    .split(" ")
    .map((city) => `America/${city}`),
);

const UNITED_STATES_ZONES = new Set(
  "New_York Chicago Denver Los_Angeles Phoenix Anchorage Detroit Boise Juneau Nome Sitka Adak Yakutat Metlakatla Menominee Louisville Indianapolis Fort_Wayne Shiprock Puerto_Rico"
    .split(" ")
    .map((city) => `America/${city}`),
);

/** The currency in which people of a zone pay; undefined where we do not know. */
export function currencyOfZone(zone: string): string | undefined {
  const known = BY_ZONE[zone];
  if (known) return known;
  if (EURO_ZONES.has(zone)) return "EUR";
  if (CANADIAN_ZONES.has(zone) || zone.startsWith("Canada/")) return "CAD";
  if (UNITED_STATES_ZONES.has(zone) || /^(?:US\/|America\/(?:Indiana|Kentucky|North_Dakota)\/)/.test(zone))
    return "USD";
  return zone.startsWith("Australia/") ? "AUD" : undefined;
}

/** Signs and words that name one currency. */
const NAMED: readonly (readonly [RegExp, string])[] = [
  [/^(?:hk\$|hkd|港[币元纸]|蚊)$/, "HKD"],
  [/^(?:nt\$?|ntd|twd|新?台币)$/, "TWD"],
  [/^(?:s\$|sg\$|sgd|新币|坡币)$/, "SGD"],
  [/^(?:us\$|usd|美[元金])$/, "USD"],
  [/^(?:a\$|au\$|aud|澳[元币])$/, "AUD"],
  [/^(?:c\$|ca\$|cad|加[元币])$/, "CAD"],
  [/^(?:nz\$|nzd|纽币)$/, "NZD"],
  [/^(?:rm|myr|ringgit|令吉|马币)$/, "MYR"],
  [/^(?:£|gbp|quid|英?镑|pence|p)$/, "GBP"],
  [/^(?:€|eur|euros?|欧元?)$/, "EUR"],
  [/^(?:jpy|yen|円|日[元币圆])$/, "JPY"],
  [/^(?:rmb|cny|人民币)$/, "CNY"],
];

const DOLLAR_CURRENCIES = new Set(["HKD", "TWD", "SGD", "USD", "AUD", "CAD", "NZD"]);

/**
 * The currency that a sign or word next to an amount means in a zone: `$` in Hong Kong is HKD, 元 in Taipei TWD.
 *
 * @param word  folded
 */
export function currencyOf(word: string, zone: string): string | undefined {
  const named = NAMED.find(([pattern]) => pattern.test(word))?.[1];
  if (named) return named;
  const local = currencyOfZone(zone);
  if (/^(?:\$|dollars?|bucks?|刀)$/.test(word)) return local && DOLLAR_CURRENCIES.has(local) ? local : "USD";
  if (/^[¥￥]$/.test(word)) return local === "JPY" ? "JPY" : "CNY";
  if (/^(?:元|块|块钱|圆|毛|角)$/.test(word)) return local ?? "CNY";
  return local;
}
