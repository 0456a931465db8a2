import { createHash } from "node:crypto";
import { promotions, setbacks } from "../core/buy/promotions.ts";
import type { Statement } from "../core/buy/statement.ts";
import { languageOf } from "./languages.ts";
import { queueText } from "./replies/layout.ts";
import { wordsOf } from "./replies/replies.ts";
import type { Buy, Line, Notice } from "./store.ts";

/**
 * What those are told who have moved up the waiting list, or back, when a buy was folded again: one word for each
 * person, where they spoke last and in their language. It is queued with the lines that say so, so it comes once.
 *
 * @param causes  what the fold followed from; the same again finds the lines changed already
 */
export function queueNotices(
  buy: Buy,
  statements: readonly Statement[],
  before: readonly Line[],
  after: readonly Line[],
  causes: readonly string[],
): Notice[] {
  const moves = [
    { told: "movedUp", lines: promotions(before, after).map(({ line }) => line) } as const,
    { told: "movedBack", lines: setbacks(before, after) } as const,
  ];
  return moves.flatMap(({ told, lines }) => {
    const people = [...new Set(lines.map(({ person }) => person))].sort();
    return people.flatMap((person): Notice[] => {
      const last = lastOf(statements, person);
      if (!last) return [];
      const words = wordsOf(languageOf(last.versions.at(-1)?.text ?? "", buy.language));
      const own = lines.filter((line) => line.person === person);
      return [
        {
          ...{ community: buy.community, buy: buy.id, chat: last.chat, person, kind: "waiting-list" },
          cause: `${told}:${buy.id}:${createHash("sha256").update(causes.join("\n")).digest("base64url")}`,
          content: { text: queueText(buy, words[told], last.name ?? "", own, words) },
        },
      ];
    });
  });
}

/** What somebody said last: where they are to be found, and how they write. */
function lastOf(statements: readonly Statement[], person: string): Statement | undefined {
  let last: Statement | undefined;
  for (const statement of statements) {
    if (statement.person === person && (!last || statement.saidAt >= last.saidAt)) last = statement;
  }
  return last;
}
