import { ONE } from "../quantity.ts";
import { type Chain, type Entry, MAX_CHAIN_LENGTH } from "./chain.ts";
import { keyOf } from "./keys.ts";
import { type Block, type BlockKind, layOut } from "./layout.ts";
import { asksForSome } from "./names.ts";
import { isSentence } from "./persons.ts";
import { type EntryContext, type EntryReading, readEntry } from "./read-entry.ts";

/** A chain with what tells whether a text without a marker is one. */
export interface ParsedChain extends Chain {
  readonly marked: boolean;
  readonly readings: readonly EntryReading[];
  /** The words of all numbered lines, whether entries or title. */
  readonly lines: readonly string[];
}

/** Entries already read, by their words: chains repeat themselves. */
export type EntryMemory = Map<string, EntryReading>;

/**
 * Reads the chain in a text, whether or not it looks like one.
 *
 * @param known   the chain that this may continue: then a name alone is one of a one-item buy
 * @param memory  shared between the versions of one chain
 * @source        message language, 1.6
 */
export function parseWith(
  text: string,
  context: EntryContext,
  known?: Chain | "itself",
  memory: EntryMemory = new Map(),
): ParsedChain {
  if (text.length > MAX_CHAIN_LENGTH) return { marked: true, title: "", entries: [], readings: [], lines: [] };

  const read = (block: Block): EntryReading => {
    const key = `${block.no}\n${block.lines.join("\n")}`;
    const reading = memory.get(key) ?? readEntry(block.no, block.lines, context);
    memory.set(key, reading);
    return reading;
  };
  const layout = layOut(text, (block) => kindOf(block, read(block), context));
  const title = layout.title.join("\n");
  const readings = layout.blocks.filter(({ lines }) => !isBlank(lines)).map(read);

  const aboutItem = context.items.count === 1 && isAboutItem(title, readings, context, known);
  const entries = readings.map((reading) => completed(reading, aboutItem));
  return { marked: layout.marked, title, entries, readings, lines: layout.numbered };
}

function kindOf(block: Block, reading: EntryReading, { items }: EntryContext): BlockKind {
  if (isBlank(block.lines)) return "blank";
  const { name, lines, cancelled } = reading.entry;
  if (name !== "" && (cancelled || (lines.length > 0 && reading.counted))) return "order";
  const body = reading.entry.words.split("\n")[0] ?? "";
  if (reading.price && (name === "" || items.holdsItem(body) || items.isItem(name))) return "menu";
  const saysOrder = lines.length > 0 || cancelled || asksForSome(body);
  return !saysOrder && isSentence(reading.nameAlone ? name : body) ? "sentence" : "words";
}

function isBlank(lines: readonly string[]): boolean {
  return (
    lines.every((line) => /^[\p{P}\p{S}\s]*$/u.test(line)) &&
    !lines.some((line) => /\p{Extended_Pictographic}/u.test(line))
  );
}

/** Whether the chain is about the only item, so that a name alone orders one of it. */
function isAboutItem(
  title: string,
  readings: readonly EntryReading[],
  { items }: EntryContext,
  known: Chain | "itself" | undefined,
): boolean {
  if (known === "itself" || items.isNamedIn(title)) return true;
  if (readings.some(({ counted, entry }) => counted && entry.lines.length > 0)) return true;
  if (!known) return false;
  if (title !== "" && keyOf(title) === keyOf(known.title)) return true;
  const names = new Set(known.entries.map(({ name }) => keyOf(name)));
  return readings.some(({ entry }) => names.has(keyOf(entry.name)));
}

function completed({ entry, nameAlone }: EntryReading, aboutItem: boolean): Entry {
  if (!nameAlone) return entry;
  if (aboutItem) return { ...entry, lines: [{ item: 1, op: "set", quantity: ONE }] };
  return { ...entry, text: entry.words };
}
