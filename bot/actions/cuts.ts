import type { Entry } from "../../core/accounts.ts";
import type { Money } from "../../core/money.ts";
import type { Doer } from "../parts.ts";
import { money, quantity, say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Buy, ChangeTx, Notice } from "../store.ts";
import { listenersOf } from "./listeners.ts";
import { nameOf } from "./purchase.ts";
import type { Cut } from "./shortage.ts";

/** "for Bo: apples: 1 of 2, 4.00 back". */
export function cutText(buy: Buy, cut: Cut, words: Words): string {
  return (
    whomOf(cut, words) + say(words.shortCut, { ...factsOf(buy, cut), amount: money(cut.refund, buy.terms.currency) })
  );
}

/**
 * The money that goes back for it, or with a reason of its own comes again. Where that is none, as of goods whose price is
 * not known, it tells all the same why somebody gets less.
 */
export function entryOf(buy: Buy, doer: Doer, cut: Cut, amount: Money, reason?: string): Entry {
  const words = wordsOf(buy.language);
  const kind = amount === 0 ? "correction" : "refund";
  return {
    ...{ person: cut.person, item: cut.item, kind, amount, author: doer.person.id, at: doer.at },
    reason: whomOf(cut, words) + (reason ?? say(words.shortReason, factsOf(buy, cut))),
  };
}

/** A word to each who gets less. @param cause  what it follows from */
export async function noticesOf(
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  cuts: readonly Cut[],
  names: ReadonlyMap<string, string>,
  cause: string,
): Promise<Notice[]> {
  const listener = await listenersOf(tx, [buy]);
  return [...new Set(cuts.map(({ person }) => person))].map((person): Notice => {
    const own = cuts.filter((cut) => cut.person === person);
    const { chat = doer.place.chat, words } = listener(buy, person);
    const head = say(words.shortNotice, { name: names.get(person) ?? "?", title: buy.terms.title });
    return {
      ...{ community: buy.community, buy: buy.id, chat, person },
      ...{ kind: "short", cause: `short:${cause}` },
      content: { text: [head, ...own.map((cut) => `• ${cutText(buy, cut, words)}`)].join("\n") },
    };
  });
}

function whomOf({ for: whom }: Cut, words: Words): string {
  return whom && say(words.forWhom, { name: whom });
}

function factsOf(buy: Buy, cut: Cut) {
  const { unit } = buy.terms.items[cut.item - 1]!;
  return { name: nameOf(buy, cut), given: quantity(cut.quantity, unit), wanted: quantity(cut.wanted, unit) };
}
