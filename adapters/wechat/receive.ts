import type { ChatRef, Incoming, Sender } from "../../bot/ports.ts";
import type { MessagePayload } from "./puppet.ts";
import type { Recent } from "./recent.ts";

export const platform = "wechat";

/** Kinds of messages that are read. @source wechaty-puppet, MessageType */
const TEXT = 7;
const RECALLED = 13;

/** A message as the puppet has it, and what the puppet told us besides. */
export interface Heard {
  readonly message: MessagePayload;
  readonly sentAt: Date;
  readonly chat: ChatRef;
  readonly sender: Sender;
  /** Names of ours that a mention may begin with. */
  readonly ownNames: readonly string[];
  readonly position: number;
  readonly now: Date;
}

/** A message of WeChat in our terms; undefined for pictures, red envelopes and all else that says nothing to a buy. */
export function toIncoming(heard: Heard, recent: Recent): Incoming | undefined {
  const { message, chat, sender, sentAt, position, now, ownNames } = heard;
  const words = message.text ?? "";
  if (message.type === RECALLED) {
    const id = words.trim();
    return id === "" ? undefined : { type: "recall", platform, chat, id, recalledAt: now };
  }
  if (message.type !== TEXT || words.trim() === "") return undefined;

  const { text, replyTo } = recent.readQuote(chat.id, words);
  recent.add(chat.id, { id: message.id, text });
  return {
    ...{ type: "text", platform, chat, id: message.id, position, sender, sentAt },
    text: withoutMention(text, ownNames),
    ...(replyTo && { replyTo }),
  };
}

/** "@Plusone +2 苹果" is "+2 苹果". WeChat ends a mention with a four-per-em space; people type others. */
function withoutMention(text: string, ownNames: readonly string[]): string {
  for (const name of ownNames) {
    const mention = `@${name}`;
    const rest = text.slice(mention.length);
    if (name !== "" && text.startsWith(mention) && /^[\s\u2005]/.test(rest)) return rest.replace(/^[\s\u2005]+/, "");
  }
  return text;
}
