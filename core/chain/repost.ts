import type { Entry } from "./chain.ts";
import { keysOf } from "./keys.ts";

/** What is known when a chat's post may be due again, in a chat whose messages cannot be edited. */
export interface Standing {
  /** The lines that count; empty where the chat has no chain. */
  readonly kept: readonly Entry[];
  /** Those of the newest chain that stands in the chat, whoever posted it. */
  readonly shown: readonly Entry[];
  /** Something else is to be shown than what was posted last. */
  readonly isStale: boolean;
  /** When something was posted here last. */
  readonly postedAt: Date | undefined;
  /** When somebody last said something about the buy here. */
  readonly saidAt: Date | undefined;
}

/** So long nobody must have said anything before what has changed is posted, where no line would be lost. */
const QUIET_MS = 60_000;

/**
 * When the post is due again: at once where people who go on with the newest chain of the chat would lose somebody's line,
 * else after a quiet minute with changes; never more often than `everyMs`.
 *
 * @returns undefined where the chat shows all that there is
 */
export function repostAt({ kept, shown, isStale, postedAt, saidAt }: Standing, everyMs: number): Date | undefined {
  const [keptLines, shownLines] = [linesOf(kept), linesOf(shown)];
  const isLost = [...keptLines].some((line) => !shownLines.has(line));
  const differs = kept.length === 0 ? isStale : isLost || keptLines.size !== shownLines.size;
  if (!differs) return undefined;
  const earliest = postedAt ? postedAt.getTime() + everyMs : 0;
  const quiet = !isLost && saidAt ? saidAt.getTime() + QUIET_MS : 0;
  return new Date(Math.max(earliest, quiet));
}

/** Name and words of each line; where they stand and their numbers lose nothing. */
function linesOf(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(keysOf(entries).map(({ id, words }) => `${id}\n${words}`));
}
