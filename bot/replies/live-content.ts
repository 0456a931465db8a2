import type { Tally } from "../../core/tally.ts";
import { postButtons } from "../actions/post-buttons.ts";
import type { Content, Span } from "../ports.ts";
import { fitText } from "../split-text.ts";
import type { Buy } from "../store.ts";
import { livePost } from "./layout.ts";
import { time } from "./replies.ts";
import type { Words } from "./words.ts";

/** A buy's post as a message: its title stands out, and its closing counts down where the platform can. */
export function liveContent(
  buy: Buy,
  tally: Tally,
  people: number,
  zone: string,
  words: Words,
  maxText: number,
): Content {
  const text = fitText(livePost(buy, tally, people, zone, words), maxText);
  const { photo } = buy;
  return {
    text,
    spans: spansOf(buy, text, zone, words),
    ...(photo !== undefined && { photo }),
    buttons: postButtons(buy, words),
  };
}

function spansOf({ status, terms }: Buy, text: string, zone: string, words: Words): Span[] {
  const { title, closesAt, endedAt } = terms;
  const bold: Span = { type: "bold", at: 0, length: title.length };
  if (!closesAt || status !== "open" || endedAt) return [bold];
  const when = time(closesAt, zone, words);
  const at = text.indexOf(when, title.length);
  const unixS = Math.floor(closesAt.getTime() / 1000);
  return at < 0 ? [bold] : [bold, { type: "until", at, length: when.length, unixS }];
}
