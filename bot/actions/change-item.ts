import { isDeepStrictEqual } from "node:util";
import { foldBuy } from "../../core/buy/fold.ts";
import type { Ledger } from "../../core/buy/ledger.ts";
import { promotions, setbacks } from "../../core/buy/promotions.ts";
import { readerOf } from "../../core/buy/reader.ts";
import type { Statement } from "../../core/buy/statement.ts";
import type { BuyTerms, ItemTerms } from "../../core/buy/terms.ts";
import { type Money, parseAmount } from "../../core/money.ts";
import { ONE } from "../../core/quantity.ts";
import { amountOf, priceOf } from "../../core/tally.ts";
import { languageOf } from "../languages.ts";
import { linesOfOrders } from "../line-changes.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { refold } from "../refold.ts";
import { itemTexts } from "../replies/item-text.ts";
import { linesText } from "../replies/layout.ts";
import { money, say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Asked, Buy, ChangeTx, Notice } from "../store.ts";
import { carryOut, preview } from "./confirm.ts";
import { itemNamed } from "./item-named.ts";
import { pickBuy } from "./pick-buy.ts";

/** What is to change of an item, as it is kept until the leader says yes. */
interface ItemChange {
  readonly buy: string;
  /** Its number, from 1. */
  readonly no: number;
  readonly set: Setting;
}

type Setting =
  | { readonly what: "price"; readonly price: Money }
  /** In thousandths; null: no limit. */
  | { readonly what: "stock"; readonly stock: number | null }
  | { readonly what: "name"; readonly name: string }
  /** For one unit; what the supplier asks. */
  | { readonly what: "cost"; readonly cost: Money }
  /** In thousandths: units in one of the supplier's boxes. */
  | { readonly what: "box"; readonly boxSize: number };

/** What is between leader and supplier: it changes no order, so it may be told after the closing too. */
const OF_SUPPLY: ReadonlySet<Setting["what"]> = new Set(["cost", "box"]);

/** Whether an item differs in nothing else. */
function isOfSupply(before: ItemTerms, after: ItemTerms): boolean {
  const { cost: _, boxSize: __, ...was } = before;
  const { cost: ___, boxSize: ____, ...is } = after;
  return isDeepStrictEqual(was, is);
}

/** `/item`: a new price, stock or name. Shows what that would do to the orders that are there. */
export async function proposeItem(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const words = wordsOf(doer.language);
  const buy = await pickBuy(parts, doer, command, ["open", "closed"]);
  if (!buy) return;
  const read = readChange(rest, buy);
  if (isFinal(buy) && !(read && OF_SUPPLY.has(read.set.what))) {
    return whisper(parts, doer, { text: say(words.itemFinal, { title: buy.terms.title }) });
  }
  if (!read) {
    const items = buy.terms.items.map(({ name }) => name).join(words.comma);
    const example = buy.terms.items[0]?.name ?? "1";
    return whisper(parts, doer, { text: say(words.itemHow, { example, items }) });
  }
  const item = buy.terms.items[read.no - 1]!;
  if (read.unit !== undefined && read.unit !== item.unit?.toLowerCase()) {
    return whisper(parts, doer, { text: say(words.itemUnit, { item: item.name, unit: item.unit ?? "×1" }) });
  }
  const changed = withChange(buy, read.no, read.set);
  if (JSON.stringify(changed.terms.items) === JSON.stringify(buy.terms.items)) {
    return whisper(parts, doer, { text: say(words.itemSame, { item: item.name }) });
  }
  const statements = await parts.store.look((tx) => tx.ledger.statementsOfBuy(buy.community, buy.id));
  const effect = effectOf(buy.terms, changed.terms, statements);
  if (read.set.what === "name" && effect.isOtherwise) return whisper(parts, doer, { text: words.itemRename });
  const text = [changeText(buy, read.no, read.set, words), ...effectTexts(buy, read.no, changed, effect, words)];
  await preview(parts, doer, "item", { buy: buy.id, no: read.no, set: read.set } satisfies ItemChange, text.join("\n"));
}

/** The leader's yes: the item is as they said from now on, and everybody's order is made anew from their words. */
export async function changeItem(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { buy: id, no, set } = asked.data as ItemChange;
  const words = wordsOf(doer.language);
  await carryOut(parts, doer, asked, id, async (tx, buy) => {
    const before = buy.terms.items[no - 1];
    if (!before) return say(words.itemFinal, { title: buy.terms.title });
    const after = changedItem(before, set);
    const refusal = await replaceItem(parts, tx, doer, buy, no, after, asked.id);
    if (refusal) return refusal;
    await tx.audit({
      ...{ community: buy.community, actor: doer.person.id, verb: "item-changed", buy: buy.id, source: sourceOf(doer) },
      before: { no, item: before },
      after: { no, item: after },
    });
    return say(words.changed, { what: changeText(buy, no, set, words) });
  });
}

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
  await tx.updateBuy(buy, {});
  const changed = (await tx.findBuy(buy.community, buy.id))!;
  if (!isSupply) await refold(tx.ledger, changed, parts.readerOf, [cause]);
  await keepPrice(tx, doer, buy, no, after);
  if (before.price !== after.price) {
    await tx.ledger.addNotices(priceNotices(buy, no, changed, effect, statements, cause));
  }
  return undefined;
}

/** Orders of a buy that has ended do not change any more. */
function isFinal({ status, terms }: Buy): boolean {
  return status !== "open" || terms.endedAt !== undefined;
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

const KEYWORDS: readonly (readonly [Setting["what"], RegExp])[] = [
  ["stock", /(?:^|\s)(?:stock|库存|庫存|总量|總量)[\s:：]*/iu],
  ["name", /(?:^|\s)(?:name|rename|改名|名称|名稱|名字)[\s:：]*/iu],
  ["cost", /(?:^|\s)(?:cost|成本|进价|進價)[\s:：]*/iu],
  ["box", /(?:^|\s)(?:box(?: of)?|箱规|箱規|每箱)[\s:：]*/iu],
  ["price", /(?:^|\s)(?:price|价格|價格|单价|單價|改价|改價)[\s:：]*/iu],
];

const SIGN = `(?:[a-z]{0,3}[$¥￥€£]|rm|元|块|塊)?`;
const PRICE = new RegExp(String.raw`^${SIGN}\s*(\d{1,7}(?:\.\d{1,2})?)\s*${SIGN}(?:\s*[/／]\s*(\S{1,12}))?$`, "iu");

/** "apples price 4.50", "#2 库存 20", "name Royal Gala" where there is one item. */
function readChange(text: string, { terms }: Buy) {
  for (const [what, keyword] of KEYWORDS) {
    const match = keyword.exec(text);
    if (!match) continue;
    const no = itemNamed(text.slice(0, match.index), terms);
    const value = text.slice(match.index + match[0].length).trim();
    return no === undefined ? undefined : readSetting(what, value, no, terms);
  }
  // A price needs no word: "apples 4.50".
  const match = /(?:^|\s)(\S+)$/u.exec(text);
  const no = match?.[1] && itemNamed(text.slice(0, match.index), terms);
  return no ? readSetting("price", match![1]!, no, terms) : undefined;
}

function readSetting(what: Setting["what"], value: string, no: number, { currency }: BuyTerms) {
  if (what === "name") {
    const name = value.replace(/\s+/gu, " ");
    const isName = name.length > 0 && name.length <= 60 && /\p{L}/u.test(name);
    return isName ? { no, unit: undefined, set: { what, name } as const } : undefined;
  }
  if (what === "stock") {
    if (/^(?:none|no limit|unlimited|不限|无限|無限)$/iu.test(value)) {
      return { no, unit: undefined, set: { what, stock: null } as const };
    }
    const match = /^(\d{1,6}(?:\.\d{1,3})?)\s*(\p{L}{1,12})?$/u.exec(value);
    if (!match?.[1]) return undefined;
    const stock = Math.round(Number(match[1]) * ONE);
    return { no, unit: match[2]?.toLowerCase(), set: { what, stock } as const };
  }
  if (what === "box") {
    const match = /^(\d{1,5}(?:\.\d{1,3})?)\s*(\p{L}{1,12})?$/u.exec(value);
    const boxSize = Math.round(Number(match?.[1] ?? 0) * ONE);
    return boxSize > 0 ? { no, unit: match?.[2]?.toLowerCase(), set: { what, boxSize } as const } : undefined;
  }
  const match = PRICE.exec(value);
  const amount = match?.[1] === undefined ? undefined : parseAmount(match[1], currency);
  if (amount === undefined) return undefined;
  const set = what === "cost" ? ({ what, cost: amount } as const) : ({ what, price: amount } as const);
  return { no, unit: match?.[2]?.toLowerCase(), set };
}

function withChange(buy: Buy, no: number, set: Setting): Buy {
  return withItem(buy, no, changedItem(buy.terms.items[no - 1]!, set));
}

function withItem(buy: Buy, no: number, item: ItemTerms): Buy {
  const items = buy.terms.items.with(no - 1, item);
  return { ...buy, version: buy.version + 1, terms: { ...buy.terms, items } };
}

function changedItem(item: ItemTerms, set: Setting): ItemTerms {
  switch (set.what) {
    case "price":
      // A price by quantity that is no lower would make it dearer to order more.
      return { ...item, price: set.price, tiers: item.tiers.filter(({ price }) => price < set.price) };
    case "stock": {
      const { stock: _, ...rest } = item;
      return set.stock === null ? rest : { ...rest, stock: set.stock };
    }
    case "name": {
      const aliases = [item.name, ...item.aliases.filter((alias) => alias !== item.name && alias !== set.name)];
      return set.name === item.name ? item : { ...item, name: set.name, aliases };
    }
    case "cost":
      return { ...item, cost: set.cost };
    case "box":
      return { ...item, boxSize: set.boxSize };
    default:
      return set satisfies never;
  }
}

/** What a change would do to the orders that are there. */
interface Effect {
  readonly before: Ledger;
  readonly after: Ledger;
  /** By person: how much more they pay (negative: less). */
  readonly amounts: ReadonlyMap<string, Money>;
  readonly up: number;
  readonly back: number;
  /** Somebody's order would be another. */
  readonly isOtherwise: boolean;
}

function effectOf(terms: BuyTerms, changed: BuyTerms, statements: readonly Statement[]): Effect {
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

function changeText(buy: Buy, no: number, set: Setting, words: Words): string {
  const item = buy.terms.items[no - 1]!;
  return itemTexts(item, changedItem(item, set), buy.terms.currency, words).join("\n");
}

function effectTexts(buy: Buy, no: number, changed: Buy, effect: Effect, words: Words): string[] {
  const { currency, items } = buy.terms;
  const orders = effect.before.orders.filter(({ lines }) => lines.some(({ item }) => item === no)).length;
  const differences = [...effect.amounts.values()];
  const [less, more] = [differences.filter((each) => each < 0), differences.filter((each) => each > 0)];
  const facts = (amounts: readonly Money[]) => ({
    people: words.persons(amounts.length),
    amount: money(Math.abs(amounts.reduce((sum, each) => sum + each, 0)), currency),
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

/** Who would pay more was asked for less: they are asked again. */
function priceNotices(
  buy: Buy,
  no: number,
  changed: Buy,
  effect: Effect,
  statements: readonly Statement[],
  cause: string,
): Notice[] {
  const { currency } = buy.terms;
  const item = changed.terms.items[no - 1]!;
  const price = (terms: BuyTerms, { tally }: Ledger) =>
    money(priceOf(terms.items[no - 1]!, tally.items[no - 1]!.booked) ?? 0, currency);
  const dearer = [...effect.amounts].filter(([, amount]) => amount > 0).map(([person]) => person);
  return dearer.flatMap((person): Notice[] => {
    const last = statements.filter((each) => each.person === person).at(-1);
    if (!last) return [];
    const words = wordsOf(languageOf(last.versions.at(-1)?.text ?? "", buy.language));
    const own = effect.after.orders.filter((order) => order.person === person);
    const facts = { name: last.name ?? "", item: item.name, title: buy.terms.title };
    const [before, after] = [price(buy.terms, effect.before), price(changed.terms, effect.after)];
    const lines = linesText(changed, linesOfOrders(own), words);
    return [
      {
        ...{ community: buy.community, buy: buy.id, chat: last.chat, person, kind: "price", cause: `price:${cause}` },
        content: {
          text: say(words.priceUp, { ...facts, before, after, lines }),
          buttons: [
            [
              { label: words.keep, data: `keep:${buy.id}:${no}` },
              { label: say(words.cancelMine, { item: item.name }), data: `none:${buy.id}:${no}` },
            ],
          ],
        },
      },
    ];
  });
}

/** Somebody keeps what has become dearer. */
export async function keepItem(parts: Parts, doer: Doer, buyId: string, no: string): Promise<void> {
  const { community } = doer.place;
  await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return;
    const buy = await tx.findBuy(community.id, buyId);
    if (!buy) return;
    const facts = { community: community.id, actor: doer.person.id, verb: "price-kept", buy: buyId } as const;
    await tx.audit({ ...facts, source: sourceOf(doer), after: { no: Number(no) } });
  });
}
