import { restOf } from "../../core/packing.ts";
import { nameAtStart, readShares } from "../../core/read-shares.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import type { Content } from "../ports.ts";
import { linesText } from "../replies/layout.ts";
import { howTo, money, quantity, say, wordsOf } from "../replies/replies.ts";
import type { Buy, BuyStatus, ChangeTx, HandedPart, Line } from "../store.ts";
import { choiceButtons } from "./choices.ts";
import { handOutAll, handOutParts } from "./hand-out.ts";
import { handedLines } from "./handed-lines.ts";
import { logDone } from "./log-done.ts";
import { missingOf } from "./no-show.ts";
import { buyCaredFor, isCaredFor, UNDER_WAY } from "./pick-buy.ts";
import { proposePickups } from "./picked-several.ts";
import { nameOf } from "./purchase.ts";
import { itemNames } from "./said-shares.ts";
import { ownAll } from "./several.ts";
import { standingsOf } from "./standings.ts";
import { sayWhole, whoseOrder } from "./whose-order.ts";

/** What takes a mark back: "/picked Ada undo". */
const UNDO = /\s*(?:undo|撤销|撤銷|撤回)$/iu;

/**
 * `/picked`: alone it says that one has collected one's own; from a leader, with a name or a code or in reply to
 * somebody's order, that this person has: all of it, or the part that is named ("/picked Lin apples 1"). "undo" behind it
 * takes it back. Several names, or "all", are shown first.
 */
export async function markPicked(parts: Parts, doer: Doer, command: string, rest: string): Promise<void> {
  const words = wordsOf(doer.language);
  const isUndo = UNDO.test(` ${rest}`);
  const said = ` ${rest}`.replace(UNDO, "").trim();
  const cared = await buyCaredFor(parts, doer);
  const wanted: readonly BuyStatus[] = cared?.status === "settled" ? ["settled"] : UNDER_WAY;
  if (!isUndo && (await proposePickups(parts, doer, command, said, wanted, namesGoods))) return;
  const about = isUndo ? undefined : cared;
  const { name, part } = about ? splitAtItem(about, said, doer.about?.person !== undefined) : { name: said, part: "" };
  const whose = await whoseOrder(parts, doer, command, await ownAll(parts, doer, name), wanted);
  if (!whose) return;
  const { buy, person, personName, for: whom } = whose;
  if (isUndo && whom !== undefined) return sayWhole(parts, doer, command, whose, "undo");
  // A reply may be to an order of a buy that still takes orders.
  if (!isCaredFor(buy, doer.at)) {
    return whisper(parts, doer, { text: say(words.pickupOver, { title: buy.terms.title }) });
  }
  const answer = await parts.store.change(async (tx) => {
    if (!(await tx.claim(buy.community, sourceOf(doer)))) return undefined;
    if (isUndo) return takeBack(tx, doer, buy, person, personName);
    if (whom !== undefined && part === "") return collectFor(tx, doer, buy, person, personName, command, whom);
    return part === ""
      ? collect(tx, doer, buy, person, personName, command)
      : collectPart(tx, doer, buy, person, personName, command, part, (waiting) => readPart(buy, part, waiting, whom));
  });
  if (answer) whisper(parts, doer, answer);
}

/** "Collected mine", in plain words. Of who has nothing to collect it is talk. */
export async function collectInWords(parts: Parts, doer: Doer): Promise<void> {
  const buy = await buyCaredFor(parts, doer);
  if (!buy) return;
  const { id, name } = doer.person;
  const said = await parts.store.change(async (tx) => {
    const isWaiting = (await missingOf(tx, buy)).includes(id);
    return isWaiting && (await tx.claim(buy.community, sourceOf(doer)))
      ? collect(tx, doer, buy, id, name, "/picked")
      : undefined;
  });
  if (said) whisper(parts, doer, said);
}

/** A part of what somebody gets is handed out, as it stands on the board. */
export async function handOutPart(
  parts: Parts,
  doer: Doer,
  { community, id }: Buy,
  person: string,
  handed: readonly HandedPart[],
): Promise<void> {
  const said = await parts.store.change(async (tx) => {
    const buy = await tx.lockBuy(community, id);
    if (!buy || !isCaredFor(buy, doer.at) || !(await tx.claim(community, sourceOf(doer)))) return undefined;
    const name = (await tx.namesOf([{ community, person }])).get(person) ?? "?";
    return collectPart(tx, doer, buy, person, name, "/picked", "", () => handed);
  });
  if (said) whisper(parts, doer, said);
}

/** A press: what belongs to a code is collected; without one, one's own. */
export async function collectByPress(parts: Parts, doer: Doer, buyId: string, code?: string): Promise<void> {
  const { community } = doer.place;
  const said = await parts.store.change(async (tx) => {
    const buy = await tx.lockBuy(community.id, buyId);
    if (!buy || !isCaredFor(buy, doer.at)) return undefined;
    const pickups = await tx.pickupsOf(buy);
    const person = code === undefined ? doer.person.id : [...pickups].find(([, pickup]) => pickup.code === code)?.[0];
    const has = (await handedLines(tx, buy)).some((line) => line.person === person);
    if (person === undefined || !has || !(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    const names = await tx.namesOf([{ community: buy.community, person }]);
    return collect(tx, doer, buy, person, names.get(person) ?? "?", "/picked");
  });
  if (said) whisper(parts, doer, said);
}

/**
 * "Lin apples 1" is Lin's, and a part of it: where an item's name begins, the person's ends.
 *
 * @param isChosen  whose it is, is known: there may be no name
 */
function splitAtItem(buy: Buy, said: string, isChosen: boolean): { readonly name: string; readonly part: string } {
  const names = buy.terms.items.flatMap((_, index) => itemNames(buy, index + 1).map((name) => ({ name })));
  for (let at = isChosen ? 0 : 1; at < said.length; at++) {
    if (/[\p{Script=Latin}\d]/u.test(said[at - 1] ?? "")) continue; // in the middle of a word
    const isItem = nameAtStart(said.slice(at), names, () => true) !== undefined;
    if (isItem && /\d/.test(said.slice(at))) return { name: said.slice(0, at).trim(), part: said.slice(at) };
  }
  return { name: said, part: "" };
}

/** Whether words are a part of what somebody gets, or begin with one. */
function namesGoods(buy: Buy, words: string): boolean {
  return splitAtItem(buy, words, true).part !== "";
}

async function collect(tx: ChangeTx, doer: Doer, buy: Buy, person: string, name: string, command: string) {
  const words = wordsOf(doer.language);
  await tx.lockBuy(buy.community, buy.id); // two who tick at once are told so
  const before = (await tx.pickupsOf(buy)).get(person);
  if (before?.isCollected) return say(words.pickedAlready, { name });
  await handOutAll(tx, doer, buy, person);
  const lines = (await handedLines(tx, buy)).filter((line) => line.person === person);
  const head = say(words.picked, { name, title: buy.terms.title, undo: undoText(doer, command, person, name) });
  return ticked(tx, doer, buy, { person, name }, [head, linesText(buy, restOf(lines, before?.parts ?? []), words)]);
}

/** What the doer hears of a tick: with what is still to be paid, and what takes it back. */
async function ticked(
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  whose: { readonly person: string; readonly name: string },
  lines: readonly string[],
): Promise<Content> {
  const rest = [...(whose.person === doer.person.id ? [] : [whose]), "undo"];
  const undo = {
    label: wordsOf(doer.language).choices.undo,
    command: "picked",
    rest,
    buy: buy.id,
    isWordless: true,
  } as const;
  const due = await dueText(tx, doer, buy, whose.person);
  return { text: [...lines, ...due].join("\n"), ...choiceButtons(doer, [undo]) };
}

/**
 * A part is handed out: what is still there stays open and is shown.
 *
 * @param said    which part, in words
 * @param partOf  the same, of what waits for the person; undefined where it cannot be told
 */
async function collectPart(
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  person: string,
  name: string,
  command: string,
  said: string,
  partOf: (waiting: readonly Line[]) => readonly HandedPart[] | undefined,
  shown = name,
): Promise<string | Content> {
  const words = wordsOf(doer.language);
  await tx.lockBuy(buy.community, buy.id);
  const before = (await tx.pickupsOf(buy)).get(person);
  if (before?.isCollected) return say(words.pickedAlready, { name });
  const lines = (await handedLines(tx, buy)).filter((line) => line.person === person);
  const waiting = restOf(lines, before?.parts ?? []);
  const read = partOf(waiting);
  const show = (left: readonly Line[]) => linesText(buy, left, words);
  const all = choiceButtons(doer, [{ label: words.choices.allOfIt, rest: [{ person, name }], buy: buy.id }]);
  if (!read) {
    const how = say(words.pickedPartHow, { command, name, example: exampleOf(buy, waiting) });
    return { text: [howTo(said, how, words), show(waiting)].join("\n"), ...all };
  }
  const left = restOf(waiting, read);
  const gone = sumOf(waiting) - sumOf(left);
  if (gone !== sumOf(read)) return { text: [say(words.pickedTooMuch, { name }), show(waiting)].join("\n"), ...all };
  if (left.length === 0) {
    await handOutAll(tx, doer, buy, person);
    const facts = { name: shown, title: buy.terms.title, undo: undoText(doer, command, person, name) };
    return ticked(tx, doer, buy, { person, name }, [say(words.picked, facts)]);
  }
  await handOutParts(tx, doer, buy, person, read);
  const handed = read.map((part) => `${nameOf(buy, part)} ${quantity(part.quantity, unitOf(buy, part))}`);
  const facts = { name: shown, items: handed.join(words.comma), undo: undoText(doer, command, person, name) };
  return ticked(tx, doer, buy, { person, name }, [say(words.pickedPart, facts), show(left)]);
}

/** All that waits and was booked for one person is handed out; where nothing of it waits any more, the doer hears so. */
async function collectFor(
  tx: ChangeTx,
  doer: Doer,
  buy: Buy,
  person: string,
  account: string,
  command: string,
  whom: string,
): Promise<string | Content> {
  const words = wordsOf(doer.language);
  const name = say(words.onAccountOf, { name: whom, account });
  await tx.lockBuy(buy.community, buy.id);
  const before = (await tx.pickupsOf(buy)).get(person);
  const lines = (await handedLines(tx, buy)).filter((line) => line.person === person);
  const left = before?.isCollected ? [] : restOf(lines, before?.parts ?? []).filter((line) => line.for === whom);
  if (left.length === 0) return say(words.pickedAlready, { name });
  const handed = left.map(({ item, option, quantity }) => ({ for: whom, item, option, quantity }));
  return collectPart(tx, doer, buy, person, account, command, "", () => handed, name);
}

/** What takes it back, in words: of one's own without a name. */
function undoText(doer: Doer, command: string, person: string, name: string): string {
  return person === doer.person.id ? `${command} undo` : `${command} ${name} undo`;
}

/** "apples 1, pears 2" of what waits for one person; undefined where it cannot be told. @param whom  of theirs alone */
function readPart(buy: Buy, said: string, all: readonly Line[], whom?: string): readonly HandedPart[] | undefined {
  const waiting = whom === undefined ? all : all.filter((line) => line.for === whom);
  const items = [...new Set(waiting.map(({ item }) => item))].map((item) => {
    const { options, unit } = buy.terms.items[item - 1]!;
    return { item, names: itemNames(buy, item), options, unit };
  });
  const kinds = new Map(waiting.map(({ item, option }) => [`${item}:${option}`, { item, option, names: [] }]));
  const read = readShares(said, items, [...kinds.values()], { isOfOne: true });
  if (!read.ok || read.shares.some((share) => share.quantity === 0)) return undefined;
  return read.shares.map(({ line: { item, option }, quantity: amount }) => {
    return { item, option, quantity: amount, ...(whom !== undefined && { for: whom }) };
  });
}

function exampleOf(buy: Buy, [first]: readonly Line[]): string {
  return first ? `${nameOf(buy, first)} 1` : "";
}

function unitOf(buy: Buy, { item }: Pick<Line, "item">): string | undefined {
  return buy.terms.items[item - 1]?.unit;
}

function sumOf(lines: readonly { readonly quantity: number }[]): number {
  return lines.reduce((sum, line) => sum + line.quantity, 0);
}

async function dueText(tx: ChangeTx, doer: Doer, buy: Buy, person: string): Promise<readonly string[]> {
  const booked = await tx.ledger.linesOfBuy(buy.community, buy.id);
  const open = standingsOf(buy, booked, await tx.paymentsOf([buy])).get(person)?.unmarked ?? 0;
  return open > 0 ? [say(wordsOf(doer.language).pickupDue, { amount: money(open, buy.terms.currency) })] : [];
}

async function takeBack(tx: ChangeTx, doer: Doer, buy: Buy, person: string, name: string): Promise<string> {
  const words = wordsOf(doer.language);
  const count = await tx.revokeHandovers(buy, person);
  if (count === 0) return say(words.pickedNot, { name });
  await logDone(tx, doer, buy, "pickup-revoked", { person });
  return say(words.pickedBack, { name });
}
