import type { Reader } from "../../../core/buy/reader.ts";
import type { Statement } from "../../../core/buy/statement.ts";
import type { BuyTerms, ItemTerms } from "../../../core/buy/terms.ts";
import type { Chain, Entry } from "../../../core/chain/chain.ts";
import type { LineReading, Reading } from "../../../core/interpret/reading.ts";
import { ONE } from "../../../core/quantity.ts";

/**
 * Reads a small language, so that the fold is tested apart from the reading of chats: `a+2`, `b-1`, `a=3`, `a大=1`
 * (several with blanks), `for bob: a+1`, `cancel`, `?`; `#` and lines like `1. ann a2 b1` are a chain, `ann x` in it
 * cancels and `ann ?` cannot be read. Anything else is talk.
 */
export function plainReader(items: readonly ItemTerms[]): Reader {
  return {
    items,
    read: (text, { mine = {} }): Reading => {
      const chain = readChain(text, items);
      if (chain) return { kind: "chain", ...chain };
      if (text === "?") return { kind: "unclear", reason: "item", candidates: [1] };
      if (text === "cancel") {
        const lines = Object.keys(mine).map((item): LineReading => ({ item: Number(item), op: "set", quantity: 0 }));
        return { kind: "order", lines };
      }
      const [, whom, words] = /^(?:for (\w+): )?(.*)$/.exec(text)!;
      const lines = words!.split(" ").map((word) => readLine(word, items));
      if (lines.length === 0 || lines.some((line) => !line)) return { kind: "none" };
      return { kind: "order", lines: lines as LineReading[], ...(whom !== undefined && { for: whom }) };
    },
    namesItem: (words) => words.startsWith("T"),
    isChain: (text) => text.startsWith("#"),
    readChain: (text) => readChain(text, items),
  };
}

function readLine(word: string, items: readonly ItemTerms[]): LineReading | undefined {
  const match = /^([a-z])([^\d+=-]*)([+=-])(\d+)$/.exec(word);
  const item = items.findIndex(({ name }) => name === match?.[1]) + 1;
  if (!match || item === 0) return undefined;
  const size = Number(match[4]) * ONE;
  return {
    item,
    op: match[3] === "=" ? "set" : "add",
    quantity: match[3] === "-" ? -size : size,
    ...(match[2] !== "" && { option: match[2]! }),
  };
}

function readChain(text: string, items: readonly ItemTerms[]): Chain | undefined {
  const [head, ...rows] = text.split("\n");
  if (!head?.startsWith("#")) return undefined;
  return { title: head.slice(1), entries: rows.map((row) => readEntry(row, items)) };
}

function readEntry(row: string, items: readonly ItemTerms[]): Entry {
  const [, no, name, words] = /^(\d+)\. (\S+) ?(.*)$/.exec(row)!;
  const entry = { no: Number(no), name: name!, words: `${name} ${words}` };
  if (words === "x") return { ...entry, lines: [], cancelled: true };
  const lines = words!.split(" ").map((word) => readLine(word.replace(/(?=\d)/, "="), items));
  if (lines.some((line) => !line)) return { ...entry, lines: [], text: words! };
  return { ...entry, lines: lines as LineReading[] };
}

const noon = new Date("2026-11-21T12:00:00+08:00");

/** So many seconds after noon. */
export function moment(seconds: number): Date {
  return new Date(noon.getTime() + seconds * 1000);
}

export function item(name: string, more: Partial<ItemTerms> = {}): ItemTerms {
  return { name, aliases: [], options: [], tiers: [], price: 200, ...more };
}

/** A buy that opens at noon. */
export function buy(items: readonly ItemTerms[], more: Partial<BuyTerms> = {}): BuyTerms {
  return { title: "Buy", currency: "CNY", items, openedAt: noon, ...more };
}

/**
 * What somebody says so many seconds after noon; `edits` are by second. Without an id of its own a message is called
 * after its second.
 */
export function says(
  person: string,
  second: number,
  text: string,
  more: { id?: string; edits?: Readonly<Record<number, string>>; recalled?: number } & Partial<
    Pick<Statement, "leader" | "reply" | "name" | "chat" | "position">
  > = {},
): Statement {
  const { id = String(second), edits = {}, recalled, ...rest } = more;
  return {
    chat: "g1",
    id,
    position: second,
    person,
    name: person,
    saidAt: moment(second),
    versions: [
      { text, at: moment(second) },
      ...Object.entries(edits).map(([at, edited]) => ({ text: edited, at: moment(Number(at)) })),
    ],
    ...(recalled !== undefined && { recalledAt: moment(recalled) }),
    ...rest,
  };
}
