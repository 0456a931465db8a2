import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { announce } from "../../core/announce/announce.ts";
import type { BuyDraft, DraftProblem } from "../../core/announce/draft.ts";
import { formatAmount, NO_CURRENCY } from "../../core/money.ts";
import { formatInstant, isZone } from "../../core/time/zone.ts";

interface Streams {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/**
 * `plusone announce`: one announcement a line in, what was read of it a line out. It waits for a slow reader, so any
 * number of lines takes the same memory.
 *
 * @source message language, 2
 */
export async function run(_argv: readonly string[], { stdin, stdout }: Streams): Promise<number> {
  for await (const line of createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === "") continue;
    if (!stdout.write(`${JSON.stringify(answer(line))}\n`)) await once(stdout, "drain");
  }
  return 0;
}

/** The result for one line of input; a line that is no announcement gets its error, and the rest go on. */
export function answer(line: string): object {
  const input = parse(line);
  if (typeof input === "string") return { id: null, error: input };
  const { id, text, now, zone } = input;
  return { id, ...toJson(announce(text, { now, zone }), zone) };
}

interface Input {
  readonly id: string;
  readonly text: string;
  readonly now: Date;
  readonly zone: string;
}

/** The input, or what is wrong with it. */
function parse(line: string): Input | string {
  const record = parseObject(line);
  if (typeof record === "string") return record;
  const { id, text, now, zone } = record as Partial<Record<keyof Input, unknown>>;
  if (typeof id !== "string") return "id is missing: it must be a string.";
  if (typeof text !== "string") return "text is missing: it must be a string.";
  const at = typeof now === "string" && WITH_OFFSET.test(now) ? new Date(now) : undefined;
  if (!at || Number.isNaN(at.getTime()))
    return "now must be a time with its offset, such as 2026-11-21T10:00:00+08:00.";
  if (typeof zone !== "string" || !isZone(zone)) return "zone must be the name of a time zone, such as Asia/Shanghai.";
  return { id, text, now: at, zone };
}

const WITH_OFFSET = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/i;

function parseObject(line: string): object | string {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? value : "The line is not a JSON object.";
  } catch (error) {
    if (error instanceof SyntaxError) return `The line is not JSON: ${error.message}`;
    throw error;
  }
}

/** A draft in the form of the message language: decimals for what core counts in integers. */
function toJson({ title, currency, items, closesAt, pickup, minimum, problems }: BuyDraft, zone: string): object {
  const money = (amount: number) => formatAmount(amount, currency ?? NO_CURRENCY);
  const instant = (at: Date | undefined) => at && formatInstant(at, zone);
  return {
    title,
    currency,
    items: items.map(({ name, price, unit, options, stock, perPerson, tiers }) => ({
      name,
      price: price === undefined ? undefined : money(price),
      unit,
      options,
      stock: decimal(stock),
      perPerson: decimal(perPerson),
      tiers: tiers?.map(({ from, price: lower }) => ({ from: decimal(from), price: money(lower) })),
    })),
    closesAt: instant(closesAt),
    pickup: pickup && { from: instant(pickup.from), until: instant(pickup.until), place: pickup.place },
    minimum: minimum && minimumJson(minimum, money),
    problems: problems.map((problem) => ({
      ...problem,
      ...instants(problem, zone),
      message: messageOf(problem, zone),
    })),
  };
}

function decimal(thousandths: number | undefined): number | undefined {
  return thousandths === undefined ? undefined : thousandths / 1000;
}

function minimumJson(minimum: NonNullable<BuyDraft["minimum"]>, money: (amount: number) => string): object {
  if ("amount" in minimum) return { amount: money(minimum.amount) };
  return "people" in minimum ? { people: minimum.people } : { quantity: decimal(minimum.quantity) };
}

function instants(problem: DraftProblem, zone: string): object {
  return "closesAt" in problem ? { closesAt: formatInstant(problem.closesAt, zone) } : {};
}

/** What a leader reads: what is wrong, and how to say it. */
function messageOf(problem: DraftProblem, zone: string): string {
  switch (problem.code) {
    case "no-item":
      return 'No item with a price was found. Write one such as "Apples $3.50/kg".';
    case "text-too-long":
      return "The text is too long. Post the buy in fewer than 20,000 characters.";
    case "no-price":
      return `"${problem.item}" has no price. Add one such as "$3.50/kg".`;
    case "price-unclear":
      return `The price of "${problem.item}" has more decimals than its currency.`;
    case "second-price":
      return `"${problem.item}" has a second price that is for nothing named: ${problem.text}. Say what it is for.`;
    case "currency-unknown":
      return 'The currency is not known here. Write it beside the price, such as "EUR 3.50".';
    case "closing-past":
      return `The closing time has passed: ${formatInstant(problem.closesAt, zone)}. Give one that is to come.`;
    case "closing-after-pickup":
      return `The buy would close at ${formatInstant(problem.closesAt, zone)}, after its pickup begins. Change one of the two.`;
    case "no-such-hour":
      return `"${problem.text}" does not exist: clocks are set forward over that hour. Give another one.`;
    case "no-such-day":
      return `"${problem.text}" is no day of the calendar. Give another one.`;
    case "weekday-differs":
      return `In "${problem.text}" the weekday and the date are not the same day. Correct one of them.`;
    case "which-item":
      return `"${problem.text}" does not say for which item. Write it beside the item, or "of each".`;
  }
}
