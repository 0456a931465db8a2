import type { Chance } from "./chance.ts";

/** What somebody means, and the words for it: of whole units, in words that read in one way only. */
export type Wish =
  | { readonly type: "add" | "set"; readonly item: number; readonly count: number }
  | { readonly type: "cancel" }
  | { readonly type: "talk"; readonly words: string }
  /** Their entry in a chain, which holds those of others too. */
  | { readonly type: "chain"; readonly item: number; readonly count: number };

/** What is offered. Prices in cents, counts in whole units. */
export interface Offer {
  readonly announcement: string;
  readonly items: readonly {
    readonly word: string;
    readonly price: number;
    readonly tier?: { readonly from: number; readonly price: number };
    readonly stock?: number;
  }[];
  readonly minimumPeople?: number;
  readonly hasPickup?: true;
  /** People order by going on with a chain. */
  readonly isChain?: true;
}

const MANGOES = { word: "mangoes", price: 500 } as const;
const EGGS = { word: "eggs", price: 300 } as const;

export const OFFERS: readonly Offer[] = [
  { announcement: "Mangoes S$5 per box\nEggs S$3 per tray", items: [MANGOES, EGGS] },
  { announcement: "Mangoes S$5 per box\nEggs S$3 per tray", items: [MANGOES, EGGS], isChain: true },
  { announcement: "Mangoes S$5 per box, 8+ at S$4", items: [{ ...MANGOES, tier: { from: 8, price: 400 } }] },
  { announcement: "Mangoes S$5 per box, limit 6 boxes", items: [{ ...MANGOES, stock: 6 }] },
  {
    announcement: "Mangoes S$5 per box\nEggs S$3 per tray\nMin 3 people to go ahead",
    ...{ items: [MANGOES, EGGS], minimumPeople: 3 },
  },
  {
    announcement: "Mangoes S$5 per box, 8+ at S$4\nPickup tomorrow 18:00-20:00 at the gate",
    ...{ items: [{ ...MANGOES, tier: { from: 8, price: 400 } }], hasPickup: true },
  },
];

const TALK = ["thanks a lot", "see you tomorrow", "what a day"] as const;

/** A wish for something of an offer. Of what is scarce nothing is said anew: who said what when would decide. */
export function wishFor(offer: Offer, chance: Chance): Wish {
  const item = chance.between(1, offer.items.length);
  const isScarce = offer.items[item - 1]!.stock !== undefined;
  const kind = chance.between(1, 20);
  if (kind > 18) return { type: "talk", words: chance.pick(TALK) };
  if (offer.isChain) return { type: "chain", item, count: chance.between(1, 5) };
  if (kind <= 10) return { type: "add", item, count: chance.between(1, 4) };
  if (kind <= 13) return { type: "add", item, count: -chance.between(1, 3) };
  if (kind === 18) return { type: "cancel" };
  return isScarce ? { type: "add", item, count: 1 } : { type: "set", item, count: chance.between(1, 5) };
}

/** @param entries  of a chain: all that are in it by now, this one too */
export function wordsOf(wish: Wish, { items }: Offer, entries: readonly string[]): string {
  if (wish.type === "cancel") return "cancel";
  if (wish.type === "talk") return wish.words;
  if (wish.type === "chain")
    return ["#接龙", "Mangoes", "", ...entries.map((text, no) => `${no + 1}. ${text}`)].join("\n");
  const { word } = items[wish.item - 1]!;
  if (wish.type === "set") return `${wish.count} ${word}`;
  return wish.count > 0 ? `+${wish.count} ${word}` : `${word} ${wish.count}`;
}
