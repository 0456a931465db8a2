import { readerOf } from "../../core/buy/reader.ts";
import { lastSaid, type Statement } from "../../core/buy/statement.ts";
import type { LineReading, Reading } from "../../core/interpret/reading.ts";
import { writeLines } from "../../core/interpret/write-lines.ts";
import { type Doer, type Parts, whisper } from "../parts.ts";
import type { ButtonIn, EditIn, TextIn } from "../ports.ts";
import { wordsOf } from "../replies/replies.ts";
import type { Buy } from "../store.ts";
import { acknowledge } from "./acknowledge.ts";
import { showMine } from "./show.ts";
import { storeOrders } from "./take-orders.ts";

/**
 * +1 or −1 of an item by a button under the buy's post: the same as if the person had written it, in answer to the
 * post. The person then sees their order.
 */
export async function pressItem(
  parts: Parts,
  doer: Doer,
  event: ButtonIn,
  words: "+1" | "-1",
  buyId: string,
  item: string,
) {
  if (/^\d{1,3}$/.test(item)) await sayByPress(parts, doer, event, `#${item} ${words}`, buyId);
}

/** Cancels an item by a button, for the person and for everybody whom they have ordered it for. */
export async function pressNone(parts: Parts, doer: Doer, event: ButtonIn, buyId: string, item: string) {
  if (!/^\d{1,3}$/.test(item)) return;
  const lines = await parts.store.linesOf(doer.place.community.id, buyId);
  const own = lines.filter((line) => line.person === doer.person.id && line.item === Number(item));
  const none: LineReading = { item: Number(item), op: "set", quantity: 0 };
  const words = [...new Set(own.map((line) => line.for))].map((whom) => writeLines([none], whom || undefined));
  await sayByPress(parts, doer, event, words.join("\n") || writeLines([none]), buyId);
}

async function sayByPress(parts: Parts, doer: Doer, event: ButtonIn, text: string, buyId: string): Promise<void> {
  if (doer.anonymous) return whisper(parts, doer, { text: wordsOf(doer.language).nobodyOrders });
  const about = await parts.store.findBuy(doer.place.community.id, buyId);
  if (!about) return;
  const id = `press-${event.id}`;
  const before = (await statementsOf(parts, doer, buyId)).filter((each) => each.id !== id);
  const said: TextIn = {
    type: "text",
    platform: event.platform,
    chat: event.chat,
    ...{ id, ...momentAfter(before, event, about) },
    sender: event.sender,
    text,
    replyTo: { id: event.message },
  };
  await parts.store.adoptPost(doer.place, buyId, event.message);
  const recorded = await storeOrders(parts, [said], buyId);
  const says = recorded.flatMap((each) => acknowledge(each).says);
  for (const content of says) whisper(parts, doer, content, { passing: true });
  const buy = await parts.store.findBuy(doer.place.community.id, buyId);
  if (buy && says.length === 0) await showMine(parts, doer, "/my", buy);
}

/**
 * When a press counts, which no platform dates: after whatever the person had said before it came, before what they say
 * later in the same second, and never before there was a button to press.
 */
function momentAfter(before: readonly Statement[], { pressedAt }: ButtonIn, { terms: { openedAt } }: Buy) {
  const sentAt = lastSaid(before, pressedAt > openedAt ? pressedAt : openedAt);
  const beside = before.filter(({ saidAt }) => saidAt.getTime() === sentAt.getTime());
  return { sentAt, position: beside.reduce((last, { position }) => Math.max(last, position + 1), 0) };
}

/** What the person has said in a buy. */
function statementsOf(parts: Parts, { place, person }: Doer, buy: string) {
  return parts.store.look((tx) => tx.ledger.statementsOf([{ community: place.community.id, buy, person: person.id }]));
}

/**
 * The answer to "which one do you mean?": the message is read again with that choice, and changed to say it clearly.
 *
 * @param choice  "message.item" or "message.item.option", numbers from 1
 */
export async function pickChoice(parts: Parts, doer: Doer, event: ButtonIn, buyId: string, choice: string) {
  const match = /^(.{1,20})\.(\d{1,3})(?:\.(\d{1,3}))?$/.exec(choice);
  const buy = await parts.store.findBuy(doer.place.community.id, buyId);
  if (!match?.[1] || !buy) return;
  const [, message, item = "", option] = match;
  const statement = (await statementsOf(parts, doer, buyId)).find(
    (each) => each.id === message && each.chat === doer.place.chat,
  );
  const text = statement?.versions.at(-1)?.text;
  if (!statement || !text) return; // somebody else's, or taken back

  const clear = settle(buy, text, Number(item), option === undefined ? undefined : Number(option), statement.reply);
  if (!clear) return whisper(parts, doer, { text: wordsOf(doer.language).unclear.itemNone });
  const changed = {
    platform: event.platform,
    chat: event.chat,
    id: statement.id,
    position: statement.position,
    sender: event.sender,
    sentAt: statement.saidAt,
    ...(statement.reply && { replyTo: { id: event.message } }),
  };
  // Later than every text before it, so that it holds.
  const afterAll = new Date(lastSaid([statement], new Date(event.pressedAt.getTime() - 1)).getTime() + 1);
  const edit: EditIn = { ...changed, type: "edit", text: clear, editedAt: afterAll };
  const recorded = await storeOrders(parts, [edit], buy.id);
  for (const each of recorded) {
    const { mark, says } = acknowledge(each);
    const to = doer.person.externalId;
    if (mark) parts.answers.give([{ type: "mark", place: doer.place, message: statement.id, mark, to }]);
    for (const content of says) whisper(parts, doer, content, { passing: true });
  }
  await showMine(parts, doer, "/my", buy);
}

/** The text with its doubt settled, as order lines that read in one way only; undefined where a doubt is left. */
function settle(buy: Buy, text: string, item: number, option: number | undefined, reply = false): string | undefined {
  const { items } = buy.terms;
  const first = readerOf(items).read(text, { reply });
  const rivals = first.kind === "unclear" ? (first.candidates ?? []).filter((no) => no !== item) : [];
  // Names that nobody can write, so that only the chosen one fits.
  const narrowed = items.map((each, index) => (rivals.includes(index + 1) ? { name: `\u{F0000}${index}` } : each));
  const reading: Reading = rivals.length > 0 ? readerOf(narrowed).read(text, { reply }) : first;
  if (reading.kind !== "order") return undefined;

  const chosen = option === undefined ? undefined : items[item - 1]?.options[option - 1];
  const lines = reading.lines.map((line) =>
    chosen !== undefined && line.item === item && line.option === undefined ? { ...line, option: chosen } : line,
  );
  return writeLines(lines, reading.for);
}
