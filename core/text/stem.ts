/** Plural and singular of an English word in one form; no word of its own, only good to compare. */
export function stem(word: string): string {
  const bare = word.replace(/'s?$/, "");
  const single = IRREGULAR.get(bare) ?? singular(bare);
  if (single.length < 4) return single;
  if (single.endsWith("ie")) return `${single.slice(0, -2)}i`;
  if (single.endsWith("oe")) return single.slice(0, -1);
  if (single.endsWith("y") && !/[aeiou]y$/.test(single)) return `${single.slice(0, -1)}i`;
  return single.replace(/(?:fe|ve|f)$/, "v");
}

const IRREGULAR: ReadonlyMap<string, string> = new Map([
  ["children", "child"],
  ["men", "man"],
  ["women", "woman"],
  ["geese", "goose"],
]);

function singular(word: string): string {
  if (word.length < 4 || !word.endsWith("s") || /(?:ss|us|is)$/.test(word)) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}ie`;
  if (/(?:oes|ches|shes|xes|sses|zzes)$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}
