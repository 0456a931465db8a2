import { type PurchaseLine, purchaseChanges, purchaseOf } from "../../core/purchase.ts";
import { formatQuantity } from "../../core/quantity.ts";
import { sum } from "../../core/sum.ts";
import { tallyOf } from "../../core/tally.ts";
import { readTime } from "../../core/time/read-time.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import type { Button, Content } from "../ports.ts";
import { windowText } from "../replies/layout.ts";
import { money, quantity, quoted, say, time, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Asked, Buy, ChangeTx, DueTimer, Logged, Purchase, PurchaseState } from "../store.ts";
import { actOnce } from "./act-once.ts";
import { choiceButtons, undoing } from "./choices.ts";
import { tellChats } from "./close-buy.ts";
import { carryOut, preview } from "./confirm.ts";
import { logDone } from "./log-done.ts";
import { pickEnded, UNDER_WAY } from "./pick-buy.ts";
import { placeOfPerson } from "./remind-payment.ts";
import { absentTimer, excuse, saidBy, timersAfterSupplier } from "./timers.ts";

/** What leaders say of a purchase order that the supplier has. */
const ANSWERS = ["confirmed", "short", "late", "delivered"] as const satisfies readonly PurchaseState[];

/** All that they may note, in the order of their numbers. */
const NOTES = ["sent", ...ANSWERS] as const;

/** What else people write for them. */
const ALSO: Readonly<Partial<Record<(typeof NOTES)[number], readonly string[]>>> = {
  late: ["later", "delayed", "晚到", "晚", "延迟", "延遲", "推迟", "推遲"],
  delivered: ["here", "送到", "已送到"],
};

const DAY_MS = 24 * 60 * 60_000;

/** The longest remark that is kept of an answer. */
const MOST_SAID = 200;

/** Entries of the log in which the purchase order's are looked for. */
const MOST_LOGGED = 500;

/**
 * `/po`: what to order from the supplier, how far that is, and who noted what of it when; with a state or its number
 * behind it, and perhaps what else there is to say ("late until friday"), that it is so far.
 */
export async function showPurchase(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const buy = await pickEnded(parts, doer, command, UNDER_WAY);
  if (!buy) return;
  const words = wordsOf(doer.language);
  if (rest !== "") {
    const labels = { sent: words.poSent, ...words.poButtons };
    const noted = notedIn(rest, labels);
    if (noted) return markPurchase(parts, doer, buy.id, noted.state, noted.said);
    const choices = NOTES.map((each, index) => `${command} ${index + 1} – ${labels[each]}`).join("\n");
    const buttons = NOTES.map((each) => [{ label: labels[each], data: `po:${buy.id}:${each}` }]);
    return whisper(parts, doer, { text: say(words.poUnknown, { text: quoted(rest), command, choices }), buttons });
  }
  const { lines, purchase, history, names } = await parts.store.look(async (tx) => {
    const history = await historyOf(tx, buy);
    const people = history.flatMap(({ actor }) =>
      actor === undefined ? [] : [{ community: buy.community, person: actor }],
    );
    return { ...(await purchaseFacts(tx, buy)), history, names: await tx.namesOf(people) };
  });
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
    ...history.map((noted) => historyText(noted, names, zone, words)),
    ...(changes.length > 0 ? [say(words.poChanged, { no: sent?.no ?? 0 }), ...changesText(buy, changes, words)] : []),
  ].join("\n");
  const button = (state: (typeof NOTES)[number], label: string): Button => {
    return { label, data: `po:${buy.id}:${state}`, words: `/po ${NOTES.indexOf(state) + 1}` };
  };
  const answers = ANSWERS.map((state) => button(state, words.poButtons[state]));
  const buttons = isSent ? [answers] : [[button("sent", words.poSent)]];
  whisper(parts, doer, { text, buttons, publicly: words.notPublicly });
}

/** "late until friday": what is noted, and what else is said of it. */
function notedIn(rest: string, labels: Readonly<Record<(typeof NOTES)[number], string>>) {
  const wanted = rest.toLowerCase();
  for (const [index, state] of NOTES.entries()) {
    const names = [...(ALSO[state] ?? []), state, String(index + 1), labels[state].toLowerCase()];
    for (const name of names) {
      if (!wanted.startsWith(name)) continue;
      const behind = rest.slice(name.length);
      if (/[a-z0-9]$/.test(name) && /^[a-z0-9]/i.test(behind)) continue;
      return { state, said: behind.replace(/^[\s,，:：–-]+/u, "").slice(0, MOST_SAID) };
    }
  }
  return undefined;
}

/** What was noted of the purchase order, the oldest first; without what was taken back. */
async function historyOf(tx: ChangeTx, buy: Buy): Promise<readonly Logged[]> {
  const log = await tx.logOf(buy.community, { buy: buy.id, most: MOST_LOGGED });
  const undone = new Set(
    log.flatMap(({ verb, after }) => (verb === "undone" ? [(after?.["entry"] as Logged | undefined)?.id] : [])),
  );
  return log.filter(({ id, verb }) => verb === "purchase" && !undone.has(id)).reverse();
}

/** "• Fri 28 Nov, 10:00 Lin: will come later: until friday". */
function historyText({ at, actor, after }: Logged, names: ReadonlyMap<string, string>, zone: string, words: Words) {
  const said = typeof after?.["said"] === "string" ? `${words.colon}${after["said"]}` : "";
  const state = words.logPurchase[after?.["state"] as PurchaseState];
  return `• ${time(at, zone, words)} ${(actor && names.get(actor)) ?? "?"}${words.colon}${state}${said}`;
}

/** The leader's press: the supplier has it, or has answered. @param said  what else there is to say of it */
export async function markPurchase(parts: Parts, doer: Doer, buyId: string, state: string, said = ""): Promise<void> {
  let late: Buy | undefined;
  const words = wordsOf(doer.language);
  const answer = ANSWERS.find((each) => each === state);
  await actOnce(parts, doer, buyId, async (tx, buy) => {
    if (!UNDER_WAY.includes(buy.status)) return say(words.poOver, { title: buy.terms.title });
    const { lines, purchase } = await purchaseFacts(tx, buy);
    if (!answer) return state === "sent" ? send(parts, tx, doer, buy, lines, purchase) : undefined;
    if (!purchase) return words.poFirst;
    await tx.setPurchaseState(buy, purchase.id, { state: answer, by: doer.person.id, at: await tx.now() });
    const done = { state: answer, ...(said !== "" && { said }) };
    await logDone(tx, doer, buy, "purchase", done, before(buy, purchase));
    if (answer === "late") late = buy;
    const { zone } = doer.place.community;
    const isPast = answer === "late" && comesAfterPickup(buy, said, await tx.now(), zone);
    const text = answer === "short" || answer === "delivered" ? words.poThenArrive : words.poNoted;
    const pickup = { pickup: windowText(buy.pickup, zone, words) };
    return {
      text: isPast ? `${text}\n${say(words.poLatePickup, pickup)}` : text,
      ...choiceButtons(doer, [undoing(doer)]),
    };
  });
  parts.wake({ community: doer.place.community.id, id: buyId });
  if (!late) return;
  const told = lateText(late, said, wordsOf(late.language));
  await preview(parts, doer, "late", { buy: buyId, said }, say(words.poLateAsk, { text: told }), words.poLateTell);
}

/** The leader's yes: the chats hear that the goods come later. */
export async function tellLate(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { buy: id, said } = asked.data as { readonly buy: string; readonly said: string };
  const words = wordsOf(doer.language);
  await carryOut(parts, doer, asked, id, async (tx, buy) => {
    if (!UNDER_WAY.includes(buy.status)) return say(words.poOver, { title: buy.terms.title });
    await tellChats(parts, tx, buy, "late", (told) => lateText(told, said, wordsOf(told.language)), `late:${asked.id}`);
    return words.poLateTold;
  });
}

/** Whether the last word on the purchase order is that goods come on a later day than that on which their pickup begins. */
export async function isLateForPickup(tx: ChangeTx, buy: Buy, zone: string): Promise<boolean> {
  if (buy.status !== "purchased" || (await tx.purchaseOf(buy))?.state !== "late") return false;
  const last = (await historyOf(tx, buy)).at(-1);
  const { state, said } = last?.after ?? {};
  return state === "late" && typeof said === "string" && comesAfterPickup(buy, said, last!.at, zone);
}

/** @param now  when it was said */
function comesAfterPickup({ pickup }: Buy, said: string, now: Date, zone: string): boolean {
  const begins = pickup?.from ?? pickup?.until;
  const read = readTime(said, { now, zone });
  if (!begins || !("at" in read)) return false;
  const comesAt = read.wholeDay ? read.at.getTime() - DAY_MS : read.at.getTime();
  return comesAt > begins.getTime();
}

function lateText({ terms: { title } }: Buy, said: string, words: Words): string {
  return say(words.poLate, { title, why: said === "" ? "" : `${words.colon}${said}` });
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
