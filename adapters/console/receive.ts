import type { ButtonIn, ChatRef, EditIn, RecallIn, Sender, TextIn } from "../../bot/ports.ts";
import type { Person } from "./people.ts";
import type { Message } from "./print.ts";

/** The terminal's one chat. */
export const CHAT: ChatRef = { id: "console", kind: "group", title: "Plusone in a terminal" };

const FROM = { platform: "console", chat: CHAT } as const;

/** What somebody said, as it was kept. */
export interface Said {
  readonly message: Message;
  readonly by: Person;
  readonly at: Date;
  readonly replyTo?: Message;
}

/** What somebody says, in our terms. */
export function toText({ message: { id, number, text }, by, at, replyTo }: Said): TextIn {
  const answered = replyTo && { replyTo: { id: replyTo.id, text: replyTo.text } };
  return { ...FROM, type: "text", id, position: number, sender: toSender(by), text, ...answered, sentAt: at };
}

/** Other words in the place of what they said. */
export function toEdit(said: Said, editedAt: Date): EditIn {
  return { ...toText(said), type: "edit", editedAt };
}

/** A message that is taken back. */
export function toRecall({ message: { id } }: Said, recalledAt: Date): RecallIn {
  return { ...FROM, type: "recall", id, recalledAt };
}

/** A press of a button. */
export function toPress(id: string, by: Person, message: Message, data: string, pressedAt: Date): ButtonIn {
  return { ...FROM, type: "button", id, sender: toSender(by), message: message.id, data, pressedAt };
}

const toSender = ({ id, name }: Person): Sender => ({ id, name });
