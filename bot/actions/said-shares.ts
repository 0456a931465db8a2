import { type NamedItem, readShares, type Share, type ShareDoubt, shortNames } from "../../core/read-shares.ts";
import { quantity, say } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Buy } from "../store.ts";
import type { Supplied } from "./handed-lines.ts";

/** A line as a leader may name it. */
export interface Nameable extends Supplied {
  readonly item: number;
  readonly option: string;
  readonly names: readonly string[];
}

/** What a leader said of some lines, or a sentence that says what could not be understood. */
export type SaidShares =
  | { readonly ok: true; readonly shares: readonly Share<Nameable>[] }
  | { readonly ok: false; readonly doubt: ShareDoubt; readonly text: string };

/** Reads "apples Lin 2, 王姐 1" about these lines. @param names  of the people, by person */
export function readSaidShares(
  text: string,
  buy: Buy,
  supplied: readonly Supplied[],
  names: ReadonlyMap<string, string>,
  words: Words,
): SaidShares {
  const lines = supplied.map((each): Nameable => {
    const { item, option, person, for: whom } = each.line;
    const own = names.get(person);
    // Who orders for others has lines under their names; one alone is meant by either.
    const isOnly = supplied.filter(({ line }) => line.person === person && line.item === item).length === 1;
    return { ...each, item, option, names: [...(whom ? [whom] : []), ...(own && (!whom || isOnly) ? [own] : [])] };
  });
  const items = [...new Set(lines.map(({ item }) => item))].sort((one, other) => one - other).map(itemOf(buy));
  const read = readShares(text, items, lines);
  if (read.ok) return read;
  const { doubt, part } = read;
  const unit = items.length === 1 ? items[0]?.unit : undefined;
  const facts = {
    part,
    items: items.map((each) => each.names[0]).join(words.comma),
    names: [...new Set(lines.flatMap((line) => line.names))].join(words.comma),
    unit: unit ?? "",
  };
  return { ok: false, doubt, text: say(words.shareDoubts[doubt], facts) };
}

function itemOf(buy: Buy): (item: number) => NamedItem {
  return (item) => {
    const { options, unit } = buy.terms.items[item - 1]!;
    return { item, names: itemNames(buy, item), options, unit };
  };
}

/** What a leader may call an item: by its names, or as people shorten them where no other item is called so. */
export function itemNames({ terms }: Buy, item: number): readonly string[] {
  const wholeOf = (each: number) => [terms.items[each]!.name, ...terms.items[each]!.aliases];
  const whole = wholeOf(item - 1);
  const others = terms.items.flatMap((_, index) => (index === item - 1 ? [] : wholeOf(index)));
  const taken = new Set(others.flatMap((each) => [each, ...shortNames(each)]).map((each) => each.toLowerCase()));
  const short = whole.flatMap(shortNames).filter((each) => !taken.has(each.toLowerCase()));
  return [...new Set([...whole, ...short, `#${item}`])];
}

/** What a leader could write about the first of these lines: "apples Lin 2". */
export function exampleShare(buy: Buy, supplied: readonly Supplied[], names: ReadonlyMap<string, string>): string {
  const [first] = supplied;
  if (!first) return "";
  const { item, option, person, for: whom } = first.line;
  const { name, unit } = buy.terms.items[item - 1]!;
  const amount = quantity(first.gets, unit).replace(/^×/, "").replaceAll(" ", "");
  return `${name}${option && ` ${option}`} ${whom || names.get(person) || "?"} ${amount}`;
}
