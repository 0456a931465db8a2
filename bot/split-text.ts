/**
 * Splits a text into parts that a platform takes, at line ends where it can, never inside a surrogate pair.
 *
 * @param most  longest part, in UTF-16 units (as Telegram and JavaScript count)
 */
export function splitText(text: string, most: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const lineEnd = rest.lastIndexOf("\n", most);
    let end = lineEnd > 0 ? lineEnd : most;
    if (isLeadSurrogate(rest.charCodeAt(end - 1))) end -= 1;
    parts.push(rest.slice(0, end));
    rest = rest.slice(lineEnd > 0 ? end + 1 : end);
  }
  return [...parts, rest];
}

function isLeadSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
