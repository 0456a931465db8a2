import { amountOf } from "../../core/tally.ts";
import { linesOfOrders } from "../line-changes.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { refold } from "../refold.ts";
import { finalList, type OrderFacts } from "../replies/layout.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Buy, ChangeTx, Timer } from "../store.ts";
import { graceOf } from "./grace.ts";
import { pickBuy } from "./pick-buy.ts";

/** `/close`: the buy ends now; its list becomes final after the grace, like any closing. */
export async function closeBuy(parts: Parts, doer: Doer, command: string): Promise<void> {
  const buy = await pickBuy(parts, doer, command, ["open"]);
  if (!buy) return;
  const { community } = doer.place;
  await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return;
    const open = await tx.lockBuy(community.id, buy.id);
    if (open?.status !== "open" || open.terms.endedAt) return;
    if (open.terms.closesAt && open.terms.closesAt <= doer.at) return; // it is closing by itself
    await tx.updateBuy(open, { endedAt: doer.at });
    await foldEnded(parts, doer, tx, open);
    await tx.setTimer(open, "close", new Date((await tx.now()).getTime() + graceOf(parts, doer.place)));
    await tx.audit({
      community: community.id,
      actor: doer.person.id,
      verb: "buy-ended",
      buy: buy.id,
      source: sourceOf(doer),
    });
  });
  whisper(parts, doer, { text: say(wordsOf(doer.language).closing, { title: buy.terms.title }) });
  parts.wake(buy);
}

/** `/cancel`: calls the buy off; everybody in the chat is told. */
export async function cancelBuy(parts: Parts, doer: Doer, command: string): Promise<void> {
  const buy = await pickBuy(parts, doer, command, ["open"]);
  if (!buy) return;
  const { community } = doer.place;
  await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return;
    const open = await tx.lockBuy(community.id, buy.id);
    if (open?.status !== "open") return;
    const closedAt = await finalAt(tx);
    await foldEnded(parts, doer, tx, open);
    await tx.updateBuy(open, { status: "cancelled", endedAt: doer.at, closedAt });
    await tx.cancelTimers(open);
    await tellChats(parts, tx, open, "cancelled", say(wordsOf(open.language).cancelled, { title: open.terms.title }));
    await tx.audit({
      community: community.id,
      actor: doer.person.id,
      verb: "buy-cancelled",
      buy: buy.id,
      source: sourceOf(doer),
    });
  });
  parts.wake(buy);
}

/**
 * The closing itself, by its timer: folds everything that was said once more, makes that the final list, and queues it
 * for every chat. Running it twice does no harm: the timer is claimed in the same transaction.
 */
export async function finishBuy(parts: Parts, timer: Timer): Promise<void> {
  const buyId = timer.buy;
  if (!buyId) throw new Error("A closing without a buy.");
  await parts.store.change(async (tx) => {
    const buy = await tx.lockBuy(timer.community, buyId);
    if (!(await tx.claimTimer(timer))) return; // moved, cancelled, or done by another
    if (buy?.status !== "open") return;

    const closedAt = await finalAt(tx);
    const ledger = await refold(tx.ledger, buy, parts.readerOf, [timer.id]);
    const after = linesOfOrders(ledger.orders);

    const status = ledger.minimum && !ledger.minimum.isReached ? "failed" : "closed";
    await tx.updateBuy(buy, { status, closedAt });
    const unresolved = ledger.verdicts.filter(({ outcome }) => outcome === "unclear").map(({ person }) => person);
    const people = new Set([...after.map((line) => line.person), ...unresolved]);
    const names = await tx.namesOf(buy.community, [...people]);
    const orders: OrderFacts[] = ledger.orders.map((order) => ({
      name: names.get(order.person) ?? "?",
      lines: linesOfOrders([order]),
      amount: amountOf(order.lines, ledger.tally),
    }));
    const doubtful = [...new Set(unresolved)].map((person) => names.get(person) ?? "?");
    const entries = await tx.entriesOf(buy.community, buy.id);
    const others = entries.flatMap((entry) => {
      return entry.person === undefined ? [] : [{ name: names.get(entry.person) ?? "?", entry }];
    });
    const zone = (await tx.placesOf(buy))[0]?.community.zone ?? "UTC";
    const text = finalList({ ...buy, status }, ledger.tally, orders, doubtful, others, zone, wordsOf(buy.language));
    await tellChats(parts, tx, buy, "final-list", text);
    await tx.audit({
      community: buy.community,
      actor: undefined,
      verb: `buy-${status}`,
      buy: buy.id,
      source: timer.id,
    });
  });
  parts.wake({ community: timer.community, id: buyId });
}

/** What was said after a leader's word that ends a buy, and came before it, counts no more. */
async function foldEnded(parts: Parts, doer: Doer, tx: ChangeTx, buy: Buy): Promise<void> {
  const ended: Buy = { ...buy, terms: { ...buy.terms, endedAt: doer.at } };
  await refold(tx.ledger, ended, parts.readerOf, [sourceOf(doer)]);
}

/**
 * From when on what comes finds the list final. The database keeps whole milliseconds: so much after the lock that all
 * that was stored before it is earlier, and, since more than that goes by until the lock is given back, nothing that is
 * stored after it is.
 */
async function finalAt(tx: ChangeTx): Promise<Date> {
  return new Date((await tx.now()).getTime() + 2);
}

/** Queues a message for every chat of a buy, once. */
async function tellChats(parts: Parts, tx: ChangeTx, buy: Buy, kind: string, text: string): Promise<void> {
  for (const place of await tx.placesOf(buy)) {
    const maxText = parts.adapters.get(place.platform)?.capabilities.maxText ?? 4096;
    const cause = `${kind}:${buy.id}:${place.chat}`;
    await tx.addOutgoing({ place, buy: buy.id, kind, cause, content: { text }, maxText });
  }
}
