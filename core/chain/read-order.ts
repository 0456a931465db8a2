import type { LinesReading, PartReading } from "../interpret/read-lines.ts";
import type { LineReading } from "../interpret/reading.ts";
import { endOfFlat } from "./flats.ts";
import { isManner, speaksOfTime } from "./names.ts";

/** An order that fills a whole fragment. */
export interface OrderFound {
  readonly lines: readonly LineReading[];
  /** Whether it states a quantity. */
  readonly counted: boolean;
  /** Whether its last item has no quantity. */
  readonly lastIsBare: boolean;
  /** Nothing beside items, quantities, units and options. */
  readonly plain: boolean;
}

/** Reads the order lines of a fragment. */
export type ReadLines = (fragment: string) => LinesReading;

/** Roles of what makes up an order. */
const ORDER_ROLES: ReadonlySet<PartReading["role"]> = new Set(["item", "quantity", "unit", "option"]);

/** Whether a part of a fragment belongs to an order, not to a name. */
export function isOrderPart({ role }: PartReading): boolean {
  return ORDER_ROLES.has(role);
}

/**
 * The same fragment is asked for more than once while places for the end of a name are tried.
 *
 * @param most  how many fragments are read; all others hold nothing
 */
export function remembering(readLines: ReadLines, most: number): ReadLines {
  const known = new Map<string, LinesReading>();
  return (fragment) => {
    const before = known.get(fragment);
    if (before) return before;
    if (known.size >= most) return { lines: [], parts: [] };
    const reading = readLines(fragment);
    known.set(fragment, reading);
    return reading;
  };
}

const HAS_WORDS = /[\p{L}\p{N}]/u;

/** Raj K 2 granola: an initial is part of the name. */
const INITIAL = /^[A-Z]\.?(?:[\s:：,，-]|$)/;

/** A remark that changes the order: 牛奶2（取消1）. */
const TAKES_BACK = /(?:取消|退|减|減|改)\D{0,3}[\d一二两兩三四五半]|cancel|instead/i;

/** 大杯, 小份, 各一斤: goes with the option or the number before it. */
const COUNTER = /^(?:杯|份|号|號|款|码|碼|装|裝|盒|包|袋|瓶|碗|味|色|斤|个|個|只|件|条|箱|公斤)$/;

/**
 * The order in a fragment that holds nothing but an order and its notes.
 *
 * @param counted  true: only one that states a quantity; false: also one that only names items, then without notes
 */
export function readOrder(fragment: string, readLines: ReadLines, counted: boolean): OrderFound | undefined {
  if (fragment === "") return undefined;
  const { lines, parts, fault } = readLines(fragment);
  if (lines.length === 0 || fault !== undefined) return undefined;
  const meant = parts.filter(({ start, end }) => HAS_WORDS.test(fragment.slice(start, end)));
  const [first] = meant;
  if (!first || first.role === "note" || (first.role === "word" && INITIAL.test(fragment))) return undefined;
  const persons = lines.flatMap((line) => (line.for === undefined ? [] : [line.for]));
  const lastOrder = parts.findLastIndex(isOrderPart);
  const isKnown = (part: PartReading, index: number) =>
    isRead(part, parts[index - 1], fragment) ||
    isItemNumber(fragment.slice(part.start, part.end), lines) ||
    (parts[index - 1]?.role === "option" && isManner(fragment.slice(part.start, part.end))) ||
    isPerson(fragment.slice(part.start, part.end), persons) ||
    (index > lastOrder && isFlatOrTime(fragment.slice(part.start, part.end)));
  if (!parts.every(isKnown) || saysTwoNumbers(meant, fragment)) return undefined;
  if (lines.some(({ note }) => note !== undefined && TAKES_BACK.test(note))) return undefined;
  // What the fragment begins with and the order is said to be for is still part of the name.
  const start = fragment.slice(fragment.search(HAS_WORDS));
  if (persons.some((person) => start.startsWith(person.replace(/^#/, "")))) return undefined;

  const lastItem = meant.findLastIndex(({ role }) => role === "item");
  const lastQuantity = meant.findLastIndex(({ role }) => role === "quantity");
  const plain = meant.every(({ role }) => role !== "note");
  if (counted ? lastQuantity < 0 : lastItem < 0 || !plain) return undefined;
  return { lines, counted: lastQuantity >= 0, lastIsBare: lastItem > lastQuantity, plain };
}

/** Whether a part, and what stands between it and the part before, belongs to an order or its notes. */
function isRead({ role, start, end }: PartReading, before: PartReading | undefined, fragment: string): boolean {
  if (HAS_WORDS.test(fragment.slice(before?.end ?? 0, start))) return false;
  if (role !== "unread" || !HAS_WORDS.test(fragment.slice(start, end))) return true;
  if (!before || !COUNTER.test(fragment.slice(start, end))) return false;
  return before.role === "option" || /[一二两三四五六七八九十\d]$/.test(fragment.slice(before.start, before.end));
}

/** 2号2斤: the second item, though 2号 might be a date elsewhere. */
function isItemNumber(text: string, lines: readonly LineReading[]): boolean {
  const number = /^(\d{1,3})[号號]$/.exec(text)?.[1];
  return number !== undefined && lines.some(({ item }) => item === Number(number));
}

/** 帮李姐带: whom the order is for. */
function isPerson(text: string, persons: readonly string[]): boolean {
  return persons.some((person) => person.includes(text));
}

/** 2个 3栋502, 2个 7点取: a flat at the end is dropped, and so is an hour. @source message language, 1.3 */
function isFlatOrTime(text: string): boolean {
  return endOfFlat(text) === text.length || speaksOfTime(text);
}

/** 88 2份: of two numbers and no item it is not known which one counts; 1+1 is two. */
function saysTwoNumbers(meant: readonly PartReading[], fragment: string): boolean {
  const numbers = meant.filter(({ role }) => role === "quantity");
  if (numbers.length < 2 || meant.some(({ role }) => role === "item" || role === "option")) return false;
  return numbers.some(
    ({ start }, index) => index > 0 && !/[+＋➕加和]/.test(fragment.slice(numbers[index - 1]!.end - 1, start + 1)),
  );
}
