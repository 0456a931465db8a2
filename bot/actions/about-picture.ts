import { type Doer, type Parts, whisper } from "../parts.ts";
import type { EditIn, TextIn } from "../ports.ts";
import { money, say, wordsOf } from "../replies/replies.ts";
import type { Asked, Buy, Line } from "../store.ts";
import { preview } from "./confirm.ts";
import { handedLines } from "./handed-lines.ts";
import { notePayment, standingIn } from "./note-payment.ts";
import { buyCaredFor, endedBuy, UNDER_WAY } from "./pick-buy.ts";
import { nameOf } from "./purchase.ts";
import { noteProblem } from "./report-problem.ts";
import { problemsUntil } from "./timers.ts";

/** Most lines that are offered each by a button; of more, one writes which it is. */
const MOST_LINES = 6;

/** A picture that waits for a word about it. */
interface PictureAsked {
  readonly buy: string;
  readonly photo: string;
  /** Of which something may be wrong. */
  readonly lines: readonly Pick<Line, "item" | "option" | "for">[];
  /** Something is still to be paid: a plain yes says that this has been. */
  readonly isPaying: boolean;
}

/**
 * A picture without a word, as a reply to a message of ours or in private: perhaps it shows that they have paid, perhaps
 * what is wrong with what they got. Where neither can be, it is none of ours.
 *
 * @param isOfGoods  it may be of what they got: it answers a word about a pickup, or stands where all is about them
 */
export async function askAboutPicture(parts: Parts, doer: Doer, photo: string, isOfGoods: boolean): Promise<void> {
  const buy = isOfGoods ? await buyCaredFor(parts, doer) : await endedBuy(parts, doer, UNDER_WAY);
  if (!buy || doer.anonymous) return;
  const { open, own } = await parts.store.look(async (tx) => ({
    open: (await standingIn(tx, buy, doer.person.id)).open,
    own: (await handedLines(tx, buy)).filter(({ person }) => person === doer.person.id),
  }));
  const lines = isOfGoods && doer.at <= problemsUntil(buy) ? own.slice(0, MOST_LINES) : [];
  if (open === 0 && lines.length === 0) return;
  const words = wordsOf(doer.language);
  const facts = { title: buy.terms.title, amount: money(open, buy.terms.currency) };
  const question = lines.length === 0 ? words.pay.pictureAsk : open > 0 ? words.pictureOfGoods : words.pictureWrong;
  const [only] = open === 0 && lines.length === 1 ? lines : [];
  const labels = lines.map((line) => say(words.pictureWrongButton, { item: labelOf(buy, line) }));
  const others = labels.map((label, index) => {
    const said = `/issue ${labelOf(buy, lines[index]!)} ${words.pictureText}`;
    return { label, way: `wrong.${index}`, words: said };
  });
  const data: PictureAsked = { buy: buy.id, photo, lines: lines.map(keyOf), isPaying: open > 0 };
  const yes = only ? labels[0]! : open > 0 ? words.paidButton : "";
  await preview(parts, doer, "picture", data, say(question, facts), yes, undefined, only ? [] : others);
}

/** Their answer: what it shows. Where a plain yes says nothing, they are asked once more. */
export async function answerPicture(parts: Parts, doer: Doer, asked: Asked, way: string): Promise<void> {
  const { buy: id, photo, lines, isPaying } = asked.data as PictureAsked;
  const buy = await parts.store.findBuy(doer.place.community.id, id);
  if (!buy) return;
  const chosen = /^wrong\.(\d)$/.exec(way)?.[1];
  if (chosen === undefined && isPaying) {
    const claim = { person: doer.person.id, kind: "claim" } as const;
    return notePayment(parts, doer, buy, claim, doer.person.name, { asked }, photo);
  }
  const wanted = chosen === undefined ? (lines.length === 1 ? lines[0] : undefined) : lines[Number(chosen)];
  if (!wanted) return askAboutPicture(parts, { ...doer, about: { buy: id, isChosen: true } }, photo, true);
  const own = (await parts.store.look((tx) => handedLines(tx, buy))).filter(({ person }) => person === doer.person.id);
  const line = own.find((each) => JSON.stringify(keyOf(each)) === JSON.stringify(wanted));
  const words = wordsOf(doer.language);
  if (!line) return whisper(parts, doer, { text: words.changeGone });
  await noteProblem(parts, doer, buy, "/issue", line, words.pictureText, photo, asked);
}

function keyOf({ item, option, for: whom }: Line): Pick<Line, "item" | "option" | "for"> {
  return { item, option, for: whom };
}

/** "Dumplings (pork)", and for whom it was booked. */
function labelOf(buy: Buy, line: Line): string {
  return line.for === "" ? nameOf(buy, line) : `${nameOf(buy, line)} ${line.for}`;
}

/** A picture without a word: told only where it replies to a message of ours. */
export function isBarePicture({ type, text, photo }: TextIn | EditIn): boolean {
  return type === "text" && text === "" && photo !== undefined;
}
