import { purchaseOf } from "../../core/purchase.ts";
import { parseQuantity, type Quantity } from "../../core/quantity.ts";
import { tallyOf } from "../../core/tally.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { quantity, say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Arrived, Asked, Buy, BuyStatus, ChangeTx } from "../store.ts";
import { carryOut, preview } from "./confirm.ts";
import { pickEnded } from "./pick-buy.ts";
import { nameOf } from "./purchase.ts";
import { ruleButtons } from "./share-out.ts";

/** States in which goods may come. */
export const ARRIVING: readonly BuyStatus[] = ["closed", "purchased", "arrived"];

/** Everything came as it was ordered. */
const ALL = /^(?:all|everything|全到|全部|都到了|齐了|齊了)$/iu;

/** `/arrive 苹果 48/50, 梨 20`: compares what came with what people have booked, before it is written down. */
export async function proposeArrival(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const words = wordsOf(doer.language);
  const buy = await pickEnded(parts, doer, command, ARRIVING);
  if (!buy) return;
  const expected = await parts.store.look((tx) => expectedOf(tx, buy));
  const arrived = ALL.test(rest)
    ? expected.map(({ booked, ...each }) => ({ ...each, counted: booked }))
    : readCounts(parts, buy, rest);
  const unknown = arrived?.find(({ item, option }) => !find(expected, { item, option }));
  if (!arrived || unknown) {
    const facts = { command, items: expected.map((each) => amountText(buy, each, each.booked)).join(words.comma) };
    return whisper(parts, doer, { text: say(expected.length > 0 ? words.arriveHow : words.arriveNothing, facts) });
  }
  const text = [
    say(words.arrivePreview, { title: buy.terms.title }),
    ...arrived.map((each) => comparison(buy, each, find(expected, each)!.booked, words)),
  ].join("\n");
  await preview(parts, doer, "arrive", { buy: buy.id, arrived }, text, words.noteButton);
}

/** The leader's yes. Where something is short, how it is shared out is asked next. */
export async function noteArrival(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { buy: id, arrived } = asked.data as { readonly buy: string; readonly arrived: readonly Arrived[] };
  const words = wordsOf(doer.language);
  let short: readonly string[] = [];
  await carryOut(parts, doer, asked, id, async (tx, buy) => {
    if (!ARRIVING.includes(buy.status)) return say(words.poOver, { title: buy.terms.title });
    await tx.addArrivals(buy, arrived, doer.person.id);
    if (buy.status !== "arrived") await tx.updateBuy(buy, { status: "arrived" });
    await tx.cancelTimers(buy, ["supplier"]);
    await tx.audit({
      ...{ community: buy.community, actor: doer.person.id, verb: "arrived", buy: buy.id, source: sourceOf(doer) },
      after: { arrived },
    });
    const expected = await expectedOf(tx, buy);
    const counted = await tx.arrivedOf(buy);
    short = counted
      .filter((each) => each.counted < (find(expected, each)?.booked ?? 0))
      .map((each) => nameOf(buy, each));
    const missing = expected.filter((each) => !find(counted, each)).map((each) => nameOf(buy, each));
    return missing.length > 0
      ? say(words.arriveMore, { items: missing.join(words.comma) })
      : say(short.length > 0 ? words.arriveNoted : words.arriveAll, { title: buy.terms.title });
  });
  if (short.length === 0) return;
  whisper(parts, doer, {
    text: say(words.shortWhich, { items: short.join(words.comma) }),
    buttons: ruleButtons(id, words),
  });
}

interface Expected {
  readonly item: number;
  readonly option: string;
  readonly booked: Quantity;
}

/** What people have booked, by item and option. */
async function expectedOf(tx: ChangeTx, buy: Buy): Promise<readonly Expected[]> {
  const lines = await tx.ledger.linesOfBuy(buy.community, buy.id);
  return purchaseOf(buy.terms, tallyOf(buy.terms, lines)).map(({ item, option, quantity: bought, over }) => {
    return { item, option, booked: bought - over };
  });
}

function find<Each extends { item: number; option: string }>(
  among: readonly Each[],
  { item, option }: { readonly item: number; readonly option: string },
): Each | undefined {
  return among.find((each) => each.item === item && each.option === option);
}

const COUNT =
  /^(.*?)[\s:：]*(\d{1,6}(?:\.\d{1,3})?)\s*\p{L}{0,12}(?:\s*[/／]\s*\d{1,6}(?:\.\d{1,3})?\s*\p{L}{0,12})?$/u;

/** "apples 48/50 kg, pears 20"; undefined where a part of it cannot be read, or names an item twice. */
function readCounts(parts: Parts, buy: Buy, text: string): readonly Arrived[] | undefined {
  const arrived = text
    .split(/[,，;；、\n]/u)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part): Arrived | undefined => {
      const match = COUNT.exec(part);
      const counted = match?.[2] === undefined ? undefined : parseQuantity(match[2]);
      const named = match && itemNamed(parts, buy, match[1]!);
      return named && counted !== undefined ? { ...named, counted } : undefined;
    });
  const known = arrived.filter((each) => each !== undefined);
  const isTwice = known.some((each, index) => find(known, each) !== known[index]);
  return known.length === 0 || known.length < arrived.length || isTwice ? undefined : known;
}

function itemNamed(parts: Parts, buy: Buy, name: string): { item: number; option: string } | undefined {
  if (name.trim() === "") return buy.terms.items.length === 1 ? { item: 1, option: "" } : undefined;
  const reading = parts.readerOf(buy).read(`${name.trim()} +1`, {});
  const [line] = reading.kind === "order" ? reading.lines : [];
  return line && reading.kind === "order" && reading.lines.length === 1
    ? { item: line.item, option: line.option ?? "" }
    : undefined;
}

function comparison(buy: Buy, each: Arrived, booked: Quantity, words: Words): string {
  const { unit } = buy.terms.items[each.item - 1]!;
  const difference = each.counted - booked;
  const facts = { name: nameOf(buy, each), came: quantity(each.counted, unit), booked: quantity(booked, unit) };
  if (difference === 0) return say(words.arriveExact, facts);
  const sentence = difference < 0 ? words.arriveShort : words.arriveOver;
  return say(sentence, { ...facts, difference: quantity(Math.abs(difference), unit) });
}

function amountText(buy: Buy, each: { readonly item: number; readonly option: string }, amount: Quantity): string {
  return `${nameOf(buy, each)} ${quantity(amount, buy.terms.items[each.item - 1]!.unit)}`;
}
