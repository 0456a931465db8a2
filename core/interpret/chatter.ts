import type { Tag } from "../text/words/tags.ts";
import { mayBeGuessed } from "./guess-names.ts";
import type { Context } from "./message.ts";
import { is, type Token } from "./tokens.ts";

/**
 * Whether a message names no goods, orders no quantity and asks for nothing, so that no recogniser needs to look at it:
 * most of what a group says. What leaves here would read as `none` anyway, whatever the sender has ordered.
 */
export function isChatter(tokens: readonly Token[], { catalog, reply = false }: Context): boolean {
  if (reply || tokens[0]?.text === "/") return false;
  let duties = 0;
  let counted = false;
  let articled = false;
  let beside = false; // an unknown word stands beside a wish
  let others = false;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    const duty = dutyOf(token);
    duties |= duty;
    if (duty & GOODS || ONE_MORE.has(token.text)) return false;
    if (token.kind === "money" && is(tokens[at - 1], "filler")) return false; // send咗 $580
    if (token.kind === "amount") {
      if (!isBareFigure(tokens, at)) return false;
      counted = true;
      articled ||= token.amount!.article === true;
    } else if (token.kind === "other") {
      others = true;
      beside ||=
        (token.text.length > 1 || catalog.hanParts.has(token.text)) &&
        ((dutyOf(tokens[at - 1]) | dutyOf(tokens[at + 1]) | dutyOf(tokens[at + 2])) & WISH) !== 0;
    }
  }
  if (counted && duties & (WISH | FACT)) return false;
  if (isShort(tokens, duties)) return false;
  const cancels = (duties & CANCEL) !== 0;
  if (!beside && !cancels) return true;
  if (duties & MARK || articled || (cancels && !cancelsNothing(tokens))) return false;
  return !others || tokens.every((token, at) => token.kind !== "other" || !mayBeGuessed(tokens, at, catalog));
}

/**
 * Whoever asks in few words may ask for their own order, or how the buy stands; whoever speaks of themselves, of lists or
 * of what changes hands in still fewer may do so without a word that asks.
 */
export function mayAskOrTell(tokens: readonly Token[]): boolean {
  let duties = 0;
  for (const token of tokens) duties |= dutyOf(token);
  return isShort(tokens, duties);
}

function isShort(tokens: readonly Token[], duties: number): boolean {
  if (duties & (FACT | GOODS)) return tokens.length <= SHORT_QUESTION;
  return tokens.length <= SHORT_REQUEST && ((duties & OWN) !== 0 || tokens.some(({ text }) => REQUESTED.test(text)));
}

const SHORT_QUESTION = 14;
const SHORT_REQUEST = 6;
/** Lists and sums ("current tally"), and what changes hands (付啦, "taken mine"), without a word that asks or tells of it. */
const REQUESTED =
  /[付转汇扫缴拿取领提攞拎]|给[你您]|[过入]数|(?:^| )(?:tally|count|totals?|numbers?|list|status|figures?|owe|slots?|spots?|places?)$|pa(?:id|y)|sen[dt]|transfer|settle|bank|wired|venmo|zelle|fps|collect|got|took|take|picked|fetch|grab|retriev|receiv/;

/** What stands for a quantity of one. */
const ONE_MORE: ReadonlySet<string> = new Set([
  "another",
  "an extra",
  "an additional",
  "a further",
  "one more of",
  "extra",
]);

/** A number with no unit and no unknown word beside it, or an hour: "at six". */
function isBareFigure(tokens: readonly Token[], at: number): boolean {
  const { unit, article, fault } = tokens[at]!.amount!;
  if (unit || (fault && !article)) return false;
  if (article) return true;
  if (tokens.length < 6) return false;
  if (tokens.length > 12) return true;
  const before = tokens[at - 1];
  return (before?.kind !== "other" || HOUR.has(before.text)) && tokens[at + 1]?.kind !== "other";
}

const HOUR: ReadonlySet<string> = new Set(["at", "by", "before", "until", "till"]);

/** "don't forget the umbrella": with two unknown words beside it, a word of cancelling cancels neither all nor one line. */
function cancelsNothing(tokens: readonly Token[]): boolean {
  let others = 0;
  let cancels = false;
  for (const token of tokens) {
    if (token.kind === "break" || token.kind === "question") {
      if (cancels && others < 2) return false;
      others = 0;
      cancels = false;
    } else if (token.kind === "other") others++;
    else cancels ||= (dutyOf(token) & CANCEL) !== 0;
  }
  return !cancels || others > 1;
}

/** What may be goods or asks for something, alone. */
const GOODS = 1;
const WISH = 2;
const CANCEL = 4;
/** What makes names, notes or clauses of the words around it. */
const MARK = 8;
/** What asks for a fact. */
const FACT = 16;
/** What somebody says of themselves and theirs. */
const OWN = 32;

const BY_KIND: Partial<Readonly<Record<Token["kind"], number>>> = {
  item: GOODS,
  option: GOODS,
  sign: GOODS,
  "ordinal-day": GOODS,
  unit: GOODS,
  colon: MARK,
  open: MARK,
  close: MARK,
  flat: MARK,
  bullet: MARK,
  question: FACT,
};

const BY_TAG: Partial<Readonly<Record<Tag, number>>> = {
  received: GOODS,
  paid: GOODS,
  unpaid: GOODS,
  "ask-mine": GOODS,
  "ask-tally": GOODS,
  all: GOODS,
  cancel: CANCEL,
  refuse: CANCEL,
  wish: WISH,
  head: WISH,
  verb: WISH,
  add: WISH | MARK,
  less: WISH,
  "less-after": WISH,
  "more-after": WISH,
  set: WISH,
  swap: WISH,
  unwant: WISH,
  please: WISH,
  each: WISH,
  both: WISH,
  can: WISH | FACT,
  me: WISH | OWN,
  "mine-word": OWN,
  which: FACT,
  ask: FACT,
  for: WISH | MARK,
  help: WISH | MARK,
  give: WISH | MARK,
  and: MARK,
  relation: MARK,
  title: MARK,
  "note-mark": MARK,
};

/** What the tags of a phrase come to; the lexicon has one set for each phrase. */
const known = new WeakMap<ReadonlySet<Tag>, number>();

function dutyOf(token: Token | undefined): number {
  if (!token) return 0;
  if (!token.tags) return BY_KIND[token.kind] ?? 0;
  const before = known.get(token.tags);
  if (before !== undefined) return before;
  let duty = 0;
  for (const tag of token.tags) duty |= BY_TAG[tag] ?? 0;
  known.set(token.tags, duty);
  return duty;
}
