import { type Settlement, settle } from "../../core/settlement.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { money, quantity, say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Asked, Buy, BuyStatus, ChangeTx, DueTimer, NewOutgoing } from "../store.ts";
import { tellChats } from "./close-buy.ts";
import { carryOut, preview } from "./confirm.ts";
import { pickEnded } from "./pick-buy.ts";
import { placeOfPerson } from "./remind-payment.ts";
import { excuse, reviewTimer, saidBy } from "./timers.ts";

/** States in which a buy can be settled. */
const UNSETTLED: readonly BuyStatus[] = ["closed", "purchased", "arrived"];

/** `/settle`: shows the leader how everybody stands, and settles the buy at their yes. */
export async function proposeSettlement(parts: Parts, doer: Doer, command: string): Promise<void> {
  const buy = await pickEnded(parts, doer, command, UNSETTLED);
  if (!buy) return;
  const words = wordsOf(doer.language);
  const { settlement, names } = await parts.store.look((tx) => settlementOf(tx, buy));
  if (settlement.accounts.length === 0) {
    return whisper(parts, doer, { text: say(words.entryNobody, { title: buy.terms.title }) });
  }
  const text = [statement(buy, settlement, names, words), "", words.settleQuestion].join("\n");
  await preview(parts, doer, "settle", { buy: buy.id }, text, words.settleButton);
}

/** The leader's yes: nothing is reminded of any more, and everybody sees what it came to. */
export async function settleBuy(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { buy: id } = asked.data as { readonly buy: string };
  const words = wordsOf(doer.language);
  await carryOut(parts, doer, asked, id, async (tx, buy) => {
    const { title } = buy.terms;
    if (!UNSETTLED.includes(buy.status)) return say(words.settledAlready, { title });
    const { settlement } = await settlementOf(tx, buy);
    await tx.updateBuy(buy, { status: "settled" });
    await tx.cancelTimers(buy);
    await tx.setTimers([reviewTimer(buy, "ask", await tx.now())]);
    await tellChats(parts, tx, buy, "settlement", summary(buy, settlement, wordsOf(buy.language)), `settled:${buy.id}`);
    const { goods, due, paid, open, over } = settlement;
    await tx.audit({
      ...{ community: buy.community, actor: doer.person.id, verb: "buy-settled", buy: buy.id, source: sourceOf(doer) },
      before: { status: buy.status },
      after: { goods, due, paid, open, over },
    });
    return say(words.settled, { title });
  });
}

/**
 * The settlement by its timer: the sums to everybody, and to the leader how each stands. The buy itself is settled by a
 * leader, who knows whether all is done.
 */
export async function postSettlements(parts: Parts, tx: ChangeTx, due: readonly DueTimer[], at: Date): Promise<void> {
  for (const { timer, buy, community } of due) {
    if (!buy || !UNSETTLED.includes(buy.status)) continue;
    await tx.setTimers([reviewTimer(buy, "ask", at)]);
    const { settlement, names } = await settlementOf(tx, buy);
    if (settlement.accounts.length === 0) continue;
    const words = wordsOf(buy.language);
    const head = excuse(timer, at, buy, community);
    const places = (await tx.placesOf([buy])).get(buy.id) ?? [];
    const told = placeOfPerson(places, (await tx.chatsOfPeople([buy])).get(`${buy.id}:${buy.leader}`));
    const content = (lines: readonly string[]) => ({ text: [...head, ...lines].join("\n") });
    const messages: NewOutgoing[] = [
      ...saidBy(parts, timer, buy, "settlement", places, content([summary(buy, settlement, words)])),
      ...saidBy(
        ...([parts, timer, buy, "settlement-accounts", told] as const),
        content([statement(buy, settlement, names, words), "", words.settleHow]),
        buy.leader,
      ),
    ];
    await tx.addOutgoing(...messages);
  }
}

/** How a buy stands now, and what the people in it are called. */
export async function settlementOf(tx: ChangeTx, buy: Buy) {
  const lines = (await tx.ledger.linesOfBuy(buy.community, buy.id)).filter((line) => line.quantity > 0);
  const entries = (await tx.entriesOf([buy])).get(buy.id) ?? [];
  const payments = await tx.paymentsOf([buy]);
  const people = [...new Set([...lines, ...entries].flatMap(({ person }) => (person === undefined ? [] : [person])))];
  const paid = new Map(people.map((person) => [person, payments.get(`${buy.id}:${person}`)?.words ?? []]));
  const names = await tx.namesOf(people.map((person) => ({ community: buy.community, person })));
  return { settlement: settle(buy.terms, lines, entries, paid), names };
}

/** What everybody sees: sums, and no names. */
function summary(buy: Buy, settlement: Settlement, words: Words): string {
  const { currency } = buy.terms;
  const { accounts, items, entries, goods, due, paid, open, over } = settlement;
  const amount = (label: string, sum: number) => `${label}${words.colon}${money(sum, currency)}`;
  const waiting = accounts.filter((account) => account.open > 0).length;
  return [
    say(words.settlement, { title: buy.terms.title }),
    ...items.map(({ item, booked, amount: sum }) => {
      const { name, unit } = buy.terms.items[item - 1]!;
      return `${name} ${quantity(booked, unit)} = ${money(sum, currency)}`;
    }),
    "",
    amount(words.goods, goods),
    ...entries.map(({ kind, amount: sum }) => amount(words.entryKinds[kind], sum)),
    amount(words.dueInAll, due),
    amount(words.paidInAll, paid),
    ...(open > 0 ? [`${amount(words.openInAll, open)} (${words.persons(waiting)})`] : [words.allPaid]),
    ...(over > 0 ? [amount(words.overInAll, over)] : []),
    words.people(accounts.length),
  ].join("\n");
}

/** What leaders see: the sums, and how each person stands. */
function statement(buy: Buy, settlement: Settlement, names: ReadonlyMap<string, string>, words: Words): string {
  const { currency } = buy.terms;
  const rows = settlement.accounts.map(({ person, goods, entries, due, open, over, claimed }) => {
    const others = entries.map(({ kind, amount }) => `${words.entryKinds[kind]} ${money(amount, currency)}`);
    const parts = [money(goods, currency), ...others].join(words.comma);
    const state =
      open > 0
        ? `${say(words.stillOpen, { amount: money(open, currency) })}${claimed ? ` ${words.saysPaid}` : ""}`
        : over > 0
          ? say(words.toGiveBack, { amount: money(over, currency) })
          : "✓";
    return `${names.get(person) ?? "?"}${words.colon}${parts} = ${money(due, currency)} ${state}`;
  });
  return [summary(buy, settlement, words), "", ...rows].join("\n");
}
