import type { Entry } from "../../core/accounts.ts";
import { endOf } from "../../core/buy/closing.ts";
import type { Ledger } from "../../core/buy/ledger.ts";
import { lastSaid, type Statement } from "../../core/buy/statement.ts";
import { amountOf } from "../../core/tally.ts";
import { readTime } from "../../core/time/read-time.ts";
import { toldIn } from "../languages.ts";
import { joined, linesOfOrders } from "../line-changes.ts";
import { type Doer, isUndated, type Parts, sourceOf, whisper } from "../parts.ts";
import { fold, refold } from "../refold.ts";
import { finalList, type OrderFacts } from "../replies/layout.ts";
import { say, time, wordsOf } from "../replies/replies.ts";
import type { Asked, Buy, ChangeTx, ClosingTx, DueTimer, Line, NewOutgoing, NewTimer, Place } from "../store.ts";
import { usedOf } from "./carry-over.ts";
import { askAgain, type Choice, choiceButtons, undoing } from "./choices.ts";
import { carryOut, preview } from "./confirm.ts";
import { graceOf, graceOfBuy } from "./grace.ts";
import { pickBuy } from "./pick-buy.ts";
import { excuse, saidInEach, timersAfterClosing } from "./timers.ts";

/** `/close`: the buy ends now; its list becomes final after the grace, like any closing. */
export async function closeBuy(parts: Parts, doer: Doer, command: string, rest = "", known?: Buy): Promise<void> {
  const buy = known ?? (await pickBuy(parts, doer, command, ["open"]));
  if (!buy) return;
  if (rest !== "") return askHowToClose(parts, doer, command, rest, buy);
  const { community } = doer.place;
  await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return;
    const open = await tx.lockBuy(community.id, buy.id);
    if (open?.status !== "open" || open.terms.endedAt) return;
    const endedAt = await endBy(doer, tx, open);
    if (open.terms.closesAt && open.terms.closesAt <= endedAt) return; // it is closing by itself
    await tx.updateBuy(open, { endedAt });
    await foldEnded(parts, doer, tx, open, endedAt);
    await tx.cancelTimers(open, ["last-call"]);
    const graceMs = await graceOfBuy(parts, tx, open);
    await tx.setTimers([{ buy: open, kind: "close", dueAt: new Date((await tx.now()).getTime() + graceMs) }]);
    await tx.audit({
      community: community.id,
      actor: doer.person.id,
      verb: "buy-ended",
      buy: buy.id,
      source: sourceOf(doer),
    });
  });
  whisper(parts, doer, {
    text: say(wordsOf(doer.language).closing, { title: buy.terms.title }),
    ...choiceButtons(doer, [undoing(doer)]),
  });
  parts.wake(buy);
}

/** What stands behind it may be a time, for which it is too early to close. */
function askHowToClose(parts: Parts, doer: Doer, command: string, rest: string, { id, terms }: Buy): void {
  const words = wordsOf(doer.language);
  const { zone } = doer.place.community;
  const said = readTime(rest, { now: doer.at, zone });
  const later: readonly Choice[] =
    "at" in said && said.at > doer.at
      ? [{ label: say(words.closes, { time: time(said.at, zone, words) }), command: "extend", rest: [rest], buy: id }]
      : [];
  const how = say(words.closeHow, { command, title: terms.title });
  askAgain(parts, doer, how, { choices: [...later, { label: words.closeButton, rest: [], buy: id }] });
}

/** `/cancel`: shows the leader what would be called off. */
export async function proposeCancel(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const buy = await pickBuy(parts, doer, command, ["open"]);
  if (!buy) return;
  const words = wordsOf(doer.language);
  const { title } = buy.terms;
  if (rest !== "") {
    const choices = [{ label: words.choices.callOff, rest: [], buy: buy.id }];
    return askAgain(parts, doer, say(words.cancelHow, { command, title }), { choices });
  }
  const { people } = await parts.store.sumsOf(buy.community, buy.id);
  const text = [say(words.cancelPreview, { title }), words.people(people), words.untilOrdered].join("\n");
  await preview(parts, doer, "cancel", { buy: buy.id }, text, words.choices.callOff);
}

/** The leader's yes: the buy is called off, and everybody in the chat is told. */
export async function cancelBuy(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { buy: id } = asked.data as { readonly buy: string };
  const words = wordsOf(doer.language);
  const { community } = doer.place;
  await carryOut(parts, doer, asked, id, async (tx, open) => {
    const { title } = open.terms;
    if (open.status !== "open") return say(words.extendClosed, { title });
    const closedAt = finalAt(await tx.now());
    const endedAt = await endBy(doer, tx, open);
    await foldEnded(parts, doer, tx, open, endedAt);
    await tx.updateBuy(open, { status: "cancelled", endedAt, closedAt });
    await tx.cancelTimers(open);
    const textFor = ({ language, terms: { title } }: Buy) => say(wordsOf(language).cancelled, { title });
    await tellChats(parts, tx, open, "cancelled", textFor, `cancelled:${sourceOf(doer)}`);
    await tx.audit({
      community: community.id,
      actor: doer.person.id,
      verb: "buy-cancelled",
      buy: open.id,
      source: sourceOf(doer),
    });
    return { text: say(words.cancelled, { title }), ...choiceButtons(doer, [undoing(doer)]) };
  });
}

/**
 * The closings themselves, by their timers: folds everything that was said once more, makes that the final lists, and
 * queues them for every chat. The timers are claimed in the same transaction, so each closes once. What needs no answer
 * to go on is asked together: many may close in the same second.
 *
 * @returns  the timers of those that are put off, since what was said before them may still come
 */
export async function finishBuys(
  parts: Parts,
  tx: ClosingTx,
  due: readonly DueTimer[],
): Promise<ReadonlySet<DueTimer["timer"]>> {
  const open = due.filter((each): each is DueTimer & { readonly buy: Buy } => each.buy?.status === "open");
  if (open.length === 0) return new Set();
  const buys = open.map(({ buy }) => buy);
  const [at, statements, before, entries, balances, places] = await Promise.all([
    tx.now(),
    tx.ledger.statementsOfBuys(buys),
    tx.ledger.linesOfBuys(buys),
    tx.entriesOf(buys),
    tx.lockBalances(buys),
    tx.placesOf(buys, new Map(open.map(({ community }) => [community.id, community]))),
  ]);
  const putOff = open.flatMap(({ timer, buy }) => {
    const waitMs = waitOf(parts, buy, places.get(buy.id) ?? [], at);
    return waitMs > 0 ? [{ timer, dueAt: new Date(at.getTime() + waitMs) }] : [];
  });
  const waiting = new Set(putOff.map(({ timer }) => timer));
  await tx.postpone(putOff);
  const heard = open.filter(({ timer }) => !waiting.has(timer));
  if (heard.length === 0) return waiting;
  const closed = heard.map(({ timer, buy, community }) => {
    const [said, lines] = [statements.get(buy.id) ?? [], before.get(buy.id) ?? []];
    const { ledger, changes, notices, status } = closedBuy(parts, buy, said, lines, [timer.id]);
    return { timer, buy, community, ledger, changes, notices, status, entries: [...(entries.get(buy.id) ?? [])] };
  });
  const ended = closed.filter(({ status }) => status === "closed");
  const used = balances.size > 0 ? usedOf(balances, ended, at) : new Map<string, readonly Entry[]>();
  for (const { buy, entries: own } of ended) own.push(...(used.get(buy.id) ?? []));
  const names = await tx.namesOf(
    closed.flatMap(({ buy: { community }, ledger, entries: own }) => {
      return namedOn(ledger, own).map((person) => ({ community, person }));
    }),
  );

  const messages: NewOutgoing[] = [];
  const timers: NewTimer[] = [];
  for (const { timer, buy, community, status, ledger, entries: own } of closed) {
    const listFor = (told: Buy) => listOf({ ...told, status }, ledger, own, names, community.zone);
    messages.push(
      ...saidInEach(parts, timer, buy, "final-list", places.get(buy.id) ?? [], (told) => ({
        text: [...excuse(dueBy(timer, buy), at, told, community), listFor(told)].join("\n"),
      })),
    );
    if (status === "closed" && ledger.orders.length > 0) timers.push(...timersAfterClosing(buy, at));
  }
  await Promise.all([
    ...heard.flatMap(({ buy }) => (used.has(buy.id) ? [tx.addEntries(buy, used.get(buy.id)!)] : [])),
    tx.ledger.saveLines(joined(closed.map(({ changes }) => changes))),
    tx.ledger.addNotices(closed.flatMap(({ notices }) => notices)),
    tx.closeBuys(closed.map(({ timer, buy, status }) => ({ buy, status, closedAt: finalAt(at), cause: timer.id }))),
    tx.addOutgoing(...messages),
    tx.setTimers(timers),
  ]);
  return waiting;
}

/** How long a list must wait for what was said before its closing, in ms. */
function waitOf(parts: Parts, { terms }: Buy, places: readonly Place[], at: Date): number {
  const endsAt = new Date((endOf(terms) ?? at).getTime() + graceOf(parts, places));
  return Math.max(0, ...places.map(({ platform }) => parts.hearing?.waitMs(platform, endsAt, at) ?? 0));
}

/** The timer as it was due at first: one that was put off is due later. */
function dueBy(timer: DueTimer["timer"], { terms }: Buy): DueTimer["timer"] {
  const end = endOf(terms);
  return end && end < timer.dueAt ? { ...timer, dueAt: end } : timer;
}

/**
 * What follows for a buy from what counts in it: its state, its lines, and who hears of them.
 *
 * @param causes  what it follows from, for the notices' sake
 */
export function closedBuy(
  parts: Parts,
  buy: Buy,
  statements: readonly Statement[],
  before: readonly Line[],
  causes: readonly string[],
) {
  const folded = fold(buy, parts.readerOf, statements, before, causes);
  const { minimum } = folded.ledger;
  return { ...folded, status: minimum && !minimum.isReached ? ("failed" as const) : ("closed" as const) };
}

/** Whose names a final list needs. */
export function namedOn(ledger: Ledger, entries: readonly Entry[]): readonly string[] {
  const booked = entries.flatMap(({ person }) => (person === undefined ? [] : [person]));
  return [...new Set([...ledger.orders.map(({ person }) => person), ...unresolvedOf(ledger), ...booked])];
}

/** The final list as a chat sees it. */
export function listOf(
  buy: Buy,
  ledger: Ledger,
  entries: readonly Entry[],
  names: ReadonlyMap<string, string>,
  zone: string,
): string {
  const orders: OrderFacts[] = ledger.orders.map((order) => ({
    name: names.get(order.person) ?? "?",
    lines: linesOfOrders([order]),
    amount: amountOf(order.lines, ledger.tally),
  }));
  const doubtful = unresolvedOf(ledger).map((person) => names.get(person) ?? "?");
  const others = entries.flatMap((entry) => {
    return entry.person === undefined ? [] : [{ name: names.get(entry.person) ?? "?", entry }];
  });
  return finalList(buy, ledger.tally, orders, doubtful, others, zone, wordsOf(buy.language));
}

function unresolvedOf({ verdicts }: Ledger): readonly string[] {
  // Who tried to change others' lines has been told so; of their own order all is clear.
  const unclear = verdicts.filter((each) => each.outcome === "unclear" && each.reason !== "not-yours");
  return [...new Set(unclear.map(({ person }) => person))];
}

/** When somebody ends a buy. What has been stored was said before that, if the platform does not date what they did. */
async function endBy(doer: Doer, tx: ChangeTx, buy: Buy): Promise<Date> {
  if (!isUndated(doer)) return doer.at;
  return lastSaid(await tx.ledger.statementsOfBuy(buy.community, buy.id), doer.at);
}

/** What was said after a leader's word that ends a buy, and came before it, counts no more. */
async function foldEnded(parts: Parts, doer: Doer, tx: ChangeTx, buy: Buy, endedAt: Date): Promise<void> {
  const ended: Buy = { ...buy, terms: { ...buy.terms, endedAt } };
  await refold(tx.ledger, ended, parts.readerOf, [sourceOf(doer)]);
}

/**
 * From when on what comes finds the list final. The database keeps whole milliseconds: so much after the lock that all
 * that was stored before it is earlier. What is stored after it is never earlier, since it is told this moment.
 *
 * @param now  by the database's clock, under the lock
 */
function finalAt(now: Date): Date {
  return new Date(now.getTime() + 2);
}

/** Queues a message for every chat of a buy, in its language, once for each cause. */
export async function tellChats(
  parts: Parts,
  tx: ChangeTx,
  buy: Buy,
  kind: string,
  textFor: (told: Buy) => string,
  cause: string,
): Promise<void> {
  const places = (await tx.placesOf([buy])).get(buy.id) ?? [];
  for (const place of places) {
    const maxText = parts.adapters.get(place.platform)?.capabilities.maxText ?? 4096;
    const content = { text: textFor(toldIn(buy, place, places)) };
    await tx.addOutgoing({ place, buy: buy.id, kind, cause: `${cause}:${place.chat}`, content, maxText });
  }
}
