/** A text in printable ASCII, for schemes that take no more: accents go, everything else that is not is left out. */
export function asciiOf(text: string): string {
  return oneLine(text.normalize("NFKD").replace(/[^\x20-\x7e\s]/g, ""));
}

/** A text without line ends and control characters. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim();
}

/** As much of a text as a field takes, counted in characters, none of them cut in two. */
export function cut(text: string, most: number): string {
  return [...text].slice(0, most).join("").trim();
}
