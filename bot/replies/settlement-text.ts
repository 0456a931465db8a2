import type { Commission } from "../../core/commission.ts";
import { formatAmount } from "../../core/money.ts";
import { formatQuantity } from "../../core/quantity.ts";
import type { Account, BookLine, Settlement } from "../../core/settlement.ts";
import type { Buy } from "../store.ts";
import { standingText } from "./account-text.ts";
import { entryText } from "./layout.ts";
import { money, quantity, say, time } from "./replies.ts";
import type { Words } from "./words.ts";

/** What everybody sees: sums, and no names. */
export function settlementSummary(buy: Buy, settlement: Settlement, words: Words): string {
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

/** The sums, and how each person stands. Nothing in it tells what the goods cost the leader, or earn. */
export function accountsStatement(
  buy: Buy,
  settlement: Settlement,
  names: ReadonlyMap<string, string>,
  words: Words,
): string {
  const { currency } = buy.terms;
  const rows = settlement.accounts.map((account) => {
    const { person, goods, entries, due, paid, open, over, saysPaid } = account;
    const others = entries.flatMap(({ kind, amount }) =>
      amount === 0 ? [] : [`${words.entryKinds[kind]} ${money(amount, currency)}`],
    );
    const parts = [money(goods, currency), ...others].join(words.comma);
    const part = paid > 0 && open > 0 ? `${words.paidInAll} ${money(paid, currency)} ` : "";
    const state =
      open > 0
        ? `${part}${say(words.stillOpen, { amount: money(open, currency) })}${saysPaid ? ` ${words.saysPaid}` : ""}`
        : over > 0
          ? say(words.toGiveBack, { amount: money(over, currency) })
          : "✓";
    return `${names.get(person) ?? "?"}${words.colon}${parts} = ${money(due, currency)} ${state}`;
  });
  return [settlementSummary(buy, settlement, words), "", ...rows].join("\n");
}

/** The same for leaders' eyes only: with where the money comes from and where it goes. */
export function settlementStatement(
  buy: Buy,
  settlement: Settlement,
  names: ReadonlyMap<string, string>,
  words: Words,
): string {
  return [accountsStatement(buy, settlement, names, words), "", ...bookText(buy, settlement, words)].join("\n");
}

/** Both sides of the book, and that they come to the same. */
function bookText(buy: Buy, { book, commission, costUnknown, items }: Settlement, words: Words): string[] {
  const { currency } = buy.terms;
  const { pay } = words;
  const knowsCost = items.some(({ cost }) => cost !== undefined);
  const nameOut = (name: (typeof book.out)[number]["name"]) =>
    name === "left" && !knowsCost ? pay.supplierUnknown : pay.out[name];
  const side = <Name>(label: string, lines: readonly BookLine<Name>[], nameOf: (name: Name) => string) => {
    const shown = lines.filter(({ amount }) => amount !== 0);
    return `${label}${words.colon}${shown.map(({ name, amount }) => `${nameOf(name)} ${money(amount, currency)}`).join(words.comma)}`;
  };
  const sum = money(book.sum, currency);
  const unknown = costUnknown.map((item) => buy.terms.items[item - 1]?.name ?? `#${item}`);
  return [
    side(pay.moneyIn, book.in, (name) => pay.in[name]),
    side(pay.moneyOut, book.out, nameOut),
    say(pay.check, { sum }),
    ...(commission && buy.commission ? [commissionText(buy, buy.commission, commission, words)] : []),
    ...(knowsCost && unknown.length > 0
      ? [say(pay.costUnknown, { items: unknown.join(words.comma), example: unknown[0]! })]
      : []),
  ];
}

function commissionText(
  { terms }: Buy,
  rule: Commission,
  { reversed, earned }: NonNullable<Settlement["commission"]>,
  words: Words,
): string {
  const head = say(words.pay.commission, { rule: ruleText(rule, terms.currency, words) });
  const less = say(words.pay.commissionLess, { amount: money(reversed, terms.currency) });
  return `${head}${words.colon}${money(earned, terms.currency)}${reversed > 0 ? ` (${less})` : ""}`;
}

/** "5%", "$0.50 each". */
export function ruleText(rule: Commission, currency: string, words: Words): string {
  if ("percent" in rule) return `${formatQuantity(rule.percent * 10)}%`;
  return say(words.pay.each, { amount: money(rule.each, currency) });
}

/** What one person had, paid and is owed, for them to keep. */
export function receiptText(buy: Buy, account: Account, name: string, leader: string, zone: string, words: Words) {
  const { currency, items } = buy.terms;
  const lines = account.lines.map((line) => {
    const item = items[line.item - 1];
    const whom = line.for ? say(words.forWhom, { name: line.for }) : "";
    const option = line.option ? ` (${line.option})` : "";
    const less =
      line.received < line.quantity
        ? ` ${say(words.pay.received, { quantity: quantity(line.received, item?.unit) })}`
        : "";
    return `• ${whom}${item?.name ?? `#${line.item}`}${option} ${quantity(line.quantity, item?.unit)} = ${money(line.amount, currency)}${less}`;
  });
  const standing = { ...account, due: Math.max(0, account.due), unmarked: account.open };
  return [
    say(words.pay.receipt, { title: buy.terms.title, no: buy.no, name }),
    ...(buy.closedAt ? [say(words.pay.receiptOf, { leader, time: time(buy.closedAt, zone, words) })] : []),
    ...lines,
    ...account.entries.map((entry) => `• ${entryText(buy, entry, zone, words)}`),
    say(words.due, { amount: money(account.due, currency) }),
    ...standingText(buy, standing, words),
    ...(account.open === 0 && account.due >= 0 ? [words.pay.done] : []),
  ].join("\n");
}

/** An amount as it is typed: "2.50". */
export function plainAmount(amount: number, currency: string): string {
  return formatAmount(amount, currency);
}
