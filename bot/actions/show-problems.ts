import { lineAmount } from "../../core/money.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import { money, quantity, say, wordsOf } from "../replies/replies.ts";
import type { Buy, BuyStatus, ChangeTx, DueTimer, Problem } from "../store.ts";
import { keyOf } from "./handed-lines.ts";
import { namesIn } from "./names-in.ts";
import { UNDER_WAY } from "./pick-buy.ts";
import { problemButtons, problemText, problemTold, type Worth, worthOf } from "./problem-text.ts";
import { nameOf } from "./purchase.ts";
import { placeOfPerson } from "./remind-payment.ts";
import { excuse, saidBy, settlementTimer } from "./timers.ts";

/** What was reported in time may be decided on later. */
export const DECIDABLE: readonly BuyStatus[] = [...UNDER_WAY, "settled"];

/** `/issue list`: every complaint with its number, and buttons for the first that is open. False where there is none. */
export async function showProblems(parts: Parts, doer: Doer, buy: Buy, isAsked: boolean): Promise<boolean> {
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
export async function showClaim(parts: Parts, doer: Doer, buy: Buy): Promise<boolean> {
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
    if (!buy || !DECIDABLE.includes(buy.status)) continue;
    if (buy.status !== "settled") await tx.setTimers([settlementTimer(buy, at)]);
    const all = await tx.problemsOf(buy);
    const open = all.filter(({ state }) => state === "open");
    if (open.length === 0) continue;
    const words = wordsOf(buy.language);
    const names = await namesIn(tx, buy, open);
    const places = placeOfPerson((await tx.placesOf([buy])).get(buy.id) ?? [], undefined);
    for (const problem of open) {
      const no = all.indexOf(problem) + 1;
      const worth = await worthOf(tx, buy, problem);
      const text = problemTold(buy, problem, no, names.get(problem.person) ?? "?", worth, words);
      const content = {
        text: [...excuse(timer, at, buy, community), text].join("\n"),
        buttons: problemButtons(buy, problem, no, worth, words),
      };
      const [message] = saidBy(parts, timer, buy, "problem-open", places, content, buy.leader);
      if (message) await tx.addOutgoing({ ...message, cause: `${message.cause}:${problem.id}` });
    }
  }
}

async function worthsOf(tx: ChangeTx, buy: Buy, problems: readonly Problem[]): Promise<readonly Worth[]> {
  const worths: Worth[] = [];
  for (const problem of problems) worths.push(await worthOf(tx, buy, problem));
  return worths;
}
