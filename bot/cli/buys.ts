import type { Buy, Store } from "../store.ts";

/** Buys looked up together. */
const PAGE = 100;

/**
 * Buys that have ever opened, one after the other, whatever their number.
 *
 * @param which  a number (of any community) or an id; without one, all
 */
export async function* buysOf(store: Store, which: string | undefined): AsyncGenerator<Buy> {
  let last: Buy | undefined;
  for (;;) {
    const page = await store.buysAfter(last, PAGE);
    for (const buy of page) if (which === undefined || which === buy.id || which === String(buy.no)) yield buy;
    last = page.at(-1);
    if (page.length < PAGE) return;
  }
}

/** Buys to choose from, a line each. */
export function choicesText(buys: readonly Buy[]): string {
  return buys.map(({ no, id, terms }) => `  ${no}  ${terms.title} (${id})`).join("\n");
}
