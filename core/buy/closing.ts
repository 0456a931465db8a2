import type { BuyTerms } from "./terms.ts";

/** When a buy ends, as far as its terms tell: announced, or before that by `/close` or `/cancel`. */
export function endOf({ closesAt, endedAt }: Pick<BuyTerms, "closesAt" | "endedAt">): Date | undefined {
  if (!closesAt || !endedAt) return closesAt ?? endedAt;
  return endedAt < closesAt ? endedAt : closesAt;
}

/**
 * Whether what was said at an instant counts. The closing second itself does: that is as finely as chats tell time.
 *
 * @source message language, 3 (closing)
 */
export function isInTime(at: Date, end: Date | undefined): boolean {
  return !end || secondOf(at) <= secondOf(end);
}

function secondOf(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
