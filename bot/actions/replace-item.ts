import { isDeepStrictEqual } from "node:util";
import type { ItemTerms } from "../../core/buy/terms.ts";
import type { Doer, Parts } from "../parts.ts";
import { refold } from "../refold.ts";
import { itemTexts } from "../replies/item-text.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Buy, ChangeTx } from "../store.ts";
import { effectOf, priceNotices } from "./item-effect.ts";

/**
 * An item is like this from now on: everybody's order is made anew from their words, and who would pay more is asked.
 *
 * @param cause  what it follows from, for the notices' sake
 * @returns      why it cannot be so, with nothing changed
 */
export async function replaceItem(
  parts: Parts,
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  no: number,
  after: ItemTerms,
  cause: string,
): Promise<string | undefined> {
  const words = wordsOf(doer.language);
  const before = buy.terms.items[no - 1]!;
  const isSupply = isOfSupply(before, after);
  if (isFinal(buy) && !isSupply) return say(words.itemFinal, { title: buy.terms.title });
  const planned = withItem(buy, no, after);
  const statements = await tx.ledger.statementsOfBuy(buy.community, buy.id);
  const effect = effectOf(buy.terms, planned.terms, statements);
  if (before.name !== after.name && effect.isOtherwise) return words.itemRename;

  await tx.updateItem(buy, no, after);
  const changed = (await tx.findBuy(buy.community, buy.id))!;
  if (!isSupply) await refold(tx.ledger, changed, parts.readerOf, [cause]);
  await keepPrice(tx, doer, buy, no, after);
  if (before.price !== after.price) {
    await tx.ledger.addNotices(priceNotices(buy, no, changed, effect, statements, cause));
  }
  return undefined;
}

/** Orders of a buy that has ended do not change any more. */
export function isFinal({ status, terms }: Buy): boolean {
  return status !== "open" || terms.endedAt !== undefined;
}

/** Whether nothing differs but what is between leader and supplier. */
function isOfSupply(before: ItemTerms, after: ItemTerms): boolean {
  const { cost: _, boxSize: __, ...was } = before;
  const { cost: ___, boxSize: ____, ...is } = after;
  return isDeepStrictEqual(was, is);
}

/** The buy with this item, of a version of its own. */
export function withItem(buy: Buy, no: number, item: ItemTerms): Buy {
  const items = buy.terms.items.with(no - 1, item);
  return { ...buy, version: buy.version + 1, terms: { ...buy.terms, items } };
}

/** A price has its entry: what was is never lost. */
async function keepPrice(tx: ChangeTx, doer: Doer, buy: Buy, no: number, after: ItemTerms): Promise<void> {
  const before = buy.terms.items[no - 1]!;
  if (after.price === before.price) return;
  const amount = (after.price ?? 0) - (before.price ?? 0);
  const reason = itemTexts(before, after, buy.terms.currency, wordsOf(doer.language)).join("; ");
  const { id: author } = doer.person;
  await tx.addEntries(buy, [{ item: no, kind: "price", amount, reason, author, at: doer.at }]);
}
