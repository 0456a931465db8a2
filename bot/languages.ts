import type { Language } from "./store.ts";

/** Characters that only one of the two scripts writes, among those that order messages are full of. */
const TRADITIONAL = /[們個這還沒單團開關買賣錢點兩蘋麼後請謝幫來嗎區樓號箱雞魚蝦麵飯裡過對時間訂]/u;

/**
 * The language to answer in: the writer's own as far as the words show it, else the community's.
 *
 * @param text  what they wrote
 */
export function languageOf(text: string, community: Language): Language {
  const own = text.replace(/^\s*[/／][\w@]{1,100}/, ""); // a command's name says nothing about who writes it
  if (/[\p{Script=Han}]/u.test(own)) {
    if (TRADITIONAL.test(own)) return "zh-hant";
    return community === "zh-hant" ? "zh-hant" : "zh-hans";
  }
  return /[a-z]{3}/i.test(own) ? "en" : community;
}
