import { readItemsNamed } from "../../core/buy/items-named.ts";
import { howMuchIsWrong, saysWrong } from "../../core/complaint-words.ts";
import { formatQuantity, ONE, type Quantity } from "../../core/quantity.ts";
import { fold } from "../../core/text/fold.ts";
import { languageFor } from "../languages.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import type { Button, TextIn } from "../ports.ts";
import { quantity, quoted, say, time, wordsOf } from "../replies/replies.ts";
import type { Asked, Buy, ChangeTx, Line, Problem } from "../store.ts";
import { tellLeadersOf } from "../tell-leaders.ts";
import { choiceButtons } from "./choices.ts";
import { handedLines, keyOf } from "./handed-lines.ts";
import { logDone } from "./log-done.ts";
import { buyCaredFor, pickEnded, UNDER_WAY } from "./pick-buy.ts";
import { problemButtons, problemTold, type Worth, worthOf } from "./problem-text.ts";
import { nameOf } from "./purchase.ts";
import { itemNames } from "./said-shares.ts";
import { answersPickup } from "./see-pickup.ts";
import { problemsUntil } from "./timers.ts";

/** The longest complaint that is kept. */
const MOST_TEXT = 500;

/**
 * `/issue 苹果坏了2个`, perhaps under a picture: something is wrong with what one got. It is bound to the line of one's
 * order, and the leader decides.
 *
 * @param photo  the platform's name for a picture of it
 */
export async function reportProblem(
  parts: Parts,
  doer: Doer,
  command: string,
  text: string,
  photo: string | undefined,
): Promise<void> {
  // Of one that was settled long ago they hear until when that was possible.
  const buy = (await buyCaredFor(parts, doer)) ?? (await pickEnded(parts, doer, command, [...UNDER_WAY, "settled"]));
  if (buy && !doer.anonymous) await report(parts, doer, buy, command, text, photo);
}

/** The same in plain words, as an answer to a word about the pickup. */
export async function reportInWords(parts: Parts, event: TextIn): Promise<void> {
  if (event.chat.kind === "direct" || event.sender.anonymous) return;
  if (!event.replyTo || !answersPickup(event) || !saysWrong(event.text)) return;
  const place = await parts.store.meetChat(event.platform, event.chat, parts.defaults);
  const person = await parts.store.meetPerson(place, event.sender);
  const language = languageFor(person, event.text, place);
  const said = { message: event.id, replyTo: event.replyTo.id, at: event.sentAt };
  const doer: Doer = { place, person, anonymous: false, ...said, language };
  const buy = await buyCaredFor(parts, doer);
  if (buy) await report(parts, doer, buy, "/issue", event.text, event.photo);
}

async function report(parts: Parts, doer: Doer, buy: Buy, command: string, text: string, photo: string | undefined) {
  const words = wordsOf(doer.language);
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
    const how = say(lines.length === 0 ? words.problemNothing : words.problemHow, facts);
    const unread = text !== "" && lines.length > 0 ? [say(words.problemWhich, { text: quoted(text) })] : [];
    const own = [...new Set(lines.map((each) => each.item))].map((no) => ({
      item: no,
      name: buy.terms.items[no - 1]!.name,
    }));
    const choices = own.map((each) => {
      return { label: each.name, rest: [each, text || words.problemPlain], buy: buy.id };
    });
    return whisper(parts, doer, { text: [...unread, how].join("\n"), ...choiceButtons(doer, choices) });
  }
  await noteProblem(parts, doer, buy, command, line, text, photo);
}

/**
 * Something is wrong with a line of one's own: it is noted, and the leaders are told.
 *
 * @param asked  the question that it is the answer to
 */
export async function noteProblem(
  parts: Parts,
  doer: Doer,
  buy: Buy,
  command: string,
  line: Line,
  text: string,
  photo: string | undefined,
  asked?: Asked,
): Promise<void> {
  const words = wordsOf(doer.language);
  const { community, chat } = doer.place;
  const told = await parts.store.change(async (tx) => {
    const locked = await tx.lockBuy(buy.community, buy.id);
    if (!locked || !(await tx.claim(buy.community, sourceOf(doer)))) return undefined;
    if (asked && !(await tx.takeAsked(community.id, chat, doer.person.id, asked))) return "gone";
    const wrong = howMuchIsWrong(text, buy.terms.items[line.item - 1]!, line.quantity);
    const more = { ...(wrong !== undefined && { quantity: wrong }), ...(photo !== undefined && { photo }) };
    // What is said again of the same goods while the leader has not decided is one complaint.
    const open = (await tx.problemsOf(buy)).find((each) => each.state === "open" && keyOf(each) === keyOf(line));
    if (open) return { ...(await sayMore(tx, buy, open, { text: joined(open.text, text), ...more })), isMore: true };
    const { item, option, for: whom } = line;
    const problem: Problem = {
      ...{ id: parts.clock.newId(), person: doer.person.id, for: whom, item, option },
      ...{ text: text.slice(0, MOST_TEXT), state: "open", ...more },
    };
    await tx.addProblem(buy, problem);
    await logDone(tx, doer, buy, "problem-reported", { id: problem.id, item });
    return { ...(await asTold(tx, buy, problem)), isMore: false };
  });
  if (told === "gone") return whisper(parts, doer, { text: words.changeGone });
  if (!told) return;
  const { problem, isMore } = told;
  const noted = say(isMore ? words.problemJoined : words.problemNoted, { item: nameOf(buy, problem) });
  if (problem.quantity !== undefined) whisper(parts, doer, { text: noted });
  else askHowMuch(parts, doer, buy, command, problem, line.quantity, noted);
  await tellLeaders(parts, doer, buy, told);
}

/** Nobody knows how much is bad but who has it: asked with what it may be. What is noted stays, whatever they answer. */
function askHowMuch(
  parts: Parts,
  doer: Doer,
  buy: Buy,
  command: string,
  problem: Problem,
  has: Quantity,
  noted: string,
): void {
  const words = wordsOf(doer.language);
  const { unit } = buy.terms.items[problem.item - 1]!;
  const item = problem.for ? `${nameOf(buy, problem)} ${problem.for}` : nameOf(buy, problem);
  const choices = [ONE, 2 * ONE, 3 * ONE].filter((each) => each < has);
  const buttons = [...choices, has].map((each): Button => {
    const label = each === has ? say(words.problemAll, { quantity: quantity(has, unit) }) : quantity(each, unit);
    const said = `${formatQuantity(each)}${unit ? ` ${unit}` : ""}`;
    return { label, data: `howmuch:${problem.id}:${each}`, words: `${command} ${item} ${said}` };
  });
  whisper(parts, doer, {
    text: `${noted}\n${say(words.problemHowMuch, { item, quantity: quantity(has, unit) })}`,
    buttons: [buttons],
  });
}

/** The answer by a button: so much of it. */
export async function sayHowMuch(parts: Parts, doer: Doer, id: string, said: string): Promise<void> {
  const words = wordsOf(doer.language);
  const { community } = doer.place;
  const told = await parts.store.change(async (tx) => {
    const found = await tx.findProblem(community.id, id);
    const buy = found && (await tx.lockBuy(community.id, found.buy));
    if (!buy || found.person !== doer.person.id || !(await tx.claim(community.id, sourceOf(doer)))) return undefined;
    const problem = (await tx.problemsOf(buy)).find((each) => each.id === id);
    if (problem?.state !== "open") return "decided";
    const line = (await handedLines(tx, buy)).find((each) => keyOf(each) === keyOf(problem));
    const much = Number(said);
    if (!line || !Number.isInteger(much) || much <= 0 || much > line.quantity) return undefined;
    return { buy, ...(await sayMore(tx, buy, problem, { text: problem.text, quantity: much })) };
  });
  if (told === "decided") return whisper(parts, doer, { text: words.problemDecided });
  if (!told) return;
  const { unit } = told.buy.terms.items[told.problem.item - 1]!;
  const item = `${nameOf(told.buy, told.problem)} ${quantity(told.problem.quantity!, unit)}`;
  whisper(parts, doer, { text: say(words.problemNoted, { item }) });
  await tellLeaders(parts, doer, told.buy, told);
}

/** A complaint as leaders are told of it. */
interface Told {
  readonly problem: Problem;
  readonly no: number;
  readonly worth: Worth;
}

async function asTold(tx: ChangeTx, buy: Buy, problem: Problem): Promise<Told> {
  const no = (await tx.problemsOf(buy)).findIndex(({ id }) => id === problem.id) + 1;
  return { problem, no, worth: await worthOf(tx, buy, problem) };
}

async function sayMore(
  tx: ChangeTx,
  buy: Buy,
  problem: Problem,
  more: Pick<Problem, "text" | "quantity" | "photo">,
): Promise<Told> {
  await tx.updateProblem(buy, problem.id, more);
  return asTold(tx, buy, { ...problem, ...more });
}

async function tellLeaders(parts: Parts, doer: Doer, buy: Buy, { problem, no, worth }: Told): Promise<void> {
  const { photo } = problem;
  await tellLeadersOf(parts, buy, doer.place, (own, { platform }) => ({
    text: problemTold(buy, problem, no, doer.person.name, worth, own),
    ...(photo !== undefined && platform === doer.place.platform && { photo }),
    buttons: problemButtons(buy, problem, no, worth, own),
  }));
}

/** What is said twice is kept once. */
function joined(before: string, text: string): string {
  return (before.split(" / ").includes(text) ? before : `${before} / ${text}`).slice(0, MOST_TEXT);
}

/** The one line that a complaint can be about: by its item, then by the option and the person that the words name. */
export function lineNamed(lines: readonly Line[], buy: Buy, text: string): Line | undefined {
  const items = buy.terms.items.map((item, index) => ({ ...item, aliases: itemNames(buy, index + 1) }));
  const named = readItemsNamed(items, text);
  const ofItem = named.length > 0 ? lines.filter(({ item }) => named.includes(item)) : lines;
  if (ofItem.some(({ item }) => item !== ofItem[0]!.item)) return undefined;
  const said = fold(text).text;
  const says = (word: string) => word !== "" && said.includes(fold(word).text);
  return (
    ofItem.find((line) => says(line.option) && says(line.for)) ??
    ofItem.find((line) => says(line.option) || says(line.for)) ??
    ofItem.find((line) => line.for === "") ??
    ofItem[0]
  );
}
