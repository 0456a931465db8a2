import { looksLikeChain } from "../chain/looks-like-chain.ts";
import { readChain } from "../chain/read-chain.ts";
import { fold } from "../text/fold.ts";
import { clausesOf } from "./clauses.ts";
import { mark } from "./marks.ts";
import type { Context, Finding, Message, Recogniser, Step } from "./message.ts";
import { readOrder } from "./read-order.ts";
import type { Reading } from "./reading.ts";
import { readBareWish, readCancelAll, readCommand, readMine, readPaid, readReceived, readTally } from "./requests.ts";
import { tokenise } from "./tokenise.ts";
import { is, type Token } from "./tokens.ts";

export { type Catalog, prepareCatalog } from "./catalog.ts";
export type { Context } from "./message.ts";

/** The most characters of a message that are read; more is answered, not parsed. */
export const MAX_MESSAGE_LENGTH = 4096;

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
  const chain = mayBeChain(text) ? chainOf(text, context) : undefined;
  if (chain) return chain;
  if (text.length > MAX_MESSAGE_LENGTH) return NONE;
  const folded = fold(text);
  const found = tokenise(folded, context.catalog);
  if (isChatter(found, context)) return NONE;
  const tokens = mark(found, folded, context.catalog);
  const message: Message = { folded, context, tokens, clauses: clausesOf(tokens) };
  for (const recognise of RECOGNISERS) {
    const finding = recognise(message);
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
  if (text.includes("#1") || text.includes("#2") || text.includes("#3")) {
    const lines = text.trim().split("\n");
    if (lines.every((line) => /^[^#]{0,24}#\d/.test(line))) return false; // items by number, as the bot writes them
  }
  return text.includes("\n") || /接[龙龍]|group note/i.test(text.slice(0, 40));
}

/** Most of what a group says names no goods, counts nothing and asks for nothing: then no rule needs to look at it. */
function isChatter(tokens: readonly Token[], { catalog, reply = false }: Context): boolean {
  if (reply) return false;
  let wished = false;
  let counted = false;
  let unknown = false;
  for (const [at, token] of tokens.entries()) {
    if (GOODS.has(token.kind)) return false;
    if (token.kind === "amount") {
      const { unit, article, fault } = token.amount!;
      if (unit || (fault && !article)) return false;
      if (
        !article &&
        ((tokens[at - 1]?.kind === "other" && tokens.length < 13) ||
          (tokens[at + 1]?.kind === "other" && tokens.length < 13) ||
          tokens.length < 6)
      )
        return false;
      counted = true;
    }
    if (token.kind === "other" && (token.text.length > 1 || catalog.hanParts.has(token.text)))
      unknown ||= isWish(tokens[at - 1]) || isWish(tokens[at + 1]) || isWish(tokens[at + 2]);
    if (token.kind !== "word") continue;
    if (token.text === "another") return false;
    if (is(token, "cancel", "refuse", "received", "paid", "ask-mine", "ask-tally", "all", "unpaid")) return false;
    if (is(token, "which") && is(tokens[0], "me")) return false; // 我订的几份
    wished ||= isWish(token);
  }
  return !unknown && !(counted && wished) && tokens[0]?.text !== "/";
}

const GOODS: ReadonlySet<Token["kind"]> = new Set(["item", "option", "sign", "ordinal-day"]);

function isWish(token: Token | undefined): boolean {
  return is(
    token,
    "wish",
    "head",
    "verb",
    "add",
    "less",
    "set",
    "swap",
    "unwant",
    "please",
    "each",
    "both",
    "can",
    "me",
    "for",
    "help",
    "give",
  );
}
