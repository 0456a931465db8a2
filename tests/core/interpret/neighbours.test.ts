import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { interpret, prepareCatalog } from "../../../core/interpret/interpret.ts";
import type { LineReading, Reading } from "../../../core/interpret/reading.ts";
import { fold } from "../../../core/text/fold.ts";
import { goods } from "./support.ts";

/** A message with its label; orders are compared by what they do to the sender's order, as the scorer does. */
interface Case {
  readonly id: string;
  readonly text: string;
  readonly goods: readonly string[];
  readonly mine?: Readonly<Record<string, number>>;
  readonly reply?: boolean;
  readonly expect: Expected;
  /** Where the label is a judgement. */
  readonly why?: string;
}

interface Expected {
  readonly kind: Reading["kind"];
  readonly result?: Readonly<Record<string, number>>;
  readonly options?: Readonly<Record<string, string | Readonly<Record<string, number>>>>;
  readonly for?: string;
  readonly reason?: string;
  readonly amount?: string;
}

describe("what neighbours write", () => {
  const cases = readFileSync(new URL("./neighbours.jsonl", import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Case);

  for (const { id, text, goods: items, mine = {}, reply = false, expect: expected, why } of cases) {
    test(`${id} ${JSON.stringify(text)}: ${expected.kind}${why === undefined ? "" : ` (${why})`}`, () => {
      const held = Object.fromEntries(Object.entries(mine).map(([item, own]) => [item, Math.round(own * 1000)]));

      const reading = interpret(text, { catalog: prepareCatalog(goods(...items)), mine: held, reply });

      expect(outcome(reading, mine, expected)).toEqual(wanted(expected, mine));
    });
  }
});

/** What a reading comes to: the whole order afterwards, options of what is left, and for whom. */
function outcome(reading: Reading, mine: Readonly<Record<string, number>>, expected: Expected): object {
  switch (reading.kind) {
    case "order":
      return {
        kind: "order",
        order: withoutZeros(after(reading.lines, mine)),
        options: optionsOf(reading.lines, after(reading.lines, mine), expected.options),
        for: person(reading.for),
      };
    case "unclear":
      return { kind: "unclear", reason: reading.reason };
    case "paid":
      return { kind: "paid", amount: reading.amount === undefined ? undefined : Number(reading.amount) };
    default:
      return { kind: reading.kind };
  }
}

function wanted(expected: Expected, mine: Readonly<Record<string, number>>): object {
  switch (expected.kind) {
    case "order":
      return {
        kind: "order",
        order: withoutZeros({ ...mine, ...expected.result }),
        options: Object.fromEntries(
          Object.entries(expected.options ?? {}).map(([item, option]) => [
            item,
            typeof option === "string" ? [option] : option,
          ]),
        ),
        for: person(expected.for),
      };
    case "unclear":
      return { kind: "unclear", reason: expected.reason };
    case "paid":
      return { kind: "paid", amount: expected.amount === undefined ? undefined : Number(expected.amount) };
    default:
      return { kind: expected.kind };
  }
}

function after(lines: readonly LineReading[], mine: Readonly<Record<string, number>>): Record<string, number> {
  const order: Record<string, number> = { ...mine };
  const replaced = new Set<number>();
  for (const { item, op, quantity } of lines) {
    const now = order[item] ?? 0;
    if (op === "add") order[item] = Math.max(0, now + quantity / 1000);
    else order[item] = replaced.has(item) ? now + quantity / 1000 : quantity / 1000;
    if (op === "set") replaced.add(item);
  }
  return order;
}

/** The options of what is left: their names, and how many of each where the label says so. */
function optionsOf(
  lines: readonly LineReading[],
  order: Readonly<Record<string, number>>,
  expected: Expected["options"] = {},
): object {
  const shares: Record<string, Record<string, number>> = {};
  for (const { item, option, quantity } of lines) {
    if (option === undefined || quantity === 0 || !order[item]) continue;
    const own = shares[item] ?? {};
    shares[item] = { ...own, [option]: (own[option] ?? 0) + quantity / 1000 };
  }
  return Object.fromEntries(
    Object.entries(shares).map(([item, own]) => [item, typeof expected[item] === "object" ? own : Object.keys(own)]),
  );
}

function withoutZeros(order: Readonly<Record<string, number>>): object {
  return Object.fromEntries(Object.entries(order).filter(([, quantity]) => quantity !== 0));
}

/** Names are compared without case, width and a leading "#". */
function person(name: string | undefined): string | undefined {
  return name === undefined ? undefined : fold(name).text.replace(/^#/, "").trim();
}
