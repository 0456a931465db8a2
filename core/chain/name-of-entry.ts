import type { LinesReading } from "../interpret/read-lines.ts";
import type { LineReading } from "../interpret/reading.ts";
import { endOfFlat, narrow } from "./flats.ts";
import type { EntryContext } from "./read-entry.ts";

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

/** How many places are tried for the end of a name: long entries stay as cheap as their length. */
const MOST_CUTS = 14;
const LONGEST_NAME = 40;

/** Signs between a name and an order; a plus or minus before a number belongs to the order. */
const LEADING_SIGNS = /^(?:[\s:：,，、;；|/=＝~～·.。]|[-–—]+(?![\d０-９])|[-–—]+>|[→➡]\ufe0f?)+/;
const TRAILING_SIGNS = /[\s:：,，、;；|/=＝~～·\-–—→➡*×]+$/;

/** Words of wishing between a name and an order, and of politeness: no part of either. */
const WISH_END =
  /(?:(?<=[^\s]{2})(?:想要|我要|需要|也要|要|想订|想訂|订购|訂購|订|訂|预定|預定|来|來|报名|報名|报|報|买|買|拿|加)|(?:^|\s)(?:我要|要|来|來|订|訂|报名|報名|买|買|wants?|takes?|would like|wld like|orders?|for me|plus|add|pls|please|i want|i'd like|can i have|count me in|me too|also))$/i;
const POLITE =
  /(?:[\s,，]*(?:谢谢|謝謝|多谢|多謝|唔该|唔該|麻烦|麻煩|辛苦了?|thanks?(?: you)?|thx|tks|pls|please|🙏|🌹)[!！~～。.]*)+$/iu;
const NO_NAME =
  /^(?:我|我要|要|来|來|再来|再加|加|还要|另外|共|一共|总共|合计|order|my order|i want|i'd like|want|please|pls|add|plus|me|for me|hi|hello|x|×|\*|和|跟|and|each|各)$/i;

/** What a name is not: how something is wanted, and a number with a unit. */
const MANNER =
  /^(?:不|少|多|要|加|去|微|送|请|尽|最好|自提|no |less |more |extra |the |with |without |please |by |at |on |after |before )/i;
const NOTE_LINE = /^[（(【[]?\s?(?:备注|備註|备註|备|注|note|notes|remark|remarks|ps|p\.s\.)\s?[:：.)）]?\s?/i;
const COUNTED_UNIT =
  /(?:\d|[一二两兩三四五六七八九十半½])\s?(?:斤|份|个|個|只|隻|颗|顆|盒|箱|袋|瓶|包|条|條|件|套|克|公斤|根|串|板|提|罐|桶|杯|打|(?:kg|kgs|g|lbs?|pcs?|pieces?|box(?:es)?|bags?|packs?|pkts?|bottles?|jars?|trays?|tubs?|cups?|dozens?|sets?|portions?)(?![a-z]))/i;
const NUMERAL = /[一二两兩三四五六七八九十半]/;
const ORDERED_END = /(?:[+＋➕×✖*x]\s?[\d０-９]{1,4}|(?:^|\s)[\d０-９]{1,4}|[+＋➕])\s*$/i;
const ADJECTIVES = new Set([..."大小红紅青黄黃甜酸老新鲜鮮嫩生熟冻凍白黑好"]);

/** Parts an entry into the name, which stands at one of its ends, and the order. */
export function findName(text: string, context: EntryContext): Found {
  if (text === "") return { ...NOTHING, alone: true };
  const { head, rest, note } = partLines(text, context);
  const flat = endOfFlat(head);
  const cuts = [...cutsOf(head, flat, context), ...(rest === "" ? [] : [head.length])];
  const attempt: Attempt = { head, rest, note, flat, context };

  for (const counted of [true, false]) {
    for (const cut of cuts) {
      const found = tryCut(attempt, cut, counted);
      if (found) return found;
    }
    const found = counted ? nameAtEnd(attempt) : undefined;
    if (found) return found;
  }
  return withoutOrder(attempt, cuts);
}

interface Attempt {
  readonly head: string;
  /** Further lines with an order. */
  readonly rest: string;
  readonly note: string | undefined;
  readonly flat: number;
  readonly context: EntryContext;
}

const NOTHING: Found = { name: "", alone: false, counted: false, lastIsBare: false };

/** The first line holds the name; lines below it hold more of the order, or a note. */
function partLines(text: string, context: EntryContext): Pick<Attempt, "head" | "rest" | "note"> {
  const [head = "", ...below] = text.split("\n").map((line) => line.trim());
  const orders: string[] = [];
  const notes: string[] = [];
  for (const line of below) {
    if (line === "") continue;
    const reading = NOTE_LINE.test(line) ? undefined : context.readLines(line);
    const isOrder = reading && (reading.lines.length > 0 || reading.fault !== undefined);
    if (isOrder) orders.push(line);
    else notes.push(line.replace(NOTE_LINE, ""));
  }
  return { head, rest: orders.join("\n"), note: notes.length > 0 ? notes.join("; ") : undefined };
}

/** Places where the name may end, the likeliest first. */
function cutsOf(head: string, flat: number, context: EntryContext): number[] {
  const apart: number[] = [];
  const inside: number[] = [];
  const doubtful: number[] = [];
  const text = narrow(head);
  const firstEnd = endOfFirstWord(text, flat);
  for (let at = Math.max(flat, 1); at < Math.min(text.length, LONGEST_NAME * 2); at++) {
    if (/[\s:,，、;|/=~→(（【[—–-]/.test(text[at]!) && !/[\s]/.test(text[at - 1]!)) apart.push(at);
    else if (at === flat) inside.push(at);
    else if (at <= firstEnd && beginsCount(text, at))
      (at === flat + 1 && NUMERAL.test(text[at]!) ? doubtful : inside).push(at);
  }
  if (firstEnd > flat + 1 && !(apart.length > 0 && context.items.holdsItem(text.slice(0, firstEnd)) === false)) {
    for (const { role, start } of context.readLines(head).parts) {
      if (role === "item" && start > flat && start < firstEnd) inside.push(start);
    }
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

/** Where a number or its sign begins within a word: 张三|2份, Sam|x2, 王姐|+1. */
function beginsCount(text: string, at: number): boolean {
  const [before, here, after] = [text[at - 1]!, text[at]!, text[at + 1] ?? ""];
  if (/\d/.test(here)) return !/[\d.#+×*-]/.test(before) && !(/x/i.test(before) && /\W|\d/.test(text[at - 2] ?? " "));
  if (/[+➕×✖*]/.test(here)) return /[\d\s+]|^$/.test(after);
  if (/x/i.test(here)) return /\d/.test(after);
  return NUMERAL.test(here);
}

function tryCut({ head, rest, note, flat, context }: Attempt, cut: number, counted: boolean): Found | undefined {
  const name = cleanName(head.slice(0, cut));
  if (!isName(name, context, cut, head, flat)) return undefined;
  const order = read(`${head.slice(cut).replace(LEADING_SIGNS, "")}\n${rest}`.trim(), context, counted);
  return order && { name, ...order, ...(note !== undefined && { note }), alone: false };
}

function nameAtEnd({ head, rest, note, context }: Attempt): Found | undefined {
  const ends = context.readLines(head).parts.flatMap(({ role, end }) => (ORDER_ROLES.has(role) ? [end] : []));
  const blanks = [...head.matchAll(/[\s,，;；(（【[—–-]+/g)].map(({ index }) => index);
  const cuts = [...new Set([...ends, ...blanks])].filter((cut) => cut > 0 && cut < head.length);
  for (const cut of cuts.sort((one, other) => one - other).slice(0, 2 * MOST_CUTS)) {
    const tail = cleanName(
      head
        .slice(cut)
        .replace(LEADING_SIGNS, "")
        .replace(/^[（(【[](.*)[）)】\]]$/, "$1"),
    );
    if (MANNER.test(tail) || !isName(tail, context, tail.length, tail, endOfFlat(tail))) continue;
    const order = read(`${head.slice(0, cut)}\n${rest}`.trim(), context, true);
    if (order?.plain) return { name: tail, ...order, ...(note !== undefined && { note }), alone: false };
  }
  return undefined;
}

/** No name with an order was found: a name alone, an order alone, or something that cannot be read. */
function withoutOrder({ head, rest, note, flat, context }: Attempt, cuts: readonly number[]): Found {
  const name = cleanName(head);
  const reading = context.readLines(`${head}\n${rest}`.trim());
  const holdsOrder = rest !== "" || context.items.holdsItem(name) || context.items.isItem(name);
  const asksNothing =
    flat >= name.length || (!ORDERED_END.test(head.slice(flat)) && !COUNTED_UNIT.test(head.slice(flat)));
  if (!holdsOrder && asksNothing && isName(name, context, head.length, head, flat))
    return { ...NOTHING, name, alone: true, ...(note !== undefined && { note }) };

  const order = flat === 0 ? read(`${head}\n${rest}`.trim(), context, false, reading) : undefined;
  if (order && !unnamed(head, context)) return { name: "", ...order, alone: false };
  return { ...NOTHING, name: guessName(head, flat, cuts, context) };
}

/** Whether an order alone still hides something that may be a name. */
function unnamed(head: string, context: EntryContext): boolean {
  return context
    .readLines(head)
    .parts.some(({ role, start, end }) => role === "unread" && /[\p{L}\p{N}]/u.test(head.slice(start, end)));
}

/** The name of an entry whose order cannot be read. */
function guessName(head: string, flat: number, cuts: readonly number[], context: EntryContext): string {
  const ordered = [...cuts].sort((one, other) => one - other);
  const names = ordered.map((cut) => ({ cut, name: cleanName(head.slice(0, cut)) }));
  const usable = names.filter(({ name, cut }) => isName(name, context, cut, head, flat));
  const beyondFlat = usable.find(({ cut }) => cut > flat);
  if (flat > 0 && beyondFlat && !/[\d０-９]/.test(beyondFlat.name.slice(flat))) return beyondFlat.name;
  return usable[0]?.name ?? (flat > 0 ? cleanName(head.slice(0, flat)) : "");
}

const ORDER_ROLES: ReadonlySet<string> = new Set(["item", "quantity", "unit", "option"]);

interface OrderFound {
  readonly lines: readonly LineReading[];
  readonly counted: boolean;
  readonly lastIsBare: boolean;
  /** Nothing beside items, quantities, units and options. */
  readonly plain: boolean;
}

/** An order that fills a whole fragment; with `counted` only where it states a quantity, else where it names an item. */
function read(fragment: string, context: EntryContext, counted: boolean, known?: LinesReading): OrderFound | undefined {
  if (fragment === "") return undefined;
  const { lines, parts, fault } = known ?? context.readLines(fragment);
  if (lines.length === 0 || fault !== undefined) return undefined;
  const meant = parts.filter(({ start, end }) => /[\p{L}\p{N}]/u.test(fragment.slice(start, end)));
  if (meant.some(({ role }) => role === "unread") || meant[0]?.role === "note") return undefined;

  const lastItem = meant.findLastIndex(({ role }) => role === "item");
  const lastQuantity = meant.findLastIndex(({ role }) => role === "quantity");
  const plain = meant.every(({ role }) => role !== "note");
  if (counted ? lastQuantity < 0 : lastItem < 0 || !plain) return undefined;
  return { lines, counted: lastQuantity >= 0, lastIsBare: lastItem > lastQuantity, plain };
}

/** A name without the words and signs that lead over to the order. */
function cleanName(text: string): string {
  let name = text.trim();
  for (let before = ""; before !== name; ) {
    before = name;
    name = name
      .replace(POLITE, "")
      .replace(TRAILING_SIGNS, "")
      .replace(WISH_END, "")
      .replace(/[（(【[]\s*$/, "");
    name = name.replace(/^[\s:：,，、;；|/=~·.。\-–—]+/, "").trim();
  }
  return name;
}

function isName(name: string, { items }: EntryContext, cut: number, head: string, flat: number): boolean {
  if (name === "" || name.length > LONGEST_NAME || NO_NAME.test(name)) return false;
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(name)) return false;
  if (items.holdsItem(name) || (flat === 0 && name.length > 1 && items.isItem(name))) return false;

  const door = flat > 0 && cut >= flat ? flat : 0;
  const words = narrow(name.slice(Math.min(door, name.length)))
    .split(/\s+/)
    .filter((word) => word !== "");
  if (COUNTED_UNIT.test(words.join(" "))) return false;
  if (words.slice(1).some((word) => /\d/.test(word) && endOfFlat(word) < word.length)) return false;
  if (door === 0 && /^\d{1,2}$/.test(name)) return /\p{L}/u.test(head.slice(cut));
  if (door === 0 && items.count > 1 && /[一-龥]\d{1,2}$/.test(narrow(name))) return false;

  // 大苹果2 is an apple, and what stands before an item behind a second word is not known to be a name.
  const attached = cut < head.length && /[\p{L}\p{N}]/u.test(head[cut]!) && /\p{L}/u.test(head[cut - 1] ?? "");
  return !(attached && (ADJECTIVES.has(name) || words.length > 1));
}
