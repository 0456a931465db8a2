import type { Quantity } from "../../core/quantity.ts";
import { sum } from "../../core/sum.ts";
import { quantity, say } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Buy } from "../store.ts";
import { isOf, keyOf, type Supplied } from "./handed-lines.ts";
import { nameOf } from "./purchase.ts";
import { readSaidShares } from "./said-shares.ts";
import type { How, Shared, Short } from "./shortage.ts";

/** Reads "apples Lin 2, 王姐 1" about what is short, or says why it cannot be so. */
export function readByHand(
  text: string,
  buy: Buy,
  { short, names }: Pick<Shared, "short" | "names">,
  words: Words,
): ByHand {
  const among = short.flatMap(({ open }) => open);
  const read = readSaidShares(text, buy, among, names, words);
  if (!read.ok) return { ok: false, doubt: read.text };
  return howOf(buy, read.shares, { short, names }, words);
}

/** The same of numbers that stand beside the keys of lines; of lines that are not open any more nothing is taken. */
export function sharesByHand(
  said: ReadonlyMap<string, Quantity>,
  buy: Buy,
  shared: Pick<Shared, "short" | "names">,
  words: Words,
): ByHand {
  const shares = shared.short.flatMap(({ open }) =>
    open.flatMap((line) => {
      const gets = said.get(keyOf(line.line));
      return gets === undefined ? [] : [{ line, quantity: gets }];
    }),
  );
  return howOf(buy, shares, shared, words);
}

/** How it is shared out, or why it cannot be so. */
type ByHand = { readonly ok: true; readonly how: How } | { readonly ok: false; readonly doubt: string };

type SaidShare = { readonly line: Supplied; readonly quantity: Quantity };

function howOf(
  buy: Buy,
  shares: readonly SaidShare[],
  { short, names }: Pick<Shared, "short" | "names">,
  words: Words,
): ByHand {
  const doubt = doubtOfShares(buy, shares, short, names, words);
  if (doubt !== undefined) return { ok: false, doubt };
  return { ok: true, how: { hand: shares.map(({ line, quantity: gets }) => [keyOf(line.line), gets]) } };
}

/** What was said of lines must be possible: nobody more than they ordered, and in all no more than came. */
function doubtOfShares(
  buy: Buy,
  shares: readonly SaidShare[],
  short: readonly Short[],
  names: ReadonlyMap<string, string>,
  words: Words,
): string | undefined {
  const unitOf = (item: number) => buy.terms.items[item - 1]?.unit;
  for (const { line, quantity: gets } of shares) {
    const { person, for: whom, item } = line.line;
    if (gets <= line.gets) continue;
    const facts = { name: whom || (names.get(person) ?? "?"), wanted: quantity(line.gets, unitOf(item)) };
    return say(words.shareTooMuch, { ...facts, given: quantity(gets, unitOf(item)) });
  }
  for (const each of short) {
    const given = sum(shares.filter(({ line }) => isOf(line.line, each)).map((share) => share.quantity));
    if (given <= each.left) continue;
    const facts = { name: nameOf(buy, each), given: quantity(given, unitOf(each.item)) };
    return say(words.shareOverCount, { ...facts, came: quantity(each.left, unitOf(each.item)) });
  }
  return undefined;
}
