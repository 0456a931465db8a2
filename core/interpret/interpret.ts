import { looksLikeChain } from "../chain/looks-like-chain.ts";
import { readChain } from "../chain/read-chain.ts";
import { type Folded, fold } from "../text/fold.ts";
import { readMine, readTally } from "./asked.ts";
import { readCancelAll } from "./cancel-all.ts";
import { isChatter, mayAskOrTell } from "./chatter.ts";
import { clausesOf } from "./clauses.ts";
import { readPaid, readReceived } from "./done.ts";
import { mark } from "./marks.ts";
import type { Context, Finding, Message, Recogniser, Step } from "./message.ts";
import { readOrder } from "./read-order.ts";
import { readWritten } from "./read-written.ts";
import type { Reading } from "./reading.ts";
import { readBareWish, readCommand } from "./requests.ts";
import { withPauses } from "./run-ons.ts";
import { tokenise } from "./tokenise.ts";
import type { Token } from "./tokens.ts";

export { type Catalog, prepareCatalog } from "./catalog.ts";
export type { Context } from "./message.ts";

/** The most characters of a message that are read; more is answered, not parsed. */
export const MAX_MESSAGE_LENGTH = 4096;

/** Nobody says more at once. Rules look from one word or clause at the others, so that these bound their work. */
const MAX_CLAUSE_LENGTH = 200;
const MAX_CLAUSES = 400;

/** In this order: the first that recognises the message reads it. */
const RECOGNISERS: readonly Recogniser[] = [
  readCommand,
  readOrder,
  readCancelAll,
  readBareWish,
  readReceived,
  readPaid,
  readMine,
  readTally,
];

const NONE: Finding = { reading: { kind: "none" }, rules: () => [] };

/**
 * What a message in a buy's chat says: an order, a question about one's own, talk.
 *
 * @source message language, 1
 */
export function interpret(text: string, context: Context): Reading {
  return find(text, context).reading;
}

/** The reading, and which rules made it of which words. */
export function explain(
  text: string,
  context: Context,
): { readonly reading: Reading; readonly rules: readonly Step[] } {
  const { reading, rules } = find(text, context);
  return { reading, rules: rules() };
}

function find(text: string, context: Context): Finding {
  const written = readWritten(text, context.catalog);
  if (written) return { reading: written, rules: () => [{ rule: "written", start: 0, end: text.length, text }] };
  const chain = mayBeChain(text) ? chainOf(text, context) : undefined;
  if (chain) return chain;
  if (text.length > MAX_MESSAGE_LENGTH) return NONE;
  const folded = fold(text);
  const tokens = tokenise(folded, context.catalog);
  if (isChatter(tokens, context)) return NONE;
  const found = recognise(folded, tokens, context);
  const { kind } = found.reading;
  if (kind !== "none" && kind !== "paid" && kind !== "received") return found;
  const paused = withPauses(tokens);
  const again = paused ? recognise(folded, paused, context) : NONE;
  return again.reading.kind === "order" || (kind === "none" && again.reading.kind !== "unclear") ? again : found;
}

/** What the recognisers see in a message. Exported for the test that nothing is lost in {@link isChatter}. */
export function recognise(folded: Folded, found: readonly Token[], context: Context): Finding {
  const tokens = mark(found, folded, context.catalog);
  const clauses = clausesOf(tokens);
  if (clauses.length > MAX_CLAUSES || clauses.some((clause) => clause.tokens.length > MAX_CLAUSE_LENGTH)) return NONE;
  const message: Message = { folded, context, tokens, clauses, isShort: mayAskOrTell(found) };
  for (const recogniser of RECOGNISERS) {
    const finding = recogniser(message);
    if (finding) return finding;
  }
  return NONE;
}

/** A group chain, which other people continue: not cut into words here, and longer than a message. */
function chainOf(text: string, { catalog, chain, earlier }: Context): Finding | undefined {
  if (!looksLikeChain(text, catalog, chain)) return undefined;
  return {
    reading: readChain(text, catalog, chain, earlier),
    rules: () => [{ rule: "chain", start: 0, end: text.length, text }],
  };
}

/** A chain has a second line, or says what it is. */
function mayBeChain(text: string): boolean {
  if (
    text.includes("#") &&
    text
      .trim()
      .split("\n")
      .every((line) => /^[^#]{0,24}#\d/.test(line))
  )
    return false; // items by number
  return text.includes("\n") || /接[龙龍]|group note/i.test(text.slice(0, 40));
}
