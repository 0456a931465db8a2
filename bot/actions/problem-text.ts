import { type Entry, refundableOf, sumOf } from "../../core/accounts.ts";
import type { Money } from "../../core/money.ts";
import { sum } from "../../core/sum.ts";
import type { Button } from "../ports.ts";
import { money, quantity, say } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Buy, ChangeTx, Problem } from "../store.ts";
import { keyOf, pricing, type Supplied, suppliedLines } from "./handed-lines.ts";
import { nameOf } from "./purchase.ts";

/** What a leader may decide on a complaint. */
export type Decision = Exclude<Problem["state"], "open">;

/** What a complaint may give back. */
export interface Worth {
  /** For so much as it names, as far as that can still go back; undefined where it names no quantity. */
  readonly said: Money | undefined;
  /** The most that can still go back for its line. */
  readonly left: Money;
  /** What has gone back for it already, by other complaints. */
  readonly before: Money;
}

/** What the goods of a complaint cost, less what went back for the same line before. */
export async function worthOf(tx: ChangeTx, buy: Buy, problem: Problem): Promise<Worth> {
  const entries = (await tx.entriesOf([buy])).get(buy.id) ?? [];
  return worthAmong(buy, await suppliedLines(tx, buy), entries, await tx.problemsOf(buy), problem);
}

/** The same by all lines, entries and complaints of its buy. */
export function worthAmong(
  buy: Buy,
  supplied: readonly Supplied[],
  entries: readonly Entry[],
  problems: readonly Problem[],
  problem: Problem,
): Worth {
  const cost = pricing(buy, supplied);
  const own = supplied.filter(({ line }) => line.person === problem.person);
  const booked = own.map(({ line }) => ({ item: line.item, amount: cost(line.item, line.quantity) }));
  const all = sum(own.filter(({ line }) => keyOf(line) === keyOf(problem)).map(({ gets }) => gets));
  const theirs = entries.filter(({ person }) => person === problem.person);
  const answered = new Set(problems.filter((each) => keyOf(each) === keyOf(problem)).map(({ id }) => id));
  const left = refundableOf(
    {
      line: cost(problem.item, all),
      item: sum(booked.filter(({ item }) => item === problem.item).map(({ amount }) => amount)),
      goods: sum(booked.map(({ amount }) => amount)),
    },
    problem.item,
    theirs,
    answered,
  );
  const said = problem.quantity === undefined ? undefined : cost(problem.item, Math.min(problem.quantity, all));
  return {
    said: said === undefined ? undefined : Math.min(said, left),
    left,
    before: 0 - sumOf(theirs.filter((entry) => entry.problem !== undefined && answered.has(entry.problem))),
  };
}

/** "🛠 #3 Ada about Apples 2 kg (Fruit): “rotten” 📷". */
export function problemText(buy: Buy, problem: Problem, no: number, name: string, words: Words): string {
  const { unit } = buy.terms.items[problem.item - 1]!;
  const item = nameOf(buy, problem);
  const about = problem.quantity === undefined ? item : `${item} ${quantity(problem.quantity, unit)}`;
  const who = problem.for ? `${problem.for} (${name})` : name;
  const told = say(words.problemTold, { no, name: who, text: problem.text, item: about, title: buy.terms.title });
  return problem.photo === undefined ? told : `${told} 📷`;
}

/** What a leader reads of a complaint: with what went back for the same goods before. */
export function problemTold(buy: Buy, problem: Problem, no: number, name: string, worth: Worth, words: Words): string {
  const text = problemText(buy, problem, no, name, words);
  if (worth.before <= 0) return text;
  return `${text}\n${say(words.problemBefore, { amount: money(worth.before, buy.terms.currency) })}`;
}

/**
 * What a leader may decide, with what it costs. Where nobody said how much is bad, the amount is asked for; where nothing
 * is left to go back, nothing can.
 */
export function problemButtons(
  buy: Buy,
  { id }: Problem,
  no: number,
  { said, left }: Worth,
  words: Words,
): readonly (readonly Button[])[] {
  const button = (label: string, state: string, verb: string): Button => {
    return { label, data: `problem:${id}:${state}`, words: `/issue ${no} ${verb}` };
  };
  const refund =
    said === undefined ? button(words.problemRefundPart, "part", "refund") : refundButton(buy, id, no, said, "", words);
  return [
    [
      ...(left > 0 ? [refund] : []),
      button(words.problemReplace, "replaced", "replace"),
      button(words.problemDecline, "declined", "decline"),
    ],
  ];
}

/** Refunds exactly what it says. @param how  what is written behind the verb instead */
export function refundButton(buy: Buy, id: string, no: number, amount: Money, how: string, words: Words): Button {
  const label = say(words.problemRefund, { amount: money(amount, buy.terms.currency) });
  return { label, data: `problem:${id}:refund.${amount}`, words: `/issue ${no} refund${how}` };
}
