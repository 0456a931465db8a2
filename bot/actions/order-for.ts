import type { OrderReading } from "../../core/interpret/reading.ts";
import { writeLines } from "../../core/interpret/write-lines.ts";
import { type Doer, type Parts, sourceOf, whisper } from "../parts.ts";
import type { EditIn, TextIn } from "../ports.ts";
import { exampleOf, linesText } from "../replies/layout.ts";
import { say, wordsOf } from "../replies/replies.ts";
import type { Buy } from "../store.ts";
import { acknowledge } from "./acknowledge.ts";
import { askAgain, type Choice, choiceButtons, undoing } from "./choices.ts";
import { meantBuy, pickBuy } from "./pick-buy.ts";
import { storeOrders } from "./take-orders.ts";

/** Words that may make up a name in front of an order. */
const MOST_NAME_WORDS = 4;

/**
 * `/order 302 苹果2`: books for somebody without the app. It becomes a statement of the leader's for that person, in
 * words that read in one way only, so that editing or taking back the message does what it does to any order. Where it
 * replies to a buy's post it is for no other buy, whatever it would fit.
 */
export async function orderFor(parts: Parts, doer: Doer, event: TextIn | EditIn, command: string, rest: string) {
  const words = wordsOf(doer.language);
  const buys = (await parts.store.buysOf(doer.place)).filter(({ status }) => status === "open");
  const fitting = buys.filter((buy) => readOrder(parts, buy, rest));
  const meant = await meantBuy(parts, doer);
  if (meant && fitting.length > 0 && fitting.every(({ id }) => id !== meant.id))
    return whisper(parts, doer, { text: say(words.orderElsewhere, { title: meant.terms.title }) });
  const buy = !meant && fitting.length === 1 ? fitting[0] : await pickBuy(parts, doer, command, ["open"]);
  if (!buy) return;
  const order = readOrder(parts, buy, rest);
  if (!order) {
    const choices = await likelyOrders(parts, doer, buy, rest);
    return askAgain(parts, doer, say(words.orderHow, { example: exampleOf(buy) }), { choices });
  }

  const said = { ...event, text: writeLines(order.reading.lines, order.whom) };
  const recorded = await storeOrders(parts, [said], buy.id);
  await parts.store.change(async (tx) => {
    if (event.type === "text" && !(await tx.claim(buy.community, sourceOf(doer)))) return;
    await tx.audit({
      ...{ community: buy.community, actor: doer.person.id, verb: "ordered-for", buy: buy.id, source: sourceOf(doer) },
      after: { for: order.whom, message: event.id },
    });
  });
  for (const each of recorded) {
    const { mark, says } = acknowledge(each);
    if (mark) parts.answers.give([{ type: "mark", place: doer.place, message: event.id, mark }]);
    for (const content of says) whisper(parts, doer, content);
  }
  const lines = (await parts.store.linesOf(buy.community, buy.id)).filter(
    (line) => line.person === doer.person.id && line.for === order.whom,
  );
  if (lines.length === 0) return;
  whisper(parts, doer, {
    text: `${say(words.orderBooked, { name: order.whom })}\n${linesText(buy, lines, words)}`,
    ...choiceButtons(doer, [undoing(doer)]),
  });
}

/** A name or a door alone: it is asked what they want. */
const NAME = /^(?=.*[\p{L}\p{N}])\S{1,8}$/u;

/** One of each item for the one who is named; else those for whom the doer has booked, or what is on the list. */
async function likelyOrders(parts: Parts, doer: Doer, buy: Buy, said: string): Promise<readonly Choice[]> {
  if (NAME.test(said)) {
    return buy.terms.items.map(({ name }, index) => {
      return { label: `${said}: ${name} 1`, rest: [said, { item: index + 1, name }, "1"], buy: buy.id };
    });
  }
  const lines = (await parts.store.linesOf(buy.community, buy.id)).filter(({ person }) => person === doer.person.id);
  const whom = [...new Set(lines.flatMap((line) => (line.for === "" ? [] : [line.for])))];
  return whom.length > 0
    ? whom.map((label) => ({ label, rest: [label], buy: buy.id }))
    : [{ label: wordsOf(doer.language).choices.list, command: "list", rest: [], buy: buy.id }];
}

/** A name, and an order behind it that is clear: the shortest such name. */
function readOrder(parts: Parts, buy: Buy, text: string): { whom: string; reading: OrderReading } | undefined {
  const reader = parts.readerOf(buy);
  const colon = /^([^:：\n]{1,40})[:：]\s*([\s\S]+)$/u.exec(text);
  const spaces = [...text.matchAll(/\s+/gu)].slice(0, MOST_NAME_WORDS);
  const splits = colon?.[1] && colon[2] ? [[colon[1], colon[2]]] : spaces.map(({ index }) => cut(text, index));
  for (const [whom = "", order = ""] of splits) {
    const reading = reader.read(order, { reply: true });
    if (reading.kind !== "order" || reading.lines.length === 0 || reading.for !== undefined) continue;
    if (reading.lines.some((line) => line.for !== undefined)) continue;
    return { whom: whom.trim(), reading };
  }
  return undefined;
}

function cut(text: string, at: number): [string, string] {
  return [text.slice(0, at), text.slice(at).trim()];
}
