import type { Span } from "./sheet.ts";

/** Cuts off, as often as they stand there, what `leading` finds at the front and `trailing` at the back. */
export function trimSpan(text: string, { start, end }: Span, leading: RegExp, trailing: RegExp): Span {
  let [from, until] = [start, end];
  for (;;) {
    const front = leading.exec(text.slice(from, Math.min(until, from + WINDOW)))?.[0].length ?? 0;
    from += front;
    const back = trailing.exec(text.slice(Math.max(from, until - WINDOW), until))?.[0].length ?? 0;
    until -= back;
    if (front === 0 && back === 0) return { start: from, end: until };
    if (from >= until) return { start: from, end: from };
  }
}

/** The longest thing that is cut off at once. */
const WINDOW = 40;
