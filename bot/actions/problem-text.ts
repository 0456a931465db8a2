import { lineAmount, type Money } from "../../core/money.ts";
import { tallyOf } from "../../core/tally.ts";
import type { Button } from "../ports.ts";
import { money, quantity, say } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Buy, ChangeTx, Line, Problem } from "../store.ts";
import { handedLines } from "./handed-lines.ts";
import { nameOf } from "./purchase.ts";

/** What a leader may decide on a complaint. */
export const DECISIONS = ["refunded", "replaced", "declined"] as const;
export type Decision = (typeof DECISIONS)[number];

/** What the goods of a complaint cost; of all that the person has of the line, where it names no quantity. */
export async function worthOf(tx: ChangeTx, buy: Buy, problem: Problem): Promise<Money> {
  return worthAmong(buy, await tx.ledger.linesOfBuy(buy.community, buy.id), await handedLines(tx, buy), problem);
}

/** The same by what was ordered and what people get. */
export function worthAmong(buy: Buy, ordered: readonly Line[], handed: readonly Line[], problem: Problem): Money {
  const price = tallyOf(buy.terms, ordered).items[problem.item - 1]?.price ?? 0;
  const own = handed.filter(
    (line) =>
      line.person === problem.person &&
      line.for === problem.for &&
      line.item === problem.item &&
      line.option === problem.option,
  );
  const all = own.reduce((sum, line) => sum + line.quantity, 0);
  return lineAmount(price, Math.min(problem.quantity ?? all, all));
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

/** What a leader may decide, with what it costs. */
export function problemButtons(
  buy: Buy,
  { id }: Problem,
  no: number,
  worth: Money,
  words: Words,
): readonly (readonly Button[])[] {
  const amount = money(worth, buy.terms.currency);
  const labels: Readonly<Record<Decision, string>> = {
    refunded: say(words.problemRefund, { amount }),
    replaced: words.problemReplace,
    declined: words.problemDecline,
  };
  const verbs: Readonly<Record<Decision, string>> = { refunded: "refund", replaced: "replace", declined: "decline" };
  return [
    DECISIONS.map((state) => ({
      label: labels[state],
      data: `problem:${id}:${state}`,
      words: `/issue ${no} ${verbs[state]}`,
    })),
  ];
}
