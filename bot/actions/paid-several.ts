import type { Money } from "../../core/money.ts";
import type { Standing } from "../../core/payments.ts";
import { readPayment, type SaidPayment } from "../../core/read-payment.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import { money, quoted, say, wordsOf } from "../replies/replies.ts";
import type { Asked, Buy, ChangeTx } from "../store.ts";
import { choiceButtons, undoing } from "./choices.ts";
import { carryOut, preview } from "./confirm.ts";
import { namesIn } from "./names-in.ts";
import { amountSaid, openIn, PAYABLE, writePayment } from "./note-payment.ts";
import { type Several, severalNamed } from "./several.ts";
import { isPriced, standingsOf } from "./standings.ts";
import type { Somebody } from "./who-is.ts";
import { labelOf } from "./whose-order.ts";

/** One of several payments, as it was shown. */
interface Mark extends Somebody {
  /** Left out where nothing has a price. */
  readonly amount?: Money;
  /** How the account stood. */
  readonly standing: Standing;
}

/** `/paid Ada 20, Ben 12.50`, `/paid all`: shown first. Whether it was that. */
export async function proposePayments(parts: Parts, doer: Doer, command: string, text: string): Promise<boolean> {
  const words = wordsOf(doer.language);
  const several = await severalNamed(parts, doer, command, text, PAYABLE, words, readPayment);
  if (!several || several === "told") return several !== undefined;
  const { buy } = several;
  const { title, currency } = buy.terms;
  const { marks, before, unread } = await parts.store.look((tx) => marksOf(tx, several));
  const notes = [
    ...several.leftOut,
    ...unread.map(({ name, said }) => say(words.several.amount, { name, amount: quoted(said) })),
    ...(before.length > 0 ? [say(words.several.paidBefore, { names: before.join(words.comma) })] : []),
  ];
  if (marks.length === 0) {
    whisper(parts, doer, {
      text: [say(words.several.nobodyOwes, { title }), ...notes].join("\n"),
      ...choiceButtons(doer, [{ label: words.choices.list, command: "list", rest: [], buy: buy.id }]),
    });
    return true;
  }
  const rows = marks.map(({ amount, standing, ...who }) => {
    if (amount === undefined) return `• ${labelOf(who)}`;
    const left = standing.unmarked - amount;
    const rest = left === 0 ? "" : ` – ${restText(standing, left, currency, words.pay)}`;
    return `• ${labelOf(who)}${words.colon}${money(amount, currency)}${rest}`;
  });
  const head = say(words.several.paid, { title, people: words.persons(marks.length) });
  const shown = [head, ...rows, ...notes].join("\n");
  await preview(parts, doer, "marks", { buy: buy.id, marks }, shown, words.noteButton, head);
  return true;
}

function restText({ over }: Standing, left: Money, currency: string, words: { markLess: string; markMore: string }) {
  const amount = money(left > 0 ? left : over - left, currency);
  return say(left > 0 ? words.markLess : words.markMore, { amount });
}

/** What would be marked for each; whom nothing is open of, and whose amount is none. */
async function marksOf(tx: ChangeTx, { buy, named }: Several<SaidPayment>) {
  const lines = await tx.ledger.linesOfBuy(buy.community, buy.id);
  const payments = await tx.paymentsOf([buy]);
  const standings = standingsOf(buy, lines, payments);
  const isMarked = (person: string) => payments.get(`${buy.id}:${person}`)?.words.some(({ kind }) => kind === "mark");
  const marks: Mark[] = [];
  const before: string[] = [];
  const unread: { readonly name: string; readonly said: string }[] = [];
  const names = named ? new Map<string, string>() : await namesIn(tx, buy, lines);
  const all = [...names].map(([person, name]) => ({ who: { person, name }, said: { name } as SaidPayment }));
  for (const { who, said } of named ?? all) {
    const standing = standings.get(who.person)!;
    const given = said.amount === undefined ? undefined : amountSaid(said.amount, buy);
    if (said.amount !== undefined && (given === undefined || given < 0)) {
      unread.push({ name: labelOf(who), said: said.amount });
      continue;
    }
    const amount = given ?? (isPriced(buy) ? await openIn(tx, buy, { ...who, kind: "mark" }, standing) : undefined);
    if (amount === 0 || (amount === undefined && isMarked(who.person))) {
      if (named) before.push(labelOf(who));
    } else marks.push({ ...who, standing, ...(amount !== undefined && { amount }) });
  }
  return { marks, before, unread };
}

/** The yes: all that was shown, or nothing where somebody has paid or owes something else meanwhile. */
export async function markAllShown(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { buy: id, marks } = asked.data as { readonly buy: string; readonly marks: readonly Mark[] };
  const words = wordsOf(doer.language);
  await carryOut(parts, doer, asked, id, async (tx, buy) => {
    if (!PAYABLE.includes(buy.status) || !(await stillStand(tx, buy, marks))) return words.several.otherwise;
    for (const { person, for: whom, amount } of marks) {
      const paying = { person, kind: "mark", ...(amount !== undefined && { amount }) } as const;
      await writePayment(parts, tx, doer, buy, { ...paying, ...(whom !== undefined && { for: whom }) });
    }
    const names = marks.map(labelOf).join(words.comma);
    const text = say(words.several.marked, { names, title: buy.terms.title });
    return { text, ...choiceButtons(doer, [undoing(doer)]) };
  });
}

async function stillStand(tx: ChangeTx, buy: Buy, marks: readonly Mark[]): Promise<boolean> {
  const lines = await tx.ledger.linesOfBuy(buy.community, buy.id);
  const people = marks.map(({ person }) => person);
  const standings = standingsOf(buy, lines, await tx.paymentsOf([buy]), people);
  return marks.every(({ person, standing: { unmarked, over } }) => {
    const now = standings.get(person);
    return now?.unmarked === unmarked && now.over === over;
  });
}
