import type { Buy, ChangeTx } from "../store.ts";

/** What those are called whom rows of a buy are about. */
export function namesIn(
  tx: Pick<ChangeTx, "namesOf">,
  buy: Pick<Buy, "community">,
  rows: readonly { readonly person: string }[],
): Promise<ReadonlyMap<string, string>> {
  const people = [...new Set(rows.map(({ person }) => person))];
  return tx.namesOf(people.map((person) => ({ community: buy.community, person })));
}
