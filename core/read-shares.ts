import { foldName } from "./buy/whom.ts";
import { parseQuantity, type Quantity } from "./quantity.ts";
import { fold } from "./text/fold.ts";
import { convert, sameUnit, unitOf } from "./text/units.ts";

/** A line of an order, as a leader may name it. */
export interface NamedLine {
  readonly item: number;
  /** Empty without one. */
  readonly option: string;
  /** Whose it is: their name, or that of the one for whom they have ordered. */
  readonly names: readonly string[];
}

/** An item, as a leader may name it. */
export interface NamedItem {
  readonly item: number;
  readonly names: readonly string[];
  readonly options: readonly string[];
  /** What its quantities are counted in. */
  readonly unit?: string | undefined;
}

/** So much of a line. */
export interface Share<Line> {
  readonly line: Line;
  /** In the item's unit. */
  readonly quantity: Quantity;
}

/** Why a part of the words cannot be taken: its item, its person (nobody, or several), its number, or its unit. */
export type ShareDoubt = "item" | "person" | "persons" | "number" | "unit" | "twice";

/** What was said of which lines, or the first part of the words that cannot be taken. */
export type SharesRead<Line> =
  | { readonly ok: true; readonly shares: readonly Share<Line>[] }
  | { readonly ok: false; readonly part: string; readonly doubt: ShareDoubt };

const PART = /^(?<name>.*?)[\s:：=×*]{0,3}(?<number>\d{1,6}(?:\.\d{1,3})?)\s?(?<unit>\p{L}{1,12})?$/u;

/**
 * Reads who gets how much of what: "apples Lin 2, 王姐 1kg; pears Ada 0.5". An item holds until the next is named; it may
 * be left out where there is only one.
 *
 * @param isOfOne  all lines are one person's, who need not be named
 */
export function readShares<Line extends NamedLine>(
  text: string,
  items: readonly NamedItem[],
  lines: readonly Line[],
  { isOfOne = false } = {},
): SharesRead<Line> {
  const shares: Share<Line>[] = [];
  let about: { readonly item: NamedItem; readonly option?: string } | undefined =
    items.length === 1 ? { item: items[0]! } : undefined;
  for (const part of text.split(/[,，;；、\n]/u).map((each) => each.trim())) {
    if (part === "") continue;
    const found = itemAtStart(part, items);
    if (found) about = found;
    const match = PART.exec(found ? found.rest : part)?.groups;
    const failed = (doubt: ShareDoubt) => ({ ok: false, part, doubt }) as const;
    if (!about) return failed("item");
    const said = match && parseQuantity(match["number"]!);
    if (!match || said === undefined) return failed("number");
    const quantity = inUnitOf(about.item, said, match["unit"]);
    if (quantity === undefined) return failed("unit");
    const { item, option } = about;
    const among = lines.filter((line) => line.item === item.item && (option ?? line.option) === line.option);
    const named = isOfOne && match["name"] === "" ? among : linesNamed(match["name"]!, among);
    const [line] = named;
    if (!line || named.length > 1) return failed(line ? "persons" : "person");
    if (shares.some((share) => share.line === line)) return failed("twice");
    shares.push({ line, quantity });
  }
  return shares.length > 0 ? { ok: true, shares } : { ok: false, part: text.trim(), doubt: "number" };
}

/** The item that words begin with the name of, and its option where that follows; of several the one with the longest name. */
function itemAtStart(words: string, items: readonly NamedItem[]) {
  const named = items.flatMap((item) => [
    ...item.names.map((name) => ({ item, name })),
    ...item.options.flatMap((option) =>
      item.names.flatMap((name) =>
        [`${name} ${option}`, `${name}(${option})`].map((each) => ({ item, option, name: each })),
      ),
    ),
  ]);
  return nameAtStart(words, named, (one, other) => one.item === other.item);
}

/**
 * What people shorten a name to: "Fuji apples 红富士苹果" to either of its scripts, and to how that ends ("apples", 苹果).
 * Two items may share a short name, which then names none of them.
 */
export function shortNames(name: string): readonly string[] {
  const han = (name.match(/\p{Script=Han}{2,12}/gu) ?? []).flatMap((run) => {
    const all = [...run];
    return all.slice(0, -1).map((_, from) => all.slice(from).join(""));
  });
  const latin = (name.match(/\p{Script=Latin}{2,}(?:[ '-]\p{Script=Latin}{2,})*/gu) ?? []).flatMap((run) => {
    const words = run.split(" ");
    return words.map((_, from) => words.slice(from).join(" "));
  });
  return [...han, ...latin];
}

/**
 * The one of these whose name words begin with; of several the one with the longest name, of two equally long ones none.
 * A name in letters ends where a word ends.
 *
 * @param isSame  two names of one thing are no doubt
 */
export function nameAtStart<Named extends { readonly name: string }>(
  words: string,
  among: readonly Named[],
  isSame: (one: Named, other: Named) => boolean = () => false,
): (Named & { readonly rest: string }) | undefined {
  const found = among
    .filter(({ name }) => beginsWith(words, name))
    .sort((one, other) => other.name.length - one.name.length);
  const [best, next] = found;
  if (!best || (next && next.name.length === best.name.length && !isSame(best, next))) return undefined;
  return { ...best, rest: words.slice(best.name.length).trim() };
}

function beginsWith(words: string, name: string): boolean {
  const head = words.slice(0, name.length);
  if (name === "" || foldName(fold(head).text) !== foldName(fold(name).text)) return false;
  return !/^[\p{L}\p{N}]/u.test(words.slice(name.length)) || /\p{Script=Han}$/u.test(name);
}

/** Lines whose person bears a name; where nobody does, those whose name it is a part of. */
function linesNamed<Line extends NamedLine>(name: string, among: readonly Line[]): readonly Line[] {
  const wanted = foldName(name);
  if (wanted === "") return [];
  const exact = among.filter(({ names }) => names.some((each) => foldName(each) === wanted));
  return exact.length > 0 ? exact : among.filter(({ names }) => names.some((each) => foldName(each).includes(wanted)));
}

/** A quantity in an item's unit; undefined where it was said in one that does not lead there. */
function inUnitOf({ unit }: NamedItem, quantity: Quantity, said: string | undefined): Quantity | undefined {
  if (said === undefined) return quantity;
  const asked = unitOf(fold(said).text);
  if (unit === undefined) return asked.kind === "neutral" ? quantity : undefined;
  const sold = unitOf(fold(unit).text);
  return sameUnit(asked, sold) ? quantity : convert(quantity, asked, sold);
}
