import { type PurchaseLine, purchaseChanges, purchaseOf } from "../../core/purchase.ts";
import { formatQuantity } from "../../core/quantity.ts";
import { sum } from "../../core/sum.ts";
import { tallyOf } from "../../core/tally.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import type { Button, Content } from "../ports.ts";
import { money, quantity, quoted, say, time, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Buy, ChangeTx, DueTimer, Purchase, PurchaseState } from "../store.ts";
import { actOnce } from "./act-once.ts";
import { choiceButtons, undoing } from "./choices.ts";
import { logDone } from "./log-done.ts";
import { pickEnded, UNDER_WAY } from "./pick-buy.ts";
import { placeOfPerson } from "./remind-payment.ts";
import { absentTimer, excuse, saidBy, timersAfterSupplier } from "./timers.ts";

/** What leaders say of a purchase order that the supplier has. */
const ANSWERS = ["confirmed", "short", "late", "delivered"] as const satisfies readonly PurchaseState[];

/** All that they may note, in the order of their numbers. */
const NOTES = ["sent", ...ANSWERS] as const;

/** `/po`: what to order from the supplier, and how far that is; with a state or its number behind it, that it is so far. */
export async function showPurchase(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const buy = await pickEnded(parts, doer, command, UNDER_WAY);
  if (!buy) return;
  const words = wordsOf(doer.language);
  if (rest !== "") {
    const labels = { sent: words.poSent, ...words.poButtons };
    const wanted = rest.toLowerCase();
    const noted = NOTES.find((each, index) => [each, String(index + 1), labels[each].toLowerCase()].includes(wanted));
    if (noted) return markPurchase(parts, doer, buy.id, noted);
    const choices = NOTES.map((each, index) => `${command} ${index + 1} – ${labels[each]}`).join("\n");
    const buttons = NOTES.map((each) => [{ label: labels[each], data: `po:${buy.id}:${each}` }]);
    return whisper(parts, doer, { text: say(words.poUnknown, { text: quoted(rest), command, choices }), buttons });
  }
  const { lines, purchase } = await parts.store.look((tx) => purchaseFacts(tx, buy));
  if (lines.length === 0) return whisper(parts, doer, { text: say(words.entryNobody, { title: buy.terms.title }) });

  const sent = purchase?.revisions.at(-1);
  const changes = sent ? purchaseChanges(sent.lines, lines) : [];
  const isSent = sent !== undefined && changes.length === 0;
  const { zone } = doer.place.community;
  const text = [
    orderText(buy, lines, revisionOf(lines, purchase), words),
    ...ownText(buy, lines, words),
    ...(purchase && sent
      ? ["", say(words.poStates[purchase.state], { no: sent.no, time: time(purchase.stateAt, zone, words) })]
      : []),
    ...(changes.length > 0 ? [say(words.poChanged, { no: sent?.no ?? 0 }), ...changesText(buy, changes, words)] : []),
  ].join("\n");
  const button = (state: (typeof NOTES)[number], label: string): Button => {
    return { label, data: `po:${buy.id}:${state}`, words: `/po ${NOTES.indexOf(state) + 1}` };
  };
  const answers = ANSWERS.map((state) => button(state, words.poButtons[state]));
  const buttons = isSent ? [answers] : [[button("sent", words.poSent)]];
  whisper(parts, doer, { text, buttons, publicly: words.notPublicly });
}

/** The leader's press: the supplier has it, or has answered. */
export async function markPurchase(parts: Parts, doer: Doer, buyId: string, state: string): Promise<void> {
  const words = wordsOf(doer.language);
  const answer = ANSWERS.find((each) => each === state);
  await actOnce(parts, doer, buyId, async (tx, buy) => {
    if (!UNDER_WAY.includes(buy.status)) return say(words.poOver, { title: buy.terms.title });
    const { lines, purchase } = await purchaseFacts(tx, buy);
    if (!answer) return state === "sent" ? send(parts, tx, doer, buy, lines, purchase) : undefined;
    if (!purchase) return words.poFirst;
    await tx.setPurchaseState(buy, purchase.id, { state: answer, by: doer.person.id, at: await tx.now() });
    await logDone(tx, doer, buy, "purchase", { state: answer }, before(buy, purchase));
    const text = answer === "short" || answer === "delivered" ? words.poThenArrive : words.poNoted;
    return { text, ...choiceButtons(doer, [undoing(doer)]) };
  });
  parts.wake({ community: doer.place.community.id, id: buyId });
}

async function send(
  parts: Parts,
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  lines: readonly PurchaseLine[],
  purchase: Purchase | undefined,
): Promise<string | Content> {
  const words = wordsOf(doer.language);
  const last = purchase?.revisions.at(-1);
  if (last && purchaseChanges(last.lines, lines).length === 0) return words.poNoted;
  const no = (last?.no ?? 0) + 1;
  await tx.addRevision(buy, {
    ...{ order: purchase?.id ?? parts.clock.newId(), no, lines, by: doer.person.id, at: await tx.now() },
    text: orderText(buy, lines, no, wordsOf(buy.language)),
  });
  if (buy.status === "closed") await tx.updateBuy(buy, { status: "purchased" });
  await logDone(tx, doer, buy, "purchase", { state: "sent", revision: no }, before(buy, purchase));
  return { text: say(words.poMarked, { no }), ...choiceButtons(doer, [undoing(doer)]) };
}

/** What a buy needs from its supplier, and what the supplier has been sent. */
export async function purchaseFacts(tx: ChangeTx, buy: Buy) {
  const lines = await tx.ledger.linesOfBuy(buy.community, buy.id);
  return { lines: purchaseOf(buy.terms, tallyOf(buy.terms, lines)), purchase: await tx.purchaseOf(buy) };
}

/** The number of what is to be ordered now: of the last revision, where nothing has changed since. */
export function revisionOf(lines: readonly PurchaseLine[], purchase: Purchase | undefined): number {
  const last = purchase?.revisions.at(-1);
  if (!last) return 1;
  return purchaseChanges(last.lines, lines).length === 0 ? last.no : last.no + 1;
}

/** What the supplier gets: nothing in it is for leaders only. */
function orderText(buy: Buy, lines: readonly PurchaseLine[], revision: number, words: Words): string {
  const rows = lines.map((line, index) => {
    const { boxSize, unit } = buy.terms.items[line.item - 1]!;
    const boxes =
      line.boxes && boxSize
        ? ` ${say(words.poBoxes, { boxes: formatQuantity(line.boxes * 1000), size: quantity(boxSize, unit) })}`
        : "";
    return `${index + 1}. ${nameOf(buy, line)} ${quantity(line.quantity, unit)}${boxes}`;
  });
  return [say(words.po, { title: buy.terms.title, no: `${buy.no}-${revision}` }), ...rows].join("\n");
}

/** What only the leader sees: what is over, and what it costs. */
function ownText(buy: Buy, lines: readonly PurchaseLine[], words: Words): string[] {
  const over = lines
    .filter((line) => line.over > 0)
    .map((line) => `${nameOf(buy, line)} ${quantity(line.over, buy.terms.items[line.item - 1]!.unit)}`);
  const costs = lines.flatMap(({ cost }) => (cost === undefined ? [] : [cost]));
  const total = money(sum(costs), buy.terms.currency);
  return [
    ...(over.length > 0 ? ["", say(words.poOverBooked, { items: over.join(words.comma) })] : []),
    ...(costs.length > 0 ? ["", say(words.poCost, { amount: total })] : []),
  ];
}

function changesText(buy: Buy, changes: ReturnType<typeof purchaseChanges>, words: Words): string[] {
  return changes.map((change) => {
    const { unit } = buy.terms.items[change.item - 1] ?? {};
    return `${nameOf(buy, change)}${words.colon}${quantity(change.before, unit)} → ${quantity(change.after, unit)}`;
  });
}

/** "Dumplings (pork)". */
export function nameOf(buy: Buy, { item, option }: { readonly item: number; readonly option: string }): string {
  return (buy.terms.items[item - 1]?.name ?? `#${item}`) + (option && ` (${option})`);
}

/** As it was, for `/undo`. */
function before({ status }: Buy, purchase: Purchase | undefined) {
  return { state: purchase?.state ?? "drafted", status };
}

/**
 * Some hours after a closing, by its timer: the leader is reminded, once, that nothing is noted as sent to a supplier. What
 * follows later is set whether it is noted or not.
 */
export async function remindSupplier(parts: Parts, tx: ChangeTx, due: readonly DueTimer[], at: Date): Promise<void> {
  for (const { timer, buy, community } of due) {
    if (!buy || !UNDER_WAY.includes(buy.status)) continue;
    await tx.setTimers(timersAfterSupplier(buy, timer.dueAt, community));
    if (buy.status !== "closed" || (await tx.isPurchased(buy))) continue;
    const words = wordsOf(buy.language);
    const text = [...excuse(timer, at, buy, community), say(words.poRemind, { title: buy.terms.title })].join("\n");
    const places = placeOfPerson((await tx.placesOf([buy])).get(buy.id) ?? [], undefined);
    await tx.addOutgoing(...saidBy(parts, timer, buy, "supplier", places, { text }, buy.leader));
    await tx.setTimers([absentTimer(buy, "leaders", at)]);
  }
}
