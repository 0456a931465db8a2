import { type Entry, sumOf } from "../../core/accounts.ts";
import { foldBuy } from "../../core/buy/fold.ts";
import type { Change, Verdict } from "../../core/buy/ledger.ts";
import type { Statement } from "../../core/buy/statement.ts";
import { foldName } from "../../core/buy/whom.ts";
import type { Quantity } from "../../core/quantity.ts";
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
 * "Why?": what somebody said about a buy, when, and what came of it; what others said that changed their order, such as a
 * leader's chain; and what was booked besides, why and by whom. To them alone.
 */
export async function showWords(parts: Parts, doer: Doer, buy: Buy, person = doer.person.id): Promise<void> {
  const words = wordsOf(doer.language);
  const { zone } = doer.place.community;
  const { statements, verdicts, entries, names } = await parts.store.look(async (tx) => {
    const said = await tx.ledger.statementsOfBuy(buy.community, buy.id, buy.closedAt);
    const booked = (await tx.entriesOf([buy])).get(buy.id) ?? [];
    const own = booked.filter((entry) => entry.person === person || entry.kind === "price");
    const all = foldBuy(buy.terms, parts.readerOf(buy), said).verdicts;
    const concerning = all.filter((each) => each.person === person || changesOf(each, person).length > 0);
    const named = [person, ...own.map(({ author }) => author), ...concerning.map((each) => each.person)];
    return {
      statements: said,
      verdicts: concerning,
      entries: own,
      names: await tx.namesOf([...new Set(named)].map((each) => ({ community: buy.community, person: each }))),
    };
  });
  const facts = { name: names.get(person) ?? doer.person.name, title: buy.terms.title };
  const said = verdicts.flatMap((verdict) => {
    const statement = statements.find(({ chat, id }) => chat === verdict.chat && id === verdict.id);
    if (!statement) return [];
    if (verdict.person === person) return [wordsText(buy, statement, verdict, zone, words)];
    const author = names.get(verdict.person) ?? "?";
    return [othersText(buy, statement, changesOf(verdict, person), author, zone, words)];
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

/** "• Fri 20:05 “#接龙 1. Ada 3 kg …”, by Lin → Apples: 2 → 3 kg" */
function othersText(
  buy: Buy,
  { saidAt, versions }: Statement,
  changes: readonly Change[],
  author: string,
  zone: string,
  words: Words,
): string {
  const entry = `${time(saidAt, zone, words)} “${quoted(versions.at(-1)?.text ?? "")}”`;
  return [
    `• ${say(words.whyEntry, { entry, author })}`,
    ...changes.map((change) => `   → ${changeText(buy, change, words)}`),
  ].join("\n");
}

function outcomeTexts(buy: Buy, verdict: Verdict, words: Words): string[] {
  if (verdict.outcome === "late") return [words.whyLate];
  if (verdict.outcome === "nothing") return verdict.kind === "recalled" ? [] : [words.whyNothing];
  const changes = changesOf(verdict, verdict.person).map((change) => changeText(buy, change, words));
  if (verdict.outcome === "unclear") return [...changes, words.whyUnclear];
  const waits = (verdict.waiting ?? []).map(({ item, option, asked, booked }) => {
    const sums = { booked: amountIn(buy, item, booked), waiting: amountIn(buy, item, asked - booked) };
    return say(words.whyWaits, { item: goodIn(buy, item, option), ...sums });
  });
  return [...changes, ...waits];
}

/** What a message changed of somebody's order. */
function changesOf(verdict: Verdict, person: string): readonly Change[] {
  return "changes" in verdict ? verdict.changes.filter((change) => change.person === person) : [];
}

function changeText(buy: Buy, { item, option, for: whom, before, after }: Change, words: Words): string {
  const what = (whom ? say(words.forWhom, { name: whom }) : "") + goodIn(buy, item, option);
  return say(words.whyChange, { what, before: amountIn(buy, item, before), after: amountIn(buy, item, after) });
}

function goodIn({ terms }: Buy, no: number, option = ""): string {
  return (terms.items[no - 1]?.name ?? `#${no}`) + (option && ` (${option})`);
}

function amountIn({ terms }: Buy, no: number, sum: Quantity): string {
  return quantity(sum, terms.items[no - 1]?.unit);
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
