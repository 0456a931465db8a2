import type { Content } from "./ports.ts";

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

/** A message in parts that a platform takes; buttons belong under the last, what is said in public instead is said once, as much of it as one message takes. */
export function splitContent({ text, spans, photo, qr, buttons, publicly }: Content, most: number): Content[] {
  const parts = splitText(text, most);
  let end = 0;
  return parts.map((part, index) => {
    const start = text.indexOf(part, end);
    end = start + part.length;
    const own = spans?.flatMap((span) =>
      span.at >= start && span.at + span.length <= end ? [{ ...span, at: span.at - start }] : [],
    );
    return {
      text: part,
      ...(photo !== undefined && index === 0 && { photo }),
      ...(qr !== undefined && index === 0 && { qr }),
      ...(own && own.length > 0 && { spans: own }),
      ...(publicly !== undefined && { publicly: index === 0 ? fitText(publicly, most) : "" }),
      ...(buttons && index === parts.length - 1 && { buttons }),
    };
  });
}

/** As much of a text as one message takes, in whole lines where it can: for posts that are edited in place. */
export function fitText(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${splitText(text, most - 2)[0]}\n…`;
}

function isLeadSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
