import { amountOf, tallyOf } from "../../core/tally.ts";
import { COMMANDS } from "../commands.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import { payShort, standingText } from "../replies/account-text.ts";
import { exampleOf, livePost, myOrder } from "../replies/layout.ts";
import { money, say, wordsOf } from "../replies/replies.ts";
import { isEnough } from "../rights.ts";
import type { Buy, Person } from "../store.ts";
import { askAgain } from "./choices.ts";
import { isLeading } from "./may-lead.ts";
import { pickBuy, SHOWN } from "./pick-buy.ts";
import { showWords } from "./show-words.ts";
import { standingsOf } from "./standings.ts";

/** `/my`: the person's own order, to them alone. */
export async function showMine(parts: Parts, doer: Doer, command: string, known?: Buy): Promise<void> {
  const buy = known ?? (await pickBuy(parts, doer, command, SHOWN));
  if (!buy) return;
  const words = wordsOf(doer.language);
  const { id: person } = doer.person;
  const { lines, entries, standing, ways, kept } = await parts.store.look(async (tx) => {
    const all = await tx.ledger.linesOfBuy(buy.community, buy.id);
    const payments = await tx.paymentsOf([buy]);
    return {
      lines: all,
      entries: ((await tx.entriesOf([buy])).get(buy.id) ?? []).filter((entry) => entry.person === person),
      standing: standingsOf(buy, all, payments, [person]).get(person)!,
      ways: await tx.payWaysOf(buy.community, buy.leader),
      kept: buy.status === "open" ? ((await tx.balancesOf([buy])).get(`${buy.id}:${person}`) ?? 0) : 0,
    };
  });
  const mine = lines.filter((line) => line.person === person);
  if (mine.length === 0 && entries.length === 0) {
    return whisper(
      parts,
      doer,
      { text: say(words.noOrder, { title: buy.terms.title, example: exampleOf(buy) }) },
      { passing: true },
    );
  }
  const amount = amountOf(mine, tallyOf(buy.terms, lines));
  const order = { name: doer.person.name, lines: mine, amount };
  const { currency } = buy.terms;
  const isPaid = standing.paid !== 0 || standing.claimed > 0 || standing.over > 0;
  const isOwing = isFinal(buy) && standing.unmarked > 0;
  const text = [
    myOrder(buy, order, entries, doer.place.community.zone, words),
    ...(isPaid ? standingText(buy, standing, words) : []),
    ...(kept > 0 ? [say(words.pay.brought, { amount: money(kept, currency) })] : []),
    ...(isOwing ? payShort(ways, currency, words) : []),
  ].join("\n");
  const buttons = [
    { label: words.why, data: `why:${buy.id}`, words: "/my why" },
    ...(isOwing && ways.length > 0 ? [{ label: words.pay.button, data: `pay:${buy.id}`, words: "/pay" }] : []),
    ...(isFinal(buy) ? [{ label: words.pay.receiptButton, data: `receipt:${buy.id}`, words: "/my receipt" }] : []),
  ];
  whisper(parts, doer, { text, buttons: [buttons] }, { passing: true });
}

/** Whether what is to be paid for it is certain. */
function isFinal({ status }: Buy): boolean {
  return status === "closed" || status === "purchased" || status === "arrived" || status === "settled";
}

/** `/my why`: the words behind the own order. */
export async function showWhy(parts: Parts, doer: Doer, command: string): Promise<void> {
  const buy = await pickBuy(parts, doer, command, SHOWN);
  if (buy) await showWords(parts, doer, buy);
}

/** `/my` and something else than it can show. */
export function askWhatOfMine(parts: Parts, doer: Doer, command: string): void {
  const words = wordsOf(doer.language);
  const choices = [
    { label: words.myOrderButton, rest: [] },
    { label: words.why, rest: ["why"] },
    { label: words.pay.receiptButton, rest: ["receipt"] },
  ];
  askAgain(parts, doer, say(words.myHow, { command }), { choices });
}

/** `/tally` and something else than it can show. */
export function askWhichTally(parts: Parts, doer: Doer, command: string): void {
  const words = wordsOf(doer.language);
  const choices = [
    { label: words.choices.tally, rest: [] },
    { label: words.choices.picture, rest: ["picture"] },
    { label: words.choices.past, rest: ["past"] },
  ];
  askAgain(parts, doer, say(words.tallyHow, { command }), {
    choices: isEnough(doer.person.role, "leader") ? choices : choices.slice(0, 1),
  });
}

/** `/tally`: what all have ordered. */
export async function showTally(parts: Parts, doer: Doer, command: string, known?: Buy): Promise<void> {
  const buy = known ?? (await pickBuy(parts, doer, command, SHOWN));
  if (!buy) return;
  const { items, people } = await parts.store.sumsOf(buy.community, buy.id);
  const { zone } = doer.place.community;
  whisper(parts, doer, { text: livePost(buy, tallyOf(buy.terms, items), people, zone, wordsOf(doer.language)) });
}

/** `/help`: how to order, and the commands that they may use. */
export async function showHelp(parts: Parts, doer: Doer): Promise<void> {
  const isLeader = await isLeading(parts, doer);
  showCommands(parts, doer, isLeader ? "leader" : doer.person.role);
}

/** The same as for somebody of a role. @param unknown  what they wrote, and is no command */
export function showCommands(parts: Parts, doer: Doer, role: Person["role"], unknown?: string): void {
  const words = wordsOf(doer.language);
  const isLeader = isEnough(role, "leader");
  const commands = COMMANDS.filter(({ id, who }) => id !== "start" && isEnough(role, who));
  const lines = commands.flatMap(({ id, begins, help }) => [
    ...(isLeader && begins ? ["", `${words.helpGroups[begins]}${words.colon.trimEnd()}`] : []),
    `/${id} – ${help[doer.language]}`,
  ]);
  whisper(
    parts,
    doer,
    {
      text: [
        ...(unknown === undefined ? [] : [say(words.commandUnknown, { command: unknown })]),
        ...(isLeader ? [words.helpForLeaders] : [words.helpForResidents, ""]),
        ...lines,
      ].join("\n"),
    },
    { passing: true },
  );
}
