import type { ChatRef, Incoming, RecallIn, Sender, TextIn } from "../../bot/ports.ts";
import type { MessagePayload } from "./puppet.ts";
import type { Recent } from "./recent.ts";

/** The platform's name, as it is kept. */
export const platform = "wechat";

/** Kinds of messages that are read. @source wechaty-puppet, MessageType */
const IMAGE = 6;
const TEXT = 7;
const RECALLED = 13;

/** A message of WeChat that says something to a buy, with the ids of this login: plain values, to be kept. */
export interface RawMessage {
  readonly id: string;
  readonly what: "text" | "recall";
  /** What was said; of a recall, the id of the message that was taken back. */
  readonly text: string;
  readonly sentAt: Date;
  readonly position: number;
  /** Undefined: said to the account alone. */
  readonly room: { readonly id: string; readonly topic: string } | undefined;
  readonly talker: { readonly id: string; readonly name: string };
  /** The picture that it is about, by the name under which it is kept. */
  readonly photo?: string;
  /** Why there is none, where there was a picture. */
  readonly pictureFailed?: "too-big" | "unread";
}

/** What is read of a message; undefined for red envelopes and all else that says nothing to a buy. */
export function readWhat({
  type,
  text = "",
}: MessagePayload): { readonly what: RawMessage["what"] | "picture"; readonly text: string } | undefined {
  if (type === IMAGE) return { what: "picture", text: "" }; // its text is none: XML, or where it is
  if (text.trim() === "") return undefined;
  if (type === RECALLED) return { what: "recall", text: text.trim() };
  return type === TEXT ? { what: "text", text } : undefined;
}

/** The same in our terms, of a room and a person that we know. */
export function toText(raw: RawMessage, { chat, sender }: { chat: ChatRef; sender: Sender }, recent: Recent): TextIn {
  const { text, replyTo } = recent.readQuote(chat.id, raw.text);
  recent.add(chat.id, { id: raw.id, text });
  return {
    ...{ type: "text", platform, chat, id: raw.id, position: raw.position, sender, sentAt: raw.sentAt, text },
    ...(replyTo && { replyTo }),
    ...(raw.photo !== undefined && { photo: raw.photo }),
  };
}

/** A message that is taken back. */
export function toRecall(raw: RawMessage, chat: ChatRef): RecallIn {
  return { type: "recall", platform, chat, id: raw.text, recalledAt: raw.sentAt };
}

/** "@Plusone +2 苹果" is "+2 苹果". WeChat ends a mention with a four-per-em space; people type others. */
export function withoutMention(text: string, ownNames: readonly string[]): string {
  for (const name of ownNames) {
    const mention = `@${name}`;
    const rest = text.slice(mention.length);
    if (name !== "" && text.startsWith(mention) && /^[\s\u2005]/.test(rest)) return rest.replace(/^[\s\u2005]+/, "");
  }
  return text;
}

/** A room came to be served. */
export function toAdded(chat: ChatRef, sender: Sender, at: Date): Incoming {
  return { type: "membership", platform, chat, id: `added-${chat.id}`, change: "added", sender, at };
}

/** The account is no longer in a room. */
export function toRemoved(chat: ChatRef, at: Date): Incoming {
  return { type: "membership", platform, chat, id: `removed-${at.getTime()}`, change: "removed", at };
}
