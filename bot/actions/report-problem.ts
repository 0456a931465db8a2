import { readItemsNamed } from "../../core/buy/items-named.ts";
import { saysWrong } from "../../core/complaint-words.ts";
import { parseQuantity, type Quantity } from "../../core/quantity.ts";
import { fold } from "../../core/text/fold.ts";
import { languageFor } from "../languages.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import type { TextIn } from "../ports.ts";
import { quoted, say, time, wordsOf } from "../replies/replies.ts";
import type { Buy, Line, Problem } from "../store.ts";
import { tellLeadersOf } from "../tell-leaders.ts";
import { choiceButtons } from "./choices.ts";
import { handedLines } from "./handed-lines.ts";
import { logDone } from "./log-done.ts";
import { endedBuy, pickEnded, UNDER_WAY } from "./pick-buy.ts";
import { problemButtons, problemText, worthOf } from "./problem-text.ts";
import { itemNames } from "./said-shares.ts";
import { PICKUP_SIGN } from "./see-pickup.ts";
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
  const buy = await pickEnded(parts, doer, command, UNDER_WAY);
  if (buy && !doer.anonymous) await report(parts, doer, buy, command, text, photo);
}

/** The same in plain words, as an answer to a word about the pickup. */
export async function reportInWords(parts: Parts, event: TextIn): Promise<void> {
  if (event.chat.kind === "direct" || event.sender.anonymous) return;
  if (!event.replyTo?.text?.includes(PICKUP_SIGN) || !saysWrong(event.text)) return;
  const place = await parts.store.meetChat(event.platform, event.chat, parts.defaults);
  const person = await parts.store.meetPerson(place, event.sender);
  const language = languageFor(person, event.text, place);
  const said = { message: event.id, replyTo: event.replyTo.id, at: event.sentAt };
  const doer: Doer = { place, person, anonymous: false, ...said, language };
  const buy = await endedBuy(parts, doer, UNDER_WAY);
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
    const choices = text === "" ? [] : own.map((each) => ({ label: each.name, rest: [each, text], buy: buy.id }));
    return whisper(parts, doer, { text: [...unread, how].join("\n"), ...choiceButtons(doer, choices) });
  }
  const told = await parts.store.change(async (tx) => {
    if (!(await tx.claim(buy.community, sourceOf(doer)))) return undefined;
    const wrong = quantityIn(text, line);
    const { item, option, for: whom } = line;
    const problem: Problem = {
      ...{ id: parts.clock.newId(), person: doer.person.id, for: whom, item, option },
      ...{ text: text.slice(0, MOST_TEXT), state: "open" },
      ...(wrong !== undefined && { quantity: wrong }),
      ...(photo !== undefined && { photo }),
    };
    await tx.addProblem(buy, problem);
    await logDone(tx, doer, buy, "problem-reported", { id: problem.id, item });
    const no = (await tx.problemsOf(buy)).findIndex(({ id }) => id === problem.id) + 1;
    return { problem, no, worth: await worthOf(tx, buy, problem) };
  });
  if (!told) return;
  const { problem, no, worth } = told;
  whisper(parts, doer, { text: say(words.problemNoted, { item: buy.terms.items[line.item - 1]!.name }) });
  await tellLeadersOf(parts, buy, doer.place, (own, { platform }) => ({
    text: problemText(buy, problem, no, doer.person.name, own),
    ...(photo !== undefined && platform === doer.place.platform && { photo }),
    buttons: problemButtons(buy, problem, no, worth, own),
  }));
}

/** The one line that a complaint can be about: by its item, then by the option and the person that the words name. */
function lineNamed(lines: readonly Line[], buy: Buy, text: string): Line | undefined {
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

/** "two of 5": the first number that can be a part of the line. */
function quantityIn(text: string, line: Line): Quantity | undefined {
  const numbers = text.match(/\d{1,6}(?:\.\d{1,3})?/g) ?? [];
  return numbers.map(parseQuantity).find((each) => each !== undefined && each > 0 && each <= line.quantity);
}
