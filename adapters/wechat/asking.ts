import { languageOf } from "../../bot/languages.ts";
import { wordsOf } from "../../bot/replies/replies.ts";
import type { Words } from "../../bot/replies/words.ts";
import type { HearingParts } from "./hearing-parts.ts";
import { type Held, MOST_HELD } from "./held.ts";
import { chatOf, type Room } from "./known.ts";
import { platform, type RawMessage } from "./receive.ts";

/** What answers a question with yes. */
export const YES = /^\s*(?:是|是的|是我|对|對|嗯|好|yes|yep|y|ok)[\s!！。.~]*$/i;
/** What answers it with no. */
export const NO = /^\s*(?:不是|不是我|不|否|没有|沒有|no|n)[\s!！。.~]*$/i;

/** What is asked in rooms, and what waits there for an answer. */
export class Asking {
  private readonly parts: HearingParts;
  /** Where too many messages wait. */
  private readonly full = new Set<string>();

  constructor(parts: HearingParts) {
    this.parts = parts;
  }

  /** Says something to who has said something in a room, in the language of their words. */
  answer({ room, talker, text }: RawMessage, sentence: (words: Words) => string): void {
    if (!room) return;
    const words = wordsOf(languageOf(text, this.parts.language));
    this.parts.tell(room.id, sentence(words), talker);
  }

  /**
   * A message waits for the answer to a question. Where too many do it is lost, and leaders hear from when on: once,
   * until some can wait again.
   *
   * @param of  whose leaders hear of it
   * @param room  by which it will be found
   */
  hold(raw: RawMessage, question: Held["question"], of: Room, room = of.id): void {
    const { held, deliver, log, now } = this.parts;
    const message = { id: raw.id, room, name: raw.talker.name, question, event: raw, heldAt: now() };
    if (held.add(message)) {
      this.full.delete(room);
      return;
    }
    log.error("too many messages wait for an answer; one was left out");
    if (this.full.has(room)) return;
    this.full.add(room);
    const about = { what: "too-many", most: MOST_HELD, since: raw.sentAt } as const;
    deliver({ type: "notice", platform, chat: chatOf(of), id: `too-many-${raw.id}`, at: now(), about });
  }
}

/** As a question quotes it. */
export const shortened = (text: string): string =>
  text.length > 60 ? `${text.slice(0, 60).replace(/\p{Cs}$/u, "")}…` : text;
