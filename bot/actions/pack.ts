import { compareDoors, type Door, parseDoor } from "../../core/door.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import { lineText } from "../replies/layout.ts";
import { quantity, say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Arrived, Buy, ChangeTx, Line } from "../store.ts";
import { handedLines } from "./handed-lines.ts";
import { pickEnded, UNDER_WAY } from "./pick-buy.ts";
import { nameOf } from "./purchase.ts";

/** What asks for the sorting sheet: what goes to whom, item by item. */
const BY_ITEM = /^(?:items?|by item|sort|商品|按商品|分拣|分揀)$/iu;

/** `/pack`: bags in walking order, for packing; `/pack items` by item, for sorting. Both end with what must come out even. */
export async function showPacking(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const words = wordsOf(doer.language);
  const buy = await pickEnded(parts, doer, command, UNDER_WAY);
  if (!buy) return;
  const { lines, bags, arrived } = await parts.store.look((tx) => factsOf(tx, buy));
  if (lines.length === 0) return whisper(parts, doer, { text: say(words.entryNobody, { title: buy.terms.title }) });
  const isByItem = BY_ITEM.test(rest);
  const text = [
    say(isByItem ? words.packItems : words.packBags, { title: buy.terms.title }),
    ...(isByItem ? itemRows(buy, bags) : bagRows(buy, bags, words)),
    "",
    ...checkRows(buy, lines, arrived, words),
    ...(isByItem ? [] : [say(words.packHow, { command })]),
  ];
  whisper(parts, doer, { text: text.join("\n") });
}

/** What one person carries home. */
interface Bag {
  readonly name: string;
  readonly door: Door | undefined;
  readonly code: string | undefined;
  readonly lines: readonly Line[];
}

async function factsOf(tx: ChangeTx, buy: Buy) {
  const lines = await handedLines(tx, buy);
  const people = [...new Set(lines.map(({ person }) => person))];
  const names = await tx.namesOf(people.map((person) => ({ community: buy.community, person })));
  const pickups = await tx.pickupsOf(buy);
  const bags = people.flatMap((person): Bag[] => {
    const own = lines.filter((line) => line.person === person);
    const name = names.get(person) ?? "?";
    return [...new Set(own.map((line) => line.for))].map((whom) => ({
      name: whom === "" ? name : `${whom} (${name})`,
      door: parseDoor(whom) ?? parseDoor(name),
      code: pickups.get(person)?.code,
      lines: own.filter((line) => line.for === whom).map((line) => ({ ...line, for: "" })),
    }));
  });
  bags.sort((one, other) => compareDoors(one.door, other.door) || (one.name < other.name ? -1 : 1));
  return { lines, bags, arrived: await tx.arrivedOf(buy) };
}

function bagRows(buy: Buy, bags: readonly Bag[], words: Words): string[] {
  return bags.flatMap(({ name, door, code, lines }, index) => {
    const isNewHouse = door?.building !== undefined && door.building !== bags[index - 1]?.door?.building;
    const contents = lines.map((line) => lineText(buy, line, words)).join(words.comma);
    return [
      ...(isNewHouse ? ["", say(words.packHouse, { house: door.building! })] : []),
      `▢ ${name}${code ? ` · ${code}` : ""}${words.colon}${contents}`,
    ];
  });
}

function itemRows(buy: Buy, bags: readonly Bag[]): string[] {
  return buy.terms.items.flatMap((item, index) => {
    const options = [
      ...new Set(
        bags.flatMap(({ lines }) => lines.filter((line) => line.item === index + 1)).map(({ option }) => option),
      ),
    ];
    return options.flatMap((option) => [
      "",
      nameOf(buy, { item: index + 1, option }),
      ...bags.flatMap(({ name, lines }) =>
        lines
          .filter((line) => line.item === index + 1 && line.option === option)
          .map((line) => `▢ ${name} ${quantity(line.quantity, item.unit)}${line.note ? ` — ${line.note}` : ""}`),
      ),
    ]);
  });
}

/** What is packed of each item, beside what came of it: the two must agree before people are told. */
function checkRows(buy: Buy, lines: readonly Line[], arrived: readonly Arrived[], words: Words): string[] {
  const keys = [...new Set(lines.map(({ item, option }) => JSON.stringify([item, option])))].sort();
  return keys.map((key) => {
    const [item, option] = JSON.parse(key) as [number, string];
    const { unit } = buy.terms.items[item - 1] ?? {};
    const packed = lines.filter((line) => line.item === item && line.option === option);
    const sum = packed.reduce((all, line) => all + line.quantity, 0);
    const came = arrived.find((each) => each.item === item && each.option === option)?.counted;
    const facts = { name: nameOf(buy, { item, option }), packed: quantity(sum, unit), came: quantity(came ?? 0, unit) };
    if (came === undefined) return say(words.packUncounted, facts);
    return say(came < sum ? words.packTooMuch : came > sum ? words.packLeft : words.packEven, facts);
  });
}
