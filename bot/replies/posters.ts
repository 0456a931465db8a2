import type { Tally } from "../../core/tally.ts";
import type { BuyFacts } from "../actions/buy-facts.ts";
import type { Poster, PosterRow } from "../files/picture.ts";
import type { Buy } from "../store.ts";
import { amountOf, houseHeading, lineText, minimumLines, pickupLines, statusLine } from "./layout.ts";
import { money, quantity, time } from "./replies.ts";
import type { Words } from "./words.ts";

/** What all have ordered, without a name: to be passed on. */
export function tallyPoster(buy: Buy, tally: Tally, people: number, at: Date, zone: string, words: Words): Poster {
  const { title, items, currency, endedAt } = buy.terms;
  const isOpen = buy.status === "open" && !endedAt;
  return {
    title,
    facts: [
      statusLine(buy, isOpen, zone, words),
      words.people(people),
      ...minimumLines(buy, words),
      ...pickupLines(buy, zone, words),
    ],
    rows: tally.items.map(({ item, options, price, ...sum }) => {
      const terms = items[item - 1]!;
      const named = options.filter(({ option }) => option !== "");
      const detail = [
        ...(price === undefined ? [] : [`${money(price, currency)}${terms.unit ? `/${terms.unit}` : words.each}`]),
        ...named.map(({ option, booked }) => `${option} ${quantity(booked, terms.unit)}`),
      ];
      return {
        text: terms.name,
        ...(detail.length > 0 && { detail: detail.join(" · ") }),
        figure: amountOf(sum, terms.unit, words),
      };
    }),
    foot: footOf(at, zone, words),
  };
}

/** Who gets what, in walking order, to be ticked: no codes, and nothing of money. */
export function pickupPoster({ buy, people, bags }: BuyFacts, at: Date, zone: string, words: Words): Poster {
  const rows = bags.flatMap(({ person, for: whom, lines }, index): PosterRow[] => {
    const { name, hasCollected } = people.get(person)!;
    const contents = lines.map((line) => lineText(buy, { ...line, for: "" }, words));
    const row: PosterRow = {
      ...{ text: whom === "" ? name : `${whom} (${name})`, detail: contents.join(words.comma), hasBox: true },
      ...(hasCollected && { figure: "✓" }),
    };
    const heading = houseHeading(bags, index, words);
    return heading === undefined ? [row] : [{ heading: heading.replace(/^[—\s]+|[—\s]+$/g, "") }, row];
  });
  const came = new Set(bags.map(({ person }) => person)).size;
  return {
    title: buy.terms.title,
    facts: [...pickupLines(buy, zone, words), words.persons(came)],
    rows,
    foot: footOf(at, zone, words),
  };
}

function footOf(at: Date, zone: string, words: Words): string {
  return `Plusone · ${time(new Date(Math.floor(at.getTime() / 60_000) * 60_000), zone, words)}`;
}
