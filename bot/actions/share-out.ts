import type { Entry } from "../../core/accounts.ts";
import type { Money } from "../../core/money.ts";
import type { Quantity } from "../../core/quantity.ts";
import { ALLOT_RULES, type AllotRule, allot, allotByHand } from "../../core/shortage.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import type { Button } from "../ports.ts";
import { money, quantity, say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Allotment, Arrived, Asked, Buy, ChangeTx, Line, Notice } from "../store.ts";
import { carryOut, preview } from "./confirm.ts";
import { isOf, keyOf, pricing, type Supplied, suppliedLines } from "./handed-lines.ts";
import { logDone } from "./log-done.ts";
import { pickEnded, UNDER_WAY } from "./pick-buy.ts";
import { nameOf } from "./purchase.ts";
import { exampleShare, readSaidShares } from "./said-shares.ts";

/** What leaders write for the rules. */
const RULES: readonly (readonly [AllotRule, RegExp])[] = [
  ["first-come", /^1$|first|先到|先来|先來|先订|先訂|早/iu],
  ["proportional", /^2$|prop|share|fair|比例|平均|均/iu],
  ["smallest-first", /^3$|small|少/iu],
];

const UNDO = /^(?:undo|撤销|撤銷|撤回)$/iu;

/** How what came short is shared out: by a rule, or as the leader says, by the keys of lines. */
type How = { readonly rule: AllotRule } | { readonly hand: readonly (readonly [key: string, gets: Quantity])[] };

/** `/short`: how what came short would be shared out, by a rule or by hand ("apples Lin 2, 王姐 1"), and what goes back. */
export async function proposeSharing(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const buy = await pickEnded(parts, doer, command, UNDER_WAY);
  if (!buy) return;
  if (UNDO.test(rest)) return undoSharing(parts, doer, buy);
  const isByHand = /\d/.test(rest) && !/^[123]$/.test(rest);
  const rule = isByHand ? undefined : RULES.find(([, pattern]) => pattern.test(rest))?.[0];
  if (!isByHand && (rule || rest === "")) return showSharing(parts, doer, buy.id, rule);
  await proposeByHand(parts, doer, command, buy, rest);
}

async function proposeByHand(parts: Parts, doer: Doer, command: string, buy: Buy, rest: string): Promise<void> {
  const words = wordsOf(doer.language);
  const { refusal, short, names } = await parts.store.look((tx) => shareOf(tx, buy, { hand: [] }));
  if (refusal) return whisper(parts, doer, { text: say(words[refusal], { title: buy.terms.title }) });
  const among = short.flatMap(({ open }) => open);
  const read = readSaidShares(rest, buy, among, names, words);
  const doubt = read.ok ? doubtOfShares(buy, read.shares, short, names, words) : read.text;
  if (!read.ok || doubt !== undefined) {
    return whisper(parts, doer, {
      text: [
        ...(/\d/.test(rest) ? [doubt] : []),
        say(words.shortHow, { command, example: exampleShare(buy, among, names), items: namesOf(buy, short, words) }),
      ].join("\n"),
      buttons: ruleButtons(buy.id, words),
    });
  }
  await show(parts, doer, buy, { hand: read.shares.map(({ line, quantity: gets }) => [keyOf(line.line), gets]) });
}

/** What was said of lines must be possible: nobody more than they ordered, and in all no more than came. */
function doubtOfShares(
  buy: Buy,
  shares: readonly { readonly line: Supplied; readonly quantity: Quantity }[],
  short: readonly Short[],
  names: ReadonlyMap<string, string>,
  words: Words,
): string | undefined {
  const unitOf = (item: number) => buy.terms.items[item - 1]?.unit;
  for (const { line, quantity: gets } of shares) {
    const { person, for: whom, item } = line.line;
    if (gets <= line.gets) continue;
    const facts = { name: whom || (names.get(person) ?? "?"), wanted: quantity(line.gets, unitOf(item)) };
    return say(words.shareTooMuch, { ...facts, given: quantity(gets, unitOf(item)) });
  }
  for (const each of short) {
    const sum = sumOf(shares.filter(({ line }) => isOf(line.line, each)).map((share) => share.quantity));
    if (sum <= each.left) continue;
    const facts = { name: nameOf(buy, each), given: quantity(sum, unitOf(each.item)) };
    return say(words.shareOverCount, { ...facts, came: quantity(each.left, unitOf(each.item)) });
  }
  return undefined;
}

/** The same by a button; without a rule the rules are offered. */
export async function showSharing(parts: Parts, doer: Doer, buyId: string, name: string | undefined): Promise<void> {
  const words = wordsOf(doer.language);
  const rule = ALLOT_RULES.find((each) => each === name);
  const buy = await parts.store.findBuy(doer.place.community.id, buyId);
  if (!buy) return;
  if (rule) return show(parts, doer, buy, { rule });
  const { refusal, short, names } = await parts.store.look((tx) => shareOf(tx, buy, { hand: [] }));
  if (refusal) return whisper(parts, doer, { text: say(words[refusal], { title: buy.terms.title }) });
  const example = exampleShare(
    buy,
    short.flatMap(({ open }) => open),
    names,
  );
  whisper(parts, doer, {
    text: say(words.shortHow, { command: "/short", example, items: namesOf(buy, short, words) }),
    buttons: ruleButtons(buyId, words),
  });
}

async function show(parts: Parts, doer: Doer, buy: Buy, how: How): Promise<void> {
  const words = wordsOf(doer.language);
  const shared = await parts.store.look((tx) => shareOf(tx, buy, how));
  if (shared.refusal) return whisper(parts, doer, { text: say(words[shared.refusal], { title: buy.terms.title }) });
  const refunds = sumOf(shared.cuts.map(({ refund }) => refund));
  const touched = shared.short.filter((each) => shared.cuts.some((cut) => isOf(cut, each)));
  const still = shared.short.filter((each) => !touched.includes(each));
  const text = [
    say(words.shortPreview, {
      title: buy.terms.title,
      rule: "rule" in how ? words.shortRules[how.rule] : words.shortByHand,
    }),
    ...touched.flatMap((each) => {
      const { unit } = buy.terms.items[each.item - 1]!;
      const facts = { name: nameOf(buy, each), came: quantity(each.counted, unit) };
      const over = each.left - sumOf(shared.given.filter(({ line }) => isOf(line, each)).map(({ gets }) => gets));
      return [
        say(words.shortItem, { ...facts, booked: quantity(each.booked, unit) }),
        ...(over > 0 ? [say(words.shortOver, { quantity: quantity(over, unit) })] : []),
      ];
    }),
    "",
    ...shared.cuts.map((cut) => `${shared.names.get(cut.person) ?? "?"}${words.colon}${cutText(buy, cut, words)}`),
    "",
    say(words.shortRefunds, { amount: money(refunds, buy.terms.currency) }),
    ...(still.length > 0 ? [say(words.shortStill, { items: namesOf(buy, still, words) })] : []),
  ].join("\n");
  await preview(parts, doer, "share", { buy: buy.id, how, cuts: digestOf(shared.cuts) }, text, words.shareButton);
}

export function ruleButtons(buyId: string, words: Words): readonly (readonly Button[])[] {
  return ALLOT_RULES.map((rule, index) => [
    { label: words.shortRules[rule], data: `short:${buyId}:${rule}`, words: `/short ${index + 1}` },
  ]);
}

/** The leader's yes: who gets less has it refunded, and hears of it. It can be undone until the pickup notices. */
export async function shareOut(parts: Parts, doer: Doer, asked: Asked): Promise<void> {
  const { buy: id, how, cuts: seen } = asked.data as { buy: string; how: How; cuts: string };
  const words = wordsOf(doer.language);
  await carryOut(parts, doer, asked, id, async (tx, buy) => {
    const { refusal, cuts, names } = await shareOf(tx, buy, how);
    if (refusal) return say(words[refusal], { title: buy.terms.title });
    if (digestOf(cuts) !== seen) return words.shortOtherwise;
    await tx.allot(
      buy,
      cuts.map(({ wanted: _, ...cut }) => cut),
      doer.person.id,
    );
    await tx.addEntries(
      buy,
      cuts.filter(({ refund }) => refund > 0).map((cut) => entryOf(buy, doer, cut, -cut.refund)),
    );
    await tx.ledger.addNotices(await noticesOf(tx, doer, buy, cuts, names, asked.id));
    const done = { rule: "rule" in how ? how.rule : "by-hand", cuts: cuts.map(({ wanted: _, ...cut }) => cut) };
    await logDone(tx, doer, buy, "shared-out", done);
    return say(words.shortDone, { people: words.persons(new Set(cuts.map(({ person }) => person)).size) });
  });
}

async function undoSharing(parts: Parts, doer: Doer, buy: Buy): Promise<void> {
  const words = wordsOf(doer.language);
  const said = await parts.store.change(async (tx) => {
    await tx.lockBuy(buy.community, buy.id);
    if (!(await tx.claim(buy.community, sourceOf(doer)))) return undefined;
    const refusal = await whySharingStays({ tx, doer, buy });
    if (refusal) return refusal;
    const cut = await takeBackSharing(tx, doer, buy);
    await tx.audit({
      ...{ community: buy.community, actor: doer.person.id, verb: "sharing-undone", buy: buy.id },
      ...{ source: sourceOf(doer), before: { allotted: cut } },
    });
    return words.shortUndone;
  });
  if (said) whisper(parts, doer, { text: said });
}

/** Why what was shared out stays so. */
export async function whySharingStays({ tx, doer, buy }: { tx: ChangeTx; doer: Doer; buy: Buy }) {
  const words = wordsOf(doer.language);
  const supplied = await suppliedLines(tx, buy);
  if (!supplied.some(({ allotted }) => allotted.short)) return words.shortNothingDone;
  if (await isNoticed(tx, buy)) return say(words.shortTooLate, { title: buy.terms.title });
  return supplied.some(({ allotted }) => allotted.short && allotted.weighed) ? words.shortWeighed : undefined;
}

/** Everybody gets what they ordered again, and pays it. What had been cut. */
export async function takeBackSharing(tx: ChangeTx, doer: Doer, buy: Buy): Promise<readonly Allotment[]> {
  const cut = (await tx.allotmentsOf(buy)).filter(({ kind }) => kind === "short");
  await tx.forgetAllotments(buy, "short");
  const given = cut.filter(({ refund }) => refund > 0);
  const { takenBack } = wordsOf(buy.language);
  await tx.addEntries(
    buy,
    given.map((each) => entryOf(buy, doer, { ...each, wanted: 0 }, each.refund, takenBack)),
  );
  return cut;
}

/** A line that is cut: what its person gets of what they wanted. */
interface Cut extends Allotment {
  readonly wanted: Quantity;
}

/** An item, or an option of it, of which less came than people are to get. */
interface Short extends Arrived {
  readonly booked: Quantity;
  /** What there is for the lines that nothing is settled of. */
  readonly left: Quantity;
  readonly open: readonly Supplied[];
}

interface Shared {
  readonly refusal?: "shortNotYet" | "shortNothing" | "shortAlready" | "shortTooLate";
  readonly short: readonly Short[];
  /** What each line gets of what is shared out. */
  readonly given: readonly { readonly line: Line; readonly gets: Quantity }[];
  readonly cuts: readonly Cut[];
  readonly names: ReadonlyMap<string, string>;
}

async function shareOf(tx: ChangeTx, buy: Buy, how: How): Promise<Shared> {
  const supplied = (await suppliedLines(tx, buy)).filter(({ line, gets }) => line.quantity > 0 || gets > 0);
  const arrived = await tx.arrivedOf(buy);
  const short = shortOf(supplied, arrived);
  const nothing = { short, given: [], cuts: [], names: new Map<string, string>() };
  if (arrived.length === 0) return { ...nothing, refusal: "shortNotYet" };
  if (short.every(({ open }) => open.length === 0)) {
    const isShared = supplied.some(({ allotted }) => allotted.short);
    return { ...nothing, refusal: isShared ? "shortAlready" : "shortNothing" };
  }
  if (await isNoticed(tx, buy)) return { ...nothing, refusal: "shortTooLate" };

  const since = await firstWords(tx, buy);
  const cost = pricing(buy, supplied);
  const said = new Map("hand" in how ? how.hand : []);
  const given = short.flatMap(({ open, left }) => {
    const demands = open.map(({ line, gets }) => ({ wanted: gets, since: since.get(line.person) ?? 0 }));
    const byHand = new Map(
      open.flatMap(({ line }, index) => {
        const gets = said.get(keyOf(line));
        return gets === undefined ? [] : [[index, gets] as const];
      }),
    );
    if (!("rule" in how) && byHand.size === 0) return []; // the leader says nothing of this one
    const shares = "rule" in how ? allot(left, demands, how.rule) : allotByHand(left, demands, byHand);
    return open.map(({ line, gets: wanted }, index) => ({ line, wanted, gets: shares[index]! }));
  });
  const cuts = given
    .filter(({ wanted, gets }) => gets !== wanted)
    .map(({ line, wanted, gets }): Cut => {
      const { person, for: whom, item, option } = line;
      const refund = cost(item, wanted) - cost(item, gets);
      return { person, for: whom, item, option, kind: "short", quantity: gets, refund, wanted };
    });
  const people = [...new Set(supplied.map(({ line }) => line.person))];
  const names = await tx.namesOf(people.map((person) => ({ community: buy.community, person })));
  return { short, given, cuts, names };
}

/** What is short, by what people are to get; lines that were cut or weighed stay as they are. */
function shortOf(supplied: readonly Supplied[], arrived: readonly Arrived[]): readonly Short[] {
  return arrived
    .map((each): Short => {
      const among = supplied.filter(({ line }) => isOf(line, each));
      const open = among.filter(({ allotted }) => !allotted.short && !allotted.weighed && !allotted.surplus);
      const booked = sumOf(among.map(({ gets }) => gets));
      const fixed = booked - sumOf(open.map(({ gets }) => gets));
      const inOrder = [...open].sort((one, other) => (keyOf(one.line) < keyOf(other.line) ? -1 : 1));
      return { ...each, booked, open: inOrder, left: Math.max(0, each.counted - fixed) };
    })
    .filter(({ counted, booked }) => counted < booked);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}

function namesOf(buy: Buy, each: readonly Pick<Arrived, "item" | "option">[], words: Words): string {
  return each.map((one) => nameOf(buy, one)).join(words.comma);
}

/** By person: when they first said something about the buy, in milliseconds. */
export async function firstWords(tx: ChangeTx, buy: Buy): Promise<ReadonlyMap<string, number>> {
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
