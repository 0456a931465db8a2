/** Where something that was said stands among all that was said in a buy. No two differ and compare as equal. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly position: number;
  readonly chat: string;
  readonly id: string;
}

/** Negative where `one` was said before `other`. @source message language, 3 (the time, then the order of lines) */
export function compareMoments(one: Moment, other: Moment): number {
  return (
    one.at - other.at ||
    one.position - other.position ||
    compareTexts(one.chat, other.chat) ||
    compareTexts(one.id, other.id)
  );
}

/** By code unit: the same everywhere, unlike an order by language. */
function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Names the message that a moment belongs to. */
export function momentKey({ chat, id }: Pick<Moment, "chat" | "id">): string {
  return `${chat}\n${id}`;
}
