import type { Button } from "../ports.ts";
import type { Words } from "../replies/words.ts";
import type { Buy } from "../store.ts";

/** Buys of more items than this have no buttons for each: the post would be all buttons. */
const MOST_ITEMS = 8;

/** The longest label that still fits beside another on a phone. */
const LABEL = 18;

/**
 * Buttons under a buy's post: one more and one less of each item, which the post says how to write, the own order, and
 * help. None once it is closed.
 */
export function postButtons(buy: Buy, words: Words): readonly (readonly Button[])[] {
  if (buy.status !== "open" || buy.terms.endedAt) return [];
  const { items } = buy.terms;
  const own: Button[] = [
    { label: words.myOrderButton, data: `my:${buy.id}`, words: "/my" },
    { label: words.helpButton, data: `help:${buy.id}`, words: "/help" },
  ];
  if (items.length > MOST_ITEMS) return [own];
  const rows = items.map((item, index) => {
    const name = items.length === 1 ? "" : ` ${shorten(item.name)}`;
    return [
      { label: `+1${name}`, data: `more:${buy.id}:${index + 1}` },
      { label: `−1${name}`, data: `less:${buy.id}:${index + 1}` },
    ];
  });
  return [...rows, own];
}

function shorten(name: string): string {
  const letters = [...name];
  return letters.length <= LABEL ? name : `${letters.slice(0, LABEL - 1).join("")}…`;
}
