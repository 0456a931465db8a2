import { type Entry, keepableOf, sumOf, takeOff } from "../../core/accounts.ts";
import type { Ledger } from "../../core/buy/ledger.ts";
import type { Money } from "../../core/money.ts";
import type { Settlement } from "../../core/settlement.ts";
import { amountOf } from "../../core/tally.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import type { Content } from "../ports.ts";
import { money, say, wordsOf } from "../replies/replies.ts";
import { plainAmount } from "../replies/settlement-text.ts";
import type { Words } from "../replies/words.ts";
import { settlementOf } from "../settlement.ts";
import type { Buy, ChangeTx, ClosingTx, Notice, Place } from "../store.ts";
import { listenersOf } from "./listeners.ts";
import { endedBuy } from "./pick-buy.ts";

/** What became of money that was paid too much. */
type Answer = "keep" | "back";

/**
 * Once, when a buy is settled: whoever has paid too much is asked alone whether it is kept for their next buy with this
 * leader, who has the money, or given back. Without an answer it stays theirs, and the leader sees it.
 *
 * @param cause  of the settling: one question for each
 */
export async function askToKeep(
  tx: ChangeTx,
  place: Place,
  buy: Buy,
  { accounts }: Settlement,
  names: ReadonlyMap<string, string>,
  cause: string,
): Promise<void> {
  const over = accounts
    .map((account) => ({ person: account.person, over: keepableOf(account) }))
    .filter((account) => account.over > 0);
  if (over.length === 0) return;
  const listener = await listenersOf(tx, [buy]);
  await tx.ledger.addNotices(
    over.map(({ person, over: amount }): Notice => {
      const facts = { name: names.get(person) ?? "?", leader: names.get(buy.leader) ?? "?" };
      const { chat = place.chat, words } = listener(buy, person);
      return {
        ...{ community: buy.community, buy: buy.id, chat, person },
        ...{ kind: "over", cause: `over:${cause}`, content: questionOf(buy, amount, facts, words) },
      };
    }),
  );
}

function questionOf(
  buy: Buy,
  over: Money,
  facts: { readonly name: string; readonly leader: string },
  words: Words,
): Content {
  const amount = money(over, buy.terms.currency);
  return {
    text: say(words.pay.overAsk, { ...facts, title: buy.terms.title, amount }),
    buttons: [
      [
        { label: say(words.pay.keepButton, { amount }), data: `carry:${buy.id}:keep`, words: "/pay keep" },
        { label: words.pay.backButton, data: `carry:${buy.id}:back`, words: "/pay back" },
      ],
    ],
  };
}

/** `/pay keep` and `/pay back`: the same in words, about the buy that was settled last, or is replied to. */
export async function answerOverInWords(parts: Parts, doer: Doer, answer: Answer): Promise<void> {
  const buy = await endedBuy(parts, doer, ["settled"]);
  if (!buy) return whisper(parts, doer, { text: wordsOf(doer.language).pay.overNone });
  await answerOver(parts, doer, buy.id, answer);
}

/** The person's answer. What is kept and not used yet can still be given back. */
export async function answerOver(parts: Parts, doer: Doer, buyId: string, said: string): Promise<void> {
  const words = wordsOf(doer.language);
  const { community } = doer.place;
  const { id: person } = doer.person;
  if (doer.anonymous || (said !== "keep" && said !== "back")) return;
  const text = await parts.store.change(async (tx) => {
    const buy = await tx.lockBuy(community.id, buyId);
    if (buy?.status !== "settled" || !(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    const { settlement, names } = await settlementOf(tx, buy);
    const account = settlement.accounts.find((each) => each.person === person);
    const leader = names.get(buy.leader) ?? "?";
    const kept = said === "back" ? await unusedOf(tx, buy, person, account?.entries ?? []) : 0;
    const amount = (account ? keepableOf(account) : 0) + kept;
    if (amount <= 0) return words.pay.overNone;
    const entry = { person, kind: "carried", author: person, at: doer.at } as const;
    const own = wordsOf(buy.language);
    if (said === "keep") await tx.addEntries(buy, [{ ...entry, amount, reason: own.pay.keptReason }]);
    else if (kept > 0) await tx.addEntries(buy, [{ ...entry, amount: -kept, reason: own.pay.unkeptReason }]);
    await tx.audit({
      ...{ community: community.id, actor: person, verb: `over-${said}`, buy: buy.id, source: sourceOf(doer) },
      after: { amount },
    });
    const facts = { name: names.get(person) ?? "?", title: buy.terms.title, leader };
    const { currency } = buy.terms;
    if (said === "back") {
      const told = { ...facts, amount: money(amount, currency), plain: plainAmount(amount, currency) };
      const { chat = doer.place.chat, words: theirs } = (await listenersOf(tx, [buy]))(buy, buy.leader);
      await tx.ledger.addNotices([
        {
          ...{ community: buy.community, buy: buy.id, chat, person: buy.leader, kind: "over" },
          ...{ cause: `over-back:${sourceOf(doer)}`, content: { text: say(theirs.pay.backTold, told) } },
        },
      ]);
    }
    return say(words.pay[said === "keep" ? "kept" : "back"], { leader, amount: money(amount, currency) });
  });
  if (text) whisper(parts, doer, { text });
  parts.wake();
}

/** How much of what somebody has kept from this buy is not used yet. */
async function unusedOf(tx: ChangeTx, buy: Buy, person: string, entries: readonly Entry[]): Promise<Money> {
  const kept = sumOf(entries.filter(({ kind }) => kind === "carried"));
  const balance = (await tx.lockBalances([buy])).get(`${buy.id}:${person}`) ?? 0;
  return Math.max(0, Math.min(kept, balance));
}

/**
 * At a closing: what people have kept from earlier buys of its leader is taken off what they have to pay, as far as it
 * goes. By buy: the entries that do so.
 *
 * @param balances  what is kept, locked
 * @param closed    with its orders, and the entries that are there
 */
export function usedOf(
  balances: Awaited<ReturnType<ClosingTx["lockBalances"]>>,
  closed: readonly { readonly buy: Buy; readonly ledger: Ledger; readonly entries: readonly Entry[] }[],
  at: Date,
): ReadonlyMap<string, readonly Entry[]> {
  const dues = closed.flatMap(({ buy, ledger, entries }) =>
    [...new Set(ledger.orders.map((order) => order.person))].map((person) => {
      const orders = ledger.orders.filter((order) => order.person === person);
      const goods = orders.reduce((sum, { lines }) => sum + amountOf(lines, ledger.tally), 0);
      const due = goods + sumOf(entries.filter((entry) => entry.person === person));
      // Two buys of one leader may close together.
      return { buy, person, due, owner: JSON.stringify([buy.community, buy.leader, person]) };
    }),
  );
  const byOwner = new Map(dues.map(({ buy, person, owner }) => [owner, balances.get(`${buy.id}:${person}`) ?? 0]));
  const amounts = takeOff(byOwner, dues);
  const used = new Map<string, Entry[]>();
  for (const [index, { buy, person }] of dues.entries()) {
    const amount = amounts[index]!;
    if (amount === 0) continue;
    const reason = wordsOf(buy.language).pay.broughtReason;
    const entry: Entry = { person, kind: "carried", amount: -amount, reason, author: person, at };
    used.set(buy.id, [...(used.get(buy.id) ?? []), entry]);
  }
  return used;
}
