import { fold } from "../text/fold.ts";
import type { NamedOffer } from "./names.ts";
import { clauseAround, type Sheet, type Span } from "./sheet.ts";
import { singular } from "./units.ts";

interface Term extends Span {
  readonly unit?: string;
  /** It says that it holds for each item. */
  readonly each?: true;
}

/**
 * Whose limit, tier or options it is: of the item that its clause names, of the only item of its line, of the item
 * that it follows, of all with 每款. None: several items, and it does not say which.
 *
 * @source message language, 2
 */
export function ownerOf(
  sheet: Sheet,
  limit: Term,
  named: readonly NamedOffer[],
  all: readonly Span[],
): readonly NamedOffer[] {
  const items = named.filter(({ bundle }) => !bundle);
  if (items.length <= 1 || limit.each) return items;
  const { text } = sheet;
  const { start, end } = clauseAround(text, limit);
  const clause = text.slice(start, end);
  const inClause = items.filter((item) => item.start >= start && item.start < end);
  if (inClause.length === 1) return inClause;
  // 苹果限30斤，梨限20斤: limits in clauses of their own
  const mentioned = items.filter(({ name }) => clause.includes(fold(name).text));
  if (inClause.length === 0 && mentioned.length === 1) return mentioned;
  const called = items.filter((item) => ownWords(item, items).some((word) => hasWord(clause, word)));
  if (inClause.length === 0 && called.length === 1) return called;

  const line = sheet.lineAt(limit.start);
  const inLine = items.filter((item) => item.start >= line.start && item.start < line.end);
  if (inLine.length === 1) return inLine;

  const before = items.filter((item) => item.end <= limit.start);
  const last = before.at(-1);
  const followed = items.length > before.length;
  if (last && followed) return [last];
  // "A 5, limit 50; B 6, limit 30": each of the items before has one of its own in this line
  const others = all.filter((other) => other.start >= line.start && other.end < limit.start);
  if (last && inLine.length > 1 && others.length === inLine.length - 1) return [last];

  const { unit } = limit;
  const sameUnit =
    unit === undefined
      ? []
      : items.filter(({ offer }) => offer?.unit && singular(fold(offer.unit).text) === singular(unit));
  return sameUnit.length === 1 ? sameUnit : [];
}

/** The words of a name that no other name has: "large" of "Veg box large" and "Veg box small". */
function ownWords(item: NamedOffer, items: readonly NamedOffer[]): string[] {
  const wordsOf = ({ name }: NamedOffer) => fold(name).text.match(/[a-z]{3,}|[\u3400-\u9fff]{2,}/g) ?? [];
  const others = new Set(items.filter((other) => other !== item).flatMap(wordsOf));
  return wordsOf(item).filter((word) => !others.has(word));
}

function hasWord(clause: string, word: string): boolean {
  return /^[a-z]/.test(word) ? new RegExp(`(?<![a-z])${word}s?(?![a-z])`).test(clause) : clause.includes(word);
}
