import type { Entry } from "../../core/accounts.ts";
import { readItemsNamed } from "../../core/buy/items-named.ts";
import { lineAmount, type Money } from "../../core/money.ts";
import { parseQuantity } from "../../core/quantity.ts";
import { tallyOf } from "../../core/tally.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import { money, quantity, say, time, wordsOf } from "../replies/replies.ts";
import type { Buy, ChangeTx, DueTimer, Line, Problem } from "../store.ts";
import { tellLeaders } from "../tell-leaders.ts";
import { handedLines } from "./handed-lines.ts";
import { logDone } from "./log-done.ts";
import { pickEnded, UNDER_WAY } from "./pick-buy.ts";
import { placeOfPerson } from "./remind-payment.ts";
import { excuse, problemsUntil, saidBy, settlementTimer } from "./timers.ts";

/** The longest complaint that is kept. */
const MOST_TEXT = 500;

/** `/issue 苹果坏了2个`: something is wrong with what one got. It is bound to the line, and the leader decides. */
export async function reportProblem(parts: Parts, doer: Doer, command: string, text: string): Promise<void> {
  const words = wordsOf(doer.language);
  const buy = await pickEnded(parts, doer, command, UNDER_WAY);
  if (!buy || doer.anonymous) return;
  const { title } = buy.terms;
  const { zone } = doer.place.community;
  const until = problemsUntil(buy);
  if (doer.at > until)
    return whisper(parts, doer, { text: say(words.problemLate, { title, time: time(until, zone, words) }) });
  const lines = (await parts.store.look((tx) => handedLines(tx, buy))).filter(
    ({ person }) => person === doer.person.id,
  );
  const line = lineNamed(lines, buy, text);
  if (text === "" || !line) {
    const items = lines.map(({ item }) => buy.terms.items[item - 1]!.name);
    const facts = { title, command, items: [...new Set(items)].join(words.comma), example: items[0] ?? "" };
    return whisper(parts, doer, { text: say(lines.length === 0 ? words.problemNothing : words.problemHow, facts) });
  }
  const problem = await parts.store.change(async (tx) => {
    if (!(await tx.claim(buy.community, sourceOf(doer)))) return undefined;
    const id = parts.clock.newId();
    const wrong = quantityIn(text, line);
    const { item, option, for: whom } = line;
    const said = {
      id,
      person: doer.person.id,
      for: whom,
      item,
      option,
      text: text.slice(0, MOST_TEXT),
      state: "open",
    } as const;
    const added: Problem = { ...said, ...(wrong !== undefined && { quantity: wrong }) };
    await tx.addProblem(buy, added);
    await logDone(tx, doer, buy, "problem-reported", { id, item });
    return { ...added, worth: await worthOf(tx, buy, added) };
  });
  if (!problem) return;
  whisper(parts, doer, { text: say(words.problemNoted, { item: buy.terms.items[line.item - 1]!.name }) });
  await tellLeaders(parts, doer.place, (own) => ({
    text: problemText(buy, problem, doer.person.name, own),
    buttons: problemButtons(buy, problem, problem.worth, own),
  }));
}

/** The leader's press: the money goes back, the goods come anew, or neither. The person hears it alone. */
export async function decideProblem(parts: Parts, doer: Doer, id: string, decision: string): Promise<void> {
  const words = wordsOf(doer.language);
  const { community } = doer.place;
  const state = DECISIONS.find((each) => each === decision);
  if (!state) return;
  const said = await parts.store.change(async (tx) => {
    const found = await tx.findProblem(community.id, id);
    const buy = found && (await tx.lockBuy(community.id, found.buy));
    if (!buy || !(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    const problem = await tx.findProblem(community.id, id); // as it is under the lock
    if (problem?.state !== "open") return words.problemDecided;
    const worth = await worthOf(tx, buy, problem);
    await tx.decideProblem(buy, id, { state, reason: "", by: doer.person.id, at: await tx.now() });
    if (state === "refunded") await tx.addEntries(buy, [refundOf(doer, problem, worth)]);
    await logDone(tx, doer, buy, "problem-decided", { id, state });
    const own = wordsOf(buy.language);
    const names = await tx.namesOf([{ community: buy.community, person: problem.person }]);
    const name = names.get(problem.person) ?? "?";
    const chat = (await tx.chatsOfPeople([buy])).get(`${buy.id}:${problem.person}`) ?? doer.place.chat;
    const facts = { name, text: problem.text, title: buy.terms.title, amount: money(worth, buy.terms.currency) };
    await tx.ledger.addNotices([
      {
        ...{ community: buy.community, buy: buy.id, chat, person: problem.person, kind: "problem" },
        ...{ cause: `problem:${id}`, content: { text: say(own.problemAnswers[state], facts) } },
      },
    ]);
    return say(words.problemDone, { name });
  });
  if (said) whisper(parts, doer, { text: said });
  parts.wake();
}

/** At the end of the time for complaints, by its timer: the leader hears what is still open. The settlement follows. */
export async function tellProblems(parts: Parts, tx: ChangeTx, due: readonly DueTimer[], at: Date): Promise<void> {
  for (const { timer, buy, community } of due) {
    if (!buy || !UNDER_WAY.includes(buy.status)) continue;
    await tx.setTimers([settlementTimer(buy, at)]);
    const open = (await tx.problemsOf(buy)).filter(({ state }) => state === "open");
    if (open.length === 0) continue;
    const words = wordsOf(buy.language);
    const names = await tx.namesOf(open.map(({ person }) => ({ community: buy.community, person })));
    const places = placeOfPerson((await tx.placesOf([buy])).get(buy.id) ?? [], undefined);
    for (const problem of open) {
      const text = problemText(buy, problem, names.get(problem.person) ?? "?", words);
      const content = {
        text: [...excuse(timer, at, buy, community), text].join("\n"),
        buttons: problemButtons(buy, problem, await worthOf(tx, buy, problem), words),
      };
      const [message] = saidBy(parts, timer, buy, "problem-open", places, content, buy.leader);
      if (message) await tx.addOutgoing({ ...message, cause: `${message.cause}:${problem.id}` });
    }
  }
}

const DECISIONS = ["refunded", "replaced", "declined"] as const;

/** The one line that a complaint can be about. */
function lineNamed(lines: readonly Line[], buy: Buy, text: string): Line | undefined {
  const named = readItemsNamed(buy.terms.items, text);
  const about = lines.filter(({ item }) => named.includes(item));
  if (about.length > 0) return about.every(({ item }) => item === about[0]!.item) ? about[0] : undefined;
  return named.length === 0 && lines.every(({ item }) => item === lines[0]?.item) ? lines[0] : undefined;
}

/** "two of 5": the first number that can be a part of the line. */
function quantityIn(text: string, line: Line): number | undefined {
  const numbers = text.match(/\d{1,6}(?:\.\d{1,3})?/g) ?? [];
  return numbers.map(parseQuantity).find((each) => each !== undefined && each > 0 && each <= line.quantity);
}

/** What the goods of a complaint cost; of all that the person has of the item, where it names no quantity. */
async function worthOf(tx: ChangeTx, buy: Buy, problem: Problem): Promise<Money> {
  const lines = await tx.ledger.linesOfBuy(buy.community, buy.id);
  const price = tallyOf(buy.terms, lines).items[problem.item - 1]?.price ?? 0;
  const own = (await handedLines(tx, buy)).filter(
    (line) => line.person === problem.person && line.item === problem.item,
  );
  const all = own.reduce((sum, line) => sum + line.quantity, 0);
  return lineAmount(price, Math.min(problem.quantity ?? all, all));
}

function refundOf(doer: Doer, problem: Problem, worth: Money): Entry {
  const { person, item, text } = problem;
  return { person, item, kind: "refund", amount: -worth, reason: text, author: doer.person.id, at: doer.at };
}

function problemText(buy: Buy, problem: Problem, name: string, words: ReturnType<typeof wordsOf>): string {
  const { name: item, unit } = buy.terms.items[problem.item - 1]!;
  const about = problem.quantity === undefined ? item : `${item} ${quantity(problem.quantity, unit)}`;
  return say(words.problemTold, { name, text: problem.text, item: about, title: buy.terms.title });
}

function problemButtons(buy: Buy, { id }: Problem, worth: Money, words: ReturnType<typeof wordsOf>) {
  const amount = money(worth, buy.terms.currency);
  const labels = {
    refunded: say(words.problemRefund, { amount }),
    replaced: words.problemReplace,
    declined: words.problemDecline,
  };
  return [DECISIONS.map((state) => ({ label: labels[state], data: `problem:${id}:${state}` }))];
}
