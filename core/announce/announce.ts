import type { Minimum, Tier } from "../buy/terms.ts";
import { NO_CURRENCY, parseAmount } from "../money.ts";
import { ONE } from "../quantity.ts";
import { fold } from "../text/fold.ts";
import type { Amount } from "./amounts.ts";
import { currencyOf, currencyOfZone } from "./currency.ts";
import type { BuyDraft, DraftItem, DraftProblem, LimitField } from "./draft.ts";
import { takePersonLimits, takeStock } from "./limits.ts";
import { type NamedOffer, nameOffers } from "./names.ts";
import { takeNoise } from "./noise.ts";
import { takeOptions } from "./options.ts";
import { ownerOf } from "./owner.ts";
import { findPlace } from "./place.ts";
import { findOffers } from "./prices.ts";
import { takeSchedule } from "./schedule.ts";
import { Sheet, type Span } from "./sheet.ts";
import { takeThresholds, takeTiers } from "./threshold.ts";
import { titleOf } from "./title.ts";
import { singular } from "./units.ts";

/** Longer texts are answered, not read. */
export const MAX_ANNOUNCEMENT = 20_000;

/**
 * Reads what a leader posts: title, items with prices, options and limits, closing, pickup, threshold.
 * What is missing or cannot be is a problem of the draft, never a guess.
 *
 * @param text  the post, or what was written after `/open`; the command itself may still stand before it
 * @param zone  IANA
 * @source      message language, 2
 */
export function announce(text: string, { now, zone }: { readonly now: Date; readonly zone: string }): BuyDraft {
  if (text.length > MAX_ANNOUNCEMENT) {
    return { title: "", items: [], problems: [{ field: "items", code: "text-too-long" }] };
  }
  const sheet = new Sheet(withoutCommand(text));
  const schedule = takeSchedule(sheet, now, zone);
  sheet.markMoney();
  takeNoise(sheet);
  const perPerson = takePersonLimits(sheet);
  const tiers = takeTiers(sheet);
  const [threshold] = takeThresholds(sheet);
  const stock = takeStock(sheet);
  const options = takeOptions(sheet);
  const named = nameOffers(sheet, findOffers(sheet));
  const title = titleOf(sheet, named);
  sheet.take(named);
  const place = findPlace(sheet, schedule);

  const words = [...named.map(({ offer }) => offer?.amount.word), ...tiers.map(({ amount }) => amount.word)];
  const currency = currencyFrom(
    [...words, threshold && "amount" in threshold ? threshold.amount.word : undefined],
    zone,
  );
  const money = (amount: Amount) => parseAmount(amount.decimal, currency ?? NO_CURRENCY);

  const problems: DraftProblem[] = [];
  const owned = <T extends Span>(found: readonly T[], field?: LimitField): Map<NamedOffer, T[]> => {
    const byItem = new Map<NamedOffer, T[]>();
    for (const each of found) {
      const said = ownerOf(sheet, each, named, found);
      const owners = said.length === 0 && !field ? named : said; // kinds that are nobody's are everybody's
      if (owners.length === 0 && named.length > 0 && field) {
        problems.push({ field, code: "which-item", text: sheet.written(each) });
      }
      for (const owner of owners) byItem.set(owner, [...(byItem.get(owner) ?? []), each]);
    }
    return byItem;
  };
  const [stockOf, limitOf, tiersOf, optionsOf] = [
    owned(stock, "stock"),
    owned(perPerson, "perPerson"),
    owned(tiers, "tiers"),
    owned(options),
  ];

  const items = named.map((item): DraftItem => {
    const price = item.offer && money(item.offer.amount);
    if (!item.offer) problems.push({ field: "price", code: "no-price", item: item.name });
    else if (price === undefined) problems.push({ field: "price", code: "price-unclear", item: item.name });
    if (item.second)
      problems.push({ field: "price", code: "second-price", item: item.name, text: sheet.written(item.second) });
    const steps = (tiersOf.get(item) ?? []).flatMap((tier): Tier[] => {
      const stepPrice = money(tier.amount);
      return stepPrice === undefined ? [] : [{ from: tier.from, price: stepPrice }];
    });
    const left = stockOf.get(item)?.[0]?.quantity;
    const limit = limitOf.get(item)?.[0]?.quantity;
    return {
      name: item.name,
      ...(price !== undefined && { price }),
      ...(item.offer?.unit !== undefined && { unit: item.offer.unit }),
      options: [...new Set((optionsOf.get(item) ?? []).flatMap((list) => list.options))],
      ...(left !== undefined && { stock: left }),
      ...(limit !== undefined && { perPerson: limit }),
      ...(steps.length > 0 && { tiers: steps.sort((a, b) => a.from - b.from) }),
    };
  });
  if (items.length === 0) problems.push({ field: "items", code: "no-item" });
  if (items.length > 0 && currency === undefined) problems.push({ field: "currency", code: "currency-unknown" });

  const isBuy = items.length > 0 || schedule.closingSaid === true; // 明天停水 closes nothing
  const pickup = {
    ...(schedule.from && { from: schedule.from }),
    ...(schedule.until && { until: schedule.until }),
    ...(place && { place }),
  };
  const minimum = threshold && minimumOf(threshold, named, money);
  return {
    title,
    ...(currency !== undefined && { currency }),
    items,
    ...(schedule.closesAt && isBuy && { closesAt: schedule.closesAt }),
    ...(Object.keys(pickup).length > 0 && { pickup }),
    ...(minimum && { minimum }),
    problems: [...schedule.problems.filter(({ field }) => isBuy || field !== "closesAt"), ...problems],
  };
}

/** The text behind a command that its caller has left on. */
function withoutCommand(text: string): string {
  return text
    .replace(/^\s*[/／](?:open|开团|開團)(?:@\w{1,40})?(?=[\s:：]|$)[\s:：]*/iu, "")
    .replace(/^\s*#接[龙龍][\s:：]*/u, "");
}

function currencyFrom(words: readonly (string | undefined)[], zone: string): string | undefined {
  const word = words.find((each) => each !== undefined);
  return word === undefined ? currencyOfZone(zone) : currencyOf(word, zone);
}

function minimumOf(
  threshold: ReturnType<typeof takeThresholds>[number],
  named: readonly NamedOffer[],
  money: (amount: Amount) => number | undefined,
): Minimum | undefined {
  if ("people" in threshold) {
    // 10 flats of what is sold by the flat are no households
    const isUnit =
      /^flats?$/.test(threshold.word) &&
      named.some(({ offer }) => offer?.unit && singular(fold(offer.unit).text) === singular(threshold.word));
    return isUnit ? { quantity: threshold.people * ONE } : { people: threshold.people };
  }
  if ("quantity" in threshold) return { quantity: threshold.quantity };
  const amount = money(threshold.amount);
  return amount === undefined ? undefined : { amount };
}
