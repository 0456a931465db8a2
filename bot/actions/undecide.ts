import { type Entry, sumOf } from "../../core/accounts.ts";
import { money, say, wordsOf } from "../replies/replies.ts";
import type { Buy, ChangeTx, Problem } from "../store.ts";
import { listenersOf } from "./listeners.ts";
import { namesIn } from "./names-in.ts";
import { correctSettlement } from "./settle.ts";
import type { OfBuy } from "./undoable.ts";

/** Only a decision that stands. */
export async function isDecidedOtherwise({ tx, buy, doer, entry }: OfBuy): Promise<string | undefined> {
  return (await decided(tx, buy, entry.after)) ? undefined : wordsOf(doer.language).undoOtherwise;
}

/** The complaint is open again: what went back for it is booked back, and the person hears both. */
export async function undecide({ parts, tx, doer, buy, entry }: OfBuy): Promise<string | undefined> {
  const problem = await decided(tx, buy, entry.after);
  if (!problem) return wordsOf(doer.language).undoOtherwise;
  const { id, person, item, text, state } = problem;
  await tx.decideProblem(buy, id, { state: "open", reason: "", by: doer.person.id, at: await tx.now() });
  const booked = ((await tx.entriesOf([buy])).get(buy.id) ?? []).filter((each) => each.problem === id);
  const back = state === "refunded" ? 0 - sumOf(booked) : 0;
  const { chat = doer.place.chat, words } = (await listenersOf(tx, [buy]))(buy, person);
  if (back > 0) {
    const reason = wordsOf(buy.language).takenBack;
    const opposite: Entry = { person, item, kind: "refund", amount: back, reason, problem: id, ...by(doer) };
    await tx.addEntries(buy, [opposite]);
  }
  const name = (await namesIn(tx, buy, [problem])).get(person) ?? "?";
  const facts = { name, text, title: buy.terms.title, amount: money(back, buy.terms.currency) };
  const told = [say(words.problemReopened, facts), ...(back > 0 ? [say(words.problemNotBack, facts)] : [])];
  await tx.ledger.addNotices([
    {
      ...{ community: buy.community, buy: buy.id, chat, person, kind: "problem" },
      ...{ cause: `problem:${id}:${entry.id}`, content: { text: told.join("\n") } },
    },
  ]);
  if (back > 0) await correctSettlement(parts, tx, doer, buy, [person], entry.id);
  return undefined;
}

function by({ person, at }: OfBuy["doer"]) {
  return { author: person.id, at };
}

/** The complaint that was decided so, if it still is. */
async function decided(tx: ChangeTx, buy: Buy, after: OfBuy["entry"]["after"]): Promise<Problem | undefined> {
  const { id, state } = after ?? {};
  const problem = typeof id === "string" ? await tx.findProblem(buy.community, id) : undefined;
  return problem && problem.state !== "open" && problem.state === state ? problem : undefined;
}
