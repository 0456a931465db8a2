import { type Entry, sumOf } from "../../core/accounts.ts";
import { foldBuy } from "../../core/buy/fold.ts";
import type { Verdict } from "../../core/buy/ledger.ts";
import type { Statement } from "../../core/buy/statement.ts";
import { foldName } from "../../core/buy/whom.ts";
import { amountOf, tallyOf } from "../../core/tally.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import { entryText, lineText } from "../replies/layout.ts";
import { money, quantity, quoted, say, time, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Buy } from "../store.ts";
import { alike, choiceButtons } from "./choices.ts";
import { pickBuy, SHOWN } from "./pick-buy.ts";
import { compareNames } from "./pickup-orders.ts";

/**
 * "Why?": what somebody said about a buy, when, and what came of it; and what was booked besides, why and by whom. To
 * them alone.
 */
export async function showWords(parts: Parts, doer: Doer, buy: Buy, person = doer.person.id): Promise<void> {
  const words = wordsOf(doer.language);
  const { zone } = doer.place.community;
  const { statements, verdicts, entries, names } = await parts.store.look(async (tx) => {
    const said = await tx.ledger.statementsOfBuy(buy.community, buy.id, buy.closedAt);
    const booked = (await tx.entriesOf([buy])).get(buy.id) ?? [];
    const own = booked.filter((entry) => entry.person === person || entry.kind === "price");
    const named = [person, ...own.map(({ author }) => author)];
    return {
      statements: said,
      verdicts: foldBuy(buy.terms, parts.readerOf(buy), said).verdicts.filter((each) => each.person === person),
      entries: own,
      names: await tx.namesOf([...new Set(named)].map((each) => ({ community: buy.community, person: each }))),
    };
  });
  const facts = { name: names.get(person) ?? doer.person.name, title: buy.terms.title };
  const said = verdicts.flatMap((verdict) => {
    const statement = statements.find(({ chat, id }) => chat === verdict.chat && id === verdict.id);
    return statement ? [wordsText(buy, statement, verdict, zone, words)] : [];
  });
  const booked = entries.map((entry) => {
    const what = { entry: entryText(buy, entry, zone, words), author: names.get(entry.author) ?? "?" };
    return `• ${say(words.whyEntry, what)}`;
  });
  const lines = [...said, ...booked];
  if (lines.length === 0) return whisper(parts, doer, { text: say(words.whyNone, facts) });
  whisper(parts, doer, { text: [say(words.whyHead, facts), ...lines].join("\n") });
}

/** "• Fri 20:01 “+2 apples” → Apples: 0 → 2 kg" */
function wordsText(buy: Buy, statement: Statement, verdict: Verdict, zone: string, words: Words): string {
  const [first, ...edits] = statement.versions;
  const at = (instant: Date) => time(instant, zone, words);
  return [
    `• ${at(statement.saidAt)} “${first?.text ?? ""}”`,
    ...edits.map((edit) => `   ${say(words.whyEdited, { time: at(edit.at), text: edit.text })}`),
    ...(statement.recalledAt ? [`   ${say(words.whyRecalled, { time: at(statement.recalledAt) })}`] : []),
    ...outcomeTexts(buy, verdict, words).map((text) => `   → ${text}`),
  ].join("\n");
}

function outcomeTexts(buy: Buy, verdict: Verdict, words: Words): string[] {
  if (verdict.outcome === "late") return [words.whyLate];
  if (verdict.outcome === "nothing") return verdict.kind === "recalled" ? [] : [words.whyNothing];
  const nameOf = (no: number, option = "") => (buy.terms.items[no - 1]?.name ?? `#${no}`) + (option && ` (${option})`);
  const amount = (no: number, sum: number) => quantity(sum, buy.terms.items[no - 1]?.unit);
  const changes = verdict.changes.map(({ item, option, for: whom, before, after }) => {
    const what = (whom ? say(words.forWhom, { name: whom }) : "") + nameOf(item, option);
    return say(words.whyChange, { what, before: amount(item, before), after: amount(item, after) });
  });
  if (verdict.outcome === "unclear") return [...changes, words.whyUnclear];
  const waits = (verdict.waiting ?? []).map(({ item, option, asked, booked }) => {
    const sums = { booked: amount(item, booked), waiting: amount(item, asked - booked) };
    return say(words.whyWaits, { item: nameOf(item, option), ...sums });
  });
  return [...changes, ...waits];
}

/** `/list`: what each has ordered and has to pay. `/list Lin`: the words behind it. For leaders, to them alone. */
export async function showList(parts: Parts, doer: Doer, command: string, name: string): Promise<void> {
  const buy = await pickBuy(parts, doer, command, SHOWN);
  if (!buy) return;
  if (doer.about?.person !== undefined) return showWords(parts, doer, buy, doer.about.person);
  const words = wordsOf(doer.language);
  const { rows, entries, names } = await parts.store.look(async (tx) => {
    const kept = await tx.ledger.rowsOf(buy.community, buy.id);
    const booked = (await tx.entriesOf([buy])).get(buy.id) ?? [];
    const named = kept.people.map((person) => ({ community: buy.community, person }));
    return { rows: kept, entries: booked, names: await tx.namesOf(named) };
  });
  const people = [...rows.people].sort((one, other) => compareNames(names.get(one) ?? "", names.get(other) ?? ""));
  const named = people.find((person) => foldName(names.get(person) ?? "") === foldName(name));
  if (name !== "" && named) return showWords(parts, doer, buy, named);
  if (name !== "") {
    const choices = alike(
      name,
      people.map((person) => ({ person, name: names.get(person) ?? "?" })),
    ).map((each) => ({ label: each.name, rest: [each] }));
    const text = say(words.whyNone, { name: quoted(name), title: buy.terms.title });
    const how = choices[0] ? [say(words.moreOf, { command, name: choices[0].label })] : [];
    return whisper(parts, doer, { text: [text, ...how].join("\n"), ...choiceButtons(doer, choices) });
  }

  const tally = tallyOf(buy.terms, rows.sums.items);
  const shown = people.flatMap((person) => {
    const lines = rows.lines.filter((line) => line.person === person);
    const own = entries.filter((entry) => entry.person === person);
    if (lines.length === 0 && own.length === 0) return [];
    const due = amountOf(lines, tally) + sumOf(own);
    return [{ name: names.get(person) ?? "?", lines, own, due }];
  });
  if (shown.length === 0) return whisper(parts, doer, { text: `${buy.terms.title}\n${words.nobody}` });
  const { currency, title } = buy.terms;
  const text = [
    title,
    ...shown.map(({ name: who, lines, own, due }, index) => {
      const parts = [
        ...lines.map((line) => lineText(buy, line, words)),
        ...own.filter(({ amount }) => amount !== 0).map((entry) => amountText(buy, entry, words)),
      ];
      return `${index + 1}. ${who}${words.colon}${parts.join(words.comma)} = ${money(due, currency)}`;
    }),
    "",
    say(words.total, { amount: money(sumOf(shown.map(({ due }) => ({ amount: due }))), currency) }),
    say(words.moreOf, { command, name: shown[0]!.name }),
  ];
  whisper(parts, doer, { text: text.join("\n") });
}

function amountText(buy: Buy, { kind, amount }: Entry, words: Words): string {
  return `${words.entryKinds[kind]} ${money(amount, buy.terms.currency)}`;
}
