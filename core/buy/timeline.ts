import { isInTime } from "./closing.ts";
import { compareMoments, type Moment } from "./moment.ts";
import type { Statement, Version } from "./statement.ts";

/** Something that is folded at its place in time. */
export type Happening = {
  readonly statement: Statement;
  readonly moment: Moment;
} & (
  | {
      /** Plain words, at the time of their first text. The last text counts; earlier ones tell since when. */
      readonly type: "words";
      readonly versions: readonly Version[];
    }
  | {
      readonly type: "chain";
      readonly text: string;
      /** It was taken back or replaced by plain words, so it books nothing. */
      readonly isVoid: boolean;
    }
);

/** What was said in a buy, in order. */
export interface Timeline {
  /** What counts, in the order in which it is folded. */
  readonly happenings: readonly Happening[];
  /** Statements said after the closing. */
  readonly late: readonly Statement[];
  /** All statements, each once, in the order in which they were said. */
  readonly statements: readonly Statement[];
}

/**
 * Puts statements in the order in which they count, however they came: doubles are dropped, edits and recalls after
 * the closing too. An edited message counts as its last text at its first time, an edited chain anew at each edit.
 *
 * @source message language, 3 (people and messages, closing, chains)
 */
export function toTimeline(
  given: Iterable<Statement>,
  end: Date | undefined,
  isChain: (text: string) => boolean,
): Timeline {
  const statements = withoutDoubles(given);
  const inTime = statements.filter((statement) => counts(statement, statement.saidAt, end));
  const happenings = inTime.flatMap((statement) => happeningsOf(statement, end, isChain));
  return {
    happenings: happenings.sort((one, other) => compareMoments(one.moment, other.moment)),
    late: statements.filter((statement) => !counts(statement, statement.saidAt, end)),
    statements,
  };
}

/** When something was said for the first time. */
function momentOf({ saidAt, position, chat, id }: Statement): Moment {
  return { at: saidAt.getTime(), position, chat, id };
}

/** Of a message that is given twice the one that knows more: a recall, or else more edits. */
function withoutDoubles(given: Iterable<Statement>): Statement[] {
  const byMessage = new Map<string, Statement>();
  for (const statement of given) {
    const key = `${statement.chat}\n${statement.id}`;
    const known = byMessage.get(key);
    if (!known || knowsMore(statement, known)) byMessage.set(key, statement);
  }
  return [...byMessage.values()].sort((one, other) => compareMoments(momentOf(one), momentOf(other)));
}

function knowsMore(one: Statement, other: Statement): boolean {
  if ((one.recalledAt === undefined) !== (other.recalledAt === undefined)) return one.recalledAt !== undefined;
  return one.versions.length > other.versions.length;
}

/** Whether a statement was taken back while that still counted. */
export function isRecalled(statement: Statement, end: Date | undefined): boolean {
  return statement.recalledAt !== undefined && counts(statement, statement.recalledAt, end);
}

/** Whether what was done to a statement at an instant counts: in time, or accepted by a leader all the same. */
function counts({ accepted }: Statement, at: Date, end: Date | undefined): boolean {
  return accepted === true || isInTime(at, end);
}

function happeningsOf(statement: Statement, end: Date | undefined, isChain: (text: string) => boolean): Happening[] {
  const versions = statement.versions.filter(
    ({ text, at }, index, all) => counts(statement, at, end) && text !== all[index - 1]?.text,
  );
  const last = versions.at(-1);
  if (!last) return [];

  const recalled = isRecalled(statement, end);
  const first = momentOf(statement);
  const chains = versions.filter(({ text }) => isChain(text));
  const endsAsChain = chains.includes(last);
  const happenings: Happening[] = chains.map(({ text, at }) => ({
    type: "chain",
    statement,
    moment: { ...first, at: Math.max(first.at, at.getTime()) },
    text,
    isVoid: recalled || !endsAsChain,
  }));
  return endsAsChain || recalled ? happenings : [...happenings, { type: "words", statement, moment: first, versions }];
}
