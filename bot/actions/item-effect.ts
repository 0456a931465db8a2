import { foldBuy } from "../../core/buy/fold.ts";
import type { Ledger, Order } from "../../core/buy/ledger.ts";
import { promotions, setbacks } from "../../core/buy/promotions.ts";
import { readerOf } from "../../core/buy/reader.ts";
import type { Statement } from "../../core/buy/statement.ts";
import type { BuyTerms } from "../../core/buy/terms.ts";
import type { Money } from "../../core/money.ts";
import { sum } from "../../core/sum.ts";
import { amountOf, priceOf } from "../../core/tally.ts";
import { languageOf } from "../languages.ts";
import { linesOfOrders } from "../line-changes.ts";
import { linesText } from "../replies/layout.ts";
import { money, say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Buy, Notice } from "../store.ts";

/** What a change would do to the orders that are there. */
export interface Effect {
  readonly before: Ledger;
  readonly after: Ledger;
  /** By person: how much more they pay (negative: less). */
  readonly amounts: ReadonlyMap<string, Money>;
  readonly up: number;
  readonly back: number;
  /** Somebody's order would be another. */
  readonly isOtherwise: boolean;
}

/** Folds the buy as it is and as it would be. */
export function effectOf(terms: BuyTerms, changed: BuyTerms, statements: readonly Statement[]): Effect {
  const [before, after] = [terms, changed].map((each) => foldBuy(each, readerOf(each.items), statements)) as [
    Ledger,
    Ledger,
  ];
  const amounts = new Map<string, Money>();
  const add = ({ orders, tally }: Ledger, sign: 1 | -1) => {
    for (const { person, lines } of orders) {
      amounts.set(person, (amounts.get(person) ?? 0) + sign * amountOf(lines, tally));
    }
  };
  add(before, -1);
  add(after, 1);
  const [was, is] = [linesOfOrders(before.orders), linesOfOrders(after.orders)];
  return {
    ...{ before, after, amounts },
    up: new Set(promotions(was, is).map(({ line }) => line.person)).size,
    back: new Set(setbacks(was, is).map(({ person }) => person)).size,
    isOtherwise: JSON.stringify(was) !== JSON.stringify(is),
  };
}

/** The same in sentences, for the leader. @param no  of the item that changes */
export function effectTexts(buy: Buy, no: number, changed: Buy, effect: Effect, words: Words): string[] {
  const { currency, items } = buy.terms;
  const orders = effect.before.orders.filter(({ lines }) => lines.some(({ item }) => item === no)).length;
  const differences = [...effect.amounts.values()];
  const [less, more] = [differences.filter((each) => each < 0), differences.filter((each) => each > 0)];
  const facts = (amounts: readonly Money[]) => ({
    people: words.persons(amounts.length),
    amount: money(Math.abs(sum(amounts)), currency),
  });
  return [
    words.effectOrders(orders),
    ...(less.length > 0 ? [say(words.effectLess, facts(less))] : []),
    ...(more.length > 0 ? [say(words.effectMore, facts(more))] : []),
    ...(effect.up > 0 ? [say(words.effectUp, { people: words.persons(effect.up) })] : []),
    ...(effect.back > 0 ? [say(words.effectBack, { people: words.persons(effect.back) })] : []),
    ...(changed.terms.items[no - 1]!.tiers.length < items[no - 1]!.tiers.length ? [words.itemTiersGone] : []),
  ];
}

/** Who would pay more was asked for less, and so were those who wait: they are asked again. */
export function priceNotices(
  buy: Buy,
  no: number,
  changed: Buy,
  effect: Effect,
  statements: readonly Statement[],
  cause: string,
): Notice[] {
  const { currency } = buy.terms;
  const item = changed.terms.items[no - 1]!;
  const price = (terms: BuyTerms, { tally }: Ledger) => priceOf(terms.items[no - 1]!, tally.items[no - 1]!.booked) ?? 0;
  const [was, is] = [price(buy.terms, effect.before), price(changed.terms, effect.after)];
  const waits = ({ lines }: Order) => lines.some((line) => line.item === no && line.waitlisted > 0);
  const dearer = new Set([
    ...[...effect.amounts].filter(([, amount]) => amount > 0).map(([person]) => person),
    ...effect.after.orders.filter((order) => is > was && waits(order)).map(({ person }) => person),
  ]);
  return [...dearer].flatMap((person): Notice[] => {
    const last = statements.filter((each) => each.person === person).at(-1);
    if (!last) return [];
    const words = wordsOf(languageOf(last.versions.at(-1)?.text ?? "", buy.language));
    const own = effect.after.orders.filter((order) => order.person === person);
    const facts = { name: last.name ?? "", item: item.name, title: buy.terms.title };
    const [before, after] = [money(was, currency), money(is, currency)];
    const lines = linesText(changed, linesOfOrders(own), words);
    return [
      {
        ...{ community: buy.community, buy: buy.id, chat: last.chat, person, kind: "price", cause: `price:${cause}` },
        content: {
          text: say(words.priceUp, { ...facts, before, after, lines }),
          buttons: [
            [
              { label: words.keep, data: `keep:${buy.id}:${no}` },
              {
                label: say(words.cancelMine, { item: item.name }),
                data: `none:${buy.id}:${no}`,
                words: `${item.name} 0`,
              },
            ],
          ],
        },
      },
    ];
  });
}
