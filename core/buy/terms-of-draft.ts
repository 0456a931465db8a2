import type { BuyDraft } from "../announce/draft.ts";
import type { BuyTerms } from "./terms.ts";

/**
 * The terms of a buy that opens as announced.
 *
 * @param currency  where the announcement names none
 */
export function termsOfDraft(draft: BuyDraft, openedAt: Date, currency: string): BuyTerms {
  const { title, items, closesAt, minimum } = draft;
  // A closing that cannot be meant would make everything late: the buy stays open until somebody closes it.
  const closes = closesAt && closesAt > openedAt ? { closesAt } : {};
  return {
    title,
    currency: draft.currency ?? currency,
    items: items.map(({ tiers = [], ...item }) => ({ ...item, aliases: [], tiers })),
    openedAt,
    ...closes,
    ...(minimum && { minimum }),
  };
}
