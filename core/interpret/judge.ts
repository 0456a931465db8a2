import type { Clause } from "./clauses.ts";
import type { Parsed } from "./draft.ts";
import { isPoliteOrder, isQuestion } from "./questions.ts";
import { hasHard, hasSoft, movesTime, tellsOfNeed, tellsOfOrder, tellsOfSize } from "./talk.ts";
import { is } from "./tokens.ts";
import { isUnreadLine, isValid } from "./valid-draft.ts";
import { type Before, type View, viewOf } from "./view.ts";

/** What a clause is, once its lines are read. */
export type Verdict = "order" | "question" | "talk" | "silent" | "unread";

/** Whether the lines of a clause are an order. The closed world: what is not understood beside goods is talk. */
export function judge(clause: Clause, { drafts, loose }: Parsed, before: Before): Verdict {
  if (drafts.length === 0) return isQuestion(clause) ? "question" : "silent";
  if (before.ordered && isSameAgain(clause)) return "unread";
  const view = viewOf(clause, drafts, loose, before);
  if (hasHard(view) || tellsOfNeed(clause) || movesTime(view) || tellsOfOrder(clause) || tellsOfSize(view))
    return "talk";
  if (isQuestion(clause) && !isPoliteOrder(view)) return "question";
  if (drafts.every(({ cancel, op, items }) => cancel || (op === "less" && items))) return judgeCancel(view);
  if (hasSoft(view)) return "talk";
  if (drafts.every((draft) => isValid(draft, view))) return "order";
  return isUnreadLine(view) ? "unread" : "talk";
}

/** "apples 2kg, pears same": so much, or as always, which nobody can tell. */
function isSameAgain({ tokens }: Clause): boolean {
  const [goods, same, ...rest] = tokens;
  return (
    goods?.kind === "item" &&
    /^(?:same|ditto|一样|同样|同上|也一样|likewise)$/.test(same?.text ?? "") &&
    rest.length === 0
  );
}

/** 苹果不要了, "cancel my apples": what was ordered before may be told of. */
function judgeCancel({ clause, loose, drafts, before }: View): Verdict {
  // 这次不买苹果了: nothing to cancel by somebody who has none
  if (
    clause.tokens.some(({ text }) => /^[不唔]买$/.test(text)) &&
    !drafts.some(({ items = [] }) => before.holds(items))
  )
    return "talk";
  const cancels = drafts.some(({ cancel, signed }) => cancel && !signed);
  if (clause.tokens.some((token) => is(token, "others") && token.start < Math.min(...drafts.map(({ start }) => start))))
    return "talk";
  const from = Math.min(...drafts.map(({ start }) => start));
  const leading = loose.some(({ kind, start }) => kind === "other" && start < from);
  // 老张的牛奶退了: whose
  const whose = clause.tokens.findIndex((token) => token.kind === "other" && token.start < from);
  if (whose >= 0 && clause.tokens[whose + 1]?.text === "的" && clause.tokens[whose + 2]?.kind === "item") return "talk";
  if (clause.tokens.some(({ kind }) => kind === "link" || kind === "price")) return "talk";
  if (clause.tokens.some(({ text }) => text === "cancelled" || text === "canceled")) return "talk";
  const told = clause.tokens.findIndex(({ text }) => text === "退了" || text === "撤了");
  if (told >= 0 && (clause.tokens[told + 1]?.kind === "amount" || drafts.every(({ items }) => !items))) return "talk";
  const talk = clause.tokens.some(
    (token) =>
      is(token, "talk", "past", "agree") &&
      !is(
        token,
        "cancel",
        "unwant",
        "less",
        "from",
        "mine-word",
        "filler",
        "polite",
        "less-after",
        "no-stock",
        "wish",
        "set",
        "head",
        "please",
        "all",
        "me",
        "also",
        "swap",
        "descriptor",
      ),
  );
  if (talk && !cancels) return "talk";
  if (
    talk &&
    clause.tokens.some(
      (token) => is(token, "talk") && token.start < from && !is(token, "cancel", "unwant", "less", "filler", "from"),
    )
  )
    return "talk";
  return leading && !cancels ? "talk" : "order";
}
