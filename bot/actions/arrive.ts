import type { Quantity } from "../../core/quantity.ts";
import { nameAtStart } from "../../core/read-shares.ts";
import { quantitiesIn } from "../../core/said-quantity.ts";
import { fold } from "../../core/text/fold.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import { quantity, quoted, say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Arrived, Asked, Buy, ChangeTx } from "../store.ts";
import { type Choice, choiceButtons } from "./choices.ts";
import { carryOut, preview } from "./confirm.ts";
import { isOf, keyOf, type Supplied, suppliedLines } from "./handed-lines.ts";
import { optionNamed } from "./item-named.ts";
import { logDone } from "./log-done.ts";
import { offerSurplus, surplusContent } from "./offer-surplus.ts";
import { pickEnded, UNDER_WAY } from "./pick-buy.ts";
import { nameOf } from "./purchase.ts";
import { exampleShare, readSaidShares } from "./said-shares.ts";
import { ruleButtons } from "./share-out.ts";
import { proposeUnweighing, proposeWeights } from "./weigh.ts";

/** Everything came as it was ordered. */
const ALL = /^(?:all|everything|全到|全部|都到了|齐了|齊了)$/iu;

/** Takes the weights back. */
const UNDO = /^(?:undo|撤销|撤銷|撤回)$/iu;

/** What came over is offered to those who wait. */
const OFFER = /^(?:offer|给候补|給候補|候补|候補)$/iu;

/**
 * `/arrive 苹果 48/50, 梨 20`: compares what came with what people are to get, before it is written down. With names it
 * says what each one's piece weighs: `/arrive salmon Lin 1.240kg`.
 */
export async function proposeArrival(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const words = wordsOf(doer.language);
  const buy = await pickEnded(parts, doer, command, UNDER_WAY);
  if (!buy) return;
  if (UNDO.test(rest)) return proposeUnweighing(parts, doer, buy);
  if (OFFER.test(rest)) return offerSurplus(parts, doer, buy.id);
  const { supplied, expected, names } = await parts.store.look((tx) => arrivalFacts(tx, buy));
  if (expected.length === 0) return whisper(parts, doer, { text: words.arriveNothing });
  const named = rest === "" ? undefined : readSaidShares(rest, buy, supplied, names, words);
  if (named?.ok) {
    const weights = named.shares.map(({ line, quantity: weighed }) => [keyOf(line.line), weighed] as const);
    return proposeWeights(parts, doer, buy, weights);
  }

  const read = ALL.test(rest)
    ? { arrived: expected.map(({ expects, ...each }) => ({ ...each, counted: expects })) }
    : readCounts(parts, buy, rest, expected);
  if (!read.arrived) {
    const items = expected.map((each) => amountText(buy, each, each.expects)).join(words.comma);
    // Words that name a person were meant as weights.
    const isOfPeople = named && namesPerson(read.part, names);
    const text = [
      ...(isOfPeople ? [named.text] : unreadText(read, words)),
      say(words.arriveHow, { command, items, weights: exampleShare(buy, supplied, names) }),
    ].join("\n");
    const all = { label: words.choices.allCame, rest: ["all"], buy: buy.id };
    // A unit that does not fit is never left out.
    const counts = read.doubt === "unit" ? [] : countChoices(buy, rest, expected);
    return whisper(parts, doer, { text, ...choiceButtons(doer, [...counts, all]) });
  }
  return previewArrival(parts, doer, buy, expected, read.arrived);
}

function unreadText({ part, doubt }: { readonly part: string; readonly doubt?: "unit" }, words: Words): string[] {
  if (part === "") return [];
  return [say(doubt === "unit" ? words.shareDoubts.unit : words.arriveUnread, { part: quoted(part) })];
}

/** Asks whether so much came, beside what people are to get. */
export async function previewArrival(
  parts: Parts,
  doer: Doer,
  buy: Buy,
  expected: readonly Expected[],
  arrived: readonly Arrived[],
): Promise<void> {
  const words = wordsOf(doer.language);
  const text = [
    say(words.arrivePreview, { title: buy.terms.title }),
    ...arrived.map((each) => comparison(buy, each, find(expected, each)!.expects, words)),
  ].join("\n");
  await preview(parts, doer, "arrive", { buy: buy.id, arrived }, text, words.noteButton);
}

/** The leader's yes. Where something is short, how it is shared out is asked next; what is over may be offered. */
export async function noteArrival(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { buy: id, arrived } = asked.data as { readonly buy: string; readonly arrived: readonly Arrived[] };
  const words = wordsOf(doer.language);
  let short: readonly string[] = [];
  let isNoted = false;
  await carryOut(parts, doer, asked, id, async (tx, buy) => {
    if (!UNDER_WAY.includes(buy.status)) return say(words.poOver, { title: buy.terms.title });
    isNoted = true;
    await tx.addArrivals(buy, arrived, doer.person.id);
    const before = { status: buy.status };
    if (buy.status !== "arrived") await tx.updateBuy(buy, { status: "arrived" });
    await logDone(tx, doer, buy, "arrived", { arrived }, before);
    const { expected } = await arrivalFacts(tx, buy);
    const counted = await tx.arrivedOf(buy);
    short = counted
      .filter((each) => each.counted < (find(expected, each)?.expects ?? 0))
      .map((each) => nameOf(buy, each));
    const missing = expected.filter((each) => !find(counted, each)).map((each) => nameOf(buy, each));
    return missing.length > 0
      ? say(words.arriveMore, { items: missing.join(words.comma) })
      : say(short.length > 0 ? words.arriveNoted : words.arriveAll, { title: buy.terms.title });
  });
  if (!isNoted) return;
  if (short.length > 0) {
    const text = say(words.shortWhich, { items: short.join(words.comma) });
    whisper(parts, doer, { text, buttons: ruleButtons(id, words) });
  }
  const surplus = await surplusContent(parts, doer.place.community.id, id, words);
  if (surplus) whisper(parts, doer, surplus);
}

/** What people are to get of an item, or of an option of it. */
export interface Expected {
  readonly item: number;
  readonly option: string;
  readonly expects: Quantity;
}

/** What people are to get of each item, line by line and in all, and what those people are called. */
export async function arrivalFacts(tx: ChangeTx, buy: Buy) {
  const supplied = (await suppliedLines(tx, buy)).filter(({ line, gets }) => line.quantity > 0 || gets > 0);
  const people = [...new Set(supplied.map(({ line }) => line.person))];
  const names = await tx.namesOf(people.map((person) => ({ community: buy.community, person })));
  return { supplied, expected: expectedOf(buy, supplied), names };
}

function expectedOf({ terms }: Buy, supplied: readonly Supplied[]): readonly Expected[] {
  const expected: Expected[] = [];
  for (const { line } of supplied) {
    const { item, option } = line;
    if (find(expected, line)) continue;
    const own = supplied.filter((each) => isOf(each.line, line));
    expected.push({ item, option, expects: own.reduce((sum, { gets }) => sum + gets, 0) });
  }
  const rank = ({ item, option }: Expected) => item * 1_000 + terms.items[item - 1]!.options.indexOf(option);
  return expected.sort((one, other) => rank(one) - rank(other));
}

function find<Each extends { readonly item: number; readonly option: string }>(
  among: readonly Each[],
  { item, option }: { readonly item: number; readonly option: string },
): Each | undefined {
  return among.find((each) => each.item === item && each.option === option);
}

/** "48/50 kg": what was booked behind what came; the unit is that of both. */
const OF_BOOKED = /(\d)\s*(\p{L}{0,12})\s*[/／]\s*\d{1,6}(?:\.\d{1,3})?\s*(\p{L}{0,12})$/u;

/** So much is missing of what people are to get. */
const SHORT_BEFORE = /[\s:：]*(?:少了?|缺了?|欠|short(?: by)?|missing|minus)\s*$/iu;
const SHORT_BEHIND = /^\s*(?:short|missing|too few|less|fewer|没到|未到)?$/iu;

type CountsRead =
  | { readonly arrived: readonly Arrived[] }
  | { readonly arrived?: undefined; readonly part: string; readonly doubt?: "unit" };

/**
 * "apples 48/50 kg, pears 20", 苹果两斤, 苹果 5公斤 of what is sold by 斤, 苹果少2, "apples 2 short"; else the first part of
 * it that cannot be read, names an item twice, or one that nobody has.
 */
function readCounts(parts: Parts, buy: Buy, text: string, expected: readonly Expected[]): CountsRead {
  const arrived: Arrived[] = [];
  for (const part of text.split(/[,，;；、\n]/u).map((each) => each.trim())) {
    if (part === "") continue;
    const count = countIn(parts, buy, part, expected);
    if (count === "unit") return { part, doubt: count };
    if (!count || find(arrived, count)) return { part };
    arrived.push(count);
  }
  return arrived.length > 0 ? { arrived } : { part: "" };
}

/** What may be meant where a number stands alone, or behind something that nobody has ordered. */
function countChoices(buy: Buy, text: string, expected: readonly Expected[]): readonly Choice[] {
  const [, count, unit = ""] = /(?:^|\s|\p{Script=Han})(\d{1,6}(?:\.\d{1,3})?)\s{0,3}(\p{L}{0,12})$/u.exec(text) ?? [];
  const isUnit = unit === "" || buy.terms.items.some((item) => item.unit?.toLowerCase() === unit.toLowerCase());
  if (count === undefined || !isUnit || /[,，;；、\n]/u.test(text)) return [];
  return expected.flatMap(({ item, option }) => {
    const { name } = buy.terms.items[item - 1]!;
    const label = `${nameOf(buy, { item, option })} ${count}${unit}`;
    return [{ label, rest: [{ item, name }, option, `${count}${unit}`], buy: buy.id }];
  });
}

function countIn(parts: Parts, buy: Buy, part: string, expected: readonly Expected[]): Arrived | "unit" | undefined {
  const { text } = fold(
    part.replace(OF_BOOKED, (_, digit: string, own: string, both: string) => digit + (own || both)),
  );
  for (const no of new Set(expected.map(({ item }) => item))) {
    for (const { start, end, quantity: said } of quantitiesIn(text, buy.terms.items[no - 1]!)) {
      const before = text.slice(0, start);
      const behind = text.slice(end).trim();
      if (!SHORT_BEHIND.test(behind)) continue;
      const name = before.replace(SHORT_BEFORE, "").replace(/[\s:：]+$/u, "");
      const named = hasMoreWords(buy, name) ? undefined : optionNamed(parts, buy, name);
      const about = named?.item === no ? find(expected, named) : undefined;
      if (!about) continue;
      if (said === undefined) return "unit";
      const isShort = behind !== "" || SHORT_BEFORE.test(before);
      const counted = isShort ? about.expects - said : said;
      return counted < 0 ? undefined : { item: about.item, option: about.option, counted };
    }
  }
  return undefined;
}

/** Whether something else than an option follows an item's name: then it is no count of that item. */
function hasMoreWords({ terms }: Buy, words: string): boolean {
  const named = terms.items.flatMap((item) => [item.name, ...item.aliases].map((name) => ({ name, item })));
  const found = nameAtStart(words.trim(), named, (one, other) => one.item === other.item);
  const rest = found?.rest.replace(/[()（）]/gu, "").toLowerCase();
  return found !== undefined && rest !== "" && !found.item.options.some((option) => option.toLowerCase() === rest);
}

function namesPerson(part: string, names: ReadonlyMap<string, string>): boolean {
  const words = part.split(/\s+/u);
  return words.some((_, index) =>
    nameAtStart(
      words.slice(index).join(" "),
      [...names.values()].map((name) => ({ name })),
    ),
  );
}

function comparison(buy: Buy, each: Arrived, expects: Quantity, words: Words): string {
  const { unit } = buy.terms.items[each.item - 1]!;
  const difference = each.counted - expects;
  const facts = { name: nameOf(buy, each), came: quantity(each.counted, unit), booked: quantity(expects, unit) };
  if (difference === 0) return say(words.arriveExact, facts);
  const sentence = difference < 0 ? words.arriveShort : words.arriveOver;
  return say(sentence, { ...facts, difference: quantity(Math.abs(difference), unit) });
}

function amountText(buy: Buy, each: { readonly item: number; readonly option: string }, amount: Quantity): string {
  return `${nameOf(buy, each)} ${quantity(amount, buy.terms.items[each.item - 1]!.unit)}`;
}
