import { foldBuy } from "../core/buy/fold.ts";
import { readerOf } from "../core/buy/reader.ts";
import type { Statement } from "../core/buy/statement.ts";
import { amountOf, type Counted, minimumState, tallyOf } from "../core/tally.ts";
import { countPeople, linesOfOrders } from "./line-changes.ts";
import type { Buy, Line, Rows } from "./store.ts";

/** Where rows are not what was said. Amounts in minor units, quantities in thousandths. */
export type Difference =
  | { readonly about: "line"; readonly line: Line; readonly kept?: Line; readonly said?: Line }
  | { readonly about: "tally"; readonly item: number; readonly kept?: Counted; readonly said?: Counted }
  | { readonly about: "people"; readonly kept: number; readonly said: number }
  /** The buy is folded by the person, though one person's order may change another's. */
  | { readonly about: "coupling" }
  | { readonly about: "amount"; readonly person: string; readonly kept: number; readonly said: number }
  /** Its list became final with the minimum reached or missed, and what was said comes to the other. */
  | { readonly about: "minimum"; readonly isReached: boolean };

/** The rows of a buy as its statements make them, from nothing but those and its terms. */
export function rowsFrom(buy: Buy, statements: readonly Statement[]): Rows {
  const { orders } = foldBuy(buy.terms, readerOf(buy.terms.items), statements);
  const lines = linesOfOrders(orders);
  const { items } = tallyOf(buy.terms, lines);
  return {
    lines,
    sums: {
      items: items.map(({ item, booked, waitlisted }) => ({ item, quantity: booked, waitlisted })),
      people: countPeople(lines),
    },
    people: [...new Set(statements.map(({ person }) => person))],
  };
}

/** All differences between the rows that are kept and those that follow from what was said. */
export function compareRows(buy: Buy, kept: Rows, said: Rows): Difference[] {
  return [
    ...compareLines(kept.lines, said.lines),
    ...compareSums(kept.sums.items, said.sums.items),
    ...(kept.sums.people === said.sums.people
      ? []
      : [{ about: "people", kept: kept.sums.people, said: said.sums.people } as const]),
    ...compareAmounts(buy, kept, said),
    ...compareMinimum(buy, said),
  ];
}

/** What the supplier has goes ahead, whatever becomes of the minimum then. */
function compareMinimum({ status, terms }: Buy, { lines }: Rows): Difference[] {
  if (status !== "closed" && status !== "failed") return [];
  const orders = lines.map((line) => ({ person: line.person, lines: [line] }));
  const { isReached = true } = minimumState(terms.minimum, orders, tallyOf(terms, lines)) ?? {};
  return isReached === (status === "closed") ? [] : [{ about: "minimum", isReached }];
}

function compareLines(kept: readonly Line[], said: readonly Line[]): Difference[] {
  const byKey = new Map<string, { kept?: Line; said?: Line }>();
  for (const line of said) byKey.set(keyOf(line), { said: line });
  for (const line of kept) byKey.set(keyOf(line), { ...byKey.get(keyOf(line)), kept: line });
  return [...byKey.values()].flatMap((pair): Difference[] => {
    const isSame =
      pair.kept?.quantity === pair.said?.quantity &&
      pair.kept?.waitlisted === pair.said?.waitlisted &&
      pair.kept?.note === pair.said?.note;
    return isSame ? [] : [{ about: "line", line: (pair.said ?? pair.kept)!, ...pair }];
  });
}

/** Every item has a sum, also of nothing; what is no item has none. */
function compareSums(kept: readonly Counted[], said: readonly Counted[]): Difference[] {
  const items = new Set([...said, ...kept].map(({ item }) => item));
  return [...items].flatMap((item): Difference[] => {
    const [is, should] = [kept, said].map((sums) => sums.find((sum) => sum.item === item));
    const isSame = is && should && is.quantity === should.quantity && is.waitlisted === should.waitlisted;
    return isSame ? [] : [{ about: "tally", item, ...(is && { kept: is }), ...(should && { said: should }) }];
  });
}

/** What each has to pay, by the tally that is kept and by the one that follows. */
function compareAmounts({ terms }: Buy, kept: Rows, said: Rows): Difference[] {
  const amounts = ({ lines, sums }: Rows) => {
    const tally = tallyOf(terms, sums.items);
    const people = new Map<string, Line[]>();
    for (const line of lines) people.set(line.person, [...(people.get(line.person) ?? []), line]);
    return new Map([...people].map(([person, own]) => [person, amountOf(own, tally)]));
  };
  const [is, should] = [amounts(kept), amounts(said)];
  return [...new Set([...is.keys(), ...should.keys()])].flatMap((person): Difference[] => {
    const [a, b] = [is.get(person) ?? 0, should.get(person) ?? 0];
    return a === b ? [] : [{ about: "amount", person, kept: a, said: b }];
  });
}

function keyOf({ person, for: whom, item, option }: Line): string {
  return JSON.stringify([person, whom, item, option]);
}
