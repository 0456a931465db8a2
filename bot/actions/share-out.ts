import type { Quantity } from "../../core/quantity.ts";
import { ALLOT_RULES, type AllotRule } from "../../core/shortage.ts";
import { sum } from "../../core/sum.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import type { Button } from "../ports.ts";
import { money, quantity, quoted, say, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Arrived, Asked, Buy } from "../store.ts";
import { choiceButtons } from "./choices.ts";
import { carryOut, preview } from "./confirm.ts";
import { cutText, entryOf, noticesOf } from "./cuts.ts";
import { isOf, keyOf } from "./handed-lines.ts";
import { logDone } from "./log-done.ts";
import { pickEnded, UNDER_WAY } from "./pick-buy.ts";
import { nameOf } from "./purchase.ts";
import { exampleShare } from "./said-shares.ts";
import { readByHand, sharesByHand } from "./share-by-hand.ts";
import { type Cut, type How, type Shared, shareOf } from "./shortage.ts";
import { proposeUnsharing } from "./undo-sharing.ts";

/** What leaders write for the rules. */
const RULES: readonly (readonly [AllotRule, RegExp])[] = [
  ["first-come", /^1$|first|先到|先来|先來|先订|先訂|早/iu],
  ["proportional", /^2$|prop|share|fair|比例|平均|均/iu],
  ["smallest-first", /^3$|small|少/iu],
];

const UNDO = /^(?:undo|撤销|撤銷|撤回)$/iu;

/** `/short`: how what came short would be shared out, by a rule or by hand ("apples Lin 2, 王姐 1"), and what goes back. */
export async function proposeSharing(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const buy = await pickEnded(parts, doer, command, UNDER_WAY);
  if (!buy) return;
  if (UNDO.test(rest)) return proposeUnsharing(parts, doer, buy);
  const isByHand = /\d/.test(rest) && !/^[123]$/.test(rest);
  const rule = isByHand ? undefined : RULES.find(([, pattern]) => pattern.test(rest))?.[0];
  if (rule) return show(parts, doer, buy, { rule });
  const short = await whatIsShort(parts, doer, buy);
  if (!short) return;
  const read = rest === "" ? undefined : readByHand(rest, buy, short, wordsOf(doer.language));
  if (read?.ok) return show(parts, doer, buy, read.how);
  const unread = rest === "" ? undefined : say(wordsOf(doer.language).unread, { text: quoted(rest) });
  askHow(parts, doer, command, buy, short, isByHand ? read?.doubt : unread);
}

/** The same by a button; without a rule the rules are offered. */
export async function showSharing(parts: Parts, doer: Doer, buyId: string, name: string | undefined): Promise<void> {
  const rule = ALLOT_RULES.find((each) => each === name);
  const buy = await parts.store.findBuy(doer.place.community.id, buyId);
  if (!buy) return;
  if (rule) return show(parts, doer, buy, { rule });
  const short = await whatIsShort(parts, doer, buy);
  if (short) askHow(parts, doer, "/short", buy, short);
}

/** The same with a number beside each line, by its key. */
export async function proposeShares(
  parts: Parts,
  doer: Doer,
  buy: Buy,
  said: ReadonlyMap<string, Quantity>,
): Promise<void> {
  const short = await whatIsShort(parts, doer, buy);
  if (!short) return;
  const read = sharesByHand(said, buy, short, wordsOf(doer.language));
  if (read.ok) return show(parts, doer, buy, read.how);
  whisper(parts, doer, { text: read.doubt });
}

/** Undefined where nothing can be shared out, and the doer has heard why. */
async function whatIsShort(parts: Parts, doer: Doer, buy: Buy): Promise<Shared | undefined> {
  const shared = await parts.store.look((tx) => shareOf(tx, buy, { hand: [] }));
  if (!shared.refusal) return shared;
  whisper(parts, doer, { text: say(wordsOf(doer.language)[shared.refusal], { title: buy.terms.title }) });
  return undefined;
}

/** Offers the rules, and says what to write instead of one. @param doubt  of what was written */
function askHow(parts: Parts, doer: Doer, command: string, buy: Buy, { short, names }: Shared, doubt?: string): void {
  const words = wordsOf(doer.language);
  const among = short.flatMap(({ open }) => open);
  const facts = { command, example: exampleShare(buy, among, names), items: namesOf(buy, short, words) };
  const how = say(words.shortHow, facts);
  whisper(parts, doer, {
    text: doubt === undefined ? how : `${doubt}\n${how}`,
    buttons: ruleButtons(buy.id, words),
  });
}

async function show(parts: Parts, doer: Doer, buy: Buy, how: How): Promise<void> {
  const words = wordsOf(doer.language);
  const shared = await parts.store.look((tx) => shareOf(tx, buy, how));
  if (shared.refusal) return whisper(parts, doer, { text: say(words[shared.refusal], { title: buy.terms.title }) });
  const refunds = sum(shared.cuts.map(({ refund }) => refund));
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
      const over = each.left - sum(shared.given.filter(({ line }) => isOf(line, each)).map(({ gets }) => gets));
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

/** The rules by which a shortage may be shared out, one button each. */
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
      cuts.map((cut) => entryOf(buy, doer, cut, 0 - cut.refund)),
    );
    await tx.ledger.addNotices(await noticesOf(tx, doer, buy, cuts, names, asked.id));
    const done = { rule: "rule" in how ? how.rule : "by-hand", cuts: cuts.map(({ wanted: _, ...cut }) => cut) };
    await logDone(tx, doer, buy, "shared-out", done);
    const undo = {
      label: words.choices.undo,
      command: "short",
      rest: ["undo"],
      buy: buy.id,
      isWordless: true,
    } as const;
    const people = words.persons(new Set(cuts.map(({ person }) => person)).size);
    return { text: say(words.shortDone, { people }), ...choiceButtons(doer, [undo]) };
  });
}

/** What was shown is what is done: lines may have changed meanwhile. */
function digestOf(cuts: readonly Cut[]): string {
  return cuts.map((cut) => `${keyOf(cut)}=${cut.quantity}`).join(";");
}

function namesOf(buy: Buy, each: readonly Pick<Arrived, "item" | "option">[], words: Words): string {
  return each.map((one) => nameOf(buy, one)).join(words.comma);
}
