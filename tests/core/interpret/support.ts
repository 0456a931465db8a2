import { describe, expect, test } from "vitest";
import type { CatalogItem, Mine } from "../../../core/interpret/context.ts";
import { interpret, prepareCatalog } from "../../../core/interpret/interpret.ts";
import type { LineReading, Reading } from "../../../core/interpret/reading.ts";
import { formatQuantity } from "../../../core/quantity.ts";

/**
 * A reading in short: `1=2` sets item 1 to 2, `1+2` adds, `1-1` takes away, `1=2[大]` is an option, `1=2@302` a line
 * for somebody, `… for 302` the whole order; else the kind, the reason, the amount.
 */
export function say(reading: Reading): string {
  switch (reading.kind) {
    case "order":
      return [
        reading.lines.map(sayLine).join(" ") || "nothing",
        ...(reading.for === undefined ? [] : ["for", reading.for]),
      ].join(" ");
    case "unclear":
      return `unclear ${reading.reason}`;
    case "paid":
      return reading.amount === undefined ? "paid" : `paid ${reading.amount}`;
    default:
      return reading.kind;
  }
}

function sayLine({ item, op, quantity, option, for: whom }: LineReading): string {
  const sign = op === "set" ? "=" : quantity < 0 ? "-" : "+";
  return `${item}${sign}${formatQuantity(Math.abs(quantity))}${option === undefined ? "" : `[${option}]`}${whom === undefined ? "" : `@${whom}`}`;
}

/** `"苹果/斤"`, `"樱桃/盒=大樱桃"`, `"红枣糕/盒(无糖|经典)"`. */
export function goods(...items: readonly string[]): readonly CatalogItem[] {
  return items.map((text) => {
    const [, name, unit, aliases, options] = /^([^/=(]+|"[^"]+")(?:\/([^=(]+))?(?:=([^(]+))?(?:\(([^)]+)\))?$/.exec(
      text,
    )!;
    return {
      name: name!.replaceAll('"', ""),
      ...(unit && { unit }),
      ...(aliases && { aliases: aliases.split("|") }),
      ...(options && { options: options.split("|") }),
    };
  });
}

export const APPLES = goods("苹果/斤");
export const FRUIT = goods("苹果/斤", "梨/斤", "哈密瓜/个", "樱桃/盒=大樱桃");
export const SHOP = goods("Apples/kg", "Pears/kg", "Oranges/bag");
export const PIES = goods("Apple pie");
export const CAKE = goods("红枣糕/盒(无糖|经典)");
export const DRINKS = goods("珍珠奶茶/杯(大杯|中杯)", "绿茶/杯", "柠檬水/杯");

/** text, what is read, why; and what else is known: the sender's order in whole units, or that it is a reply. */
export type Row = readonly [text: string, expected: string, why: string, known?: Known];

export interface Known {
  readonly mine?: Readonly<Record<number, number | Readonly<Record<string, number>>>>;
  readonly reply?: boolean;
  readonly items?: readonly CatalogItem[];
}

/** A table of messages, each a promise. */
export function promise(title: string, items: readonly CatalogItem[], rows: readonly Row[]): void {
  describe(title, () => {
    for (const [text, expected, why, known = {}] of rows) {
      test(`${JSON.stringify(text)} → ${expected} (${why})`, () => {
        const catalog = prepareCatalog(known.items ?? items);

        const reading = interpret(text, {
          catalog,
          reply: known.reply ?? false,
          ...(known.mine && { mine: toMine(known.mine) }),
        });

        expect(say(reading)).toBe(expected);
      });
    }
  });
}

function toMine(mine: NonNullable<Known["mine"]>): Mine {
  const thousandths = (quantity: number) => Math.round(quantity * 1000);
  return Object.fromEntries(
    Object.entries(mine).map(([item, held]) => [
      item,
      typeof held === "number"
        ? thousandths(held)
        : Object.fromEntries(Object.entries(held).map(([option, part]) => [option, thousandths(part)])),
    ]),
  );
}
