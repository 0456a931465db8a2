/**
 * A name in the form in which names are compared: width, case, blanks, a leading "#" and punctuation at the ends do
 * not tell people apart.
 */
export function foldName(name: string): string {
  if (name === "") return "";
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s|\p{Cf}|\ufe0e|\ufe0f/gu, "")
    .replace(/^[#@.,:;!?'"()[\]、，。：；！？]+|[.,:;!?'"()[\]、，。：；！？]+$/gu, "");
}

/** How much one name says of another: 2 for the same name, 1 for one that is part of the other, else 0. */
export function likeness(one: string | undefined, other: string | undefined): 0 | 1 | 2 {
  const [a, b] = [foldName(one ?? ""), foldName(other ?? "")];
  if (a === "" || b === "") return 0;
  if (a === b) return 2;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 2 && long.includes(short) ? 1 : 0;
}

/**
 * Whether words that say for whom an order is name the sender: "12A: +2 apples" by somebody called "Mei 12A" is their
 * own order.
 */
export function isOwnName(whom: string, name: string | undefined): boolean {
  const wanted = foldName(whom);
  if (wanted === "" || name === undefined) return false;
  if (wanted === foldName(name)) return true;
  return (
    name.split(/[\s()（）|｜/,，、·_]+/u).some((part) => foldName(part) === wanted) || isFlatOf(wanted, foldName(name))
  );
}

/** "9-404" begins "9-404文文"; "9-40" does not. */
function isFlatOf(wanted: string, name: string): boolean {
  if (!/\d/.test(wanted) || !/^[\da-z#-]{3,}$/.test(wanted)) return false;
  return name.startsWith(wanted) && !/^[\da-z-]/.test(name.slice(wanted.length));
}
