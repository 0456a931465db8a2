import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { CatalogItem, Mine } from "../../core/interpret/context.ts";
import { type Catalog, explain, prepareCatalog } from "../../core/interpret/interpret.ts";
import type { LineReading, Reading } from "../../core/interpret/reading.ts";

interface Streams {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/**
 * `plusone interpret`: one message a line in, what it says a line out. It waits for a slow reader, so any number of
 * lines takes the same memory.
 *
 * @param argv  `--explain` adds which rules read which words
 * @source      message language, 1
 */
export async function run(argv: readonly string[], { stdin, stdout }: Streams): Promise<number> {
  const explained = argv.includes("--explain");
  const catalogs = new Catalogs();
  for await (const line of createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === "") continue;
    if (!stdout.write(`${JSON.stringify(answer(line, catalogs, explained))}\n`)) await once(stdout, "drain");
  }
  return 0;
}

/** The catalog of the messages before is kept: messages of one buy follow each other. */
class Catalogs {
  #key = "";
  #catalog: Catalog = prepareCatalog([]);

  of(items: readonly CatalogItem[]): Catalog {
    const key = JSON.stringify(items);
    if (key !== this.#key) {
      this.#catalog = prepareCatalog(items);
      this.#key = key;
    }
    return this.#catalog;
  }
}

interface Input {
  readonly id: string;
  readonly text: string;
  readonly items: readonly CatalogItem[];
  readonly mine?: Mine;
  readonly reply?: boolean;
  readonly chain?: string;
  readonly earlier?: readonly string[];
}

function answer(line: string, catalogs: Catalogs, explained: boolean): object {
  const input = parse(line);
  if (typeof input === "string") return { id: null, error: input };
  const { id, text, items, ...rest } = input;
  const { reading, rules } = explain(text, { catalog: catalogs.of(items), ...rest });
  return { id, ...toJson(reading), ...(explained && { rules }) };
}

/** The input, or what is wrong with it. */
function parse(line: string): Input | string {
  const record = parseObject(line);
  if (typeof record === "string") return record;
  const { id, text, items, mine, reply, chain, earlier } = record;
  if (typeof id !== "string") return "id is missing: it must be a string.";
  if (typeof text !== "string") return "text is missing: it must be a string.";
  const goods = Array.isArray(items) ? items.filter(isItem) : [];
  return {
    id,
    text,
    items: goods.map(({ name, unit, aliases, options }) => ({
      name,
      ...(typeof unit === "string" && { unit }),
      ...(Array.isArray(aliases) && { aliases: aliases.filter(isString) }),
      ...(Array.isArray(options) && { options: options.filter(isString) }),
    })),
    ...(isRecord(mine) && { mine: toMine(mine) }),
    ...(reply === true && { reply }),
    ...(typeof chain === "string" && { chain }),
    ...(Array.isArray(earlier) && { earlier: earlier.filter(isString) }),
  };
}

function parseObject(line: string): Record<string, unknown> | string {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : "The line is not a JSON object.";
  } catch (error) {
    if (error instanceof SyntaxError) return `The line is not JSON: ${error.message}`;
    throw error;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isItem(value: unknown): value is { name: string; unit?: unknown; aliases?: unknown; options?: unknown } {
  return isRecord(value) && typeof value["name"] === "string";
}

/** Decimals in JSON, thousandths inside. */
function toMine(mine: Record<string, unknown>): Mine {
  const entries = Object.entries(mine).map(([item, held]) => {
    const quantity = isRecord(held)
      ? Object.fromEntries(Object.entries(held).map(([option, part]) => [option, thousandths(part)]))
      : thousandths(held);
    return [item, quantity] as const;
  });
  return Object.fromEntries(entries);
}

function thousandths(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? Math.round(value * 1000) : 0;
}

function toJson(reading: Reading): object {
  if (reading.kind === "order") return { ...reading, lines: reading.lines.map(toDecimal) };
  if (reading.kind !== "chain") return reading;
  return {
    ...reading,
    entries: reading.entries.map((entry) => ({ ...entry, lines: entry.lines.map(toDecimal) })),
    ...(reading.changes && {
      changes: reading.changes.map((change) => ({
        ...change,
        ...(change.lines && { lines: change.lines.map(toDecimal) }),
      })),
    }),
  };
}

function toDecimal(line: LineReading): object {
  return { ...line, quantity: line.quantity / 1000 };
}
