import type { AuditVerb } from "../audit.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { linesText } from "../replies/layout.ts";
import { money, say, wordsOf } from "../replies/replies.ts";
import type { Buy, ChangeTx, DueTimer } from "../store.ts";
import { handedLines } from "./handed-lines.ts";
import { endedBuy, UNDER_WAY } from "./pick-buy.ts";
import { placeOfPerson, standingsOf } from "./remind-payment.ts";
import { excuse, saidBy } from "./timers.ts";
import { whoseOrder } from "./whose-order.ts";

/** What takes a mark back: "/picked Ada undo". */
const UNDO = /\s*(?:undo|撤销|撤銷)$/iu;

/**
 * `/picked`: alone it says that one has collected one's own; from a leader, with a name or a code or in reply to
 * somebody's order, that this person has. "undo" behind it takes it back.
 */
export async function markPicked(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const isUndo = UNDO.test(` ${rest}`);
  const name = ` ${rest}`.replace(UNDO, "").trim();
  const whose = await whoseOrder(parts, doer, command, name, UNDER_WAY);
  if (!whose) return;
  const { buy, person, personName } = whose;
  // A reply may be to an order of a buy that still takes orders.
  if (!UNDER_WAY.includes(buy.status)) {
    return whisper(parts, doer, { text: say(wordsOf(doer.language).pickupOver, { title: buy.terms.title }) });
  }
  const said = await parts.store.change(async (tx) => {
    if (!(await tx.claim(buy.community, sourceOf(doer)))) return undefined;
    return isUndo ? takeBack(tx, doer, buy, person, personName) : collect(tx, doer, buy, person, personName, command);
  });
  if (said) whisper(parts, doer, { text: said });
}

/** "Collected mine", in plain words. Of who has nothing to collect it is talk. */
export async function collectInWords(parts: Parts, doer: Doer): Promise<void> {
  const buy = await endedBuy(parts, doer, UNDER_WAY);
  if (!buy) return;
  const { id, name } = doer.person;
  const said = await parts.store.change(async (tx) => {
    const isWaiting = (await missingOf(tx, buy)).includes(id);
    return isWaiting && (await tx.claim(buy.community, sourceOf(doer)))
      ? collect(tx, doer, buy, id, name, "/picked")
      : undefined;
  });
  if (said) whisper(parts, doer, { text: said });
}

async function collect(tx: ChangeTx, doer: Doer, buy: Buy, person: string, name: string, command: string) {
  const words = wordsOf(doer.language);
  await tx.lockBuy(buy.community, buy.id); // two who tick at once are told so
  if ((await tx.pickupsOf(buy)).get(person)?.isCollected) return say(words.pickedAlready, { name });
  await tx.addHandover(buy, person, doer.person.id);
  await tx.markPickups(buy, [person], { noShowAt: null });
  await note(tx, doer, buy, "picked-up", person);
  const lines = await handedLines(tx, buy);
  const booked = await tx.ledger.linesOfBuy(buy.community, buy.id);
  const open = standingsOf(buy, booked, await tx.paymentsOf([buy])).get(person)?.unmarked ?? 0;
  return [
    say(words.picked, { name, title: buy.terms.title, undo: `${command} ${name} undo` }),
    linesText(
      buy,
      lines.filter((line) => line.person === person),
      words,
    ),
    ...(open > 0 ? [say(words.pickupDue, { amount: money(open, buy.terms.currency) })] : []),
  ].join("\n");
}

async function takeBack(tx: ChangeTx, doer: Doer, buy: Buy, person: string, name: string): Promise<string> {
  const words = wordsOf(doer.language);
  const count = await tx.revokeHandovers(buy, person);
  if (count === 0) return say(words.pickedNot, { name });
  await note(tx, doer, buy, "pickup-revoked", person);
  return say(words.pickedBack, { name });
}

/**
 * After the pickup's end, by its timer: the leader hears who has not come, and may record it. Where nobody is ticked at
 * all, it is not known who came, and nothing is said.
 */
export async function tellMissing(parts: Parts, tx: ChangeTx, due: readonly DueTimer[], at: Date): Promise<void> {
  for (const { timer, buy, community } of due) {
    if (!buy || !UNDER_WAY.includes(buy.status)) continue;
    const missing = await missingOf(tx, buy);
    const came = (await tx.collectedOf([buy])).get(buy.id);
    if (missing.length === 0 || !came) continue;
    const words = wordsOf(buy.language);
    const names = await tx.namesOf(missing.map((person) => ({ community: buy.community, person })));
    const facts = {
      title: buy.terms.title,
      names: missing.map((person) => names.get(person) ?? "?").join(words.comma),
    };
    const content = {
      text: [...excuse(timer, at, buy, community), say(words.noShow, facts)].join("\n"),
      buttons: [[{ label: words.noShowButton, data: `absent:${buy.id}` }]],
    };
    const places = placeOfPerson((await tx.placesOf([buy])).get(buy.id) ?? [], undefined);
    await tx.addOutgoing(...saidBy(parts, timer, buy, "no-show", places, content, buy.leader));
  }
}

/** The leader's press: those who have not come by now are recorded as such. It is undone by `/picked` and their name. */
export async function recordMissing(parts: Parts, doer: Doer, buyId: string): Promise<void> {
  const words = wordsOf(doer.language);
  const { community } = doer.place;
  const said = await parts.store.change(async (tx) => {
    const buy = await tx.lockBuy(community.id, buyId);
    if (!buy || !(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    const missing = await missingOf(tx, buy);
    await tx.markPickups(buy, missing, { noShowAt: await tx.now() });
    for (const person of missing) await note(tx, doer, buy, "no-show", person);
    return say(words.noShowNoted, { people: words.persons(missing.length) });
  });
  if (said) whisper(parts, doer, { text: said });
}

async function missingOf(tx: ChangeTx, buy: Buy): Promise<readonly string[]> {
  const pickups = await tx.pickupsOf(buy);
  const people = new Set((await handedLines(tx, buy)).map(({ person }) => person));
  return [...people].filter((person) => !pickups.get(person)?.isCollected);
}

async function note(tx: ChangeTx, doer: Doer, buy: Buy, verb: AuditVerb, person: string): Promise<void> {
  const { id: actor } = doer.person;
  await tx.audit({ community: buy.community, actor, verb, buy: buy.id, source: sourceOf(doer), after: { person } });
}
