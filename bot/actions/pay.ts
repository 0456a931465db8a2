import { sumOf } from "../../core/accounts.ts";
import { lineAmount } from "../../core/money.ts";
import { codeText, currencyOf, isWayFor, type PayWay, payKindOf, readPayWay } from "../../core/pay/ways.ts";
import { tallyOf } from "../../core/tally.ts";
import type { AuditVerb } from "../audit.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import type { Button } from "../ports.ts";
import { payPictures, referenceOf, standingText, wayLines, wayText } from "../replies/account-text.ts";
import { entryText, lineText } from "../replies/layout.ts";
import { money, say, wordsOf } from "../replies/replies.ts";
import type { Buy, ChangeTx } from "../store.ts";
import { answerOverInWords } from "./carry-over.ts";
import { chasePayments } from "./chase-now.ts";
import { askAgain, type Choice } from "./choices.ts";
import { checkLead, isLeading } from "./may-lead.ts";
import { PAYABLE } from "./note-payment.ts";
import { standingsOf } from "./standings.ts";

const SET = /^(?:set(?![a-z])|设置|設置|設定)[\s:：]*/iu;
const OFF = /^(?:off(?![a-z])|关掉|關掉|取消|删除|刪除)[\s:：]*/iu;
const KEEP = /^(?:keep|留|留着|留著)$/iu;
const BACK = /^(?:back|退|退给我|退給我)$/iu;

/** What reminds those who have not paid, and what shows who they are. */
const REMIND = /^(?:remind(?:er)?|chase|提醒|催款|催)$/iu;
const LIST = /^(?:list|名单|名單|谁|誰|who)$/iu;

/** Buys that one answer shows. */
const MOST_BUYS = 3;

/** What stands with a command. */
interface Beside {
  readonly photo?: string | undefined;
  readonly replied?: string | undefined;
}

/**
 * `/pay`: what one has to pay, how that is made up, and how to pay it. From a leader `set` and `off` behind it say how they
 * are paid; `keep` and `back` are a person's word about what they have paid too much.
 */
export async function pay(parts: Parts, doer: Doer, command: string, rest: string, beside: Beside): Promise<void> {
  if (SET.test(rest))
    return setWay(parts, doer, command, rest.replace(SET, "") || (beside.replied ?? ""), beside.photo);
  if (OFF.test(rest)) return dropWay(parts, doer, command, rest.replace(OFF, ""));
  if (KEEP.test(rest)) return answerOverInWords(parts, doer, "keep");
  if (BACK.test(rest)) return answerOverInWords(parts, doer, "back");
  const isReminder = REMIND.test(rest);
  if (isReminder || LIST.test(rest)) {
    if (await checkLead(parts, doer, command)) await chasePayments(parts, doer, command, isReminder);
    return;
  }
  if (rest !== "") return askWhatToPay(parts, doer, command, rest);
  await showDue(parts, doer, command);
}

/** Whoever writes something else behind it has mostly paid. */
function askWhatToPay(parts: Parts, doer: Doer, command: string, rest: string): void {
  const words = wordsOf(doer.language);
  const amount = /^\D{0,3}(\d{1,9}(?:\.\d{1,3})?)\D{0,2}$/u.exec(rest)?.[1];
  const paid = amount === undefined ? [] : [{ label: `${words.paidButton}${words.colon}${amount}`, rest: [amount] }];
  const choices: readonly Choice[] = [
    ...paid.map((choice) => ({ ...choice, command: "paid" as const })),
    { label: words.pay.button, rest: [] },
  ];
  askAgain(parts, doer, say(words.pay.how, { command }), { choices });
}

/** What one has to pay for a buy, by a button. */
export async function payFor(parts: Parts, doer: Doer, buyId: string): Promise<void> {
  const buy = await parts.store.findBuy(doer.place.community.id, buyId);
  if (buy && PAYABLE.includes(buy.status)) await showDue(parts, doer, "/pay", buy);
}

async function showDue(parts: Parts, doer: Doer, command: string, known?: Buy): Promise<void> {
  const words = wordsOf(doer.language);
  const buys = known ? [known] : await buysMeant(parts, doer);
  const owed = await parts.store.look(async (tx) => {
    const all = await Promise.all(buys.map((buy) => dueOf(tx, doer, buy)));
    return all.filter((each) => each !== undefined);
  });
  const unpaid = owed.filter(({ standing }) => standing.unmarked > 0).slice(0, MOST_BUYS);
  const shown = unpaid.length > 0 ? unpaid : owed.slice(0, 1);
  for (const each of shown) showOne(parts, doer, each);
  if (shown.length > 0) return;
  if (await isLeading(parts, doer)) return showWays(parts, doer, command);
  whisper(parts, doer, { text: words.pay.nothing });
}

/** The buy that is replied to, else all that are paid for here, those whose list is final first. */
async function buysMeant(parts: Parts, doer: Doer): Promise<readonly Buy[]> {
  const { place, replyTo } = doer;
  const replied = replyTo && (await parts.store.buyOfPost(place, replyTo));
  const named = replied && (await parts.store.findBuy(place.community.id, replied));
  if (named && PAYABLE.includes(named.status)) return [named];
  const recent = (await parts.store.buysOf(place)).filter(({ status }) => PAYABLE.includes(status));
  const last = recent.length === 0 ? await parts.store.lastBuy(place) : undefined;
  const buys = last && PAYABLE.includes(last.status) ? [last] : recent;
  return [...buys].sort((one, other) => Number(one.status === "open") - Number(other.status === "open"));
}

/** What the doer has to pay for a buy; undefined where they have nothing in it. */
async function dueOf(tx: ChangeTx, doer: Doer, buy: Buy) {
  const { id: person } = doer.person;
  const lines = await tx.ledger.linesOfBuy(buy.community, buy.id);
  const own = lines.filter((line) => line.person === person && line.quantity > 0);
  const entries = ((await tx.entriesOf([buy])).get(buy.id) ?? []).filter((entry) => entry.person === person);
  if (own.length === 0 && entries.length === 0) return undefined;
  const tally = tallyOf(buy.terms, lines);
  const names = await tx.namesOf([{ community: buy.community, person: buy.leader }]);
  return {
    ...{ buy, entries, leader: names.get(buy.leader) ?? "?" },
    lines: own.map((line) => ({ line, amount: lineAmount(tally.items[line.item - 1]?.price ?? 0, line.quantity) })),
    standing: standingsOf(buy, lines, await tx.paymentsOf([buy]), [person]).get(person)!,
    ways: await tx.payWaysOf(buy.community, buy.leader),
    kept: buy.status === "open" ? ((await tx.balancesOf([buy])).get(`${buy.id}:${person}`) ?? 0) : 0,
  };
}

function showOne(parts: Parts, doer: Doer, owed: NonNullable<Awaited<ReturnType<typeof dueOf>>>): void {
  const words = wordsOf(doer.language);
  const { buy, lines, entries, standing, ways, kept, leader } = owed;
  const { currency, title } = buy.terms;
  const { zone } = doer.place.community;
  const due = lines.reduce((sum, { amount }) => sum + amount, 0) + sumOf(entries);
  const isFinal = buy.status !== "open";
  const how = wayLines(ways, currency, words);
  const reference = referenceOf(buy, doer.person.name);
  const text = [
    say(words.pay.mine, { title }),
    ...lines.map(({ line, amount }) => `• ${lineText(buy, line, words)} = ${money(amount, currency)}`),
    ...entries.map((entry) => `• ${entryText(buy, entry, zone, words)}`),
    say(words.due, { amount: money(due, currency) }),
    ...standingText(buy, standing, words),
    ...(kept > 0 ? [say(words.pay.brought, { amount: money(kept, currency) })] : []),
    ...(isFinal ? [] : [words.pay.later]),
    ...(standing.unmarked === 0
      ? [words.pay.done]
      : [
          "",
          ...(how.length > 0 ? how : [say(words.pay.ask, { leader })]),
          ...(how.length > 0 && isFinal ? [say(words.pay.reference, { reference })] : []),
        ]),
  ].join("\n");
  const demand = isFinal && standing.open > 0 ? { amount: standing.open, reference } : undefined;
  // A code without the amount would invite a wrong one.
  const pictures = standing.open > 0 ? payPictures(ways, currency, doer.place.platform, demand) : [];
  const [first, ...more] = isFinal ? pictures : [];
  const buttons: Button[][] =
    standing.open > 0 ? [[{ label: words.paidButton, data: `paid:${buy.id}`, words: "/paid" }]] : [];
  whisper(parts, doer, { text, ...first, buttons });
  for (const picture of more) whisper(parts, doer, { text: words.pay.picture, ...picture });
}

/** How the leader is paid, and how to change it. */
async function showWays(parts: Parts, doer: Doer, command: string): Promise<void> {
  const words = wordsOf(doer.language);
  const ways = await parts.store.look((tx) => tx.payWaysOf(doer.place.community.id, doer.person.id));
  const text = [...ways.map((way) => `• ${wayText(way, words)}`), say(words.pay.setHow, { command })].join("\n");
  whisper(parts, doer, { text });
}

/** `/pay set …`: writes a way down and shows what others will see, with the code to try. */
async function setWay(parts: Parts, doer: Doer, command: string, text: string, photo?: string): Promise<void> {
  if (!(await checkLead(parts, doer, `${command} set`))) return;
  const words = wordsOf(doer.language);
  const { community, platform } = doer.place;
  const way = readPayWay(text, doer.person.name, photo === undefined ? undefined : { photo, platform });
  if ("code" in way) {
    if (way.code === "pay-empty") return showWays(parts, doer, command);
    const why =
      way.code === "pay-long"
        ? say(words.pay.long, { most: way.most })
        : `${way.code === "pay-holder" ? `${words.pay.holder}\n` : ""}${say(words.pay.wrong[way.scheme], { command })}`;
    return whisper(parts, doer, { text: why });
  }
  await change(parts, doer, "pay-way-set", way.kind, (tx) => tx.setPayWay(community.id, doer.person.id, way));
  const note = isWayFor(way, community.currency) || !("account" in way) ? [] : [currencyOf(way.kind)];
  const shown = [
    words.pay.set,
    wayText(way, words),
    ...note.map((currency) => say(words.pay.setOther, { currency })),
  ].join("\n");
  const qr = codeText(way);
  whisper(parts, doer, {
    text: shown,
    ...(qr !== undefined && { qr }),
    ...(way.kind === "picture" && { photo: way.photo }),
  });
}

/** `/pay off`, perhaps with a kind. */
async function dropWay(parts: Parts, doer: Doer, command: string, said: string): Promise<void> {
  if (!(await checkLead(parts, doer, `${command} off`))) return;
  const words = wordsOf(doer.language);
  const kind = payKindOf(said);
  if (said !== "" && !kind) return showWays(parts, doer, command);
  let count = 0;
  await change(parts, doer, "pay-way-off", kind, async (tx) => {
    count = await tx.dropPayWays(doer.place.community.id, doer.person.id, kind);
  });
  whisper(parts, doer, { text: count > 0 ? words.pay.off : words.pay.offNothing });
}

async function change(
  parts: Parts,
  doer: Doer,
  verb: AuditVerb,
  kind: PayWay["kind"] | undefined,
  work: (tx: ChangeTx) => Promise<void>,
): Promise<void> {
  const { id: community } = doer.place.community;
  await parts.store.change(async (tx) => {
    if (!(await tx.claim(community, sourceOf(doer)))) return;
    await work(tx);
    await tx.audit({ community, actor: doer.person.id, verb, source: sourceOf(doer), after: { kind: kind ?? "all" } });
  });
}
