import type { Entry } from "../../core/accounts.ts";
import { lineAmount, type Money } from "../../core/money.ts";
import { ALLOT_RULES, type AllotRule, allot } from "../../core/shortage.ts";
import { tallyOf } from "../../core/tally.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import type { Button } from "../ports.ts";
import { money, quantity, say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Allotment, Arrived, Asked, Buy, ChangeTx, Line, Notice } from "../store.ts";
import { carryOut, preview } from "./confirm.ts";
import { keyOf } from "./handed-lines.ts";
import { pickEnded } from "./pick-buy.ts";
import { nameOf } from "./purchase.ts";

/** What leaders write for the rules. */
const RULES: readonly (readonly [AllotRule, RegExp])[] = [
  ["first-come", /first|先到|先来|先來|早/iu],
  ["proportional", /prop|share|fair|比例|平均|均/iu],
  ["smallest-first", /small|少/iu],
];

const UNDO = /^(?:undo|撤销|撤銷)$/iu;

/** `/short`: how what came short would be shared out, by which rule, and what goes back. */
export async function proposeSharing(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const buy = await pickEnded(parts, doer, command, ["arrived"]);
  if (!buy) return;
  if (UNDO.test(rest)) return undoSharing(parts, doer, buy);
  const rule = RULES.find(([, pattern]) => pattern.test(rest))?.[0];
  await showSharing(parts, doer, buy.id, rule);
}

/** The same by a button; without a rule the rules are offered. */
export async function showSharing(parts: Parts, doer: Doer, buyId: string, name: string | undefined): Promise<void> {
  const words = wordsOf(doer.language);
  const rule = ALLOT_RULES.find((each) => each === name);
  const buy = await parts.store.findBuy(doer.place.community.id, buyId);
  if (buy?.status !== "arrived") return whisper(parts, doer, { text: words.shortNotYet });
  const shared = await parts.store.look((tx) => shareOf(tx, buy, rule ?? "first-come"));
  if (shared.refusal) return whisper(parts, doer, { text: say(words[shared.refusal], { title: buy.terms.title }) });
  if (!rule) {
    const items = shared.short.map((each) => nameOf(buy, each)).join(words.comma);
    return whisper(parts, doer, { text: say(words.shortWhich, { items }), buttons: ruleButtons(buyId, words) });
  }
  const refunds = shared.cuts.reduce((sum, { refund }) => sum + refund, 0);
  const text = [
    say(words.shortPreview, { title: buy.terms.title, rule: words.shortRules[rule] }),
    ...shared.short.map((each) => {
      const { unit } = buy.terms.items[each.item - 1]!;
      return say(words.shortItem, {
        name: nameOf(buy, each),
        came: quantity(each.counted, unit),
        booked: quantity(each.booked, unit),
      });
    }),
    "",
    ...shared.cuts.map((cut) => `${shared.names.get(cut.person) ?? "?"}${words.colon}${cutText(buy, cut, words)}`),
    "",
    say(words.shortRefunds, { amount: money(refunds, buy.terms.currency) }),
  ].join("\n");
  await preview(parts, doer, "share", { buy: buy.id, rule, cuts: digestOf(shared.cuts) }, text, words.shareButton);
}

export function ruleButtons(buyId: string, words: Words): readonly (readonly Button[])[] {
  return ALLOT_RULES.map((rule) => [{ label: words.shortRules[rule], data: `short:${buyId}:${rule}` }]);
}

/** The leader's yes: who gets less has it refunded, and hears of it. It can be undone until the pickup notices. */
export async function shareOut(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { buy: id, rule, cuts: seen } = asked.data as { buy: string; rule: AllotRule; cuts: string };
  const words = wordsOf(doer.language);
  await carryOut(parts, doer, asked, id, async (tx, buy) => {
    if (buy.status !== "arrived") return words.shortNotYet;
    const { refusal, cuts, names } = await shareOf(tx, buy, rule);
    if (refusal) return say(words[refusal], { title: buy.terms.title });
    if (digestOf(cuts) !== seen) return words.shortOtherwise;
    await tx.allot(buy, cuts, doer.person.id);
    await tx.addEntries(
      buy,
      cuts.filter(({ refund }) => refund > 0).map((cut) => entryOf(buy, doer, cut, -cut.refund)),
    );
    await tx.ledger.addNotices(await noticesOf(tx, doer, buy, cuts, names, asked.id));
    await tx.audit({
      ...{ community: buy.community, actor: doer.person.id, verb: "shared-out", buy: buy.id, source: sourceOf(doer) },
      after: { rule, cuts: cuts.map(({ wanted: _, ...cut }) => cut) },
    });
    return say(words.shortDone, { people: words.persons(new Set(cuts.map(({ person }) => person)).size) });
  });
}

async function undoSharing(parts: Parts, doer: Doer, buy: Buy): Promise<void> {
  const words = wordsOf(doer.language);
  const said = await parts.store.change(async (tx) => {
    await tx.lockBuy(buy.community, buy.id);
    if (!(await tx.claim(buy.community, sourceOf(doer)))) return undefined;
    const allotted = await tx.allotmentsOf(buy);
    if (allotted.length === 0) return words.shortNothingDone;
    if (await isNoticed(tx, buy)) return words.shortTooLate;
    await tx.forgetAllotments(buy, "short");
    const given = allotted.filter(({ refund }) => refund > 0);
    await tx.addEntries(
      buy,
      given.map((each) => entryOf(buy, doer, { ...each, wanted: 0 }, each.refund, words.takenBack)),
    );
    await tx.audit({
      ...{ community: buy.community, actor: doer.person.id, verb: "sharing-undone", buy: buy.id },
      ...{ source: sourceOf(doer), before: { allotted } },
    });
    return words.shortUndone;
  });
  if (said) whisper(parts, doer, { text: said });
}

/** A line that is cut: what its person gets of what they wanted. */
interface Cut extends Allotment {
  readonly wanted: number;
}

interface Shared {
  readonly refusal?: "shortNothing" | "shortAlready" | "shortTooLate";
  readonly short: readonly (Arrived & { readonly booked: number })[];
  readonly cuts: readonly Cut[];
  readonly names: ReadonlyMap<string, string>;
}

async function shareOf(tx: ChangeTx, buy: Buy, rule: AllotRule): Promise<Shared> {
  const lines = (await tx.ledger.linesOfBuy(buy.community, buy.id)).filter(({ quantity: booked }) => booked > 0);
  const short = (await tx.arrivedOf(buy))
    .map((each) => ({ ...each, booked: sumOf(lines.filter((line) => isOf(line, each))) }))
    .filter(({ counted, booked }) => counted < booked);
  const nothing = { short, cuts: [], names: new Map<string, string>() };
  if ((await tx.allotmentsOf(buy)).length > 0) return { ...nothing, refusal: "shortAlready" };
  if (short.length === 0) return { ...nothing, refusal: "shortNothing" };
  if (await isNoticed(tx, buy)) return { ...nothing, refusal: "shortTooLate" };

  const tally = tallyOf(buy.terms, lines);
  const since = await firstWords(tx, buy);
  const cuts = short.flatMap((each) => {
    const among = lines.filter((line) => isOf(line, each)).sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
    const demands = among.map((line) => ({ wanted: line.quantity, since: since.get(line.person) ?? 0 }));
    const given = allot(each.counted, demands, rule);
    const price = tally.items[each.item - 1]?.price ?? 0;
    return among.flatMap((line, index): Cut[] => {
      const gets = given[index]!;
      if (gets === line.quantity) return [];
      const refund = lineAmount(price, line.quantity) - lineAmount(price, gets);
      const { person, for: whom, item, option } = line;
      return [{ person, for: whom, item, option, kind: "short", quantity: gets, refund, wanted: line.quantity }];
    });
  });
  const names = await tx.namesOf(cuts.map(({ person }) => ({ community: buy.community, person })));
  return { short, cuts, names };
}

function isOf(line: Line, each: Pick<Arrived, "item" | "option">): boolean {
  return line.item === each.item && line.option === each.option;
}

function sumOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + line.quantity, 0);
}

/** By person: when they first said something about the buy. */
async function firstWords(tx: ChangeTx, buy: Buy): Promise<ReadonlyMap<string, number>> {
  const first = new Map<string, number>();
  for (const { person, saidAt } of await tx.ledger.statementsOfBuy(buy.community, buy.id)) {
    first.set(person, Math.min(first.get(person) ?? Number.POSITIVE_INFINITY, saidAt.getTime()));
  }
  return first;
}

/** Once people have been told what is theirs, it stays. */
async function isNoticed(tx: ChangeTx, buy: Buy): Promise<boolean> {
  return [...(await tx.pickupsOf(buy)).values()].some(({ noticedAt }) => noticedAt);
}

/** What was shown is what is done: lines may have changed meanwhile. */
function digestOf(cuts: readonly Cut[]): string {
  return cuts.map((cut) => `${keyOf(cut)}=${cut.quantity}`).join(";");
}

function cutText(buy: Buy, cut: Cut, words: Words): string {
  const { unit } = buy.terms.items[cut.item - 1]!;
  const facts = { name: nameOf(buy, cut), given: quantity(cut.quantity, unit), wanted: quantity(cut.wanted, unit) };
  const whom = cut.for && say(words.forWhom, { name: cut.for });
  return whom + say(words.shortCut, { ...facts, amount: money(cut.refund, buy.terms.currency) });
}

function entryOf(buy: Buy, doer: Doer, cut: Cut, amount: Money, reason?: string): Entry {
  const { unit } = buy.terms.items[cut.item - 1]!;
  const words = wordsOf(buy.language);
  const facts = { name: nameOf(buy, cut), given: quantity(cut.quantity, unit), wanted: quantity(cut.wanted, unit) };
  return {
    ...{ person: cut.person, item: cut.item, kind: "refund", amount, author: doer.person.id, at: doer.at },
    reason: reason ?? say(words.shortReason, facts),
  };
}

async function noticesOf(
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  cuts: readonly Cut[],
  names: ReadonlyMap<string, string>,
  cause: string,
): Promise<Notice[]> {
  const words = wordsOf(buy.language);
  const chats = await tx.chatsOfPeople([buy]);
  return [...new Set(cuts.map(({ person }) => person))].map((person): Notice => {
    const own = cuts.filter((cut) => cut.person === person);
    const head = say(words.shortNotice, { name: names.get(person) ?? "?", title: buy.terms.title });
    return {
      ...{ community: buy.community, buy: buy.id, chat: chats.get(`${buy.id}:${person}`) ?? doer.place.chat, person },
      ...{ kind: "short", cause: `short:${cause}` },
      content: { text: [head, ...own.map((cut) => `• ${cutText(buy, cut, words)}`)].join("\n") },
    };
  });
}
