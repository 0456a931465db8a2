import type { Entry } from "../../core/accounts.ts";
import { lineAmount, type Money } from "../../core/money.ts";
import { ONE } from "../../core/quantity.ts";
import { readRefund } from "../../core/read-refund.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import type { Content, TextIn } from "../ports.ts";
import { money, say, wordsOf } from "../replies/replies.ts";
import type { Asked, Buy, ChangeTx, Problem } from "../store.ts";
import { choiceButtons, undoing } from "./choices.ts";
import { carryOut, preview } from "./confirm.ts";
import { pricing, suppliedLines } from "./handed-lines.ts";
import { listenersOf } from "./listeners.ts";
import { logDone } from "./log-done.ts";
import { isLeading } from "./may-lead.ts";
import { namesIn } from "./names-in.ts";
import { buyCaredFor, endedBuy } from "./pick-buy.ts";
import { type Decision, problemText, refundButton, worthOf } from "./problem-text.ts";
import { nameOf } from "./purchase.ts";
import { correctSettlement } from "./settle.ts";
import { DECIDABLE, showClaim, showProblems } from "./show-problems.ts";

/** The longest reason that is kept. */
const MOST_REASON = 200;

/** What the question begins with why a complaint is declined: an answer to it quotes that. */
const WHY_NOT = /🛠❓ #(\d{1,4}) (.{1,120})/u;

/** "3 refund", "3 decline too late": what leaders write about the complaint of that number. */
const NUMBERED =
  /^#?(\d{1,4})\s{1,5}(refund(?:ed)?|replaced?|declined?|退款?|补发?|補發?|换|換|不处理|不處理|拒绝|拒絕)(?:[\s:：,，]+(.{1,500}))?$/isu;
const REFUND_EXACTLY = /^refund\.(\d{1,12})$/;
const LIST = /^(?:list|名单|名單|列表)$/iu;
const CLAIM = /^(?:claim|supplier|索赔|索賠|供应商|供應商)$/iu;

/** What leaders write behind `/issue`: a decision, `list`, `claim`, or nothing. Whether it was that. */
export async function leadProblems(parts: Parts, doer: Doer, rest: string): Promise<boolean> {
  const match = NUMBERED.exec(rest);
  const isList = rest === "" || LIST.test(rest);
  if (!match && !isList && !CLAIM.test(rest)) return false;
  const buy = (await isLeading(parts, doer)) ? await buyOfProblems(parts, doer) : undefined;
  if (!buy) return false;
  if (match) {
    const problem = await numbered(parts, buy, Number(match[1]));
    if (!problem) {
      const words = wordsOf(doer.language);
      const choices = [{ label: words.choices.list, rest: ["list"], buy: buy.id }];
      const text = say(words.problemNo, { no: match[1]!, title: buy.terms.title });
      whisper(parts, doer, { text, ...choiceButtons(doer, choices) });
      return true;
    }
    const [decision, reason] = [decisionIn(match[2]!), match[3]?.trim() ?? ""];
    await decideWith(parts, doer, problem.id, decision, reason);
    return true;
  }
  return isList ? showProblems(parts, doer, buy, rest !== "") : showClaim(parts, doer, buy);
}

async function buyOfProblems(parts: Parts, doer: Doer): Promise<Buy | undefined> {
  return (await buyCaredFor(parts, doer)) ?? endedBuy(parts, doer, DECIDABLE);
}

/**
 * A decision and why. Nobody hears a no without a why: that is asked. A refund in words is shown first, since a number is
 * soon mistyped.
 *
 * @param detail  as a button has it, or a decision: `refund.` and the amount refunds exactly that
 */
export async function decideWith(parts: Parts, doer: Doer, id: string, detail: string, said: string): Promise<void> {
  const reason = said.trim();
  const [, amount] = REFUND_EXACTLY.exec(detail) ?? [];
  if (amount !== undefined) return refundByPress(parts, doer, id, Number(amount), reason);
  if (detail === "part" || detail === "refunded") return refundInWords(parts, doer, id, reason);
  if (detail === "declined" && reason === "") return decideProblem(parts, doer, id, detail);
  if (detail === "declined" || detail === "replaced") return decide(parts, doer, id, detail, reason);
}

function decisionIn(word: string): Decision {
  if (/^(?:refund|退)/iu.test(word)) return "refunded";
  return /^(?:replace|补|補|换|換)/iu.test(word) ? "replaced" : "declined";
}

async function numbered(parts: Parts, buy: Buy, no: number): Promise<Problem | undefined> {
  return (await parts.store.look((tx) => tx.problemsOf(buy)))[no - 1];
}

/** A press under a complaint. Why it is declined is asked first: `detail` is the decision, or the number of a reason. */
export async function decideProblem(parts: Parts, doer: Doer, id: string, detail: string): Promise<void> {
  const words = wordsOf(doer.language);
  const [, reason] = /^why\.(\d)$/.exec(detail) ?? [];
  const said = reason === undefined ? undefined : words.declineReasons[Number(reason) - 1];
  if (said !== undefined) return decide(parts, doer, id, "declined", said);
  if (detail !== "declined") return decideWith(parts, doer, id, detail, "");
  const asked = await parts.store.look(async (tx) => {
    const found = await tx.findProblem(doer.place.community.id, id);
    const buy = found && (await tx.findBuy(doer.place.community.id, found.buy));
    if (!buy || found.state !== "open") return undefined;
    return { no: (await tx.problemsOf(buy)).findIndex((each) => each.id === id) + 1, buy };
  });
  if (!asked) return whisper(parts, doer, { text: words.problemDecided });
  whisper(parts, doer, {
    text: `🛠❓ #${asked.no} ${asked.buy.terms.title}\n${say(words.problemWhyNot, { no: asked.no })}`,
    buttons: words.declineReasons.map((label, index) => [
      { label, data: `problem:${id}:why.${index + 1}`, words: `/issue ${asked.no} decline ${label}` },
    ]),
  });
}

/** The reason in the leader's words, as an answer to that question. Whether it was one. */
export async function declineInWords(parts: Parts, doer: Doer, event: TextIn): Promise<boolean> {
  const [, no, quoted = ""] = WHY_NOT.exec(event.replyTo?.text ?? "") ?? [];
  if (no === undefined || !(await isLeading(parts, doer))) return false;
  const buys = (await parts.store.buysOf(doer.place)).filter(({ status }) => DECIDABLE.includes(status));
  const buy = buys.find(({ terms }) => quoted.startsWith(terms.title)) ?? (await buyOfProblems(parts, doer));
  const problem = buy && (await numbered(parts, buy, Number(no)));
  if (!problem) return false;
  await decide(parts, doer, problem.id, "declined", event.text);
  return true;
}

/** A complaint that is not decided, and what it may give back; the doer hears where there is none. */
async function openProblem(parts: Parts, doer: Doer, id: string) {
  const { community } = doer.place;
  const found = await parts.store.look(async (tx) => {
    const problem = await tx.findProblem(community.id, id);
    const buy = problem && (await tx.findBuy(community.id, problem.buy));
    if (!buy || problem.state !== "open") return undefined;
    const all = await tx.problemsOf(buy);
    const name = (await namesIn(tx, buy, [problem])).get(problem.person) ?? "?";
    const no = all.findIndex((each) => each.id === id) + 1;
    return { buy, problem, no, name, worth: await worthOf(tx, buy, problem) };
  });
  if (!found) whisper(parts, doer, { text: wordsOf(doer.language).problemDecided });
  return found;
}

type Open = NonNullable<Awaited<ReturnType<typeof openProblem>>>;

/** "refund", "refund 5 half were fine": shown first. */
async function refundInWords(parts: Parts, doer: Doer, id: string, said: string): Promise<void> {
  const found = await openProblem(parts, doer, id);
  if (!found) return;
  const { buy, problem, worth } = found;
  const item = buy.terms.items[problem.item - 1]!;
  const read = readRefund(said, buy.terms.currency, item);
  if (read.kind === "unread") return askAmount(parts, doer, found);
  const price = read.kind === "quantity" ? await parts.store.look((tx) => priceIn(tx, buy, problem.item)) : 0;
  const amounts = {
    reason: worth.said,
    all: worth.left,
    amount: read.kind === "amount" ? read.amount : undefined,
    quantity: read.kind === "quantity" ? lineAmount(price, read.quantity) : undefined,
  };
  const amount = amounts[read.kind];
  if (amount === undefined) return askAmount(parts, doer, found);
  await refund(parts, doer, found, amount, read.reason, false);
}

/** A button that names the amount: where less is left by now, nothing is done without another word. */
async function refundByPress(parts: Parts, doer: Doer, id: string, amount: Money, reason: string): Promise<void> {
  const found = await openProblem(parts, doer, id);
  if (!found) return;
  const { said, left } = found.worth;
  await refund(parts, doer, found, amount, reason, amount === (said ?? left));
}

async function refund(parts: Parts, doer: Doer, found: Open, amount: Money, reason: string, isSure: boolean) {
  const words = wordsOf(doer.language);
  const { buy, problem, no, name, worth } = found;
  const { currency } = buy.terms;
  if (amount > worth.left || amount <= 0) {
    const most = { amount: money(worth.left, currency), name, no };
    return whisper(parts, doer, { text: say(worth.left > 0 ? words.problemTooMuch : words.problemNoneLeft, most) });
  }
  if (isSure) return decide(parts, doer, problem.id, "refunded", reason, amount);
  const text = [
    problemText(buy, problem, no, name, words),
    say(words.problemRefundPreview, { name, amount: money(amount, currency), left: money(worth.left, currency) }),
    ...(reason === "" ? [] : [say(words.problemReason, { reason })]),
  ].join("\n");
  const data: RefundAsked = { id: problem.id, buy: buy.id, amount, reason };
  await preview(parts, doer, "refund", data, text, say(words.problemRefund, { amount: money(amount, currency) }));
}

/** How much goes back where nobody has said how much is bad: never all of it by default. */
function askAmount(parts: Parts, doer: Doer, { buy, problem, no, name, worth }: Open): void {
  const words = wordsOf(doer.language);
  const { currency } = buy.terms;
  const facts = { no, name, item: nameOf(buy, problem), amount: money(worth.left, currency) };
  const isLeft = worth.left > 0;
  whisper(parts, doer, {
    text: say(isLeft ? words.problemAmountHow : words.problemNoneLeft, facts),
    ...(isLeft && { buttons: [[refundButton(buy, problem.id, no, worth.left, " all", words)]] }),
  });
}

/** A refund that waits for a yes. */
interface RefundAsked {
  readonly id: string;
  readonly buy: string;
  readonly amount: Money;
  readonly reason: string;
}

/** The leader's yes to it. */
export async function confirmRefund(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { id, buy: about, amount, reason } = asked.data as RefundAsked;
  await carryOut(parts, doer, asked, about, (tx, buy) =>
    decideIn(parts, tx, doer, buy, id, "refunded", reason, amount),
  );
}

async function priceIn(tx: ChangeTx, buy: Buy, item: number): Promise<Money> {
  return pricing(buy, await suppliedLines(tx, buy))(item, ONE);
}

/** The money goes back, the goods come anew, or neither. The person hears it alone, and why. */
async function decide(parts: Parts, doer: Doer, id: string, state: Decision, said: string, amount = 0): Promise<void> {
  const { community } = doer.place;
  const answer = await parts.store.change(async (tx) => {
    const found = await tx.findProblem(community.id, id);
    const buy = found && (await tx.lockBuy(community.id, found.buy));
    if (!buy || !(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    return decideIn(parts, tx, doer, buy, id, state, said, amount);
  });
  if (answer) whisper(parts, doer, answer);
  parts.wake();
}

/** @param buy  locked; what the doer hears */
async function decideIn(
  parts: Parts,
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  id: string,
  state: Decision,
  said: string,
  amount: Money,
): Promise<Content> {
  const words = wordsOf(doer.language);
  const { currency, title } = buy.terms;
  const reason = said.slice(0, MOST_REASON);
  const problem = await tx.findProblem(buy.community, id); // as it is under the lock
  if (problem?.state !== "open") return { text: words.problemDecided };
  const name = (await namesIn(tx, buy, [problem])).get(problem.person) ?? "?";
  const { left } = await worthOf(tx, buy, problem);
  if (state === "refunded" && amount > left) {
    const no = (await tx.problemsOf(buy)).findIndex((each) => each.id === id) + 1;
    const sentence = left > 0 ? words.problemTooMuch : words.problemNoneLeft;
    return { text: say(sentence, { amount: money(left, currency), name, no }) };
  }
  await tx.decideProblem(buy, id, { state, reason, by: doer.person.id, at: await tx.now() });
  if (state === "refunded") await tx.addEntries(buy, [refundOf(doer, problem, amount)]);
  const { person } = problem;
  await logDone(tx, doer, buy, "problem-decided", { id, state, reason, person, ...(amount > 0 && { amount }) });
  const { chat = doer.place.chat, words: own } = (await listenersOf(tx, [buy]))(buy, problem.person);
  const facts = { name, text: problem.text, title, amount: money(amount, currency) };
  const text = [
    say(own.problemAnswers[state], facts),
    ...(reason === "" ? [] : [say(own.problemReason, { reason })]),
  ].join("\n");
  await tx.ledger.addNotices([
    {
      ...{ community: buy.community, buy: buy.id, chat, person: problem.person, kind: "problem" },
      ...{ cause: `problem:${id}:${sourceOf(doer)}`, content: { text } },
    },
  ]);
  const undo = choiceButtons(doer, [undoing(doer)]);
  if (state !== "refunded") return { text: say(words.problemDone, { name }), ...undo };
  await correctSettlement(parts, tx, doer, buy, [problem.person], sourceOf(doer));
  return { text: say(words.problemRefunded, { name, amount: facts.amount }), ...undo };
}

function refundOf(doer: Doer, { id, person, item, text }: Problem, amount: Money): Entry {
  return {
    ...{ person, item, kind: "refund", amount: -amount, reason: text, problem: id },
    ...{ author: doer.person.id, at: doer.at },
  };
}
