import { type Entry, type EntryKind, shareOut, sumOf } from "../../core/accounts.ts";
import { formatAmount, type Money, parseAmount } from "../../core/money.ts";
import { type PaymentWord, standingOf } from "../../core/payments.ts";
import type { Quantity } from "../../core/quantity.ts";
import { nameAtStart } from "../../core/read-shares.ts";
import { amountOf, tallyOf } from "../../core/tally.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { standingText } from "../replies/account-text.ts";
import { NO_REASON, whyOf } from "../replies/layout.ts";
import { money, say, signed, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Asked, Buy, BuyStatus, ChangeTx, Line, Notice } from "../store.ts";
import { alike, askAgain, type Choice, choiceButtons } from "./choices.ts";
import { carryOut, preview } from "./confirm.ts";
import { type Listener, listenersOf } from "./listeners.ts";
import { buyCaredFor, meantBuy, pickBuy } from "./pick-buy.ts";
import { nameOf } from "./purchase.ts";
import { correctSettlement } from "./settle.ts";

/** What a leader may book: money that goes back, a share of the delivery, something off. */
export type BookedKind = Extract<EntryKind, "refund" | "delivery" | "discount">;

/** How an amount is shared: by heads, by what the goods cost, by how much of them. */
type ShareRule = "equal" | "value" | "quantity";

/** What is to be booked, as it is kept until the leader says yes. */
interface Booking {
  readonly buy: string;
  readonly kind: BookedKind;
  /** As written: negative takes back. */
  readonly amount: Money;
  /** Whose account; nobody's: it is shared by all who have ordered. */
  readonly person?: string;
  readonly by: ShareRule;
  readonly reason: string;
}

const STATUSES: readonly BuyStatus[] = ["open", "closed", "purchased", "arrived"];

/** The most that one entry may be, in minor units. */
const MOST_AMOUNT = 1_000_000_000;

/** `/refund`, `/delivery`, `/discount`: shows who would pay how much then. */
export async function proposeEntries(parts: Parts, doer: Doer, kind: BookedKind, command: string, rest: string) {
  const words = wordsOf(doer.language);
  const buy = await buyToBook(parts, doer, kind, command);
  if (!buy) return;
  const accounts = await parts.store.look((tx) => accountsOf(tx, buy));
  if (accounts.length === 0) return whisper(parts, doer, { text: say(words.entryNobody, { title: buy.terms.title }) });

  const booking = readBooking(rest, kind, buy, accounts, doer.about?.person);
  if (!booking || (kind === "refund" && booking.person === undefined)) {
    const names = accounts.map(({ name }) => name).join(words.comma);
    const account = accountAlone(rest, accounts, doer.about?.person);
    const facts = { command, example: (account ?? accounts[0]!).name, title: buy.terms.title, names };
    const lines = account && kind === "refund" ? await parts.store.linesOf(buy.community, buy.id) : [];
    const due =
      account && `${account.name}${words.colon}${say(words.due, { amount: money(account.due, buy.terms.currency) })}`;
    return askAgain(parts, doer, [...(due ? [due] : []), say(words.entryHows[kind], facts)].join("\n"), {
      choices: account && lines.length > 0 ? refundChoices(buy, account, lines, words) : whoseChoices(rest, accounts),
      ...(account && { said: "" }),
    });
  }
  if (booking.person === undefined && buy.status === "open") {
    return whisper(parts, doer, { text: say(words.entryOpen, { title: buy.terms.title }) });
  }
  await preview(parts, doer, "entries", booking, previewText(buy, booking, accounts, words));
}

/** One that is not settled; money may go back after that too, while problems are reported. */
async function buyToBook(parts: Parts, doer: Doer, kind: BookedKind, command: string): Promise<Buy | undefined> {
  const cared = kind === "refund" ? await buyCaredFor(parts, doer) : undefined;
  const isMeant = cared?.status === "settled" && (await meantBuy(parts, doer))?.id === cared.id;
  const isOther = (await parts.store.buysOf(doer.place)).some(({ status }) => STATUSES.includes(status));
  return cared?.status === "settled" && (isMeant || !isOther) ? cared : pickBuy(parts, doer, command, STATUSES);
}

/** The leader's yes: the entries are written, and those whom they concern hear of it. */
export async function bookEntries(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const booking = asked.data as Booking;
  const words = wordsOf(doer.language);
  await carryOut(parts, doer, asked, booking.buy, async (tx, buy) => {
    const accounts = await accountsOf(tx, buy);
    const shares = sharesOf(booking, accounts);
    const { kind, reason } = booking;
    const { id: author } = doer.person;
    const entries = shares.map(({ account, amount }) => {
      return { person: account.person, kind, amount, reason, author, at: doer.at };
    });
    if (!STATUSES.includes(buy.status) && buy.status !== "settled") return words.changeGone;
    await bookNoticed(tx, doer, buy, entries, asked.id);
    const people = entries.map(({ person }) => person);
    await correctSettlement(parts, tx, doer, buy, people, asked.id);
    await tx.audit({
      ...{ community: buy.community, actor: author, verb: "entries-booked", buy: buy.id, source: sourceOf(doer) },
      after: { kind, reason, entries: entries.map(({ person, amount }) => ({ person, amount })) },
    });
    const { text, rest } = bookedText(buy, booking, shares, words);
    const undo = { label: words.choices.undo, command: kind, rest, buy: buy.id, isWordless: true };
    return { text, ...choiceButtons(doer, [undo]) };
  });
}

/** Books entries, with a word to each whom they concern. @param cause  what they follow from */
export async function bookNoticed(
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  entries: readonly (Entry & { readonly person: string })[],
  cause: string,
): Promise<void> {
  const accounts = await accountsOf(tx, buy);
  await tx.addEntries(buy, entries);
  const listener = await listenersOf(tx, [buy]);
  const notices = entries.flatMap((entry): Notice[] => {
    const account = accounts.find(({ person }) => person === entry.person);
    return account
      ? [noticeOf(doer, buy, entry, { account, amount: entry.amount }, listener(buy, entry.person), cause)]
      : [];
  });
  await tx.ledger.addNotices(notices);
}

/** What somebody has to pay as things stand. */
interface Account {
  readonly person: string;
  readonly name: string;
  /** For whom else they have ordered: their names mean this account too. */
  readonly others: readonly string[];
  readonly goods: Money;
  /** Of all items together, each in its unit. */
  readonly quantity: Quantity;
  readonly due: Money;
  readonly payments: readonly PaymentWord[];
}

/** Everybody with something booked, in the order of their names. */
async function accountsOf(tx: ChangeTx, buy: Buy): Promise<Account[]> {
  const { lines, sums } = await tx.ledger.rowsOf(buy.community, buy.id);
  const tally = tallyOf(buy.terms, sums.items);
  const entries = (await tx.entriesOf([buy])).get(buy.id) ?? [];
  const payments = await tx.paymentsOf([buy]);
  const byPerson = new Map<string, Line[]>();
  for (const line of lines) {
    if (line.quantity > 0) byPerson.set(line.person, [...(byPerson.get(line.person) ?? []), line]);
  }
  const names = await tx.namesOf([...byPerson.keys()].map((person) => ({ community: buy.community, person })));
  return [...byPerson]
    .map(([person, own]): Account => {
      const goods = amountOf(own, tally);
      const others = [...new Set(own.flatMap((line) => (line.for ? [line.for] : [])))];
      const due = goods + sumOf(entries.filter((entry) => entry.person === person));
      const quantity = own.reduce((sum, line) => sum + line.quantity, 0);
      return {
        person,
        name: names.get(person) ?? "?",
        others,
        goods,
        quantity,
        due,
        payments: payments.get(`${buy.id}:${person}`)?.words ?? [],
      };
    })
    .sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
}

const SIGN = `(?:[a-z]{0,3}[$¥￥€£]|rm)?`;
const AMOUNT = new RegExp(
  String.raw`^[\s:：,，]*([-−+])?\s*${SIGN}\s*(\d{1,9}(?:\.\d{1,3})?)\s*(?:元|块|塊|圆|圓)?(?![\d.])[\s,，:：]*(.*)$`,
  "isu",
);
const RULES: readonly (readonly [ShareRule, RegExp])[] = [
  ["value", /^(?:by value|按金额|按金額)[\s,，:：]*/iu],
  ["quantity", /^(?:by (?:quantity|amount|weight)|按数量|按數量|按份|按重量)[\s,，:：]*/iu],
];

/** "Lin 5 two were bad"; without a name it is shared by all: "20", "20 by value". */
function readBooking(
  text: string,
  kind: BookedKind,
  buy: Buy,
  accounts: readonly Account[],
  chosen?: string,
): Booking | undefined {
  const account = accounts.find(({ person }) => person === chosen);
  const named = account ? { account, rest: text, whom: undefined } : accountNamed(text, accounts);
  const match = AMOUNT.exec(named ? named.rest : text);
  const amount = match?.[2] === undefined ? undefined : parseAmount(match[2], buy.terms.currency);
  if (!match || amount === undefined || amount === 0 || amount > MOST_AMOUNT) return undefined;
  const [, sign = "", , words = ""] = match;
  const [by, pattern] = RULES.find(([, each]) => each.test(words)) ?? ["equal" as const];
  const why = pattern ? words.replace(pattern, "") : words;
  const reason = [named?.whom, why.trim()].filter(Boolean).join(": ").slice(0, 200) || NO_REASON;
  return {
    ...{ buy: buy.id, kind, amount: sign === "-" || sign === "−" ? -amount : amount, reason },
    by,
    ...(named && { person: named.account.person }),
  };
}

/** The account that a text begins with the name of; of several the one with the longest name. Two alike are none. */
function accountNamed(text: string, accounts: readonly Account[]) {
  const named = accounts.flatMap((account) => [
    { account, name: account.name, whom: undefined },
    ...account.others.map((name) => ({ account, name, whom: name })),
  ]);
  return nameAtStart(text, named, (one, other) => one.account === other.account);
}

/** The account that is named, or was chosen, with no amount behind it. */
function accountAlone(text: string, accounts: readonly Account[], chosen?: string): Account | undefined {
  if (text === "") return accounts.find(({ person }) => person === chosen);
  const named = accountNamed(text, accounts);
  return named?.rest === "" ? named.account : undefined;
}

/** Who may be meant where an amount stands behind no name, or behind one that is not there. */
function whoseChoices(text: string, accounts: readonly Account[]): readonly Choice[] {
  const [, name = "", amount] = /^(\D{0,120}?)\s*([-−+]?\s?\d{1,7}(?:\.\d{1,3})?(?:\s.{0,30})?)$/u.exec(text) ?? [];
  return alike(amount === undefined ? text : name, accounts).map((account) => {
    return { label: account.name, rest: [account, ...(amount === undefined ? [] : [amount])] };
  });
}

/** What each of somebody's goods cost may go back. */
function refundChoices(buy: Buy, account: Account, lines: readonly Line[], words: Words): readonly Choice[] {
  const tally = tallyOf(buy.terms, lines);
  return lines.flatMap((line): Choice[] => {
    const amount = amountOf([line], tally);
    if (line.person !== account.person || amount <= 0) return [];
    const label = `${nameOf(buy, line)}${words.colon}${money(amount, buy.terms.currency)}`;
    return [{ label, rest: [account, formatAmount(amount, buy.terms.currency)], buy: buy.id }];
  });
}

interface Share {
  readonly account: Account;
  /** As an entry has it: negative is less to pay. */
  readonly amount: Money;
}

function sharesOf({ kind, amount, person, by }: Booking, accounts: readonly Account[]): Share[] {
  const signed = kind === "delivery" ? amount : -amount;
  const among = person === undefined ? accounts : accounts.filter((account) => account.person === person);
  const weights = among.map(({ goods, quantity }) => ({ equal: 1, value: goods, quantity })[by]);
  const shares = shareOut(signed, weights);
  return among.map((account, index) => ({ account, amount: shares[index]! })).filter((share) => share.amount !== 0);
}

function previewText(buy: Buy, booking: Booking, accounts: readonly Account[], words: Words): string {
  const { currency, title } = buy.terms;
  const shares = sharesOf(booking, accounts);
  return [
    say(words.entryPreview, { kind: words.entryKinds[booking.kind], title, why: whyOf(booking.reason, words) }),
    ...shares.map(({ account, amount }) =>
      say(words.entryShared, {
        ...{ name: account.name, amount: signed(amount, currency) },
        due: money(account.due + amount, currency),
      }),
    ),
    ...shares
      .filter(({ account, amount }) => account.due + amount < 0)
      .map(({ account }) => say(words.entryOver, { name: account.name })),
    ...(shares.length > 1 ? [say(words.total, { amount: signed(sumOf(shares), currency) })] : []),
  ].join("\n");
}

function bookedText(buy: Buy, { kind, amount, person, by, reason }: Booking, shares: readonly Share[], words: Words) {
  const { currency } = buy.terms;
  const [first] = person === undefined ? [] : shares;
  const value = by === "equal" ? "" : `by ${by}`;
  const behind = [formatAmount(-amount, currency), value, reason === NO_REASON ? "" : reason].filter(Boolean);
  const undo = [`/${kind}`, first?.account.name, ...behind].filter(Boolean).join(" ");
  const people = first?.account.name ?? words.persons(shares.length);
  const facts = { kind: words.entryKinds[kind], amount: signed(sumOf(shares), currency), people, undo };
  return { text: say(words.entryBooked, facts), rest: [...(first ? [first.account] : []), ...behind] };
}

/** A word to the person. */
function noticeOf(
  doer: Doer,
  buy: Buy,
  { kind, reason }: Pick<Entry, "kind" | "reason">,
  { account, amount }: Share,
  { chat = doer.place.chat, words }: Listener,
  cause: string,
): Notice {
  const { currency, title } = buy.terms;
  const facts = {
    name: account.name,
    title,
    kind: words.entryKinds[kind],
    amount: signed(amount, currency),
    why: whyOf(reason, words),
  };
  const due = account.due + amount;
  const paid = account.payments.length > 0 ? standingText(buy, standingOf(due, account.payments), words) : [];
  return {
    ...{ community: buy.community, buy: buy.id, chat, person: account.person, kind: "account" },
    cause: `entry:${cause}`,
    content: { text: [say(words.entryNotice, { ...facts, due: money(due, currency) }), ...paid].join("\n") },
  };
}
