import type { Entry } from "./chain.ts";

/** An entry as comparing sees it. */
export interface Keyed {
  readonly no: number | undefined;
  readonly name: string;
  /** Name, and which entry of that name it is: 1 for the first. */
  readonly id: string;
  readonly words: string;
  /** The words beside the name: what is ordered. */
  readonly order: string;
}

/** Folds what people do not mean: width, case, blanks, emoji variants. */
export function keyOf(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\p{Variation_Selector}\p{Cf}]+/gu, "");
}

/** The keys of a chain's entries, in their order. */
export function keysOf(entries: readonly Entry[]): Keyed[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const name = keyOf(entry.name);
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    const order = keyOf(entry.words.replace(entry.name, " "));
    return { no: entry.no, name, id: `${nth} ${name}`, words: keyOf(entry.words), order };
  });
}
