/** Text without what a database or Telegram cannot hold: no NUL, and no half of a surrogate pair. */
export function cleanText(text: string): string {
  return text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\uFFFD");
}
