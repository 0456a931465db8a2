import { type Commission, MOST_PERCENT } from "../../core/commission.ts";
import { NO_CURRENCY, parseAmount } from "../../core/money.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { quoted, say, time, wordsOf } from "../replies/replies.ts";
import {
  accountsStatement,
  receiptText,
  ruleText,
  settlementStatement,
  settlementSummary,
} from "../replies/settlement-text.ts";
import { settlementOf } from "../settlement.ts";
import type { Asked, Buy, BuyStatus, ChangeTx, DueTimer, NewOutgoing } from "../store.ts";
import { askToKeep } from "./carry-over.ts";
import { choiceButtons, undoing } from "./choices.ts";
import { tellChats } from "./close-buy.ts";
import { carryOut, preview } from "./confirm.ts";
import { listenersOf } from "./listeners.ts";
import { endedBuy, pickBuy, pickEnded } from "./pick-buy.ts";
import { excuse, problemsUntil, reviewTimer, saidBy, saidInEach } from "./timers.ts";
import { whoseOrder } from "./whose-order.ts";

/** States in which a buy can be settled. */
const UNSETTLED: readonly BuyStatus[] = ["closed", "purchased", "arrived"];

const COMMISSION = /^(?:commission|佣金|提成)(?![a-z])[\s:：]*/iu;

/**
 * `/settle`: shows the leader how everybody stands, and settles the buy at their yes; of one that is settled, what is on
 * record. With a name, that person's receipt; with "commission", the leader's own share.
 */
export async function proposeSettlement(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  if (COMMISSION.test(rest)) return setCommission(parts, doer, command, rest.replace(COMMISSION, ""));
  if (rest !== "" || doer.about?.person) return showReceiptOf(parts, doer, command, rest);
  const buy = await pickEnded(parts, doer, command, [...UNSETTLED, "settled"]);
  if (!buy) return;
  const words = wordsOf(doer.language);
  const { settlement, names, open } = await parts.store.look(async (tx) => {
    const problems = await tx.problemsOf(buy);
    const open = problems.flatMap(({ state }, index) => (state === "open" ? [`#${index + 1}`] : []));
    return { ...(await settlementOf(tx, buy)), open };
  });
  if (settlement.accounts.length === 0) {
    return whisper(parts, doer, { text: say(words.entryNobody, { title: buy.terms.title }) });
  }
  const statement = settlementStatement(buy, settlement, names, words);
  const accounts = accountsStatement(buy, settlement, names, words);
  if (buy.status === "settled") {
    return whisper(parts, doer, { text: [words.pay.archived, statement].join("\n"), publicly: accounts });
  }
  const undecided = open.length > 0 ? [say(words.settleProblems, { problems: open.join(words.comma) })] : [];
  const until = problemsUntil(buy);
  const early =
    until > doer.at ? [say(words.settleEarly, { time: time(until, doer.place.community.zone, words) })] : [];
  const asked = (text: string) => [text, "", ...undecided, ...early, words.settleQuestion].join("\n");
  await preview(parts, doer, "settle", { buy: buy.id }, asked(statement), words.settleButton, asked(accounts));
}

/** The leader's yes: everybody sees what it came to. Reminders of a settled buy say nothing; those ahead are there again if it is undone. */
export async function settleBuy(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { buy: id } = asked.data as { readonly buy: string };
  const words = wordsOf(doer.language);
  await carryOut(parts, doer, asked, id, async (tx, buy) => {
    const { title } = buy.terms;
    if (!UNSETTLED.includes(buy.status)) return say(words.settledAlready, { title });
    const { settlement, names } = await settlementOf(tx, buy);
    await tx.updateBuy(buy, { status: "settled" });
    await tx.cancelTimers(buy, ["remind-payment"]);
    await tx.setTimers([reviewTimer(buy, "ask", await tx.now())]);
    const textFor = (told: Buy) => settlementSummary(told, settlement, wordsOf(told.language));
    await tellChats(parts, tx, buy, "settlement", textFor, `settled:${asked.id}`);
    await askToKeep(tx, doer.place, buy, settlement, names, asked.id);
    const { goods, due, paid, open, over, book } = settlement;
    await tx.audit({
      ...{ community: buy.community, actor: doer.person.id, verb: "buy-settled", buy: buy.id, source: sourceOf(doer) },
      before: { status: buy.status },
      after: { goods, due, paid, open, over, book },
    });
    return { text: say(words.settled, { title }), ...choiceButtons(doer, [undoing(doer)]) };
  });
}

/**
 * Something has changed after the settlement: everybody sees what it comes to now, and who has paid too much by that is
 * asked whether it is kept. Of a buy that is not settled there is nothing to correct.
 *
 * @param people  whose account has changed
 * @param cause   what it follows from
 */
export async function correctSettlement(
  parts: Parts,
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  people: readonly string[],
  cause: string,
): Promise<void> {
  if (buy.status !== "settled") return;
  const { settlement, names } = await settlementOf(tx, buy);
  const textFor = (told: Buy) => {
    const words = wordsOf(told.language);
    return `${words.corrected}\n${settlementSummary(told, settlement, words)}`;
  };
  await tellChats(parts, tx, buy, "settlement", textFor, `settlement:${cause}`);
  const accounts = settlement.accounts.filter(({ person }) => people.includes(person));
  await askToKeep(tx, doer.place, buy, { ...settlement, accounts }, names, cause);
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
    const places = (await tx.placesOf([buy])).get(buy.id) ?? [];
    const leader = (await listenersOf(tx, [buy]))(buy, buy.leader);
    const { words } = leader;
    const content = (told: Buy, lines: readonly string[]) => ({
      text: [...excuse(timer, at, told, community), ...lines].join("\n"),
    });
    const own = [settlementStatement, accountsStatement].map((make) =>
      content(leader.told, [make(buy, settlement, names, words), "", words.settleHow]),
    );
    const messages: NewOutgoing[] = [
      ...saidInEach(parts, timer, buy, "settlement", places, (told) =>
        content(told, [settlementSummary(told, settlement, wordsOf(told.language))]),
      ),
      ...saidBy(
        ...([parts, timer, buy, "settlement-accounts", leader.places] as const),
        { ...own[0]!, publicly: own[1]!.text },
        buy.leader,
      ),
    ];
    await tx.addOutgoing(...messages);
  }
}

/** `/settle Ada`: what Ada had, paid and is owed. */
async function showReceiptOf(parts: Parts, doer: Doer, command: string, name: string): Promise<void> {
  const whose = await whoseOrder(parts, doer, command, name, [...UNSETTLED, "settled"]);
  if (whose) await showReceipt(parts, doer, whose.buy, whose.person);
}

/** `/my receipt`: one's own. */
export async function showOwnReceipt(parts: Parts, doer: Doer, command: string): Promise<void> {
  const buy = await pickEnded(parts, doer, command, [...UNSETTLED, "settled"]);
  if (buy) await showReceipt(parts, doer, buy, doer.person.id);
}

/** What one person had, paid and is owed, in a form to keep. */
export async function showReceipt(parts: Parts, doer: Doer, buy: Buy, person: string): Promise<void> {
  const words = wordsOf(doer.language);
  const { settlement, names } = await parts.store.look((tx) => settlementOf(tx, buy));
  const account = settlement.accounts.find((each) => each.person === person);
  if (!account) return whisper(parts, doer, { text: say(words.pay.nothing, { title: buy.terms.title }) });
  const [name, leader] = [names.get(person) ?? "?", names.get(buy.leader) ?? "?"];
  const text = receiptText(buy, account, name, leader, doer.place.community.zone, words);
  whisper(parts, doer, { text, ...(person !== doer.person.id && { publicly: words.notPublicly }) });
}

/** `/settle commission 5%`, `… 0.50 each`, `… off`: what of the buy is the leader's own. It changes what nobody pays. */
async function setCommission(parts: Parts, doer: Doer, command: string, said: string): Promise<void> {
  const words = wordsOf(doer.language);
  const buy = (await endedBuy(parts, doer, UNSETTLED)) ?? (await pickBuy(parts, doer, command, ["open"]));
  if (!buy) return;
  const { title, currency } = buy.terms;
  const own = `${command} commission`;
  const commission = readCommission(said, currency);
  if (commission === undefined) {
    const off = [{ label: words.choices.noCommission, rest: ["commission off"], buy: buy.id }];
    const text = say(words.pay.commissionHow, { text: quoted(said), command: own });
    return whisper(parts, doer, { text, ...choiceButtons(doer, off) });
  }
  await parts.store.change(async (tx) => {
    const locked = await tx.lockBuy(buy.community, buy.id);
    if (!locked || !(await tx.claim(buy.community, sourceOf(doer)))) return;
    await tx.updateBuy(locked, { commission });
    const { id: actor } = doer.person;
    await tx.audit({
      ...{ community: buy.community, actor, verb: "commission", buy: buy.id, source: sourceOf(doer) },
      ...{ before: { rule: locked.commission ?? null }, after: { rule: commission } },
    });
  });
  const text = commission
    ? say(words.pay.commissionSet, { title, rule: ruleText(commission, currency, words), command: own })
    : say(words.pay.commissionOff, { title });
  whisper(parts, doer, { text, publicly: words.notPublicly });
}

/** "5%", "0.50 each" 每份0.5; null for none, undefined for what cannot be read. */
function readCommission(said: string, currency: string): Commission | null | undefined {
  const text = said.trim();
  if (/^(?:off|no|none|0|0%|关|關|无|無|取消)$/iu.test(text)) return null;
  const percent = /^(\d{1,3}(?:\.\d{1,2})?)\s*[%％]$/.exec(text)?.[1];
  if (percent !== undefined) {
    const hundredths = parseAmount(percent, NO_CURRENCY);
    return hundredths !== undefined && hundredths <= MOST_PERCENT ? { percent: hundredths } : undefined;
  }
  const sign = "(?:[a-z]{0,3}[$¥￥€£₹]|rm)?";
  const each = new RegExp(
    String.raw`^(?:每[份件个個]\s*)?${sign}\s*(\d{1,7}(?:\.\d{1,3})?)\s*(?:元|块|塊)?\s*(?:each|a piece|per piece|per unit|每[份件个個]|\/[份件个個])?$`,
    "iu",
  ).exec(text);
  // A bare number could be either.
  if (!each || text === each[1]) return undefined;
  const amount = parseAmount(each[1]!, currency);
  return amount === undefined ? undefined : { each: amount };
}
