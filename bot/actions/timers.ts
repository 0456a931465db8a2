import { quietAround } from "../../core/time/quiet.ts";
import { toldIn } from "../languages.ts";
import type { Parts } from "../parts.ts";
import type { Content } from "../ports.ts";
import { say, time, wordsOf } from "../replies/replies.ts";
import type { Buy, Community, NewOutgoing, NewTimer, Place, Timer } from "../store.ts";
import { isPriced } from "./standings.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What is later than this is said to be late. */
const LATE_MS = MINUTE_MS;

/** When a leader is reminded that nothing was noted as ordered, so long after the closing. */
const SUPPLIER_AFTER_MS = 3 * HOUR_MS;

/** How long a pickup takes whose end nobody has told. */
const PICKUP_MS = 6 * HOUR_MS;

/** How long problems can be reported after the closing, where no pickup is known. */
const PROBLEMS_AFTER_MS = 3 * DAY_MS;

/** When people are reminded of what they have not paid: so long after the closing; each sets the next. */
const PAYMENT_AFTER_MS: readonly number[] = [DAY_MS, 3 * DAY_MS, 6 * DAY_MS];

/** The number of the last of them. */
export const LAST_PAYMENT = String(PAYMENT_AFTER_MS.length);

/**
 * What leads up to a closing: the last call, and the closing itself when its grace is over. A last call that would fall
 * into quiet hours which last until shortly before the closing comes before them.
 *
 * @param openedAt  a last call before it would be none
 */
export function timersOfClosing(
  buy: Pick<Buy, "community" | "id">,
  closesAt: Date,
  graceMs: number,
  { lastCallMinutes, quiet, zone }: Community,
  openedAt: Date,
): readonly NewTimer[] {
  const close: NewTimer = { buy, kind: "close", dueAt: new Date(closesAt.getTime() + graceMs) };
  const wanted = new Date(closesAt.getTime() - lastCallMinutes * MINUTE_MS);
  const hours = quietAround(wanted, quiet, zone);
  const isTooLate = hours && hours.until.getTime() > closesAt.getTime() - (lastCallMinutes * MINUTE_MS) / 2;
  const dueAt = isTooLate ? new Date(hours.from.getTime() - MINUTE_MS) : wanted;
  return lastCallMinutes > 0 && dueAt > openedAt ? [{ buy, kind: "last-call", dueAt }, close] : [close];
}

/**
 * What follows a closing with orders: the reminder of the supplier, which sets what is further away, and what belongs to
 * the pickup. The end of complaints is followed by the settlement, and that by the question how it was: each sets the next,
 * so that a closing has few timers to write.
 */
export function timersAfterClosing(buy: Buy, closedAt: Date): readonly NewTimer[] {
  return [supplierTimer(buy, closedAt), ...pickupTimers(buy, closedAt), ...noShowTimer(buy, closedAt)];
}

/**
 * What the reminder of the supplier sets, whether anybody had to be reminded or not: the next reminder of payment, and the
 * end of complaints. Both are a day after the closing at the earliest.
 *
 * @param at  when that reminder was due; what came before has been
 */
export function timersAfterSupplier(buy: Buy, at: Date, { remindPayment }: Community): readonly NewTimer[] {
  return [
    ...(isPriced(buy) && remindPayment ? remindersFrom(buy, at) : []),
    ...[problemsTimer(buy)].filter(({ dueAt }) => dueAt > at),
  ];
}

/** Who has not come is told when the pickup is over. */
function noShowTimer(buy: Buy, closedAt: Date): readonly NewTimer[] {
  const over = pickupOver(buy);
  return over && over > closedAt ? [{ buy, kind: "no-show", dueAt: new Date(over.getTime() + HOUR_MS) }] : [];
}

/** Who has said when they come and has not is told of an hour after that. */
export function comingTimer(buy: Pick<Buy, "community" | "id">, person: string, comesAt: Date): NewTimer {
  return { buy, kind: "no-show", ref: person, dueAt: new Date(comesAt.getTime() + HOUR_MS) };
}

/** The end of the time for complaints. */
export function problemsTimer(buy: Pick<Buy, "community" | "id" | "pickup" | "closedAt" | "terms">): NewTimer {
  return { buy, kind: "problems-end", dueAt: problemsUntil(buy) };
}

/** Who has not shown to have seen the pickup notices is asked again so long after them. */
const CHASE_AFTER_MS = 3 * HOUR_MS;

/** The same, where the pickup begins sooner: an hour before it, but not at once. */
export function chaseTimer(buy: Buy, noticedAt: Date): NewTimer {
  const beforeMs = (buy.pickup?.from?.getTime() ?? Number.POSITIVE_INFINITY) - HOUR_MS;
  const atMs = Math.min(noticedAt.getTime() + CHASE_AFTER_MS, beforeMs);
  return { buy, kind: "chase-pickup", dueAt: new Date(Math.max(atMs, noticedAt.getTime() + HOUR_MS / 2)) };
}

/** What belongs to a pickup whose window is told only now: reminders, who has not come, and the end of complaints. */
export function timersOfPickup(buy: Buy, toldAt: Date): readonly NewTimer[] {
  const { closedAt = toldAt } = buy;
  return [...pickupTimers(buy, toldAt), ...noShowTimer(buy, closedAt), problemsTimer({ ...buy, closedAt })];
}

/** An hour after the end of the time for complaints. */
export function settlementTimer(buy: Buy, after: Date): NewTimer {
  return { buy, kind: "settlement", dueAt: new Date(after.getTime() + HOUR_MS) };
}

/** The leader is reminded to order from the supplier. */
export function supplierTimer(buy: Buy, after: Date): NewTimer {
  return { buy, kind: "supplier", dueAt: new Date(after.getTime() + SUPPLIER_AFTER_MS) };
}

/** A day after a leader was reminded, whether they act is looked at; two days later once more, where nobody else leads. */
export function absentTimer(buy: Buy, ref: "leaders" | "chat", after: Date): NewTimer {
  return { buy, kind: "absent", ref, dueAt: new Date(after.getTime() + (ref === "leaders" ? DAY_MS : 2 * DAY_MS)) };
}

/** People are asked how it was some hours after the settlement; the leader hears of it a day after that. */
export function reviewTimer(buy: Buy, ref: "ask" | "summary", after: Date): NewTimer {
  return { buy, kind: "review", ref, dueAt: new Date(after.getTime() + (ref === "ask" ? 2 * HOUR_MS : DAY_MS)) };
}

/** Until when people may report that something is wrong: a day after the pickup, or some after the closing. */
export function problemsUntil(buy: Pick<Buy, "pickup" | "closedAt" | "terms">): Date {
  const over = pickupOver(buy)?.getTime() ?? 0;
  const closedAt = (buy.closedAt ?? buy.terms.openedAt).getTime();
  return new Date(over > closedAt ? over + DAY_MS : closedAt + PROBLEMS_AFTER_MS);
}

function pickupOver({ pickup }: Pick<Buy, "pickup">): Date | undefined {
  return pickup?.until ?? (pickup?.from && new Date(pickup.from.getTime() + PICKUP_MS));
}

/** The first reminder that is still ahead; none after the last. */
export function remindersFrom(buy: Buy, now: Date): readonly NewTimer[] {
  const { closedAt = now } = buy;
  const all = PAYMENT_AFTER_MS.flatMap((_, index) => paymentTimer(buy, index + 1, closedAt));
  return all.filter(({ dueAt }) => dueAt > now).slice(0, 1);
}

/** The reminder of that number; none after the last. */
export function paymentTimer(buy: Buy, number: number, closedAt: Date): readonly NewTimer[] {
  const afterMs = PAYMENT_AFTER_MS[number - 1];
  if (afterMs === undefined) return [];
  return [{ buy, kind: "remind-payment", ref: String(number), dueAt: new Date(closedAt.getTime() + afterMs) }];
}

/** The reminder after this one, and not on its heels where this one comes late. */
export function nextPayment(buy: Buy, { ref }: Timer, at: Date): readonly NewTimer[] {
  return paymentTimer(buy, Number(ref) + 1, buy.closedAt ?? at).map((next) => ({
    ...next,
    dueAt: new Date(Math.max(next.dueAt.getTime(), at.getTime() + DAY_MS)),
  }));
}

/** Whether a reminder of the pickup comes too late to be of use: what it announces has begun, or is over. */
export function isPickupPast(buy: Buy, { ref }: Timer, at: Date): boolean {
  const { from, until } = buy.pickup ?? {};
  const end = ref === "before" ? (from ?? until) : pickupOver(buy);
  return end !== undefined && at >= end;
}

/** The day before (of what is fetched sooner, two hours before), at the start, and an hour before the end. */
function pickupTimers(buy: Buy, closedAt: Date): readonly NewTimer[] {
  const { from, until } = buy.pickup ?? {};
  const begins = from ?? until;
  if (!begins) return [];
  const beforeMs = begins.getTime() - closedAt.getTime() > DAY_MS + HOUR_MS ? DAY_MS : 2 * HOUR_MS;
  const wanted = [
    { ref: "before", at: begins.getTime() - beforeMs },
    ...(from ? [{ ref: "start", at: from.getTime() }] : []),
    ...(until ? [{ ref: "end", at: until.getTime() - HOUR_MS }] : []),
  ];
  // Of two at once the later one says it all.
  return wanted
    .filter(({ at }, index) => at > closedAt.getTime() && at !== wanted[index + 1]?.at)
    .map(({ ref, at }): NewTimer => ({ buy, kind: "remind-pickup", ref, dueAt: new Date(at) }));
}

/**
 * A message that a timer causes, for each of these places: once, however often it runs.
 *
 * @param what  tells it from other messages of the timer
 */
export function saidBy(
  parts: Parts,
  timer: Timer,
  buy: Buy,
  kind: string,
  places: readonly Place[],
  content: Content,
  to?: string,
): readonly NewOutgoing[] {
  return places.map((place) => ({
    place,
    buy: buy.id,
    kind,
    cause: [kind, timer.id, place.chat, ...(to === undefined ? [] : [to])].join(":"),
    content,
    maxText: parts.adapters.get(place.platform)?.capabilities.maxText ?? 4096,
    ...(to !== undefined && { to }),
  }));
}

/** The same to all in these chats, in the language of each. */
export function saidInEach(
  parts: Parts,
  timer: Timer,
  buy: Buy,
  kind: string,
  places: readonly Place[],
  contentFor: (told: Buy) => Content,
): readonly NewOutgoing[] {
  return places.flatMap((place) => {
    return saidBy(parts, timer, buy, kind, [place], contentFor(toldIn(buy, place, places)));
  });
}

/** What a message says that comes long after its time; empty where it is in time. */
export function excuse(timer: Timer, at: Date, buy: Buy, { zone }: Community): readonly string[] {
  if (at.getTime() - timer.dueAt.getTime() <= LATE_MS) return [];
  const words = wordsOf(buy.language);
  return [say(words.comesLate, { time: time(timer.dueAt, zone, words) })];
}
