import { isDeepStrictEqual } from "node:util";
import type { Entry, EntryKind } from "../../core/accounts.ts";
import type { ItemTerms } from "../../core/buy/terms.ts";
import type { AuditVerb } from "../audit.ts";
import type { Doer, Parts } from "../parts.ts";
import { say, time, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import { isEnough, type Who } from "../rights.ts";
import type { Arrived, Buy, BuyStatus, ChangeTx, CommunityChange, Logged, Person } from "../store.ts";
import { setAccepted } from "./accept-late.ts";
import { bookNoticed } from "./book-entries.ts";
import { tellChats } from "./close-buy.ts";
import { isLastLeader, roleIn } from "./give-roles.ts";
import { moveClosing, takeOrdersAgain } from "./move-closing.ts";
import { lockPlan } from "./plan-buy.ts";
import { replaceItem } from "./replace-item.ts";
import { correctSettlement } from "./settle.ts";
import { problemsTimer, problemsUntil, remindersFrom, settlementTimer, supplierTimer } from "./timers.ts";
import { isDecidedOtherwise, undecide } from "./undecide.ts";
import { takeBackSharing, whySharingStays } from "./undo-sharing.ts";

/** What is being taken back, with its buy locked. */
export interface Undoing {
  readonly parts: Parts;
  readonly doer: Doer;
  readonly tx: ChangeTx;
  readonly entry: Logged;
  /** Nothing for what concerns no buy. */
  readonly buy: Buy | undefined;
}

/** The same of what concerns a buy. */
export type OfBuy = Undoing & { readonly buy: Buy };

type Effect = keyof Words["undoEffects"];

type Answer = Promise<string | undefined> | string | undefined;

/** How something is taken back. */
export interface Undoable {
  readonly who: Who | ((entry: Logged) => Who);
  /** What is told of it beforehand, where the entry alone does not say it; in a settled buy `settled` comes after it. */
  readonly effect?: Effect;
  readonly settled?: Effect;
  /** Why it cannot be taken back any more: changes nothing. */
  readonly refusal?: (undoing: Undoing) => Answer;
  /** Takes it back. What it gives is a refusal that only showed by trying, with nothing changed. */
  readonly run?: (undoing: Undoing) => Promise<string | undefined>;
  /** It was said in a message: taking that back takes it back. */
  readonly message?: (entry: Logged) => string | undefined;
}

/** What cannot be taken back: the word that says so, and what to do instead. `nothing`: it changed nothing. */
export type Final = keyof Words["undoNot"] | "nothing";

/** Every kind of thing that is logged: how it is taken back, or why it cannot be. */
export const UNDOABLE: Readonly<Record<AuditVerb, Undoable | Final>> = {
  "buy-ended": ofBuy({ who: "leader", effect: "reopens", refusal: isOrdered, run: reopen }),
  "buy-cancelled": ofBuy({ who: "leader", effect: "reopens", refusal: isOrdered, run: reopen }),
  "buy-extended": ofBuy({ who: "leader", effect: "closing", refusal: isMovedAgain, run: moveBack }),
  "buy-settled": ofBuy({ who: "leader", effect: "told", refusal: isNot("settled"), run: unsettle }),
  "late-accepted": ofBuy({ who: "leader", effect: "list", run: unaccept }),
  "item-changed": ofBuy({ who: "leader", effect: "orders", refusal: isChangedAgain, run: changeBack }),
  "ordered-for": ofBuy({ who: "leader", refusal: isNot("open"), message: ({ after }) => textOf(after?.["message"]) }),
  "entries-booked": ofBuy({
    who: "leader",
    effect: "entries",
    settled: "corrected",
    refusal: isNot("open", "closed", "purchased", "arrived", "settled"),
    run: unbook,
  }),
  purchase: ofBuy({ who: "leader", refusal: isPurchaseOtherwise, run: unmarkPurchase }),
  arrived: ofBuy({ who: "leader", refusal: isCountUsed, run: uncount }),
  "shared-out": ofBuy({ who: "leader", effect: "shared", refusal: whySharingStays, run: unshare }),
  "picked-up": ofBuy({ who: ownOrHelper, run: unpick }),
  "picked-up-part": ofBuy({ who: ownOrHelper, run: unpick }),
  "pickup-keep": ofBuy({ who: "helper", run: keepAsBefore }),
  "payment-claimed": ofBuy({ who: "everybody", run: unpay }),
  "payment-marked": ofBuy({ who: "helper", run: unpay }),
  "problem-decided": ofBuy({
    who: "leader",
    effect: "decided",
    settled: "corrected",
    refusal: isDecidedOtherwise,
    run: undecide,
  }),
  "no-show": ofBuy({ who: "helper", run: forgetNoShow }),
  "plan-made": ofBuy({ who: "leader", run: endPlan }),
  "plan-skipped": ofBuy({ who: "leader", refusal: isOpeningPast, run: unskipPlan }),
  "settings-changed": { who: "leader", run: setBack },
  "role-given": { who: "leader", effect: "person", refusal: isRoleOtherwise, run: giveBackRole },
  "buy-opened": "cancel",
  "draft-dropped": "open",
  "buy-reopened": "close",
  "buy-closed": "itself",
  "buy-failed": "itself",
  "plan-missed": "itself",
  "rows-rebuilt": "nothing",
  exported: "nothing",
  "pickup-notices": "told",
  "message-sent-again": "nothing",
  imported: "paste",
  "sharing-undone": "short",
  "weights-undone": "arrive",
  weighed: "unweigh",
  "surplus-offered": "told",
  "surplus-taken": "leader",
  "pickup-revoked": "pick",
  "payment-revoked": "pay",
  "price-kept": "order",
  "problem-reported": "leader",
  "handed-over": "handover",
  "plan-ended": "plan",
  "chat-linked": "forever",
  "pay-way-set": "again",
  "pay-way-off": "again",
  commission: "again",
  "over-keep": "refund",
  "over-back": "refund",
  forgotten: "forever",
  undone: "forever",
};

function ofBuy(
  undo: Omit<Undoable, "refusal" | "run"> & {
    readonly refusal?: (undoing: OfBuy) => Answer;
    readonly run?: (undoing: OfBuy) => Promise<unknown>;
  },
): Undoable {
  const { refusal, run, ...rest } = undo;
  const gone = ({ doer }: Undoing) => wordsOf(doer.language).undoOtherwise;
  return {
    ...rest,
    refusal: (undoing) => (undoing.buy ? refusal?.({ ...undoing, buy: undoing.buy }) : gone(undoing)),
    ...(run && {
      run: async (undoing) => {
        if (!undoing.buy) return gone(undoing);
        const late = await run({ ...undoing, buy: undoing.buy });
        return typeof late === "string" ? late : undefined;
      },
    }),
  };
}

function isNot(...wanted: readonly BuyStatus[]) {
  return ({ buy, doer }: OfBuy): string | undefined =>
    wanted.includes(buy.status) ? undefined : say(wordsOf(doer.language).undoLate, { title: buy.terms.title });
}

const ENDED: readonly BuyStatus[] = ["open", "closed", "failed", "cancelled"];

/** What the supplier has is not taken back; what is open again already need not be. */
async function isOrdered({ tx, buy, doer }: OfBuy): Promise<string | undefined> {
  const words = wordsOf(doer.language);
  const { title, endedAt } = buy.terms;
  if (buy.status === "purchased" || (await tx.isPurchased(buy))) return say(words.reopenPurchased, { title });
  const isOver = ENDED.includes(buy.status) && (buy.status !== "open" || endedAt !== undefined);
  return isOver ? undefined : say(words.undoLate, { title });
}

/** It closes when it was to close before, if that lies ahead. */
async function reopen({ parts, tx, doer, buy }: OfBuy): Promise<void> {
  const { closesAt } = buy.terms;
  await takeOrdersAgain(parts, tx, doer, buy, closesAt && closesAt > doer.at ? closesAt : undefined);
}

function isMovedAgain({ buy, doer, entry }: OfBuy): string | undefined {
  const words = wordsOf(doer.language);
  const { title, closesAt, endedAt } = buy.terms;
  if (buy.status !== "open" || endedAt) return say(words.undoLate, { title });
  if (closesAt?.toISOString() !== entry.after?.["closesAt"]) return words.undoOtherwise;
  const before = closingBefore(entry);
  if (before === undefined || before === null || before > doer.at) return undefined;
  return say(words.undoPast, { time: time(before, doer.place.community.zone, words) });
}

async function moveBack({ parts, tx, doer, buy, entry }: OfBuy): Promise<void> {
  const pickup = entry.before?.["pickup"] as { readonly from?: string; readonly until?: string } | undefined;
  await moveClosing(parts, tx, doer, buy, closingBefore(entry) ?? undefined, pickup && windowBefore(pickup));
}

function windowBefore({ from, until }: { readonly from?: string; readonly until?: string }) {
  return {
    ...(from !== undefined && { from: new Date(from) }),
    ...(until !== undefined && { until: new Date(until) }),
  };
}

function closingBefore({ before }: Logged): Date | null | undefined {
  return dateOf(before?.["closesAt"]);
}

async function unsettle({ parts, tx, doer, buy, entry }: OfBuy): Promise<void> {
  const status = (entry.before?.["status"] ?? "arrived") as BuyStatus;
  await tx.updateBuy(buy, { status });
  await tx.cancelTimers(buy, ["review", "settlement", "remind-payment"]);
  const now = await tx.now();
  const reminders = doer.place.community.remindPayment ? remindersFrom(buy, now) : [];
  // While something may still be reported, the end of that time sets the settlement.
  const next = problemsUntil(buy) > now ? problemsTimer(buy) : settlementTimer(buy, now);
  await tx.setTimers([next, ...reminders]);
  const textFor = ({ language, terms: { title } }: Buy) => say(wordsOf(language).unsettled, { title });
  await tellChats(parts, tx, buy, "settlement", textFor, `unsettled:${entry.id}`);
}

async function unaccept({ parts, tx, doer, buy, entry }: OfBuy): Promise<string | undefined> {
  const words = wordsOf(doer.language);
  const { chat, message } = entry.after ?? {};
  if (typeof chat !== "string" || typeof message !== "string") return words.undoOtherwise;
  const outcome = await setAccepted(parts, tx, doer, buy, { chat, message, isAccepted: false });
  return outcome === "too-late" || outcome === "gone" ? words.acceptTooLate : undefined;
}

function isChangedAgain({ buy, doer, entry }: OfBuy): string | undefined {
  const { no, item } = (entry.after ?? {}) as { readonly no?: number; readonly item?: ItemTerms };
  const isSame = no !== undefined && isDeepStrictEqual(plain(buy.terms.items[no - 1]), plain(item));
  return isSame ? undefined : wordsOf(doer.language).undoOtherwise;
}

async function changeBack({ parts, tx, doer, buy, entry }: OfBuy): Promise<string | undefined> {
  const { no, item } = entry.before as unknown as { readonly no: number; readonly item: ItemTerms };
  return replaceItem(parts, tx, doer, buy, no, item, entry.id);
}

/** The opposite of what was booked, with a word to whom it concerns. */
async function unbook({ parts, tx, doer, buy, entry }: OfBuy): Promise<void> {
  const { kind, entries } = entry.after as unknown as {
    readonly kind: Extract<EntryKind, "refund" | "delivery" | "discount">;
    readonly entries: readonly { readonly person: string; readonly amount: number }[];
  };
  const opposite = entries.map(({ person, amount }): Entry & { person: string } => {
    const reason = wordsOf(buy.language).takenBack;
    return { person, kind, amount: -amount, reason, author: doer.person.id, at: doer.at };
  });
  await bookNoticed(tx, doer, buy, opposite, entry.id);
  const people = opposite.map(({ person }) => person);
  await correctSettlement(parts, tx, doer, buy, people, entry.id);
}

/** Only the last word about a purchase order, while nothing has come. */
async function isPurchaseOtherwise({ tx, buy, doer, entry }: OfBuy): Promise<string | undefined> {
  const words = wordsOf(doer.language);
  if (!["closed", "purchased"].includes(buy.status)) return say(words.undoLate, { title: buy.terms.title });
  const purchase = await tx.purchaseOf(buy);
  const { state, revision } = entry.after ?? {};
  const isLast = state !== "sent" || purchase?.revisions.at(-1)?.no === revision;
  return purchase?.state === state && isLast && entry.before ? undefined : words.undoOtherwise;
}

async function unmarkPurchase({ tx, doer, buy, entry }: OfBuy): Promise<void> {
  const purchase = await tx.purchaseOf(buy);
  if (!purchase) return;
  const { state, status } = entry.before as unknown as {
    readonly state: typeof purchase.state;
    readonly status: BuyStatus;
  };
  const { revision } = entry.after ?? {};
  if (typeof revision === "number") await tx.dropRevision(buy, purchase.id, revision);
  await tx.setPurchaseState(buy, purchase.id, { state, by: doer.person.id, at: await tx.now() });
  if (status === buy.status) return;
  await tx.updateBuy(buy, { status });
  if (status === "closed") await tx.setTimers([supplierTimer(buy, await tx.now())]);
}

/** A count is of use to whoever shares out, offers and tells by it. */
async function isCountUsed({ tx, buy, doer, entry }: OfBuy): Promise<string | undefined> {
  const words = wordsOf(doer.language);
  if (buy.status !== "arrived") return say(words.undoLate, { title: buy.terms.title });
  const isUsed = (await tx.allotmentsOf(buy)).length > 0 || (await tx.offersOf(buy)).length > 0;
  const isTold = [...(await tx.pickupsOf(buy)).values()].some(({ noticedAt }) => noticedAt);
  if (isUsed || isTold) return words.undoCounted;
  const counted = await tx.arrivedOf(buy);
  const arrived = (entry.after?.["arrived"] ?? []) as readonly Arrived[];
  const isLast = arrived.every((each) =>
    counted.some(({ item, option, counted: now }) => {
      return item === each.item && option === each.option && now === each.counted;
    }),
  );
  return isLast ? undefined : words.undoOtherwise;
}

async function uncount({ tx, buy, entry }: OfBuy): Promise<void> {
  await tx.dropLastArrivals(buy);
  const status = entry.before?.["status"] as BuyStatus | undefined;
  if (!status || status === buy.status || (await tx.arrivedOf(buy)).length > 0) return;
  await tx.updateBuy(buy, { status });
  if (status === "closed") await tx.setTimers([supplierTimer(buy, await tx.now())]);
}

async function unshare({ tx, doer, buy }: OfBuy): Promise<void> {
  await takeBackSharing(tx, doer, buy);
}

function ownOrHelper({ actor, after }: Logged): Who {
  return actor !== undefined && after?.["person"] === actor ? "everybody" : "helper";
}

async function unpick({ tx, doer, buy, entry }: OfBuy): Promise<string | undefined> {
  const count = await tx.revokeLastHandover(buy, textOf(entry.after?.["person"]) ?? "");
  return count === 0 ? wordsOf(doer.language).undoOtherwise : undefined;
}

async function unpay({ tx, buy, doer, entry }: OfBuy): Promise<string | undefined> {
  const isRevoked = await tx.revokePayment(buy, textOf(entry.after?.["payment"]) ?? "");
  return isRevoked ? undefined : wordsOf(doer.language).undoOtherwise;
}

async function keepAsBefore({ tx, buy, doer, entry }: OfBuy): Promise<string | undefined> {
  if ((buy.pickup?.keep ?? "") !== entry.after?.["keep"]) return wordsOf(doer.language).undoOtherwise;
  await tx.updateBuy(buy, { pickup: { keep: textOf(entry.before?.["keep"]) ?? "" } });
  return undefined;
}

async function forgetNoShow({ tx, buy, entry }: OfBuy): Promise<void> {
  const person = textOf(entry.after?.["person"]);
  if (person) await tx.markPickups(buy, [person], { noShowAt: null });
}

async function endPlan({ tx, buy, entry }: OfBuy): Promise<string | undefined> {
  const plan = await tx.findPlan(buy.community, textOf(entry.after?.["plan"]) ?? "");
  if (plan && !plan.endedAt) await tx.updatePlan(plan, { endedAt: await tx.now() });
  return undefined;
}

function isOpeningPast({ doer, entry }: Undoing): string | undefined {
  const words = wordsOf(doer.language);
  const nextAt = dateOf(entry.before?.["nextAt"]);
  if (!nextAt) return words.undoOtherwise;
  if (nextAt > doer.at) return undefined;
  return say(words.undoPast, { time: time(nextAt, doer.place.community.zone, words) });
}

async function unskipPlan({ tx, buy: { community }, doer, entry }: OfBuy): Promise<string | undefined> {
  const { plan, buy } = await lockPlan(tx, community, textOf(entry.before?.["plan"]) ?? "");
  const nextAt = dateOf(entry.before?.["nextAt"]);
  if (!plan || !buy || plan.endedAt || !nextAt) return wordsOf(doer.language).undoOtherwise;
  await tx.updatePlan(plan, { nextAt });
  await tx.setTimers([{ buy, kind: "open-planned", ref: plan.id, dueAt: nextAt }]);
  return undefined;
}

async function setBack({ tx, doer, entry }: Undoing): Promise<string | undefined> {
  if (!entry.before) return wordsOf(doer.language).undoOtherwise;
  await tx.setCommunity(doer.place.community.id, entry.before as CommunityChange);
  const { language } = entry.before as CommunityChange;
  if (language) await tx.setChatLanguage(doer.place, language);
  return undefined;
}

async function isRoleOtherwise({ tx, doer, entry }: Undoing): Promise<string | undefined> {
  const words = wordsOf(doer.language);
  const known = await tx.rolesOf(doer.place.community.id);
  const person = textOf(entry.after?.["person"]) ?? "";
  if (roleIn(known, person) !== entry.after?.["role"]) return words.undoOtherwise;
  const before = entry.before?.["role"] as Person["role"];
  return !isEnough(before, "leader") && isLastLeader(known, person) ? words.roles.last : undefined;
}

async function giveBackRole({ tx, doer, entry }: Undoing): Promise<string | undefined> {
  const person = textOf(entry.after?.["person"]) ?? "";
  const role = entry.before?.["role"] as Person["role"];
  await tx.grantRole(doer.place.community.id, person, role, doer.person.id);
  return undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Null stays null: there was none. */
function dateOf(value: unknown): Date | null | undefined {
  return typeof value === "string" ? new Date(value) : value === null ? null : undefined;
}

/** Without what is undefined: as it comes back from the log. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
