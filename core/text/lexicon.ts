import { fold } from "./fold.ts";
import { CHINESE } from "./words/chinese.ts";
import { ENGLISH } from "./words/english.ts";
import type { Tag, Words } from "./words/tags.ts";

/** A word or phrase found in a folded text. */
export interface WordFound {
  readonly end: number;
  readonly tags: ReadonlySet<Tag>;
}

interface Phrase {
  readonly text: string;
  readonly tags: Set<Tag>;
}

/** Phrases by their first word (latin) or first two characters (Chinese), longest first. */
const LATIN = new Map<string, Phrase[]>();
const HAN = new Map<string, Phrase[]>();
const HAN_SINGLE = new Map<string, Phrase>();

/** What is said with 了 is said with 啦 too. */
const ENDINGS: ReadonlySet<Tag> = new Set(["paid", "received", "cancel", "refuse"]);

addAll(ENGLISH);
addAll(CHINESE);
for (const phrases of [...LATIN.values(), ...HAN.values()]) phrases.sort((a, b) => b.text.length - a.text.length);

function addAll(words: Words): void {
  for (const [tag, list] of Object.entries(words) as [Tag, string][]) {
    for (const word of list.split("|")) {
      const text = fold(word).text;
      add(text, tag);
      if (ENDINGS.has(tag) && text.length > 2 && text.endsWith("了"))
        for (const ending of "啦喇咯喽") add(text.slice(0, -1) + ending, tag);
    }
  }
}

function add(text: string, tag: Tag): void {
  const latin = /^[a-z0-9']/.test(text);
  if (!latin && text.length === 1) {
    const single = HAN_SINGLE.get(text);
    if (single) single.tags.add(tag);
    else HAN_SINGLE.set(text, { text, tags: new Set([tag]) });
    return;
  }
  const [index, key] = latin ? [LATIN, /^[a-z0-9']+/.exec(text)![0]] : [HAN, text.slice(0, 2)];
  const phrases = index.get(key);
  const same = phrases?.find((phrase) => phrase.text === text);
  if (same) same.tags.add(tag);
  else if (phrases) phrases.push({ text, tags: new Set([tag]) });
  else index.set(key, [{ text, tags: new Set([tag]) }]);
}

/** The longest phrase that begins with the latin word from `at` to `end`, as whole words. */
export function latinPhraseAt(text: string, at: number, end: number): WordFound | undefined {
  const phrases = LATIN.get(text.slice(at, end));
  if (!phrases) return undefined;
  for (const { text: phrase, tags } of phrases) {
    const after = at + phrase.length;
    if (text.startsWith(phrase, at) && !isWordCode(text.charCodeAt(after))) return { end: after, tags };
  }
  return undefined;
}

/** The longest Chinese word or phrase that begins at `at`. */
export function hanPhraseAt(text: string, at: number): WordFound | undefined {
  const phrases = HAN.get(text.slice(at, at + 2));
  if (phrases) {
    for (const { text: phrase, tags } of phrases) {
      if (text.startsWith(phrase, at)) return { end: at + phrase.length, tags };
    }
  }
  const single = HAN_SINGLE.get(text[at]!);
  return single && { end: at + 1, tags: single.tags };
}

/** Whether exactly this folded text is a phrase with the tag. */
export function isPhrase(text: string, tag: Tag): boolean {
  const latin = /^[a-z0-9']+/.exec(text);
  const found = latin ? latinPhraseAt(text, 0, latin[0].length) : hanPhraseAt(text, 0);
  return found?.end === text.length && found.tags.has(tag);
}

function isWordCode(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x27;
}

/** Whether a code unit is a Chinese character of the basic plane. */
export function isHan(code: number): boolean {
  return (code >= 0x3400 && code <= 0x9fff) || code === 0x3007;
}
