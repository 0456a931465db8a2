import { hanPhraseAt, isHan } from "../text/lexicon.ts";
import { isLetter } from "../text/numerals.ts";
import { stem } from "../text/stem.ts";
import { readUnit, type Unit } from "../text/units.ts";
import { type Catalog, hanPartAt, keyAt } from "./catalog.ts";

/** The unit behind a number, with or without a blank; the words of this catalog first. */
export function unitAfter(
  catalog: Catalog,
  text: string,
  at: number,
): { readonly end: number; readonly unit: Unit } | undefined {
  let from = at;
  if (text[from] === " " || text[from] === "-") from++;
  if (text[from] === "大" || text[from] === "小" || text[from] === "整") {
    // 一大箱, 两小盒: the size of the box is not ours to judge.
    const inner = readUnit(text, from + 1);
    if (inner && inner.unit.kind === "container") return inner;
  }
  for (const [word, unit] of catalog.unitWords) {
    if (
      text.startsWith(word, from) &&
      !(isLetter(word.charCodeAt(0)) && isLetter(text.charCodeAt(from + word.length)))
    ) {
      if (
        ![...catalog.unitWords.keys()].some((longer) => longer.length > word.length && text.startsWith(longer, from))
      ) {
        return { end: from + word.length, unit };
      }
    }
  }
  const found = readUnit(text, from);
  if (!found || isOtherWord(text, from, found.end, from > at)) return undefined;
  if (isHan(text.charCodeAt(from)) && beginsName(catalog, text, from, found.end)) return undefined;
  // XL+1 L+1: the size of the next line, no litre
  const option = keyAt(catalog, text, from);
  if (option && option.key.items.length === 0 && option.end >= found.end && isLetter(text.charCodeAt(from)))
    return undefined;
  if (
    found.unit.id === "can" &&
    /^can(?![a-z])/.test(text.slice(from)) &&
    !catalog.items.some(({ sale }) => sale?.id === "can")
  ) {
    return text.slice(at - 2, at).trim() === "1" ? found : undefined; // "2 can?" asks
  }
  return isGoodsWord(catalog, text, from, found.end, found.unit) ? undefined : found;
}

/** "红薯3 板栗2": the character begins the next name. */
function beginsName(catalog: Catalog, text: string, at: number, end: number): boolean {
  const named = keyAt(catalog, text, at);
  if (named !== undefined && named.key.items.length > 0 && named.end > end) return true;
  return text[at - 1] === " " && (hanPartAt(catalog, text, at)?.end ?? 0) > end;
}

/** "2 rolls" where bread rolls are sold by the pack: the word names the goods. */
export function isGoodsWord(catalog: Catalog, text: string, at: number, end: number, unit: Unit): boolean {
  if (!isLetter(text.charCodeAt(at)) || catalog.items.some(({ sale }) => sale?.id === unit.id)) return false;
  if (!catalog.wordParts.has(stem(text.slice(at, end)))) return false;
  const next = text[end] === " " ? end + 1 : end;
  return !text.startsWith("of ", next) && !keyAt(catalog, text, next);
}

/** "+1 支持", 2包邮: the character begins another word. */
function isOtherWord(text: string, at: number, end: number, blank: boolean): boolean {
  if (!isHan(text.charCodeAt(at))) return false;
  const phrase = hanPhraseAt(text, at);
  if (!phrase || phrase.end <= end) return false;
  if (blank) return true;
  for (const tag of ["agree", "price", "talk", "state", "polite"] as const) if (phrase.tags.has(tag)) return true;
  return false;
}
