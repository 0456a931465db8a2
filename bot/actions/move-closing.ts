import { readTime, type TimeReading } from "../../core/time/read-time.ts";
import type { AuditVerb } from "../audit.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { fold } from "../refold.ts";
import { say, time, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Buy, BuyChange, ChangeTx } from "../store.ts";
import { tellChats } from "./close-buy.ts";
import { graceOf } from "./grace.ts";
import { pickBuy } from "./pick-buy.ts";
import { timersOfClosing } from "./timers.ts";

/** A closing farther away than this is a slip of the pen. */
const FARTHEST_MS = 366 * 24 * 60 * 60_000;

/** `/extend` and a time: an open buy closes then instead. A length counts from its closing. */
export async function extendBuy(parts: Parts, doer: Doer, command: string, text: string): Promise<void> {
  const buy = await pickBuy(parts, doer, command, ["open"]);
  if (!buy) return;
  const closesAt = closingOf(parts, doer, command, text, buy);
  if (!closesAt) return;
  const words = wordsOf(doer.language);
  const { community } = doer.place;
  const outcome = await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    const open = await tx.lockBuy(community.id, buy.id);
    if (open?.status !== "open" || open.terms.endedAt) return "closed";
    await setClosing(parts, tx, doer, open, { closesAt });
    await note(tx, doer, open, "buy-extended", closesAt);
    return "moved";
  });
  if (outcome === "closed") return whisper(parts, doer, { text: say(words.extendClosed, { title: buy.terms.title }) });
  const { zone } = community;
  whisper(parts, doer, { text: say(words.extended, { title: buy.terms.title, time: time(closesAt, zone, words) }) });
  parts.wake(buy);
}

/**
 * `/reopen`, perhaps with a time: a closed buy takes orders again, until its purchase order is sent. What was said since
 * its closing counts then too; all are told of it.
 */
export async function reopenBuy(parts: Parts, doer: Doer, command: string, text: string): Promise<void> {
  const buy = await pickBuy(parts, doer, command, ["closed", "failed", "purchased"]);
  if (!buy) return;
  const words = wordsOf(doer.language);
  const closesAt = text ? closingOf(parts, doer, command, text) : undefined;
  if (text && !closesAt) return;
  const { community } = doer.place;
  const outcome = await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    const closed = await tx.lockBuy(community.id, buy.id);
    if (closed?.status === "purchased" || (closed && (await tx.isPurchased(closed)))) return "purchased";
    if (closed?.status !== "closed" && closed?.status !== "failed") return "not-closed";
    await takeOrdersAgain(parts, tx, doer, closed, closesAt);
    await note(tx, doer, closed, "buy-reopened", closesAt);
    return "open";
  });
  const facts = { title: buy.terms.title };
  if (outcome === "not-closed") whisper(parts, doer, { text: say(words.reopenNot, facts) });
  if (outcome === "purchased") whisper(parts, doer, { text: say(words.reopenPurchased, facts) });
  parts.wake(buy);
}

/** A buy that has ended is open again, with what was said since; all are told. */
export async function takeOrdersAgain(
  parts: Parts,
  tx: ChangeTx,
  doer: Doer,
  closed: Buy,
  closesAt: Date | undefined,
): Promise<void> {
  const { zone } = doer.place.community;
  await tx.cancelTimers(closed);
  const change: BuyChange = { status: "open", closesAt: closesAt ?? null, endedAt: null, closedAt: null };
  const open = await setClosing(parts, tx, doer, closed, change);

  const before = (await tx.ledger.linesOfBuys([open])).get(open.id) ?? [];
  const statements = (await tx.ledger.statementsOfBuys([open])).get(open.id) ?? [];
  const { changes, notices } = fold(open, parts.readerOf, statements, before, [sourceOf(doer)]);
  await tx.ledger.saveLines(changes);
  await tx.ledger.addNotices(notices);
  const changed = [...changes.saved, ...changes.dropped].map(({ person }) => person);
  const names = await tx.namesOf([...new Set(changed)].map((person) => ({ community: open.community, person })));
  const textFor = ({ language, terms: { title } }: Buy) => {
    const said = wordsOf(language);
    const until = closesAt && time(closesAt, zone, said);
    return [
      until === undefined ? say(said.reopened, { title }) : say(said.reopenedUntil, { title, time: until }),
      ...(names.size > 0 ? [say(said.reopenedWith, { names: [...names.values()].join(said.comma) })] : []),
    ].join("\n");
  };
  await tellChats(parts, tx, open, "reopened", textFor, `reopened:${sourceOf(doer)}`);
}

/** Changes when a buy closes, with its timers. */
export async function setClosing(parts: Parts, tx: ChangeTx, doer: Doer, buy: Buy, change: BuyChange): Promise<Buy> {
  const { community } = doer.place;
  await tx.updateBuy(buy, change);
  if (change.closesAt !== undefined) await tx.cancelTimers(buy, ["last-call"]);
  if (change.closesAt === null) await tx.cancelTimers(buy, ["close"]);
  if (change.closesAt) {
    await tx.setTimers(timersOfClosing(buy, change.closesAt, graceOf(parts, doer.place), community, doer.at));
  }
  const changed = await tx.lockBuy(buy.community, buy.id);
  if (!changed) throw new Error("A buy was changed and is not there.");
  return changed;
}

async function note(tx: ChangeTx, doer: Doer, buy: Buy, verb: AuditVerb, closesAt: Date | undefined): Promise<void> {
  await tx.audit({
    ...{ community: buy.community, actor: doer.person.id, verb, buy: buy.id, source: sourceOf(doer) },
    before: { closesAt: buy.terms.closesAt?.toISOString() ?? null },
    after: { ...(closesAt && { closesAt: closesAt.toISOString() }) },
  });
}

/** The closing that somebody names; where it is none that can be, they hear why. */
export function closingOf(parts: Parts, doer: Doer, command: string, text: string, buy?: Buy): Date | undefined {
  const { zone } = doer.place.community;
  const words = wordsOf(doer.language);
  const reading = readTime(text, { now: doer.at, zone });
  const problem = problemOf(reading, words, command);
  if (problem !== undefined || "problem" in reading) {
    whisper(parts, doer, { text: problem ?? "" });
    return undefined;
  }
  const closes = buy?.terms.closesAt;
  const isFromClosing = reading.lengthMs !== undefined && closes && closes > doer.at;
  const at = isFromClosing ? new Date(closes.getTime() + (reading.lengthMs ?? 0)) : reading.at;
  if (at > doer.at && at.getTime() - doer.at.getTime() <= FARTHEST_MS) return at;
  const said = at > doer.at ? words.timeFar : words.timePast;
  whisper(parts, doer, { text: say(said, { time: time(at, zone, words), command }) });
  return undefined;
}

function problemOf(reading: TimeReading, words: Words, command: string): string | undefined {
  if (!("problem" in reading)) return undefined;
  const { code } = reading.problem;
  return say(code === "no-time" ? words.timeNone : words.timeImpossible, { command });
}
