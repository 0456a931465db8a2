import { type Standing, standingOf } from "../../core/payments.ts";
import { amountOf, tallyOf } from "../../core/tally.ts";
import type { Buy, Line, Payments } from "../store.ts";

/**
 * By person: what they owe of a buy.
 *
 * @param more  people who may have entries or payments only
 */
export function standingsOf(
  buy: Buy,
  lines: readonly Line[],
  payments: ReadonlyMap<string, Payments>,
  more: readonly string[] = [],
): ReadonlyMap<string, Standing> {
  const tally = tallyOf(buy.terms, lines);
  const people = [...new Set([...lines.map(({ person }) => person), ...more])];
  return new Map(
    people.map((person) => {
      const { words = [], entries = 0 } = payments.get(`${buy.id}:${person}`) ?? {};
      const amount = amountOf(
        lines.filter((line) => line.person === person),
        tally,
      );
      return [person, standingOf(amount + entries, words)];
    }),
  );
}

/** Whether anything of a buy has a price: else nobody can say what is due. */
export function isPriced({ terms }: Pick<Buy, "terms">): boolean {
  return terms.items.some(({ price, tiers }) => price !== undefined || tiers.length > 0);
}
