import type { MessageEntity } from "grammy/types";
import type { Content, Mentions } from "../../bot/ports.ts";
import { toChatId } from "./ids.ts";
import { maxText } from "./limits.ts";

/** Text without what a database or Telegram cannot hold: no NUL, and no half of a surrogate pair. */
export function cleanText(text: string): string {
  return text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\uFFFD");
}

/** What stands where the apps show how long it still is. Older ones show it as it is. */
const COUNTDOWN = " · ⏳";

/** How much longer a text may be when it is shown. */
export const countdownLength = COUNTDOWN.length;

/**
 * A text as Telegram takes it: what stands out as entities, never as markup, so that nothing that people write can be
 * taken for it. Offsets count UTF-16 units, as JavaScript does. @source Bot API, MessageEntity
 *
 * @param mention  the person whom it is for, where everybody sees it and nothing else tells them
 */
export function renderText(
  { text, spans = [] }: Content,
  mention?: number,
): { readonly text: string; readonly entities?: MessageEntity[] } {
  const entities: MessageEntity[] = [];
  let rendered = "";
  if (mention !== undefined) {
    // By entity, since many have no username. Only the id is read.
    entities.push({ type: "text_mention", offset: 0, length: 2, user: { id: mention, is_bot: false, first_name: "" } });
    rendered = "👉 ";
  }
  let done = 0;
  for (const span of spans) {
    if (span.at + span.length > text.length) break; // of a text that was shortened
    rendered += cleanText(text.slice(done, span.at));
    const offset = rendered.length;
    done = span.at + span.length;
    rendered += cleanText(text.slice(span.at, done));
    if (span.type === "bold") entities.push({ type: "bold", offset, length: rendered.length - offset });
    if (span.type === "until" && text.length + COUNTDOWN.length <= maxText) {
      rendered += COUNTDOWN;
      const [unix_time, length] = [span.unixS, "⏳".length];
      entities.push({ type: "date_time", offset: rendered.length - length, length, unix_time, date_time_format: "r" });
    }
  }
  rendered += cleanText(text.slice(done));
  return { text: rendered, ...(entities.length > 0 && { entities }) };
}

/** Words to several people, each after a mention of theirs. */
export function renderMentions({ words, below }: Mentions): {
  readonly text: string;
  readonly entities: MessageEntity[];
} {
  const entities: MessageEntity[] = [];
  let text = "";
  for (const { to, text: own } of words) {
    const rendered = renderText({ text: own }, to === "" ? undefined : toChatId(to));
    if (text !== "") text += "\n\n";
    for (const entity of rendered.entities ?? []) entities.push({ ...entity, offset: text.length + entity.offset });
    text += rendered.text;
  }
  return { text: below === undefined ? text : `${text}\n\n${below}`, entities };
}
