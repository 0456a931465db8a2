import { pickupAfter } from "../../core/buy/again.ts";
import { saysCoupling } from "../../core/buy/coupled.ts";
import { readTime } from "../../core/time/read-time.ts";
import type { AuditVerb } from "../audit.ts";
import type { CommandId } from "../commands.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import type { Content } from "../ports.ts";
import { fold } from "../refold.ts";
import { windowText } from "../replies/layout.ts";
import { say, time, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Asked, Buy, BuyChange, ChangeTx, PickupTerms } from "../store.ts";
import { askAgain, type Choice, choiceButtons, undoing } from "./choices.ts";
import { tellChats } from "./close-buy.ts";
import { carryOut, preview } from "./confirm.ts";
import { graceOfBuy } from "./grace.ts";
import { closedContent, pickBuy } from "./pick-buy.ts";
import { timersOfClosing } from "./timers.ts";

/** A closing farther away than this is a slip of the pen. */
const FARTHEST_MS = 366 * 24 * 60 * 60_000;

/** What stands behind a closing where the pickup is to move too. */
const WITH_PICKUP = /[\s,，、]*(?:(?:and|with|和|连|連)\s*(?:the\s)?)?(?:pickup|取货|取貨)$/iu;

/** When a buy is to close then, and perhaps when it is to be fetched; instants as JSON has them. */
interface Moving {
  readonly buy: string;
  readonly closesAt: string;
  readonly pickup: { readonly from?: string; readonly until?: string };
}

/**
 * `/extend` and a time: an open buy closes then instead. A length counts from its closing. Where that would be after its
 * pickup has begun, the leader is asked, and may move the pickup too ("pickup" behind the time).
 */
export async function extendBuy(parts: Parts, doer: Doer, command: string, text: string): Promise<void> {
  const buy = await pickBuy(parts, doer, command, ["open"]);
  if (!buy) return;
  const closesAt = closingOf(parts, doer, command, text.replace(WITH_PICKUP, ""), buy);
  if (!closesAt) return;
  const { community } = doer.place;
  const { from, until } = buy.pickup ?? {};
  const begins = from ?? until;
  const pickup = begins && begins <= closesAt ? pickupAfter(closesAt, buy.pickup!, community.zone) : undefined;
  if (pickup && !WITH_PICKUP.test(text)) return askAboutPickup(parts, doer, command, text, buy, closesAt, pickup);
  const said = await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    const locked = await tx.lockBuy(community.id, buy.id);
    return locked && extend(parts, tx, doer, locked, closesAt, pickup);
  });
  if (said) whisper(parts, doer, said);
  parts.wake(buy);
}

async function askAboutPickup(
  parts: Parts,
  doer: Doer,
  command: string,
  text: string,
  buy: Buy,
  closesAt: Date,
  pickup: Window,
): Promise<void> {
  const words = wordsOf(doer.language);
  const { zone } = doer.place.community;
  const facts = { title: buy.terms.title, time: time(closesAt, zone, words) };
  const asked = say(words.extendPickup, { ...facts, pickup: windowText(buy.pickup, zone, words) });
  const moving: Moving = {
    ...{ buy: buy.id, closesAt: closesAt.toISOString() },
    pickup: {
      ...(pickup.from && { from: pickup.from.toISOString() }),
      ...(pickup.until && { until: pickup.until.toISOString() }),
    },
  };
  const both = {
    label: say(words.choices.both, { pickup: windowText(pickup, zone, words) }),
    ...{ way: "both", words: `${command} ${text} ${words.choices.pickup}` },
  };
  await preview(parts, doer, "extend", moving, asked, words.choices.closing, undefined, [both]);
}

/** The leader's yes: to the closing alone, or to both. */
export async function extendShown(parts: Parts, doer: Doer, asked: Asked, way: string): Promise<void> {
  const { buy: id, closesAt, pickup } = asked.data as Moving;
  const window = {
    ...(pickup.from !== undefined && { from: new Date(pickup.from) }),
    ...(pickup.until !== undefined && { until: new Date(pickup.until) }),
  };
  await carryOut(parts, doer, asked, id, (tx, buy) =>
    extend(parts, tx, doer, buy, new Date(closesAt), way === "both" ? window : undefined),
  );
}

type Window = Pick<PickupTerms, "from" | "until">;

/** Moves the closing, and the pickup where it is given. What the leader hears. */
async function extend(
  parts: Parts,
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  closesAt: Date,
  pickup: Window | undefined,
): Promise<Content> {
  const words = wordsOf(doer.language);
  const { zone } = doer.place.community;
  const { title } = buy.terms;
  if (buy.status !== "open" || buy.terms.endedAt) return closedContent(doer, buy);
  const when = time(closesAt, zone, words);
  if (closesAt <= doer.at) return { text: say(words.timePast, { time: when, command: "/extend" }) };
  await moveClosing(parts, tx, doer, buy, closesAt, pickup);
  await note(tx, doer, buy, "buy-extended", closesAt, pickup);
  const moved = pickup ? [say(words.pickup, { pickup: windowText(pickup, zone, words) })] : [];
  return {
    text: [say(words.extended, { title, time: when }), ...moved].join("\n"),
    ...choiceButtons(doer, [undoing(doer)]),
  };
}

/** Whether a buy has ended, so that it can be opened again; its list need not be final yet. */
function isOver({ status, terms: { closesAt, endedAt } }: Buy, at: Date): boolean {
  if (status !== "open") return status === "closed" || status === "failed";
  return endedAt !== undefined || (closesAt !== undefined && closesAt <= at);
}

/**
 * `/reopen`, perhaps with a time: shows that a closed buy would take orders again. It can, until its purchase order is
 * sent.
 */
export async function proposeReopening(parts: Parts, doer: Doer, command: string, text: string): Promise<void> {
  const isWanted = (buy: Buy) => buy.status === "purchased" || isOver(buy, doer.at);
  const buy = await pickBuy(parts, doer, command, isWanted);
  if (!buy) return;
  const words = wordsOf(doer.language);
  const closesAt = text ? closingOf(parts, doer, command, text) : undefined;
  if (text && !closesAt) return;
  const { title } = buy.terms;
  if (buy.status === "purchased" || (await parts.store.look((tx) => tx.isPurchased(buy)))) {
    const again = [{ label: words.choices.again, command: "again" as const, rest: [], buy: buy.id }];
    return whisper(parts, doer, { text: say(words.reopenPurchased, { title }), ...choiceButtons(doer, again) });
  }
  const until = closesAt && time(closesAt, doer.place.community.zone, words);
  const shown = [
    until === undefined ? say(words.reopened, { title }) : say(words.reopenedUntil, { title, time: until }),
    words.reopenPreview,
  ];
  const data = { buy: buy.id, ...(closesAt && { closesAt: closesAt.toISOString() }) };
  await preview(parts, doer, "reopen", data, shown.join("\n"), words.choices.reopen);
}

/** The leader's yes. What was said since the closing counts then too; all are told of it. */
export async function reopenBuy(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { buy: id, closesAt: until } = asked.data as { readonly buy: string; readonly closesAt?: string };
  const words = wordsOf(doer.language);
  const closesAt = until === undefined ? undefined : new Date(until);
  await carryOut(parts, doer, asked, id, async (tx, closed) => {
    const { title } = closed.terms;
    if (closed.status === "purchased" || (await tx.isPurchased(closed))) return say(words.reopenPurchased, { title });
    if (!isOver(closed, doer.at)) return say(words.reopenNot, { title });
    if (closesAt && closesAt <= doer.at) {
      return say(words.timePast, { time: time(closesAt, doer.place.community.zone, words), command: "/reopen" });
    }
    await takeOrdersAgain(parts, tx, doer, closed, closesAt);
    await note(tx, doer, closed, "buy-reopened", closesAt);
    return ""; // the chat hears it
  });
}

/** An open buy closes then instead, and may be fetched at another time. In its grace that makes orders count that had come too late: all hear of those. */
export async function moveClosing(
  parts: Parts,
  tx: ChangeTx,
  doer: Doer,
  open: Buy,
  closesAt: Date | undefined,
  pickup?: Window,
): Promise<void> {
  const moved = await setClosing(parts, tx, doer, open, { closesAt: closesAt ?? null, ...(pickup && { pickup }) });
  if (moved.names.length > 0) await tellOfOrders(parts, tx, doer, moved, closesAt);
}

/** A buy that has ended is open again, with what was said since; all are told. */
export async function takeOrdersAgain(
  parts: Parts,
  tx: ChangeTx,
  doer: Doer,
  closed: Buy,
  closesAt: Date | undefined,
): Promise<void> {
  await tx.cancelTimers(closed);
  const change: BuyChange = { status: "open", closesAt: closesAt ?? null, endedAt: null, closedAt: null };
  await tellOfOrders(parts, tx, doer, await setClosing(parts, tx, doer, closed, change), closesAt);
}

/** A buy as it is from now on, and whose orders that has changed. */
interface Moved {
  readonly buy: Buy;
  readonly names: readonly string[];
}

/** All hear that orders are taken again, and whose count that had come too late. */
async function tellOfOrders(
  parts: Parts,
  tx: ChangeTx,
  doer: Doer,
  { buy, names }: Moved,
  closesAt: Date | undefined,
): Promise<void> {
  const { zone } = doer.place.community;
  const textFor = ({ language, terms: { title } }: Buy) => {
    const said = wordsOf(language);
    const until = closesAt && time(closesAt, zone, said);
    return [
      until === undefined ? say(said.reopened, { title }) : say(said.reopenedUntil, { title, time: until }),
      ...(names.length > 0 ? [say(said.reopenedWith, { names: names.join(said.comma) })] : []),
    ].join("\n");
  };
  await tellChats(parts, tx, buy, "reopened", textFor, `reopened:${sourceOf(doer)}`);
}

/** Changes when a buy closes, with its timers: what was said counts or does not by its new end. */
async function setClosing(parts: Parts, tx: ChangeTx, doer: Doer, buy: Buy, change: BuyChange): Promise<Moved> {
  const { community } = doer.place;
  await tx.updateBuy(buy, change);
  if (change.closesAt !== undefined) await tx.cancelTimers(buy, ["last-call"]);
  if (change.closesAt === null) await tx.cancelTimers(buy, ["close"]);
  if (change.closesAt) {
    await tx.setTimers(timersOfClosing(buy, change.closesAt, await graceOfBuy(parts, tx, buy), community, doer.at));
  }
  const changed = await tx.lockBuy(buy.community, buy.id);
  if (!changed) throw new Error("A buy was changed and is not there.");

  const before = await tx.ledger.linesOfBuy(changed.community, changed.id);
  const statements = await tx.ledger.statementsOfBuy(changed.community, changed.id);
  const { changes, notices } = fold(changed, parts.readerOf, statements, before, [sourceOf(doer)]);
  // A chain that came when the list was final counts now.
  if (!changed.coupled && saysCoupling(statements)) await tx.ledger.setCoupled(changed.community, changed.id);
  await tx.ledger.saveLines(changes);
  await tx.ledger.addNotices(notices);
  const people = new Set([...changes.saved, ...changes.dropped].map(({ person }) => person));
  const names = await tx.namesOf([...people].map((person) => ({ community: changed.community, person })));
  return { buy: changed, names: [...names.values()] };
}

async function note(
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  verb: AuditVerb,
  closesAt: Date | undefined,
  pickup?: Window,
): Promise<void> {
  const { from, until } = buy.pickup ?? {};
  await tx.audit({
    ...{ community: buy.community, actor: doer.person.id, verb, buy: buy.id, source: sourceOf(doer) },
    before: {
      closesAt: buy.terms.closesAt?.toISOString() ?? null,
      ...(pickup && {
        pickup: { ...(from && { from: from.toISOString() }), ...(until && { until: until.toISOString() }) },
      }),
    },
    after: { ...(closesAt && { closesAt: closesAt.toISOString() }) },
  });
}

/** The closing that somebody names; where it is none that can be, they hear why. */
export function closingOf(parts: Parts, doer: Doer, command: string, text: string, buy?: Buy): Date | undefined {
  const { zone } = doer.place.community;
  const words = wordsOf(doer.language);
  const reading = readTime(text, { now: doer.at, zone });
  const choices = closingChoices(doer, words);
  if ("problem" in reading) {
    const none = reading.problem.code === "no-time" ? words.timeNone : words.timeImpossible;
    askAgain(parts, doer, say(none, { command }), { choices, said: text });
    return undefined;
  }
  const closes = buy?.terms.closesAt;
  const isFromClosing = reading.lengthMs !== undefined && closes && closes > doer.at;
  const at = isFromClosing ? new Date(closes.getTime() + (reading.lengthMs ?? 0)) : reading.at;
  if (at > doer.at && at.getTime() - doer.at.getTime() <= FARTHEST_MS) return at;
  const said = at > doer.at ? words.timeFar : words.timePast;
  askAgain(parts, doer, say(said, { time: time(at, zone, words), command }), { choices, said: "" });
  return undefined;
}

/** Times that are often meant, by the command that asks for one. */
function closingChoices({ called }: Doer, words: Words): readonly Choice[] {
  const { halfHour, hour, noTime } = words.choices;
  const later = [
    { label: halfHour, rest: ["30 minutes"] },
    { label: hour, rest: ["1 hour"] },
  ];
  const choices: Readonly<Partial<Record<CommandId, readonly Choice[]>>> = {
    extend: later,
    reopen: [{ label: noTime, rest: [] }, ...later],
    again: [{ label: noTime, rest: [] }],
  };
  return (called && choices[called.command.id]) ?? [];
}
