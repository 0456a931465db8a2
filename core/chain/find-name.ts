import type { LinesReading } from "../interpret/read-lines.ts";
import type { LineReading } from "../interpret/reading.ts";
import { endOfFlat, narrow } from "./flats.ts";
import type { ItemNames } from "./item-names.ts";
import { asksForSome, cleanName, isManner, isName, LONGEST_NAME, speaksOfTime, withoutLeadingSigns } from "./names.ts";
import { isOrderPart, type ReadLines, readOrder, remembering } from "./read-order.ts";

/** An entry parted into name and order. */
export interface Found {
  readonly name: string;
  /** Undefined where there is no order, or none that can be read. */
  readonly lines?: readonly LineReading[];
  readonly note?: string;
  /** Nothing but a name. */
  readonly alone: boolean;
  /** Whether the order states a quantity. */
  readonly counted: boolean;
  /** Whether the last line names its item without a quantity. */
  readonly lastIsBare: boolean;
}

/** An entry's text on its way to being parted. */
interface Attempt {
  /** The line that holds the name. */
  readonly head: string;
  /** Further lines with an order. */
  readonly rest: string;
  /** Further lines without one. */
  readonly notes: readonly string[];
  /** Where a flat at the beginning ends. */
  readonly flat: number;
  readonly items: ItemNames;
  readonly readLines: ReadLines;
}

/** How many places are tried for the end of a name. */
const MOST_CUTS = 14;

/** How many fragments of an entry are read at most; of a long line fewer, so that it costs no more than its length. */
const [MOST_READINGS, FEW_READINGS, LONG_LINE] = [60, 6, 150];

/** A longer line is nobody's order. */
const LONGEST_LINE = 600;

const NOTE_LINE = /^[（(【[]?\s?(?:备注|備註|备註|备|注|note|notes|remark|remarks|ps|p\.s\.)\s?[:：.)）]?\s?/i;
/** Where the line itself goes over to a note; numbers behind it are no quantities. */
const NOTE_IN_LINE = /[\s,，;；（(【[]{0,2}(?:(?:备注|備註|备註)[:：]?|(?:注|(?<![a-z])(?:notes?|remarks?))\s?[:：])/i;
const NUMERAL = /[一二两兩三四五六七八九十半]/;
const NOTHING: Found = { name: "", alone: false, counted: false, lastIsBare: false };

/** Parts an entry into the name, which stands at one of its ends, and the order. */
export function findName(text: string, items: ItemNames, reader: ReadLines): Found {
  if (text === "") return { ...NOTHING, alone: true };
  const attempt = begin(text, items, reader);
  if (attempt.head.length + attempt.rest.length > LONGEST_LINE) return { ...NOTHING, name: firstWord(text) };
  const cuts = [...cutsOf(attempt), ...(attempt.rest === "" ? [] : [attempt.head.length])];

  for (const counted of [true, false]) {
    for (const cut of cuts) {
      const found = nameAtStart(attempt, cut, counted);
      if (found) return found;
    }
    const found = counted ? nameAtEnd(attempt) : undefined;
    if (found) return found;
  }
  return nameAlone(attempt) ?? orderAlone(attempt) ?? { ...NOTHING, name: guessName(attempt, cuts) };
}

/** The first line holds the name; lines below it hold more of the order, or a note. */
function begin(text: string, items: ItemNames, reader: ReadLines): Attempt {
  const [first = "", ...below] = text.split("\n").map((line) => line.trim());
  const [head = "", ...said] = first.split(NOTE_IN_LINE);
  const orders: string[] = [];
  const notes = said.map((note) => note.replace(/[\s）)】\]]+$/, "")).filter((note) => note !== "");
  for (const line of below) {
    if (line === "") continue;
    const reading = NOTE_LINE.test(line) || line.length > LONGEST_LINE ? undefined : reader(line);
    const isOrder = reading && (reading.lines.length > 0 || reading.fault !== undefined);
    if (isOrder && !isAbout(reading, reader(head))) orders.push(line);
    else notes.push(line.replace(NOTE_LINE, ""));
  }
  const readLines = remembering(reader, head.length > LONG_LINE ? FEW_READINGS : MOST_READINGS);
  return { head: head.trim(), rest: orders.join("\n"), notes, flat: endOfFlat(head.trim()), items, readLines };
}

/** 猪肚帮忙洗干净 below an order of 猪肚: no quantity, and nothing that was not ordered before. */
function isAbout({ lines, parts }: LinesReading, above: LinesReading): boolean {
  if (lines.length === 0 || parts.some(({ role }) => role === "quantity")) return false;
  return lines.every(({ item, option }) => above.lines.some((line) => line.item === item && line.option === option));
}

/** Places where the name may end, the likeliest first: behind a word, behind the flat, within the first word. */
function cutsOf({ head, flat, items, readLines }: Attempt): number[] {
  const text = narrow(head);
  const firstEnd = endOfFirstWord(text, flat);
  const apart: number[] = [];
  const inside: number[] = [];
  const doubtful: number[] = [];
  for (let at = Math.max(flat, 1); at < Math.min(text.length, 2 * LONGEST_NAME); at++) {
    const isApart = /[\s:,，、;|/=~→(（【[—–-]/.test(text[at]!) || /[)）】\]]/.test(text[at - 1]!);
    if (text[at] === "-" && /\d/.test(text[at - 1]!) && /\d/.test(text[at + 1] ?? "")) continue; // 小王3-502
    const closesName = text[at] === "~" && text.startsWith("~"); // ~小鱼~
    if (isApart && !closesName && !/\s/.test(text[at - 1]!)) apart.push(at);
    else if (at === flat) inside.push(at);
    else if (at <= firstEnd && beginsCount(text, at)) {
      // 张三两份 is of 张三: a surname is not followed by three.
      if (at === flat + 1 && NUMERAL.test(text[at]!)) doubtful.push(at);
      else inside.push(at);
    }
  }
  if (firstEnd > flat + 1 && (apart.length === 0 || items.holdsItem(text.slice(0, firstEnd)))) {
    const read = readLines(head).parts.flatMap(({ role, start }) => (role === "item" ? [start] : []));
    const starts = [...read, ...items.startsIn(head.slice(0, firstEnd + 1))];
    inside.push(...starts.filter((start) => start > flat && start < firstEnd));
    inside.sort((one, other) => one - other);
  }
  return [...new Set([...apart.slice(0, MOST_CUTS), ...inside.slice(0, MOST_CUTS), ...doubtful])];
}

function endOfFirstWord(text: string, flat: number): number {
  let at = flat;
  while (at < text.length && /\s/.test(text[at]!)) at++;
  while (at < text.length && !/\s/.test(text[at]!)) at++;
  return at;
}

/** Where a number or its sign begins within a word: 张三|2份, 小李|x2, 王姐|+1. */
function beginsCount(text: string, at: number): boolean {
  const [before, here, after] = [text[at - 1]!, text[at]!, text[at + 1] ?? ""];
  if (/\d/.test(here)) {
    const isTimes = /x/i.test(before) && /\W|\d/.test(text[at - 2] ?? " ");
    return !/[\d.#+×*_-]/.test(before) && !isTimes && !isPartOfName(text, at);
  }
  if (/[+➕×✖*]/.test(here)) return /[\d\s+]|^$/.test(after);
  if (/x/i.test(here)) return /\d/.test(after) && !/[a-z]/i.test(before);
  // 周五 is a day, and 张三 alone a person.
  return NUMERAL.test(here) && !/[周週期拜初第]/.test(before) && !ONLY_NUMERALS.test(text.slice(at, at + 20));
}

const ONLY_NUMERALS = /^[一二两兩三四五六七八九十百半]{1,6}(?:\s|$)/;

/** kiki88, 小王902, 小王3-502: a high number right behind letters, or a flat, belongs to the name, unless a unit follows. */
function isPartOfName(text: string, at: number): boolean {
  const number = /^\d{1,6}/.exec(text.slice(at, at + 7))?.[0] ?? "";
  const after = text.slice(at + number.length, at + number.length + 2);
  if (/^[-#]\d/.test(after)) return true;
  if (!/^(?:\s|$|[（(：:，,])/.test(after) && /[a-z一-龥]/i.test(after[0] ?? "")) return false;
  return number.length > 2 || (/[a-z]/i.test(text[at - 1]!) && Number(number) > 20);
}

function nameAtStart({ head, rest, notes, flat, items, readLines }: Attempt, cut: number, counted: boolean) {
  const glued = cut < head.length && !/\s/.test(head[cut]!);
  const name = cleanName(head.slice(0, cut), glued);
  if (!isName(name, items, { head, cut, flat })) return undefined;
  const order = readOrder(`${withoutLeadingSigns(head.slice(cut))}\n${rest}`.trim(), readLines, counted);
  return order && { name, ...order, ...noteOf(notes), alone: false };
}

/** 苹果2斤 小王; a line below the order may be the name too. */
function nameAtEnd({ head, rest, notes, flat, items, readLines }: Attempt): Found | undefined {
  if (flat > 0) return undefined;
  const parts = readLines(head).parts.filter(isOrderPart);
  const ends = parts.flatMap(({ end }, index) => (parts[index + 1]?.start === end ? [] : [end]));
  const blanks = [...head.matchAll(/[\s,，;；(（【[—–-]+/g)].map(({ index }) => index);
  const cuts = [...new Set([...ends, ...blanks])].filter((cut) => cut > 0 && cut < head.length);
  for (const cut of cuts.sort((one, other) => one - other).slice(0, 2 * MOST_CUTS)) {
    const tail = withoutLeadingSigns(head.slice(cut));
    const name = cleanName(tail.replace(/^[（(【[]([^（(【[]*)[）)】\]]$/, "$1"));
    const before = head.slice(0, cut).trimEnd();
    const isGlued = !/[\s\p{P}\p{S}]/u.test(head[cut]!);
    // 5票 and 80后 are no 5 and no 80 of anybody; "a" alone is no one.
    const isPartOfWord = (isGlued && (name.length < 2 || /^[\d０-９.]+$/.test(before))) || /^an?$/i.test(before);
    const isGoods = items.isItem(name.split(/\s/, 1)[0]!); // 1 peanut | butter Tan
    if (isManner(name) || isPartOfWord || isGoods || !isWholeName(name, items)) continue;
    const order = readOrder(`${before}\n${rest}`.trim(), readLines, true);
    if (order?.plain) return { name, ...order, ...noteOf(notes), alone: false };
  }
  const [below, ...others] = notes;
  const name = cleanName(below ?? "");
  const isBelow = below !== undefined && !isManner(name) && isWholeName(name, items);
  const order = isBelow ? readOrder(head, readLines, true) : undefined;
  return order?.plain ? { name, ...order, ...noteOf(others), alone: false } : undefined;
}

function isWholeName(name: string, items: ItemNames): boolean {
  return isName(name, items, { head: name, cut: name.length, flat: endOfFlat(name) });
}

/** Nobody but a person, perhaps with a wish how to have it: 阿豪（要大的）. */
function nameAlone({ head, rest, notes, flat, items }: Attempt): Found | undefined {
  if (rest !== "") return undefined;
  const manner = mannerOf(head, flat);
  const name = cleanName(head.slice(0, manner));
  if (items.isItem(name) || !isName(name, items, { head, cut: manner, flat })) return undefined;
  if (asksForSome(head.slice(flat)) && flat < name.length) return undefined;
  const said = head.slice(manner).replace(/^[\s（(【[]+|[）)】\]\s]+$/g, "");
  if (/\d/.test(said) || speaksOfTime(head)) return undefined; // another day, another size: to be asked
  return { ...NOTHING, name, alone: true, ...noteOf(said === "" ? notes : [said, ...notes]) };
}

/** Where words begin that say how something is wanted; the end of the line where there are none. */
function mannerOf(head: string, flat: number): number {
  for (let at = Math.max(flat, 1); at < Math.min(head.length, 2 * LONGEST_NAME); at++) {
    const opens = /[（(【[]/.test(head[at]!);
    if ((opens || /\s/.test(head[at]!)) && isManner(head.slice(at + 1, at + 12).trimStart())) return at;
  }
  return head.length;
}

/** An order whose author is not named: it names an item or a unit, or adds. */
function orderAlone({ head, rest, flat, readLines }: Attempt): Found | undefined {
  if (flat > 0 || !/\p{L}|[+＋➕]/u.test(head)) return undefined;
  const order =
    readOrder(`${head}\n${rest}`.trim(), readLines, true) ?? readOrder(`${head}\n${rest}`.trim(), readLines, false);
  return order && { name: "", ...order, alone: false };
}

/** The name of an entry whose order cannot be read: a flat, and the word or the latin words behind it. */
function guessName({ head, flat, items }: Attempt, cuts: readonly number[]): string {
  const names = [...cuts]
    .sort((one, other) => one - other)
    .map((cut) => ({ cut, name: cleanName(head.slice(0, cut)) }))
    .filter(({ name, cut }) => isName(name, items, { head, cut, flat }));
  let best = names[0];
  for (const next of names.slice(1)) {
    const beyond = next.name.slice(best!.name.length);
    const mayGoOn = best!.cut <= flat ? !/[\d０-９]/.test(beyond) : /^\s+[A-Z][a-z.']{0,15}$/.test(beyond);
    if (!mayGoOn) break;
    best = next;
  }
  return best?.name ?? (flat > 0 ? cleanName(head.slice(0, flat)) : "");
}

function firstWord(text: string): string {
  return cleanName(/^\S{1,40}/.exec(text)?.[0] ?? "");
}

function noteOf(notes: readonly string[]): { note?: string } {
  return notes.length > 0 ? { note: notes.join("; ") } : {};
}
