import { type Folded, fold, sourceSpan } from "../text/fold.ts";
import type { Catalog } from "./catalog.ts";
import { clausesOf } from "./clauses.ts";
import type { Draft } from "./draft.ts";
import { freshCarry } from "./line-state.ts";
import { mark } from "./marks.ts";
import { parseClause } from "./parse.ts";
import type { LineReading, UnclearReason } from "./reading.ts";
import { resolve } from "./resolve.ts";
import { tokenise } from "./tokenise.ts";
import { is, type Token } from "./tokens.ts";

/** What a stretch of a fragment was read as. */
export interface PartReading {
  readonly role: "item" | "quantity" | "unit" | "option" | "note" | "word" | "money" | "phone" | "unread";
  /** In the fragment as given. */
  readonly start: number;
  readonly end: number;
}

/** A fragment such as "苹果2斤 梨3" or "2 apples, 1 pear (ripe)", read as lines that all `set`. */
export interface LinesReading {
  readonly lines: readonly LineReading[];
  /** The whole fragment in its order, without gaps but for blanks. */
  readonly parts: readonly PartReading[];
  /** Why an order was seen that cannot be taken: then `lines` is empty. */
  readonly fault?: UnclearReason;
}

/** Reads order lines without judging whether they are meant; for chains, where everything that can be a line is one. */
export function readLines(fragment: string, catalog: Catalog): LinesReading {
  const folded = fold(fragment);
  const tokens = mark(tokenise(folded, catalog), folded, catalog);
  const carry = freshCarry(true);
  const drafts: Draft[] = [];
  const loose = new Set<Token>();
  for (const clause of clausesOf(tokens)) {
    const parsed = parseClause(catalog, clause, carry);
    drafts.push(...parsed.drafts);
    for (const token of parsed.loose) loose.add(token);
  }
  drafts.push(...carry.held.splice(0));
  const unknown = new Set(drafts.filter((draft) => draft.unknown !== undefined));
  const parts = tokens
    .filter((token) => token.kind !== "break" || token.level === 3)
    .map((token) => partOf(folded, token, tokens, unknown));
  if (drafts.length === 0) return { lines: [], parts };

  // Two quantities without a name between them are not the sum of both: 小二 2个.
  const unnamed = drafts.filter(({ items, all, signed }) => !items && !all && !signed);
  if (unnamed.length > 1) return { lines: [], parts, fault: "quantity" };

  const resolved = resolve(catalog, drafts, undefined, { wished: true, alone: false, chain: true });
  return resolved.ok
    ? {
        lines: resolved.lines.map((line) => (resolved.whom === undefined ? line : { ...line, for: resolved.whom })),
        parts,
      }
    : { lines: [], parts, fault: resolved.reason };
}

const ROLES: Partial<Record<Token["kind"], PartReading["role"]>> = {
  item: "item",
  amount: "quantity",
  unit: "unit",
  option: "option",
  note: "note",
  money: "money",
  price: "money",
  phone: "phone",
  sign: "word",
  colon: "word",
  bullet: "word",
  decor: "word",
  open: "word",
  close: "word",
  question: "word",
  break: "word",
};

function partOf(folded: Folded, token: Token, tokens: readonly Token[], unknown: ReadonlySet<Draft>): PartReading {
  const [start, end] = sourceSpan(folded, token.start, token.end);
  return { role: roleOf(token, tokens, unknown), start, end };
}

function roleOf(token: Token, tokens: readonly Token[], unknown: ReadonlySet<Draft>): PartReading["role"] {
  const role = ROLES[token.kind];
  if (role) return role;
  const behind = tokens.some((other) => other.kind === "amount" && other.end <= token.start);
  if (token.kind === "word")
    return is(token, "descriptor") && behind ? "note" : isOrderWord(token) ? "word" : behind ? "note" : "unread";
  if (token.kind === "other" && behind) {
    // What follows a line without a blank, or stands behind all of them, is a remark.
    const goods = [...unknown].some(({ start, end }) => token.start >= start && token.end <= end);
    const last = tokens.findLast(({ kind }) => kind === "amount" || kind === "item")!;
    return !goods && token.start >= last.end ? "note" : "unread";
  }
  return "unread";
}

function isOrderWord(token: Token): boolean {
  return is(
    token,
    "wish",
    "head",
    "verb",
    "add",
    "less",
    "set",
    "each",
    "all",
    "both",
    "please",
    "polite",
    "filler",
    "also",
    "and",
    "more-after",
    "less-after",
    "from",
  );
}
