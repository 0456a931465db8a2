import type { Entry } from "../../core/accounts.ts";
import { formatAmount, lineAmount, type Money } from "../../core/money.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import type { TextIn } from "../ports.ts";
import { money, quantity, say, wordsOf } from "../replies/replies.ts";
import type { Asked, Buy, ChangeTx, DueTimer, Problem } from "../store.ts";
import { choiceButtons } from "./choices.ts";
import { preview } from "./confirm.ts";
import { keyOf } from "./handed-lines.ts";
import { listenersOf } from "./listeners.ts";
import { logDone } from "./log-done.ts";
import { isLeading } from "./may-lead.ts";
import { endedBuy, UNDER_WAY } from "./pick-buy.ts";
import { DECISIONS, type Decision, problemButtons, problemText, worthOf } from "./problem-text.ts";
import { nameOf } from "./purchase.ts";
import { placeOfPerson } from "./remind-payment.ts";
import { excuse, saidBy, settlementTimer } from "./timers.ts";

/** The longest reason that is kept. */
const MOST_REASON = 200;

/** What the question begins with why a complaint is declined: an answer to it quotes that. */
const WHY_NOT = /🛠❓ #(\d{1,4}) (.{1,120})/u;

/** "3 refund", "3 decline too late": what leaders write about the complaint of that number. */
const NUMBERED =
  /^#?(\d{1,4})\s{1,5}(refund(?:ed)?|replaced?|declined?|退款?|补发?|補發?|换|換|不处理|不處理|拒绝|拒絕)(?:[\s:：,，]+(.{1,500}))?$/isu;
const LIST = /^(?:list|名单|名單|列表)$/iu;
const CLAIM = /^(?:claim|supplier|索赔|索賠|供应商|供應商)$/iu;

/** What leaders write behind `/issue`: a decision, `list`, `claim`, or nothing. Whether it was that. */
export async function leadProblems(parts: Parts, doer: Doer, rest: string): Promise<boolean> {
  const match = NUMBERED.exec(rest);
  const isList = rest === "" || LIST.test(rest);
  if (!match && !isList && !CLAIM.test(rest)) return false;
  const buy = (await isLeading(parts, doer)) ? await endedBuy(parts, doer, UNDER_WAY) : undefined;
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
    if (decision === "refunded") await proposeRefund(parts, doer, buy, problem, Number(match[1]), reason);
    else await decideWith(parts, doer, problem.id, decision, reason);
    return true;
  }
  return isList ? showProblems(parts, doer, buy, rest !== "") : showClaim(parts, doer, buy);
}

/** A decision and why. Nobody hears a no without a why: that is asked. */
export async function decideWith(
  parts: Parts,
  doer: Doer,
  id: string,
  decision: Decision,
  said: string,
): Promise<void> {
  const reason = said.trim();
  if (decision === "declined" && reason === "") return decideProblem(parts, doer, id, decision);
  return decide(parts, doer, id, decision, reason);
}

/** A number is soon mistyped, and money would go back: shows first which problem it is. */
async function proposeRefund(parts: Parts, doer: Doer, buy: Buy, problem: Problem, no: number, reason: string) {
  const words = wordsOf(doer.language);
  if (problem.state !== "open") return whisper(parts, doer, { text: words.problemDecided });
  const { names, worth } = await parts.store.look(async (tx) => {
    return { names: await namesIn(tx, buy, [problem]), worth: await worthOf(tx, buy, problem) };
  });
  const shown = problemText(buy, problem, no, names.get(problem.person) ?? "?", words);
  const label = say(words.problemRefund, { amount: money(worth, buy.terms.currency) });
  await preview(parts, doer, "refund", { problem: problem.id, reason }, shown, label);
}

/** The leader's yes. */
export async function refundProblem(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { problem, reason } = asked.data as { readonly problem: string; readonly reason: string };
  await decide(parts, doer, problem, "refunded", reason, asked);
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
  if (detail !== "declined") {
    const decision = DECISIONS.find((each) => each === detail);
    return decision && decide(parts, doer, id, decision, "");
  }
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
  const buys = (await parts.store.buysOf(doer.place)).filter(({ status }) => UNDER_WAY.includes(status));
  const buy = buys.find(({ terms }) => quoted.startsWith(terms.title)) ?? (await endedBuy(parts, doer, UNDER_WAY));
  const problem = buy && (await numbered(parts, buy, Number(no)));
  if (!problem) return false;
  await decide(parts, doer, problem.id, "declined", event.text);
  return true;
}

/** The money goes back, the goods come anew, or neither. The person hears it alone, and why. */
async function decide(
  parts: Parts,
  doer: Doer,
  id: string,
  state: Decision,
  said: string,
  asked?: Asked,
): Promise<void> {
  const words = wordsOf(doer.language);
  const { community } = doer.place;
  const reason = said.slice(0, MOST_REASON);
  const answer = await parts.store.change(async (tx) => {
    const found = await tx.findProblem(community.id, id);
    const buy = found && (await tx.lockBuy(community.id, found.buy));
    if (!buy || !(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    if (asked && !(await tx.takeAsked(community.id, doer.place.chat, doer.person.id, asked))) return words.changeGone;
    const problem = await tx.findProblem(community.id, id); // as it is under the lock
    if (problem?.state !== "open") return words.problemDecided;
    const worth = await worthOf(tx, buy, problem);
    await tx.decideProblem(buy, id, { state, reason, by: doer.person.id, at: await tx.now() });
    if (state === "refunded") await tx.addEntries(buy, [refundOf(doer, problem, worth)]);
    await logDone(tx, doer, buy, "problem-decided", { id, state, reason });
    const names = await tx.namesOf([{ community: buy.community, person: problem.person }]);
    const name = names.get(problem.person) ?? "?";
    const { chat = doer.place.chat, words: own } = (await listenersOf(tx, [buy]))(buy, problem.person);
    const facts = { name, text: problem.text, title: buy.terms.title, amount: money(worth, buy.terms.currency) };
    const text = [
      say(own.problemAnswers[state], facts),
      ...(reason === "" ? [] : [say(own.problemReason, { reason })]),
    ].join("\n");
    await tx.ledger.addNotices([
      {
        ...{ community: buy.community, buy: buy.id, chat, person: problem.person, kind: "problem" },
        ...{ cause: `problem:${id}`, content: { text } },
      },
    ]);
    if (state !== "refunded") return say(words.problemDone, { name });
    const back = formatAmount(-worth, buy.terms.currency);
    const sentence = say(words.problemRefunded, { name, amount: facts.amount, undo: `/refund ${name} ${back}` });
    const undo = {
      label: words.choices.undo,
      command: "refund",
      rest: [{ person: problem.person, name }, back],
    } as const;
    return { text: sentence, ...choiceButtons(doer, [{ ...undo, buy: buy.id, isWordless: true }]) };
  });
  if (answer) whisper(parts, doer, answer);
  parts.wake();
}

function refundOf(doer: Doer, { person, item, text }: Problem, worth: Money): Entry {
  return { person, item, kind: "refund", amount: -worth, reason: text, author: doer.person.id, at: doer.at };
}

/** `/issue list`: every complaint with its number, and buttons for the first that is open. False where there is none. */
async function showProblems(parts: Parts, doer: Doer, buy: Buy, isAsked: boolean): Promise<boolean> {
  const words = wordsOf(doer.language);
  const { problems, names, worths } = await parts.store.look(async (tx) => {
    const all = await tx.problemsOf(buy);
    return { problems: all, names: await namesIn(tx, buy, all), worths: await worthsOf(tx, buy, all) };
  });
  if (problems.length === 0 && !isAsked) return false;
  if (problems.length === 0) whisper(parts, doer, { text: say(words.problemNone, { title: buy.terms.title }) });
  const rows = problems.map((problem, index) => {
    const state = problem.state === "open" ? words.problemOpen : words.logProblem[problem.state];
    const why = problem.reason ? `${words.colon}${problem.reason}` : "";
    return `${problemText(buy, problem, index + 1, names.get(problem.person) ?? "?", words)} – ${state}${why}`;
  });
  const first = problems.findIndex(({ state }) => state === "open");
  const open = problems[first];
  if (rows.length > 0) {
    whisper(parts, doer, {
      text: [...rows, words.problemsHow].join("\n"),
      publicly: words.notPublicly,
      ...(open && { buttons: problemButtons(buy, open, first + 1, worths[first]!, words) }),
    });
  }
  return true;
}

/** `/issue claim`: what was wrong, for the supplier: by item, without names. Declined ones are left out. */
async function showClaim(parts: Parts, doer: Doer, buy: Buy): Promise<boolean> {
  const words = wordsOf(doer.language);
  const problems = (await parts.store.look((tx) => tx.problemsOf(buy))).filter(({ state }) => state !== "declined");
  if (problems.length === 0) {
    whisper(parts, doer, { text: say(words.problemNone, { title: buy.terms.title }) });
    return true;
  }
  const kinds = [...new Map(problems.map((each) => [keyOf({ ...each, person: "", for: "" }), each])).values()];
  kinds.sort((one, other) => one.item - other.item || (one.option < other.option ? -1 : 1));
  let owed = 0;
  const rows = kinds.flatMap((kind, index) => {
    const { unit, cost } = buy.terms.items[kind.item - 1]!;
    const own = problems.filter(({ item, option }) => item === kind.item && option === kind.option);
    const sum = own.reduce((all, each) => all + (each.quantity ?? 0), 0);
    if (cost !== undefined) owed += lineAmount(cost, sum);
    const photos = own.filter(({ photo }) => photo !== undefined).length;
    const head = `${index + 1}. ${nameOf(buy, kind)}${sum > 0 ? ` ${quantity(sum, unit)}` : ""}`;
    return [
      photos > 0 ? `${head} 📷×${photos}` : head,
      ...own.map(({ text, quantity: wrong }) => {
        return wrong === undefined ? `   “${text}”` : `   ${quantity(wrong, unit)}${words.colon}“${text}”`;
      }),
    ];
  });
  const total = owed > 0 ? ["", say(words.claimCost, { amount: money(owed, buy.terms.currency) })] : [];
  const head = say(words.claim, { title: buy.terms.title });
  whisper(parts, doer, { text: [head, ...rows, ...total].join("\n"), publicly: words.notPublicly });
  return true;
}

/** At the end of the time for complaints, by its timer: the leader hears what is still open. The settlement follows. */
export async function tellProblems(parts: Parts, tx: ChangeTx, due: readonly DueTimer[], at: Date): Promise<void> {
  for (const { timer, buy, community } of due) {
    if (!buy || !UNDER_WAY.includes(buy.status)) continue;
    await tx.setTimers([settlementTimer(buy, at)]);
    const all = await tx.problemsOf(buy);
    const open = all.filter(({ state }) => state === "open");
    if (open.length === 0) continue;
    const words = wordsOf(buy.language);
    const names = await namesIn(tx, buy, open);
    const places = placeOfPerson((await tx.placesOf([buy])).get(buy.id) ?? [], undefined);
    for (const problem of open) {
      const no = all.indexOf(problem) + 1;
      const text = problemText(buy, problem, no, names.get(problem.person) ?? "?", words);
      const content = {
        text: [...excuse(timer, at, buy, community), text].join("\n"),
        buttons: problemButtons(buy, problem, no, await worthOf(tx, buy, problem), words),
      };
      const [message] = saidBy(parts, timer, buy, "problem-open", places, content, buy.leader);
      if (message) await tx.addOutgoing({ ...message, cause: `${message.cause}:${problem.id}` });
    }
  }
}

async function namesIn(tx: ChangeTx, buy: Buy, problems: readonly Problem[]): Promise<ReadonlyMap<string, string>> {
  const people = [...new Set(problems.map(({ person }) => person))];
  return tx.namesOf(people.map((person) => ({ community: buy.community, person })));
}

async function worthsOf(tx: ChangeTx, buy: Buy, problems: readonly Problem[]): Promise<readonly Money[]> {
  const worths: Money[] = [];
  for (const problem of problems) worths.push(await worthOf(tx, buy, problem));
  return worths;
}
