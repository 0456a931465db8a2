import { type Entry, sumOf } from "../../core/accounts.ts";
import type { Minimum } from "../../core/buy/terms.ts";
import type { Door } from "../../core/door.ts";
import type { Money } from "../../core/money.ts";
import { formatQuantity, type Quantity } from "../../core/quantity.ts";
import { type MinimumState, minimumSoFar, type Tally } from "../../core/tally.ts";
import type { Buy, Line, PickupTerms } from "../store.ts";
import { money, quantity, say, time } from "./replies.ts";
import type { Words } from "./words.ts";

/** An order as a list shows it. */
export interface OrderFacts {
  readonly name: string;
  readonly lines: readonly Line[];
  readonly amount: Money;
}

/** What a leader is shown before a buy opens. `problems` are sentences. */
export function draftText(buy: Buy, problems: readonly string[], zone: string, words: Words): string {
  const { terms } = buy;
  return [
    words.draftHead,
    "",
    buy.photo === undefined ? terms.title : `🖼 ${terms.title}`,
    ...terms.items.map((_, index) => itemLine(buy, index + 1, undefined, words)),
    terms.closesAt ? say(words.closes, { time: time(terms.closesAt, zone, words) }) : words.closesNever,
    ...minimumLines(buy, words),
    ...pickupLines(buy, zone, words),
    ...problems.map((problem) => `⚠️ ${problem}`),
    "",
    words.draftQuestion,
  ].join("\n");
}

/** The buy's post with its running tally. */
export function livePost(buy: Buy, tally: Tally, people: number, zone: string, words: Words): string {
  const { terms } = buy;
  const isOpen = buy.status === "open" && !terms.endedAt;
  return [
    terms.title,
    statusLine(buy, isOpen, zone, words),
    "",
    ...terms.items.flatMap((item, index) => {
      const sum = tally.items[index];
      const total = sum ? ` → ${amountOf(sum, item.unit, words)}` : "";
      const next = isOpen && sum?.next;
      return [
        itemLine(buy, index + 1, sum?.price, words) + total,
        ...(next
          ? [
              `   ${say(words.nextTier, { missing: pieces(next.lacks, item.unit, words), price: money(next.price, terms.currency) })}`,
            ]
          : []),
      ];
    }),
    words.people(people),
    ...minimumLines(buy, words, isOpen ? minimumSoFar(terms.minimum, tally, people) : undefined),
    ...pickupLines(buy, zone, words),
    ...(isOpen ? ["", say(words.howTo, { example: exampleOf(buy) })] : []),
  ].join("\n");
}

/** The last call: when the buy closes, what is missing to its minimum, and to its next prices. */
export function lastCall(
  buy: Buy,
  tally: Tally,
  minimum: MinimumState | undefined,
  zone: string,
  words: Words,
): string {
  const { terms } = buy;
  const { title, currency, closesAt, items } = terms;
  return [
    say(words.lastCall, { title, ...(closesAt && { time: time(closesAt, zone, words) }) }),
    ...(minimum && !minimum.isReached ? minimumLines(buy, words, minimum) : []),
    ...tally.items.flatMap(({ next }, index) => {
      const item = items[index];
      if (!next || !item) return [];
      const facts = { missing: pieces(next.lacks, item.unit, words), price: money(next.price, currency) };
      return [`${item.name}${words.colon}${say(words.nextTier, facts)}`];
    }),
    say(words.howTo, { example: exampleOf(buy) }),
  ].join("\n");
}

/** The list after the closing: by item and by person. */
export function finalList(
  buy: Buy,
  tally: Tally,
  orders: readonly OrderFacts[],
  unresolved: readonly string[],
  entries: readonly { readonly name: string; readonly entry: Entry }[],
  zone: string,
  words: Words,
): string {
  const { terms } = buy;
  const head = say(buy.status === "failed" ? words.listFailed : words.list, { title: terms.title });
  const doubts = unresolved.length > 0 ? ["", say(words.unresolved, { names: unresolved.join(words.comma) })] : [];
  const reached = buy.status === "failed" ? "" : words.minimumReached;
  if (orders.length === 0) return [head, ...minimumLines(buy, words), "", words.nobody, ...doubts].join("\n");

  const total = orders.reduce((sum, order) => sum + order.amount, 0) + sumOf(entries.map(({ entry }) => entry));
  const others = entries.map(({ name, entry }) => `${name}${words.colon}${entryText(buy, entry, zone, words)}`);
  return [
    head,
    ...minimumLines(buy, words).map((line) => line + reached),
    "",
    words.byItem + words.colon.trimEnd(),
    ...terms.items.flatMap((item, index) => {
      const sum = tally.items[index];
      return sum && (sum.booked > 0 || sum.waitlisted > 0) ? [`${item.name} ${amountOf(sum, item.unit, words)}`] : [];
    }),
    "",
    words.byPerson + words.colon.trimEnd(),
    ...orders.map((order, index) => {
      const lines = order.lines.map((line) => lineText(buy, line, words)).join(words.comma);
      return `${index + 1}. ${order.name}${words.colon}${lines} = ${money(order.amount, terms.currency)}`;
    }),
    ...(others.length > 0 ? ["", words.others + words.colon.trimEnd(), ...others] : []),
    "",
    say(words.total, { amount: money(total, terms.currency) }),
    ...doubts,
  ].join("\n");
}

/** A person's own order, and what else they have to pay or not. */
export function myOrder(buy: Buy, order: OrderFacts, entries: readonly Entry[], zone: string, words: Words): string {
  const due = order.amount + sumOf(entries);
  return [
    say(words.myOrder, { title: buy.terms.title }),
    linesText(buy, order.lines, words),
    ...entries.map((entry) => `• ${entryText(buy, entry, zone, words)}`),
    say(words.due, { amount: money(due, buy.terms.currency) }),
  ].join("\n");
}

/** What is kept where no reason was given. */
export const NO_REASON = "–";

/** A reason behind what it is for; nothing where none was given. */
export function whyOf(reason: string, words: Words): string {
  return reason === NO_REASON ? "" : `${words.colon}${reason}`;
}

/** An entry with when it was made: "Refund −$5: two were bad (Fri 20:01)"; of nothing: "Correction: 1 of 2 came". */
export function entryText(buy: Buy, { kind, amount, reason, at }: Entry, zone: string, words: Words): string {
  const why = whyOf(reason, words);
  const facts = { kind: words.entryKinds[kind], amount: money(amount, buy.terms.currency), why };
  const text = amount === 0 && why !== "" ? facts.kind + why : say(words.entryLine, facts);
  return `${text} (${time(at, zone, words)})`;
}

/** When something can be fetched: "Sat 21 Nov 18:00 to Sat 21 Nov 20:00". */
export function windowText({ from, until }: PickupTerms = {}, zone: string, words: Words): string {
  return [from, until].flatMap((at) => (at ? [time(at, zone, words)] : [])).join(words.to);
}

/** Lines of an order below one another. */
export function linesText(buy: Buy, lines: readonly Line[], words: Words): string {
  return lines.map((line) => `• ${lineText(buy, line, words)}`).join("\n");
}

/** What somebody hears whose lines moved on the waiting list. `sentence` says which way. */
export function queueText(buy: Buy, sentence: string, name: string, lines: readonly Line[], words: Words): string {
  return `${say(sentence, { name, title: buy.terms.title })}\n${linesText(buy, lines, words)}`;
}

/** What a newcomer could write to order from this buy. */
export function exampleOf(buy: Buy): string {
  const [first] = buy.terms.items;
  if (!first || buy.terms.items.length === 1) return "+1";
  return /^[\p{ASCII}]/u.test(first.name) ? `${first.name} +1` : `${first.name}+1`;
}

/** A line of an order: "for 302: Apples (large) 2 kg — ripe". */
export function lineText(buy: Buy, line: Line, words: Words): string {
  const item = buy.terms.items[line.item - 1];
  const name = (item?.name ?? `#${line.item}`) + (line.option && ` (${line.option})`);
  const whom = line.for && say(words.forWhom, { name: line.for });
  return `${whom}${name} ${amountOf({ booked: line.quantity, waitlisted: line.waitlisted }, item?.unit, words)}${line.note ? ` — ${line.note}` : ""}`;
}

/** One item of a post: its name, price and limits. */
export function itemLine(buy: Buy, no: number, price: Money | undefined, words: Words): string {
  const { currency, items } = buy.terms;
  const item = items[no - 1]!;
  const now = price ?? item.price;
  const more = [
    ...(item.options.length > 0 ? [item.options.join(" / ")] : []),
    ...(item.stock === undefined ? [] : [say(words.inAll, { quantity: quantity(item.stock, item.unit) })]),
    ...(item.perPerson === undefined ? [] : [say(words.mostEach, { quantity: quantity(item.perPerson, item.unit) })]),
    ...item.tiers.map((tier) =>
      say(words.tier, { price: money(tier.price, currency), quantity: quantity(tier.from, item.unit) }),
    ),
  ];
  const cost = now === undefined ? "" : ` ${money(now, currency)}${item.unit ? `/${item.unit}` : words.each}`;
  return `${no}. ${item.name}${cost}${more.length > 0 ? ` (${more.join("; ")})` : ""}`;
}

/** Whether it is open, and until when. */
export function statusLine(buy: Buy, isOpen: boolean, zone: string, words: Words): string {
  if (isOpen && buy.terms.closesAt) return say(words.live.openUntil, { time: time(buy.terms.closesAt, zone, words) });
  if (isOpen) return words.live.open;
  return buy.status === "failed" || buy.status === "cancelled" ? words.live[buy.status] : words.live.closed;
}

/** What is booked, and what waits. */
export function amountOf(
  tally: { booked: Quantity; waitlisted: Quantity },
  unit: string | undefined,
  words: Words,
): string {
  if (tally.waitlisted === 0) return quantity(tally.booked, unit);
  return `${quantity(tally.booked, unit)} ${say(words.waits, { quantity: quantity(tally.waitlisted, unit) })}`;
}

/** What must come together. @param state  how far it is, where it is still open */
export function minimumLines(buy: Buy, words: Words, state?: MinimumState): string[] {
  const { minimum, currency, items } = buy.terms;
  if (!minimum) return [];
  const line = say(words.minimum, { minimum: minimumText(minimum, currency, items[0]?.unit, words) });
  if (!state) return [line];
  if (state.isReached) return [line + words.minimumReached];
  const lacks = state.wanted - state.have;
  const missing = {
    quantity: () => pieces(lacks, items[0]?.unit, words),
    people: () => words.persons(lacks),
    amount: () => money(lacks, currency),
  }[state.kind]();
  return [line + say(words.minimumLacks, { missing })];
}

/** So much of something, in a sentence: "3 kg", "3份"; in English a number alone will do. */
function pieces(amount: Quantity, unit: string | undefined, words: Words): string {
  return unit ? quantity(amount, unit) : say(words.pieces, { count: formatQuantity(amount) });
}

function minimumText(minimum: Minimum, currency: string, unit: string | undefined, words: Words): string {
  if ("quantity" in minimum) return say(words.minimumQuantity, { quantity: quantity(minimum.quantity, unit) });
  if ("people" in minimum) return say(words.minimumPeople, { people: minimum.people });
  return say(words.minimumQuantity, { quantity: money(minimum.amount, currency) });
}

/** Where and when a buy is fetched, and until when it is kept, as far as that is known. */
export function pickupLines(buy: Buy, zone: string, words: Words): string[] {
  if (!buy.pickup) return [];
  const { from, until, place, keep } = buy.pickup;
  const window = [from, until].filter((at) => at !== undefined).map((at) => time(at, zone, words));
  const pickup = [window.join(words.to), place].filter(Boolean).join(words.comma);
  return [...(pickup ? [say(words.pickup, { pickup })] : []), ...(keep ? [say(words.kept, { keep })] : [])];
}

/** What stands above a bag that is the first of its house. Those of people who have told no house come last, or alone. */
export function houseHeading(
  bags: readonly { readonly door?: Door | undefined }[],
  index: number,
  words: Words,
): string | undefined {
  const [house, before] = [bags[index]?.door?.building, bags[index - 1]?.door?.building];
  if (house === before) return undefined;
  return house === undefined ? words.packElsewhere : say(words.packHouse, { house });
}
