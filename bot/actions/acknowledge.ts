import type { TakenOutcome, Verdict, Waiting } from "../../core/buy/ledger.ts";
import { languageFor } from "../languages.ts";
import type { Content, Mark, Receipt } from "../ports.ts";
import type { Recorded } from "../record.ts";
import { lineText } from "../replies/layout.ts";
import { quantity, say, time, wordsOf } from "../replies/replies.ts";
import type { Words } from "../replies/words.ts";
import type { Buy } from "../store.ts";
import { question, questionOfOption } from "./question.ts";

/** How something that was said is acknowledged: by a mark under it, and where a mark is not enough by words. */
export interface Acknowledgement {
  readonly mark?: Mark;
  readonly says: readonly Content[];
}

const SILENCE: Acknowledgement = { says: [] };

/** What is said to the person about what came of their words. */
export function acknowledge({ heard, buy, verdict, among = [buy] }: Recorded): Acknowledgement {
  const { place, event } = heard;
  if (event.type === "recall") return SILENCE;
  const words = wordsOf(languageFor(heard.person, event.text, place));
  if (verdict === "which-buy") {
    const titles = among.map(({ terms }) => terms.title).join(words.comma);
    return { mark: "unclear", says: [{ text: say(words.whichBuy, { titles, command: event.text }) }] };
  }
  if (verdict === "delivered-late") {
    return { mark: "late", says: [{ text: say(words.arrivedLate, { title: buy.terms.title }) }] };
  }
  switch (verdict.outcome) {
    case "booked":
    case "changed":
    case "cancelled":
      return taken(buy, verdict, words, event.id, event.type === "edit");
    case "unclear":
      return { mark: "unclear", says: [question(buy, verdict, words, event.id)] };
    case "late": {
      const at = buy.terms.endedAt ?? buy.terms.closesAt ?? buy.closedAt;
      if (!at) return SILENCE;
      const text = say(words.late, { title: buy.terms.title, time: time(at, place.community.zone, words) });
      return { mark: "late", says: [{ text }] };
    }
    case "nothing":
      return SILENCE;
    default:
      return verdict satisfies never;
  }
}

function taken(buy: Buy, verdict: Verdict & TakenOutcome, words: Words, message: string, isEdit: boolean) {
  const says: Content[] = verdict.waiting ? [{ text: waitingText(buy, verdict.waiting, words) }] : [];
  const [missing] = verdict.optionMissing;
  if (missing !== undefined) says.push(questionOfOption(buy, missing, words, message));
  const mark: Mark = verdict.waiting ? "waitlisted" : verdict.outcome === "booked" && !isEdit ? "booked" : "changed";
  return { mark, says };
}

function waitingText(buy: Buy, waiting: readonly Waiting[], words: Words): string {
  const sentences = waiting.map(({ item: no, option, asked, booked }) => {
    const item = buy.terms.items[no - 1];
    const name = `${item?.name ?? `#${no}`}${option === undefined ? "" : ` (${option})`}`;
    return say(booked > 0 ? words.waitlistedSome : words.waitlistedAll, {
      item: name,
      asked: quantity(asked, item?.unit),
    });
  });
  return sentences.join("\n");
}

/**
 * An order as it is acknowledged where there are no marks: "王姐 苹果 2". What is asked back about, and what waits for
 * stock, has words of its own.
 */
export function receiptOf({ heard, buy, verdict }: Recorded): Receipt | undefined {
  const { place, person } = heard;
  if (!person || typeof verdict === "string" || !("changes" in verdict)) return undefined;
  const words = wordsOf(place.community.language);
  const waits = (item: number, option: string) =>
    "waiting" in verdict && verdict.waiting?.some((each) => each.item === item && (each.option ?? "") === option);
  const booked = verdict.changes.filter(
    ({ item, option = "", after, before }) => after < before || !waits(item, option),
  );
  const lines = booked.map(({ item, after, option = "", for: whom = "" }) => {
    const line = { person: person.id, for: whom, item, option, quantity: after, waitlisted: 0 };
    const gone = { item: buy.terms.items[item - 1]?.name ?? `#${item}` };
    const text = after === 0 ? say(words.notedGone, gone) : lineText(buy, line, words);
    return [[buy.id, item, option, whom].join(":"), text] as const;
  });
  if (lines.length === 0) return undefined;
  const { id, name } = person;
  return { person: id, name, lines: new Map(lines), frame: words.noted, comma: words.comma };
}
