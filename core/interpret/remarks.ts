import { written } from "../text/fold.ts";
import type { Clause } from "./clauses.ts";
import type { Draft } from "./draft.ts";
import type { Message } from "./message.ts";
import { isQuestion } from "./questions.ts";
import { is, type Token } from "./tokens.ts";

/** "2 apples. Less spicy": a clause that holds nothing but a wish about the goods is a note of the line before. */
export function remark(message: Message, clause: Clause, draft: Draft): void {
  const wishes = clause.tokens.some((token) => is(token, "descriptor")) || WISHES.test(clause.tokens[0]!.text);
  if (!wishes || isQuestion(clause)) return;
  const [first, last] = [clause.tokens[0]!, clause.tokens.at(-1)!];
  addNote(draft, written(message.folded, first.start, last.end));
}

/** What follows a line and is no part of it is a note: 少冰半糖, "not too ripe". */
export function noteRest(message: Message, clause: Clause, drafts: readonly Draft[]): void {
  const last = drafts.at(-1);
  if (!last || !(last.items || last.all)) return;
  const rest = clause.tokens.filter((token) => token.start >= last.end && isRemark(token));
  if (rest.length > 0 && !(rest.length === 1 && rest[0]!.text === "not"))
    addNote(last, written(message.folded, rest[0]!.start, rest.at(-1)!.end));
}

function isRemark(token: Token): boolean {
  return token.kind === "other" || (token.kind === "word" && is(token, "descriptor"));
}

function addNote(draft: Draft, note: string): void {
  draft.note = draft.note ? `${draft.note}；${note}` : note;
}

/** What goods should not be, or be like: 别太小, 还是上次那种. */
const WISHES = /^(?:别|不要|唔要|还是|挑|not)/;
