import { formatAmount, type Money } from "../../core/money.ts";
import { formatQuantity, type Quantity } from "../../core/quantity.ts";
import type { Language } from "../store.ts";
import { en } from "./en.ts";
import type { Words } from "./words.ts";
import { zhHans } from "./zh-hans.ts";
import { zhHant } from "./zh-hant.ts";

const WORDS: Readonly<Record<Language, Words>> = { en, "zh-hans": zhHans, "zh-hant": zhHant };

/** The sentences of a language. */
export function wordsOf(language: Language): Words {
  return WORDS[language];
}

/** Puts facts into a sentence: `{name}` becomes the fact of that name. */
export function say(sentence: string, facts: Readonly<Record<string, string | number>> = {}): string {
  return sentence.replace(/\{(\w{1,20})\}/g, (whole, name: string) => String(facts[name] ?? whole));
}

/** How an amount of a currency is marked in a chat; other currencies by their code. */
const SIGNS: Readonly<Record<string, string>> = {
  CNY: "¥",
  HKD: "HK$",
  TWD: "NT$",
  SGD: "S$",
  MYR: "RM",
  JPY: "¥",
  USD: "$",
  CAD: "C$",
  AUD: "A$",
  GBP: "£",
  EUR: "€",
};

/** `500` of CNY → "¥5", `550` → "¥5.50": whole amounts without their zeros, as prices are written in chats. */
export function money(amount: Money, currency: string): string {
  const text = formatAmount(Math.abs(amount), currency).replace(/\.0+$/, "");
  return `${amount < 0 ? "−" : ""}${SIGNS[currency] ?? `${currency} `}${text}`;
}

/** An amount with its sign: "+$5", "−$5", "±$0". */
export function signed(amount: Money, currency: string): string {
  return `${amount > 0 ? "+" : amount === 0 ? "±" : ""}${money(amount, currency)}`;
}

/** `1500`, "kg" → "1.5 kg"; "斤" → "1.5斤"; without a unit, "×1.5". */
export function quantity(amount: Quantity, unit: string | undefined): string {
  const number = formatQuantity(amount);
  if (!unit) return `×${number}`;
  if (/^\d/.test(unit)) return `${number} × ${unit}`; // a bundle: "2 × 3斤"
  return /^[a-z]/i.test(unit) ? `${number} ${unit}` : number + unit;
}

/** The most of somebody's words that is said again. */
const MOST_QUOTED = 60;

/** Somebody's words as they are said again: in one line, and not too much of them. */
export function quoted(said: string): string {
  const letters = [...said.replace(/[\p{Cc}\p{Zl}\p{Zp}\s\u202a-\u202e\u2066-\u2069]+/gu, " ").trim()];
  return letters.length <= MOST_QUOTED ? letters.join("") : `${letters.slice(0, MOST_QUOTED).join("")}…`;
}

/** How something is written, after what was written instead. */
export function howTo(said: string, how: string, words: Words): string {
  return said === "" ? how : `${say(words.unread, { text: quoted(said) })}\n${how}`;
}

/** Formatters are dear to make (about 50 µs); there are few zones and languages. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** By zone, language and instant: what was written lately, since a post is written again and again with the same closing. */
const written = new Map<string, string>();

/** Times that are remembered at most. */
const MOST_WRITTEN = 1_000;

/** Day and time of an instant in a zone, as people say it: "Sat 21 Nov 20:00". */
export function time(at: Date, zone: string, { locale }: Words): string {
  const key = `${locale} ${zone} ${at.getTime()}`;
  const known = written.get(key);
  if (known !== undefined) return known;
  const text = formatterOf(at, zone, locale).format(at);
  if (written.size >= MOST_WRITTEN) written.clear();
  written.set(key, text);
  return text;
}

function formatterOf(at: Date, zone: string, locale: string): Intl.DateTimeFormat {
  // Closings of seconds are for trying things out; there the seconds matter.
  const hasSeconds = at.getTime() % 60_000 !== 0;
  const key = `${locale} ${zone} ${hasSeconds}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locale, {
      ...{ timeZone: zone, weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
      ...(hasSeconds && { second: "2-digit" }),
      hourCycle: "h23",
    });
    formatters.set(key, formatter);
  }
  return formatter;
}
