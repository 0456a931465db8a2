import type { Door } from "../../core/door.ts";
import { checkPacking, matrixOf } from "../../core/packing.ts";
import { formatQuantity, type Quantity } from "../../core/quantity.ts";
import { circled } from "../../core/text/fold.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import { houseHeading, lineText } from "../replies/layout.ts";
import { money, quantity, quoted, say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Arrived, Buy, ChangeTx, Line } from "../store.ts";
import { bagsOf, labelOf } from "./bags.ts";
import { choiceButtons } from "./choices.ts";
import { handedLines } from "./handed-lines.ts";
import { pickEnded, UNDER_WAY } from "./pick-buy.ts";
import { nameOf } from "./purchase.ts";
import { standingsOf } from "./standings.ts";

/** The sheets that there are, and what asks for them. */
const SHEETS = {
  bags: /^(?:|bags?|装袋|裝袋|按人|按楼|按樓)$/iu,
  items: /^(?:items?|by item|sort|商品|按商品|分拣|分揀)$/iu,
  table: /^(?:table|matrix|grid|表|表格)$/iu,
  labels: /^(?:labels?|stickers?|标签|標籤|贴纸|貼紙)$/iu,
} as const;
type Sheet = keyof typeof SHEETS;

/** The widest table that a phone shows without breaking its lines, and the longest that is taken in at a glance. */
const MOST_COLUMNS = 8;
const MOST_ROWS = 40;

/**
 * `/pack`: bags in walking order, for packing; `items`: by item, for sorting; `table`: both at a glance; `labels`: one to
 * cut out for each bag. All but the labels end with what must come out even.
 */
export async function showPacking(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const words = wordsOf(doer.language);
  const sheet = (Object.keys(SHEETS) as Sheet[]).find((each) => SHEETS[each].test(rest));
  if (!sheet) {
    const choices = (Object.keys(SHEETS) as Sheet[]).map((each) => {
      return { label: words.choices[each], rest: [each === "bags" ? "" : each] };
    });
    const text = say(words.packUnknown, { command, text: quoted(rest) });
    return whisper(parts, doer, { text, ...choiceButtons(doer, choices) });
  }
  const buy = await pickEnded(parts, doer, command, UNDER_WAY);
  if (!buy) return;
  const { lines, bags, arrived } = await parts.store.look((tx) => factsOf(tx, buy));
  if (lines.length === 0) return whisper(parts, doer, { text: say(words.entryNobody, { title: buy.terms.title }) });
  const check = () => ["", ...checkRows(buy, lines, arrived, words)];
  const rows: Readonly<Record<Sheet, () => readonly string[]>> = {
    bags: () => [...bagRows(buy, bags, words), ...check(), say(words.packHow, { command })],
    items: () => [...itemRows(buy, bags), ...check()],
    table: () => tableRows(buy, bags, words, command, check),
    labels: () => labelRows(buy, bags, words),
  };
  whisper(parts, doer, {
    text: [say(words.packHeads[sheet], { title: buy.terms.title }), ...rows[sheet]()].join("\n"),
    publicly: words.notPublicly,
  });
}

/** What one person carries home. */
interface PackedBag {
  readonly name: string;
  readonly door: Door | undefined;
  readonly code: string | undefined;
  /** What is still to be paid for all bags of the person, with the first of them. */
  readonly open: number;
  readonly lines: readonly Line[];
}

async function factsOf(tx: ChangeTx, buy: Buy) {
  const lines = await handedLines(tx, buy);
  const booked = await tx.ledger.linesOfBuy(buy.community, buy.id);
  const standings = standingsOf(buy, booked, await tx.paymentsOf([buy]));
  const people = [...new Set(lines.map(({ person }) => person))];
  const names = await tx.namesOf(people.map((person) => ({ community: buy.community, person })));
  const pickups = await tx.pickupsOf(buy);
  const bags = bagsOf(lines, names).map((bag, index, all): PackedBag => {
    const { person, door, lines: own } = bag;
    const isFirst = all.findIndex((each) => each.person === person) === index;
    return {
      ...{ name: labelOf(bag, names), door, code: pickups.get(person)?.code },
      open: isFirst ? (standings.get(person)?.unmarked ?? 0) : 0,
      lines: own.map((line) => ({ ...line, for: "" })),
    };
  });
  return { lines, bags, arrived: await tx.arrivedOf(buy) };
}

function bagRows(buy: Buy, bags: readonly PackedBag[], words: Words): string[] {
  return bags.flatMap(({ name, code, lines }, index) => {
    const heading = houseHeading(bags, index, words);
    const contents = lines.map((line) => lineText(buy, line, words)).join(words.comma);
    return [
      ...(heading === undefined ? [] : ["", heading]),
      `▢ ${name}${code ? ` · ${code}` : ""}${words.colon}${contents}`,
    ];
  });
}

function itemRows(buy: Buy, bags: readonly PackedBag[]): string[] {
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

/** Cells before names, so that they stand below one another in any type. */
function tableRows(
  buy: Buy,
  bags: readonly PackedBag[],
  words: Words,
  command: string,
  check: () => readonly string[],
): readonly string[] {
  const { columns, rows } = matrixOf(bags);
  if (columns.length > MOST_COLUMNS || rows.length > MOST_ROWS) return [say(words.packTooBig, { command })];
  const row = (cells: readonly Quantity[], name: string) =>
    [...cells.map((cell) => (cell === 0 ? "·" : formatQuantity(cell))), name].join(" ｜ ");
  const legend = columns.map((column, index) => {
    const { unit } = buy.terms.items[column.item - 1]!;
    return `${circled(index + 1)} ${nameOf(buy, column)}${unit ? ` (${unit})` : ""}`;
  });
  return [
    legend.join("  "),
    "",
    columns.map((_, index) => circled(index + 1)).join(" ｜ "),
    ...rows.map(({ name, cells }) => row(cells, name)),
    row(
      columns.map(({ total }) => total),
      "Σ",
    ),
    ...check(),
  ];
}

/** A label for each bag: whose door, who, what is in it, what is due, and the code. */
function labelRows(buy: Buy, bags: readonly PackedBag[], words: Words): string[] {
  return bags.flatMap(({ name, door, code, open, lines }) => [
    "✂ – – – – – – – –",
    ...(door ? [doorText(door)] : []),
    `${name}${code ? ` · ${code}` : ""}`,
    ...lines.map((line) => `• ${lineText(buy, line, words)}`),
    ...(open > 0 ? [say(words.pickupDue, { amount: money(open, buy.terms.currency) })] : []),
  ]);
}

/** "10-2-301": what somebody looks for who carries the bags. */
function doorText({ building, entrance, floor, room }: Door): string {
  return [building, entrance, room ?? (floor === undefined ? undefined : `${floor}F`)].filter(Boolean).join("-");
}

function checkRows(buy: Buy, lines: readonly Line[], arrived: readonly Arrived[], words: Words): readonly string[] {
  return checkPacking(lines, arrived).map(({ item, option, packed, came }) => {
    const { unit } = buy.terms.items[item - 1] ?? {};
    const facts = {
      name: nameOf(buy, { item, option }),
      packed: quantity(packed, unit),
      came: quantity(came ?? 0, unit),
    };
    if (came === undefined) return say(words.packUncounted, facts);
    return say(came < packed ? words.packTooMuch : came > packed ? words.packLeft : words.packEven, facts);
  });
}
