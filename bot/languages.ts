import { commandOf } from "./command-of.ts";
import type { Buy, Language, Person, Place } from "./store.ts";

/** Characters that only one of the two scripts writes, among those that orders and commands are full of. */
const TRADITIONAL =
  /[們個這還沒單團開關買賣錢點兩蘋麼後請謝幫來嗎區樓號雞魚蝦麵飯裡過對時間訂長運費優貨揀採購後結匯導評價設聯銷記錄統計]/u;

/** The language to answer somebody in: the one that they asked for, else as they write. */
export function languageFor(person: Person | undefined, text: string, place: Place): Language {
  return person?.language ?? languageOf(text, place.community.language);
}

/**
 * The language to answer in: the writer's own as far as the words show it (goods often have names in two), else the
 * community's.
 *
 * @param text  what they wrote
 */
export function languageOf(text: string, community: Language): Language {
  const own = ownWords(text);
  const han = own.match(/\p{Script=Han}/gu)?.length ?? 0;
  // Shorter ones are units in any language.
  const latin = own.match(/[a-z]{3,}/gi)?.length ?? 0;
  if (2 * han > 3 * latin) {
    // three characters say about as much as two words
    if (TRADITIONAL.test(own)) return "zh-hant";
    return community === "zh-hant" ? "zh-hant" : "zh-hans";
  }
  return latin > 0 ? "en" : community;
}

/** Whether a message shows in which language its author writes. */
export function showsLanguage(text: string): boolean {
  return /\p{Script=Han}|[a-z]{3,}/iu.test(ownWords(text));
}

/**
 * What of a message its author chose to write in their language: neither a command's Latin name, nor names behind it, nor
 * Latin words that it knows, which people write in any language.
 */
function ownWords(text: string): string {
  const called = commandOf(text);
  if (!called) return text.replace(/^\s*[/／][\w@]{1,100}/, "");
  const { command, word, rest } = called;
  const own = /\p{Script=Han}/u.test(word) ? word : "";
  if (command.behind === "names") return own;
  return own + (command.behind === "words" ? rest : rest.replace(/[a-z]+/gi, " "));
}

/** A buy as it is written of in one of its chats. @param all  its chats */
export function toldIn(buy: Buy, { community }: Place, all: readonly Place[]): Buy {
  const language = languageIn(
    buy,
    community.language,
    all.map((each) => each.community.language),
  );
  return { ...buy, language };
}

/**
 * The language in which a buy is written of in one of its chats: where these have several languages, that chat's own, else
 * that in which it was announced.
 */
export function languageIn(buy: Pick<Buy, "language">, own: Language, all: readonly Language[]): Language {
  return all.some((each) => each !== own) ? own : buy.language;
}
