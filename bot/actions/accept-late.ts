import { endOf } from "../../core/buy/closing.ts";
import type { Statement } from "../../core/buy/statement.ts";
import { type LateOrder, lateOrdersOf, lateRef } from "../late.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { lateText } from "../replies/late-text.ts";
import { howTo, quoted, wordsOf } from "../replies/replies.ts";
import type { Buy, BuyStatus, ChangeTx } from "../store.ts";
import { type Choice, choiceButtons, undoing } from "./choices.ts";
import { closedBuy, listOf, namedOn, tellChats } from "./close-buy.ts";
import { noticeLate } from "./pickup-notices.ts";
import { isPriced } from "./standings.ts";
import { remindersFrom, timersAfterClosing } from "./timers.ts";

/** States in which a final list can still grow: what is ordered from the supplier by another revision. */
const ACCEPTING: readonly BuyStatus[] = ["closed", "failed", "purchased"];

/** Late messages that have a button where none is named. */
const MOST_OFFERED = 5;

/** `/accept` as a reply to a late message, or with its digits. */
export async function acceptSaid(parts: Parts, doer: Doer, text: string): Promise<void> {
  const { replyTo, place } = doer;
  const ref = text.trim().toLowerCase();
  if (ref !== "") {
    const buys = await parts.store.buysOf(place);
    const all = await parts.store.look((tx) => tx.ledger.statementsOfBuys(buys));
    const buy = buys.find(({ id }) => all.get(id)?.some((statement) => lateRef(statement.chat, statement.id) === ref));
    if (buy) return acceptLate(parts, doer, buy.id, ref);
  }
  const rows = replyTo
    ? await parts.store.record((tx) =>
        tx.statementsAmong([{ community: place.community.id, chat: place.chat, message: replyTo }]),
      )
    : [];
  const [statement] = rows;
  if (statement) return acceptLate(parts, doer, statement.buy, statement.message);
  await showLate(parts, doer, text);
}

/** How to accept a late message, and what there is to accept. */
async function showLate(parts: Parts, doer: Doer, said: string): Promise<void> {
  const words = wordsOf(doer.language);
  const all = await parts.store.buysOf(doer.place);
  const buys = all.filter(({ status }) => status === "open" || ACCEPTING.includes(status));
  const { late, names } = await parts.store.look(async (tx) => {
    const late: (LateOrder & { readonly buy: string })[] = [];
    for (const buy of buys) {
      for (const each of await lateOrdersOf(parts, tx, buy)) late.push({ ...each, buy: buy.id });
    }
    const { id: community } = doer.place.community;
    return { late, names: await tx.namesOf(late.map(({ person }) => ({ community, person }))) };
  });
  const lines = lateText(late, names, words);
  const choices = late.slice(-MOST_OFFERED).map(({ ref, person, text, buy }): Choice => {
    const label = `${names.get(person) ?? "?"}${words.colon}${text === "" ? words.lateTaken : quoted(text)}`;
    return { label, rest: [ref], buy, isWordless: true }; // the lines say what to write
  });
  whisper(parts, doer, {
    text: [howTo(said, words.acceptHow, words), ...lines].join("\n"),
    ...choiceButtons(doer, choices.length > 0 ? choices : [{ label: words.choices.list, command: "list", rest: [] }]),
    ...(lines.length > 0 && { publicly: words.notPublicly }),
  });
}

/**
 * Takes a late message onto the list: as it stands now, with what its author changed since or took back. A list that is
 * final is corrected, and posted anew.
 *
 * @param named  its digits, or its id in the leader's chat
 */
export async function acceptLate(parts: Parts, doer: Doer, buyId: string, named: string): Promise<void> {
  const { community } = doer.place;
  const outcome = await parts.store.change(async (tx) => {
    if (!(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    const buy = await tx.lockBuy(community.id, buyId);
    if (!buy) return "too-late";
    const late = lateNamed(await tx.ledger.statementsOfBuy(community.id, buy.id), doer.place.chat, named);
    if (!late) return "gone";
    const { chat, id: message } = late;
    const accepted = await setAccepted(parts, tx, doer, buy, { chat, message, isAccepted: true });
    const isNew = accepted !== "unchanged" || !late.accepted;
    if (accepted === "too-late" || accepted === "gone" || accepted === "counts" || !isNew) return accepted;
    const [actor, source] = [doer.person.id, sourceOf(doer)];
    const after = { chat, message };
    await tx.audit({ community: community.id, actor, verb: "late-accepted", buy: buy.id, source, after });
    return accepted;
  });
  const words = wordsOf(doer.language);
  const said = {
    "too-late": words.acceptTooLate,
    gone: words.acceptHow,
    counts: words.acceptCounts,
    unchanged: words.acceptUnchanged,
    accepted: words.accepted,
    acceptedOrdered: words.acceptedOrdered,
    acceptedEnding: words.acceptedEnding,
  };
  const isDone = outcome === "accepted" || outcome === "acceptedOrdered";
  if (outcome) whisper(parts, doer, { text: said[outcome], ...(isDone && choiceButtons(doer, [undoing(doer)])) });
  parts.wake({ community: community.id, id: buyId });
}

function lateNamed(statements: readonly Statement[], here: string, named: string): Statement | undefined {
  return (
    statements.find(({ chat, id }) => chat === here && id === named) ??
    statements.find(({ chat, id }) => lateRef(chat, id) === named)
  );
}

/**
 * A late message counts, or no more. Lines and tallies follow; a list that is final is posted corrected.
 *
 * @returns  `counts`: it is not late any more, since the buy was opened again or its closing was moved
 */
export async function setAccepted(
  parts: Parts,
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  { chat, message, isAccepted }: { readonly chat: string; readonly message: string; readonly isAccepted: boolean },
): Promise<"too-late" | "gone" | "counts" | "unchanged" | "accepted" | "acceptedOrdered" | "acceptedEnding"> {
  const { community } = doer.place;
  const isEnding = buy.status === "open";
  if (!isEnding && !ACCEPTING.includes(buy.status)) return "too-late";
  const end = endOf(buy.terms);
  if (isEnding && isAccepted && (!end || end > (await tx.now()))) return "counts";
  if (!(await tx.acceptStatement(buy, chat, message, isAccepted))) return "gone";

  const before = (await tx.ledger.linesOfBuys([buy])).get(buy.id) ?? [];
  const statements = await tx.ledger.statementsOfBuy(community.id, buy.id, buy.closedAt);
  const { ledger, changes, notices, ...closed } = closedBuy(parts, buy, statements, before, [sourceOf(doer)]);
  if (changes.saved.length === 0 && changes.dropped.length === 0) return "unchanged";
  await tx.ledger.saveLines(changes);
  await tx.ledger.addNotices(notices);
  if (isEnding) return "acceptedEnding";

  const status = buy.status === "purchased" ? buy.status : closed.status; // what the supplier has is not taken back
  await tx.updateBuy(buy, { status });
  const now = await tx.now();
  if (before.length === 0 || status !== buy.status) {
    await tx.setTimers(status === "closed" ? timersAfterClosing(buy, now) : []);
  } else if (isAccepted && community.remindPayment && isPriced(buy)) {
    await tx.setTimers(remindersFrom(buy, now)); // they end when all have paid, who is new has not
  }
  const entries = (await tx.entriesOf([buy])).get(buy.id) ?? [];
  const people = namedOn(ledger, entries).map((person) => ({ community: buy.community, person }));
  const names = await tx.namesOf(people);
  const textFor = (told: Buy) =>
    `${wordsOf(told.language).corrected}\n${listOf({ ...told, status }, ledger, entries, names, community.zone)}`;
  await tellChats(parts, tx, buy, "final-list", textFor, `final-list:${sourceOf(doer)}`);
  for (const person of new Set(changes.saved.map((line) => line.person)))
    await noticeLate(parts, tx, doer, buy, person);
  return status === "purchased" ? "acceptedOrdered" : "accepted";
}
