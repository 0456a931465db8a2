import type { PageLanguage } from "./wire.ts";
import { en, type WordKey, type Words } from "./words/en.ts";
import { zhHans } from "./words/zh-hans.ts";
import { zhHant } from "./words/zh-hant.ts";

/** Every language that the page speaks, with its name in itself and the tag for `lang`. */
export const LANGUAGES: Readonly<Record<PageLanguage, { words: Words; name: string; short: string; tag: string }>> = {
  en: { words: en, name: "English", short: "EN", tag: "en" },
  "zh-hans": { words: zhHans, name: "简体中文", short: "简", tag: "zh-Hans" },
  "zh-hant": { words: zhHant, name: "繁體中文", short: "繁", tag: "zh-Hant" },
};

/** The page's words, filled in. */
export type Say = (key: WordKey, facts?: Readonly<Record<string, string | number>>) => string;

/** Speaks one language. An unknown `{fact}` stays as it is, so that it is seen. */
export function sayIn(language: PageLanguage): Say {
  const { words } = LANGUAGES[language];
  return (key, facts = {}) => words[key].replace(/\{(\w+)\}/g, (hole, name: string) => String(facts[name] ?? hole));
}

/**
 * The first language of these that the page speaks, else English. A Chinese without a script is traditional in Taiwan,
 * Hong Kong and Macao, and simplified elsewhere.
 *
 * @param wanted  BCP 47 tags, best first
 */
export function pickLanguage(wanted: readonly string[]): PageLanguage {
  for (const tag of wanted) {
    const parts = tag.toLowerCase().split("-");
    if (parts[0] === "en") return "en";
    if (parts[0] === "yue") return parts.includes("hans") ? "zh-hans" : "zh-hant";
    if (parts[0] !== "zh") continue;
    if (parts.includes("hans")) return "zh-hans";
    return ["hant", "tw", "hk", "mo"].some((part) => parts.includes(part)) ? "zh-hant" : "zh-hans";
  }
  return "en";
}
