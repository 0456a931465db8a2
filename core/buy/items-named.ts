import { fold } from "../text/fold.ts";
import type { ItemTerms } from "./terms.ts";

/** Numbers of the items whose name, or another name of theirs, stands in the words; where one name is in another, the longer. */
export function readItemsNamed(items: readonly ItemTerms[], words: string): readonly number[] {
  const { text } = fold(words);
  const found = items.flatMap(({ name, aliases }, index) =>
    [name, ...aliases].flatMap((each) => {
      const { text: folded } = fold(each);
      const short = folded.replace(/(?:es|s)$/, "");
      const at = text.indexOf(short);
      return short !== "" && at >= 0 ? [{ item: index + 1, at, end: at + short.length }] : [];
    }),
  );
  const whole = found.filter((one) => {
    const isIn = (other: typeof one) =>
      other.at <= one.at && other.end >= one.end && other.end - other.at > one.end - one.at;
    return !found.some((other) => other.item !== one.item && isIn(other));
  });
  return [...new Set(whole.map(({ item }) => item))].sort((one, other) => one - other);
}
