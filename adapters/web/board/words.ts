import type { Language } from "../../../bot/store.ts";
import { en } from "./words/en.ts";
import { zhHans } from "./words/zh-hans.ts";
import { zhHant } from "./words/zh-hant.ts";

/** The board's own words; `{name}` is a fact. What the chat says too is taken from the bot's. */
export type BoardWords = Readonly<Record<keyof typeof en, string>>;

const WORDS: Readonly<Record<Language, BoardWords>> = { en, "zh-hans": zhHans, "zh-hant": zhHant };

/** The board's words in a language. */
export function boardWordsOf(language: Language): BoardWords {
  return WORDS[language];
}
