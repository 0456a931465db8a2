/**
 * A message that says something about an order, as stored: the words and when they were said, never their outcome. An
 * order is the fold of its statements.
 */
export interface Statement {
  readonly chat: string;
  /** Unique in its chat. */
  readonly id: string;
  /** Decides between statements of the same instant. */
  readonly position: number;
  readonly person: string;
  /** The person's name when saying it: tells which entry of a chain is their own. */
  readonly name?: string;
  /** When it was first said. */
  readonly saidAt: Date;
  /** What it said, oldest first: the first text and each edit. A text is known by its instant. */
  readonly versions: readonly Version[];
  /** When it was taken back. */
  readonly recalledAt?: Date;
  /** It replied to the buy's own post. */
  readonly reply?: boolean;
  /** The person was a leader when saying it: what leaders say about counts and limits is no order. */
  readonly leader?: boolean;
  /** A leader has accepted it though it was late. */
  readonly accepted?: boolean;
}

/** One of the texts that a message has had. */
export interface Version {
  readonly text: string;
  readonly at: Date;
}

/** The last instant at which something of these was said, changed or taken back, or else another that is later. */
export function lastSaid(statements: readonly Statement[], other: Date): Date {
  const instants = statements.flatMap(({ saidAt, versions, recalledAt }) => {
    return [saidAt, ...versions.map(({ at }) => at), ...(recalledAt ? [recalledAt] : [])];
  });
  return instants.reduce((last, at) => (at > last ? at : last), other);
}

/** What the ids of statements begin with that a leader has pasted for their author: no platform's ids do. */
export const PASTED = "paste-";

/**
 * Whether a leader has pasted it. A pasted chain holds lines of its author alone, so it tells nothing about the lines
 * of others.
 */
export function isPasted({ id }: Pick<Statement, "id">): boolean {
  return id.startsWith(PASTED);
}
